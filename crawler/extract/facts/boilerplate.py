"""Sentences of legal and service texts, made comparable: shops of one maker share them under different names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice, pairwise
from typing import Any

import ahocorasick

from crawler.extract.facts.contacts import table
from crawler.extract.facts.page import Page, identifier
from crawler.items import Identifier
from crawler.urls import host, storefront_key

LIMIT = 40  # sentences of one page
_SHORTEST, _LONGEST = 60, 600  # characters: shorter sentences say the same everywhere, longer are lists
_END = re.compile(r"[.!?]\s|[。！？\n]")
_ADDRESS = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}|https?://\S{1,200}|\bwww\.\S{1,100}")
_NUMBER = re.compile(r"\d+")
_NOT_WORDS = re.compile(r"[^\w@#]+")


@cache
def _stems() -> Any:
    automaton = ahocorasick.Automaton()
    for stem in table()["legal_stems"]:
        automaton.add_word(stem, stem)
    automaton.make_automaton()
    return automaton


def find(page: Page) -> Iterator[Identifier]:
    """Yield a hash of each sentence that speaks of two or more legal matters; its text is the provenance."""
    for start, sentence in islice(_legal(page.business_text, page.low), LIMIT):
        value = hashlib.sha256(normalise(sentence, _names(page.url)).encode("utf-8", "replace")).hexdigest()[:32]
        yield identifier("boilerplate", value, "facts.boilerplate", page.path_at(start), sentence)


def _legal(text: str, low: str) -> Iterator[tuple[int, str]]:
    """Yield place and text of the sentences with two different stems; stems are looked for once, in the whole text."""
    hits = list(_stems().iter(low))
    if not any(one[1] != other[1] and other[0] - one[0] < _LONGEST for one, other in pairwise(hits)):
        return
    at = start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        found = set()
        while at < len(hits) and hits[at][0] < end:
            found.add(hits[at][1])
            at += 1
        if len(found) > 1 and _SHORTEST <= end - start <= _LONGEST:
            yield start + len(text[start:end]) - len(text[start:end].lstrip()), text[start:end].strip()
        start = end


@lru_cache(maxsize=64)
def _names(url: str) -> tuple[str, ...]:
    """Return the spellings of the shop's own name that its address gives, longest first."""
    key = storefront_key(url)
    label = key.partition(".")[0]
    found = {host(url) or "", key, label, label.replace("-", " "), label.replace("-", "")}
    return tuple(sorted((name for name in found if len(name) > 3), key=len, reverse=True))


def normalise(sentence: str, names: tuple[str, ...] = ()) -> str:
    """Return a sentence in lower case, one space between words, without names, addresses, numbers."""
    text = _ADDRESS.sub(" @ ", sentence.lower())
    for name in names:
        text = text.replace(name, " @ ")
    return " ".join(_NOT_WORDS.sub(" ", _NUMBER.sub("#", text)).split())
