"""What a storefront has on its shelves, as a few values that two storefronts with mostly the same goods share.

MinHash with bands (Broder 1997; Leskovec, Rajaraman, Ullman, *Mining of Massive Datasets*, ch. 3): of two catalogues
that have eight in ten goods in common 99.9 % share a value, at five in ten 74 %, at one in ten 1 %. Only the assessor
sees a whole catalogue, so it writes these values beside the identifiers that pages show.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from crawler.store.database import Document
from crawler.store.values import digest

BANDS, ROWS = 10, 3
SIZE = 4  # bytes of one hash
LEAST = 5  # goods of which anything is told; a few things everybody has
WORDS = 3  # of a title that can tell goods apart
SHOWN = 200  # characters of a title


def values(offers: Iterable[Document]) -> dict[str, str]:
    """Value → titles of the goods that gave it; none where there are too few goods."""
    goods = {key: offer["title"] for offer in offers if (key := _key(offer))}
    if len(goods) < LEAST:
        return {}
    hashed = [(_hashes(key), title) for key, title in sorted(goods.items())]
    least = [min(hashed, key=lambda pair, at=at: pair[0][at]) for at in range(BANDS * ROWS)]  # type: ignore[misc]
    return dict(_band(band, least[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS))


def _band(band: int, least: Sequence[tuple[list[bytes], str]]) -> tuple[str, str]:
    parts = [hashes[band * ROWS + row].hex() for row, (hashes, _) in enumerate(least)]
    return f"{band}:{digest(*parts)[:16]}", " | ".join(dict.fromkeys(title[:SHOWN] for _, title in least))


def _key(offer: Document) -> str:
    """What makes goods the same at two places: the title and the seller's number, else the price. Others have none."""
    title = " ".join(str(offer.get("title") or "").casefold().split())
    price = offer.get("price") or {}
    mark = offer.get("sku") or (f"{price['amount']} {price.get('currency')}" if price.get("amount") else "")
    return f"{title}\n{mark}" if mark and title.count(" ") >= WORDS - 1 else ""


def _hashes(key: str) -> list[bytes]:
    """As many hashes of the key as there are rows in all bands."""
    raw = key.encode("utf-8", "surrogatepass")
    long = b"".join(blake2b(raw, person=bytes([part])).digest() for part in range(-(-BANDS * ROWS * SIZE // 64)))
    return [long[at : at + SIZE] for at in range(0, BANDS * ROWS * SIZE, SIZE)]
