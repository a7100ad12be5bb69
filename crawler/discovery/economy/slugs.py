"""Products that data name without an address (``"slug": "red-shoe"``): the shop's own cards show where such things are.

The form of their addresses is what is left when the last piece, or the parameter that carries the id, is taken out. It
travels with the request for a further piece of the list, so that whoever reads the answer has it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote, urljoin, urlsplit

from crawler.discovery.economy import words
from crawler.discovery.economy.plan import SCORE_SEEN, Candidate
from crawler.extract.model import Page

LIKE = "like"
"""Request meta key: the form of the addresses of the things on the list that a piece belongs to."""
LONGEST = 300  # characters of a form, a slug
PLACE = "{}"
_LEAF = re.compile(r"([^/.]+)((?:\.\w{1,5})?/?)")


def form(page: Page) -> str:
    """The most common form of the addresses that a list's cards lead to; "" where there are none."""
    cards = (link.url for link in page.links if link.kind == "product" and link.score >= SCORE_SEEN)
    found = Counter(one for one in map(_form, cards) if one)
    return max(found, key=found.__getitem__, default="")


def candidates(page: Page, like: str) -> Iterator[Candidate]:
    """Where the things are to which the data of a page name no address."""
    for names in page.slugs if like else ():
        fitting = [name for name in names if name.isdigit() == (like[0] == "#") and 0 < len(name) < LONGEST]
        for name in fitting[:1]:
            url = urljoin(page.url, like[1:].replace(PLACE, quote(name, safe="", errors="replace")))
            yield Candidate(url, "product", SCORE_SEEN, "main")


def _form(url: str) -> str:
    """Whether a product's name is a number (``#``) or not (``*``), and its address with a place for it; or nothing."""
    parts = urlsplit(url)
    pairs = [part.partition("=") for part in parts.query.split("&")]
    for index, (name, sign, value) in enumerate(pairs):
        if sign and value and name.lower() in words.tables()["product"]["parameter"]:
            query = "&".join(f"{one}={PLACE if at == index else said}" for at, (one, _, said) in enumerate(pairs))
            return f"{'#' if value.isdigit() else '*'}{parts.path}?{query}"[:LONGEST]
    head, _, leaf = parts.path.rstrip("/").rpartition("/")
    found = _LEAF.fullmatch(leaf + "/" * parts.path.endswith("/"))
    if found is None or parts.query or len(head) > LONGEST:
        return ""
    return f"{'#' if found[1].isdigit() else '*'}{head}/{PLACE}{found[2]}"
