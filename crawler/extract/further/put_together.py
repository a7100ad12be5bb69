"""Addresses that a script of a list puts together with a number, calls the next one, or asks for: never run, only read.

``"/api/list?page=" + page`` · ``const API = "/api/list"; fetch(`${API}?page=${n}`)`` · ``nextUrl: "/list/2"``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from crawler.extract.behind import FETCHED
from crawler.extract.document import Document
from crawler.extract.further.addresses import MEDIA, at, counted, own_page, parameter, plain, table

SCRIPT_LIMIT = 200_000  # characters of a script that are looked at
MOST = 5  # of one kind in one script; each name is looked up in all of it
_CALLED = re.compile(
    r"""(?<![A-Za-z_])((?=[nNmMlL_])[A-Za-z_]{4,30})["']?\s{0,3}[:=]\s{0,3}["']((?:\\?/|\?)[^"'\s<>]{1,500})["']"""
)
_MAY_COUNT = re.compile(r"""[?&]\w{1,14}=["'`$]""")
"""What every address that is put together has: the cheap test before the patterns."""
_TAIL = (
    r"""(?:["'`]\s{0,5}\+\s{0,5}[\w.+()\s]{1,40}?(?:\+\s{0,5}["'](&[^"'<>\s]{0,200})["'])?\s{0,5}[,);\n]"""
    r"""|\$\{[^{}]{1,60}\}([^`$<>\s]{0,200})`)"""
)
"""The number and what stands behind it: ``" + n + "&size=6")`` and ``${n}&size=6```."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An address, or a name that holds one, in front of a number."""
    counts = rf"[?&](?:{'|'.join(sorted(table('parameters')['page'] | table('parameters')['offset']))})="
    return (
        re.compile(rf"""["'`]((?:https?:/)?/[^"'`\s<>$]{{0,300}}?{counts}){_TAIL}"""),
        re.compile(
            rf"""(?:`\$\{{(\w{{1,40}})\}}|(?<![\w.])(\w{{1,40}})\s{{0,3}}\+\s{{0,3}}["'`])([^"'`\s<>$]{{0,100}}?{counts}){_TAIL}"""
        ),
    )


def addresses(document: Document, cards: int) -> Iterator[str]:
    """What the scripts of a list with this many cards say of its next piece."""
    for script in document.scripts if cards else ():
        if "json" not in script.kind and ("=" in script.text or "(" in script.text):
            yield from _of_script(script.text[:SCRIPT_LIMIT], own_page(document.url) + 1, cards)


def _of_script(text: str, number: int, cards: int) -> Iterator[str]:
    if _MAY_COUNT.search(text):
        yield from _counting(text, number, cards)
    for found in _CALLED.finditer(text) if "ext" in text or "ore" in text else ():
        if plain(found[1]) in table("keys")["next"] and not MEDIA.search(found[2]):
            yield found[2].replace("\\/", "/")
    yield from (found[1] for found in islice(FETCHED.finditer(text), MOST) if counted(found[1]))


def _counting(text: str, number: int, cards: int) -> Iterator[str]:
    written, named = _patterns()
    for found in islice(written.finditer(text), MOST):
        yield _numbered(found[1], found[2] or found[3] or "", number, cards)
    for found in islice(named.finditer(text), MOST):
        base = re.search(rf"""\b{found[1] or found[2]}\s{{0,3}}[:=]\s{{0,3}}["'`](/[^"'`\s<>$]{{1,300}})["'`]""", text)
        if base is not None:
            yield _numbered(base[1] + found[3], found[4] or found[5] or "", number, cards)


def _numbered(head: str, tail: str, number: int, cards: int) -> str:
    """The address with the number of the next piece, or of the things that are shown, in its place."""
    url = f"{head}{number}{tail}"
    return url if parameter(url, "page") else at(url, "offset", cards)
