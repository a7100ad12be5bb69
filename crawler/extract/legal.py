"""Legal and service pages: imprint, contact, returns, shipping, payment, privacy, terms; by words of many languages."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import unquote, urlsplit

from crawler import tabular

WORD_LIMIT = 60  # characters of a link text or heading that can name a legal page
_OFFERS = frozenset({"oferta"})
"""Terms in Russian, a thing for sale in Polish and Spanish: /oferta is the one, /oferta/torebka-12 the other."""
_AROUND = " .:>»›!*-"
_AND = re.compile(  # begins with one set of signs, and is tried at these only; spaces around the pieces are stripped
    r"[\s&+/|,·](?:(?<!\s)|(?:und|and|et|y|e|en|och|og|ja|i|a|és|и|ve)\s)"
)
_TELLS_MOST = ("imprint", "terms", "returns", "privacy", "shipping", "payment", "contact", "about")
_PIECES = re.compile(r"[/?=&._]+")


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    text = resources.files("crawler.data").joinpath("legal.yaml").read_text("utf-8")
    data: dict[str, Any] = tabular.parsed(text)
    words = {_plain(str(word)): kind for kind, entry in data.items() for word in entry["words"]}
    paths = {str(path).casefold(): kind for kind, entry in data.items() for path in entry["paths"]}
    return words, paths


def _plain(text: str) -> str:
    """Case-folded, with one letter i: Turkish capitals tell İ from I, and lower case tells i from ı."""
    return text.replace("İ", "i").casefold().replace("ı", "i")


def by_words(text: str) -> str | None:
    """Kind of legal page that a link text or heading names; of several, the one that tells most."""
    return next(iter(kinds(text)), None)


def kinds(text: str) -> tuple[str, ...]:
    """All kinds that a link text or heading names, the one that tells most first: "Kontakt & Impressum"."""
    low = _plain(text).strip(_AROUND)
    if len(low) > WORD_LIMIT:
        return ()
    words = _tables()[0]
    if low in words:
        return (words[low],)
    pieces = [words.get(piece.strip(_AROUND)) for piece in _AND.split(low)]
    found = {piece for piece in pieces if piece}
    return tuple(sorted(found, key=_TELLS_MOST.index)) if None not in pieces else ()


def by_path(url: str) -> str | None:
    """Kind of legal page that an address names: a whole piece of its path or query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    paths = _tables()[1]
    for back, piece in enumerate(reversed(_PIECES.split(unquote(parts.path + "?" + parts.query)[:300].casefold()))):
        if back and piece in _OFFERS:
            continue
        if found := paths.get(piece) or paths.get(piece.removesuffix("-policy").removesuffix("-page")):
            return found
    return None
