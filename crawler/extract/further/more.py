"""Where a list goes on when one asks for more: addresses that the page itself names for it, on its own storefront.

An address is believed in an attribute that is named for it or stands on an element that asks for more, in a form of
hidden values, in a script that puts it together, and in state that counts its pages. Links are read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlencode

from crawler.extract.document import Document
from crawler.extract.further import answer, attributes, put_together, state
from crawler.extract.further.addresses import counted, list_of, own_page, parameter
from crawler.extract.model import Link
from crawler.urls import join, same_storefront

MOST = 24  # addresses of one page; each is a request, unless those before it gave nothing
FORMS, FIELDS = 50, 100  # that are looked at
SCORE = 0.9
WHERE = "more"
LAZY_FRAMES = ("turbo-frame", "include-fragment")
"""Elements that are filled from the address in their ``src`` when they come into sight."""
_NEVER = re.compile(r"cart|basket|checkout|session|login|account|customer|track|wishlist|review|comment|consent|cookie")


def links(document: Document, cards: int, known: tuple[Link, ...]) -> tuple[Link, ...]:
    """The further pieces that a page with this many cards names, the surest first; none where a link leads on."""
    if _leads_on(known, document.url):
        return ()
    named = (
        *(link.url for link in known if "next" in link.rel.split()),
        *(document.attributes[frame].get("src", "") for frame in document.all(*LAZY_FRAMES)),
        *attributes.addresses(document, cards),
        *_forms(document),
        *put_together.addresses(document, cards),
        *(() if answer.is_one(document) else state.addresses(document)),
    )
    found = dict.fromkeys(url for said in named if (url := join(document.base, said)) and _is_own(url, document.url))
    return tuple(Link(url, "", "next", WHERE, "list", SCORE) for url in [*found][:MOST])


def _is_own(url: str, page: str) -> bool:
    return url != page and same_storefront(url, page) and not _NEVER.search(url.lower())


def _leads_on(known: tuple[Link, ...], url: str) -> bool:
    """Whether a link leads to the page behind this one: of the same list, with the next number."""
    number, own = own_page(url) + 1, list_of(url)
    ends = f"={number}", f"/{number}", f"-{number}"
    return any(
        own_page(link.url) == number and list_of(link.url) == own
        for link in known
        if any(end in link.url for end in ends)
    )


def _forms(document: Document) -> Iterator[str]:
    """Forms of hidden values and buttons that ask for a further page, with GET."""
    for form in document.all("form")[:FORMS]:
        own = document.attributes[form] or {}
        if own.get("method", "get").lower() != "get":
            continue
        fields = list(islice(form.iter("input", "select", "textarea", "button"), FIELDS))
        hidden = [one for one in fields if one.get("type", "").lower() == "hidden"]
        if any(one not in hidden and one.tag != "button" and one.get("type", "").lower() != "submit" for one in fields):
            continue
        for pressed in [[one] for one in fields if one not in hidden and one.get("name")] or [[]]:
            pairs = [(one.get("name") or "", one.get("value") or "") for one in (*hidden, *pressed)]
            url = f"{own.get('action') or document.url.partition('?')[0]}?{urlencode(pairs, errors='replace')}"
            if counted(url) and (own_page(url) > own_page(document.url) or parameter(url, "page") is None):
                yield url
