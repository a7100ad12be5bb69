"""What a capture points to: links of posts and listings, links that leave a shop, redirects, handles of channels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from crawler.extract.model import Link, storable
from crawler.extract.outside import irrelevant, outward
from crawler.extract.social.text import of_text
from crawler.items import Capture, Pointer, storefront_key_of
from crawler.register.loading import Register
from crawler.urls import canonical, host, storefront_key

POINTERS_LIMIT = 200  # of one page; a page that links to more sites is a directory, and its first ones will do
TEXT_LIMIT = 200  # characters of what a link says
TELEGRAM = "https://t.me/"
NO_PAGES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".css", ".js", ".pdf", ".zip", ".mp4", ".xml", ".ico")


def of_links(source: str, links: Iterable[Link], url: str) -> list[Pointer]:
    """The links of a page that lead to other storefronts, each once."""
    said: dict[str, str] = {}
    for link in links:
        if link.where != "head":
            said.setdefault(link.url, link.text)
    leaving = outward(tuple(link for link in said if _is_page(link)), url)[:POINTERS_LIMIT]
    return [_pointer(source, link, "page", url, said[link]) for link in leaving]


def of_capture(capture: Capture) -> list[Pointer]:
    """All pointers of a capture: those that the spider saw, and those of its posts, listings, redirects and handles."""
    found = [*capture.pointers, *_of_posts(capture), *_of_listings(capture), *_of_redirects(capture)]
    kept: dict[tuple[str, str], Pointer] = {}
    for pointer in found:
        if pointer.target and storefront_key_of(pointer.source) != pointer.target:
            kept.setdefault((pointer.source, pointer.target), pointer)
    return list(kept.values())[:POINTERS_LIMIT]


def official_domains(register: Register) -> frozenset[str]:
    """The domains of brands, and the storefronts that may sell: known, and not to be discovered."""
    keys = {key for entry in register.entries.values() for key in (*entry.official_domains, *entry.sellers)}
    return frozenset(key.casefold() for key in keys)


def known_good(pointer: Pointer, official: frozenset[str]) -> bool:
    """Whether a target is a brand's own, an authorised seller's, or no seller's at all."""
    if pointer.how == "handle":
        return False
    name = host(pointer.url) or ""
    labels = name.split(".")
    return (
        pointer.target in official
        or any(".".join(labels[cut:]) in official for cut in range(len(labels) - 1))
        or irrelevant(pointer.url)
    )


def _of_posts(capture: Capture) -> Iterator[Pointer]:
    for post in capture.posts:
        for link in outward(tuple(one for one in post.links if _is_page(one)), post.url):
            yield _pointer(post.storefront, link, "post", post.url, post.text)
        for one in post.identifiers:
            name = one.value.partition(":")[2] if one.value.startswith("telegram:") else ""
            if one.kind == "messenger" and name and not post.storefront.startswith(f"telegram:{name}#"):
                yield Pointer(source=post.storefront, target=f"telegram:{name}", url=TELEGRAM + name, how="handle",
                              page=post.url, text=post.text[:TEXT_LIMIT])  # fmt: skip


def _of_listings(capture: Capture) -> Iterator[Pointer]:
    """Links in what marketplace sellers write under their offers."""
    for offer in capture.offers:
        if offer.description and "|post:" not in offer.id and ":" in storefront_key_of(offer.storefront):
            for link in outward(of_text(offer.description).links, offer.url):
                yield _pointer(offer.storefront, link, "listing", offer.url, offer.title)


def _of_redirects(capture: Capture) -> Iterator[Pointer]:
    for storefront in capture.storefronts:
        for url in storefront.facts.get("redirects_out") or ():
            if canonical(str(url)):
                yield _pointer(storefront.id, str(url), "redirect", capture.observation.url, "")


def _pointer(source: str, link: str, how: str, page: str, text: str) -> Pointer:
    said = " ".join(storable(text).split())[:TEXT_LIMIT]
    return Pointer.model_validate(
        {"source": source, "target": storefront_key(link), "url": link, "how": how, "page": page, "text": said}
    )


def _is_page(url: str) -> bool:
    return not urlsplit(url).path.lower().endswith(NO_PAGES)
