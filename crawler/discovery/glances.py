"""A first look at a storefront that was pointed to: what its home page offers on cards says whether to read on now.

A list's cards are no offers (a list rounds, shortens and mixes), but they tell early who sells what. A storefront whose
cards show little, and to which nobody hot points, waits behind the others; it is read in full when its turn comes. A
page that shows no goods says nothing, and is read on.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from pydantic import ValidationError
from redis.exceptions import RedisError

from crawler.discovery.suspicion import FROM_SUSPECT, HOW, strength
from crawler.extract.offers import card_values
from crawler.frontier.ranked import GLANCED, RANK, Pointed, Ranked
from crawler.indicators import flags
from crawler.indicators.flags import flag_offer
from crawler.indicators.reading.context import Context
from crawler.items import Offer
from crawler.register.loading import load
from crawler.urls import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.extract.model import Page
    from crawler.items import Capture

CARDS = 12  # of one page; a home page shows 4-24, and the first are chosen like the rest
READ_ON = (
    40  # of 100 points: above what goods without any authority show (20), below one strong ground on half the cards
)
NAMED = frozenset({"imprint", "contact"})
NOBODY = 20  # points
FEWEST = 2  # cards; one thing alone is no picture of a shop


@cache
def context(register: str) -> Context:
    """The indicators' context of a register's file; built once in a process."""
    return flags.context(load(Path(register) if register else None))


def listed(page: Page, storefront: str, key: str, register: str) -> list[Offer]:
    """The first cards of a list as offers with flags: for ranks alone, never stored."""
    if page.kind != "list":
        return []
    own, found = context(register).at(key), []
    for product in page.products[:CARDS]:
        url = canonical(product.value("url") or "") or page.url
        try:
            offer = Offer(id=f"{storefront}|{url}", storefront=storefront, url=url, language=page.language,
                          **card_values(product))  # fmt: skip
        except ValidationError:
            continue
        offer.flags = flag_offer(offer, own)
        found.append(offer)
    return found


def shown(capture: Capture) -> int:
    """Points of a home page, 0 to 100: what its cards say, and more where goods of the register's brands are offered by
    a shop that names nobody: what is absent says much of fraudulent shops."""
    points = sum(strength(offer.flags) for offer in capture.listed) // (len(capture.listed) + 1)
    named = any(NAMED.intersection(one.legal_pages) for one in capture.storefronts)
    return min(100, points + (NOBODY if points and not named else 0))


async def put_back(ranked: Ranked, capture: Capture, meta: Mapping[str, object], budget: int) -> bool:
    """Whether the storefront of a home page was put back behind others that wait; at most thrice ``budget`` are."""
    source, rank = str(meta.get("source", "")), meta.get(RANK)
    pointed = source.partition(":")[0] in HOW and isinstance(rank, int)
    if not pointed or GLANCED in meta or len(capture.listed) < FEWEST:
        return False
    assert isinstance(rank, int)
    own = shown(capture)
    if own + rank // 2 >= READ_ON:
        return False
    seed: dict[str, object] = {"url": capture.observation.url, "source": source, "meta": {GLANCED: True}}
    seed |= {"case": meta["case"]} if meta.get("case") else {}
    waits = Pointed(source, capture.storefronts[0].key, own * FROM_SUSPECT // 100, orjson.dumps(seed).decode())
    try:
        return await ranked.put_back(waits, budget)
    except RedisError:  # then it is read now
        return False
