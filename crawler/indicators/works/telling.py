"""Sentences of an offer with what ``piracy.yaml`` and ``piracy_words.yaml`` list of their words, denied ones aside."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import zip_longest
from typing import Any, NamedTuple

from crawler import tabular
from crawler.indicators.reading.offer import Reading
from crawler.indicators.reading.places import Place
from crawler.indicators.text.open_phrases import Hit, OpenPhrases
from crawler.indicators.text.tokens import Tokens

SAYING = ("title", "description", "category")
FIRST = 4  # sentences of a description that say what is sold; further on it speaks of the shop
WORD = "word:"
"""Before the label of a word that tells nothing alone: ``key`` is such a word, and a kind of phrase."""
ARTICLES = {"pt": "no"}
"""What denies in other languages and is "in the" in one: ``no pendrive``."""
NEAR = 3  # words within which a denial stands
DENIES, DENIES_BEHIND, UNDENIED = WORD + "denies", WORD + "denies_behind", {WORD + "shared"}


class Sentence(NamedTuple):
    """A title, or a sentence of a description, with what is listed of its words."""

    place: Place
    start: int
    """Its first word within the place."""
    end: int
    hits: tuple[Hit, ...]
    sells: bool
    """Whether it says what of the work is sold: it names it or its title does, and a description does so early."""
    titled: bool
    """Whether the title names the work: then the kind of work tells with the words."""
    first: bool
    """Whether it begins its place."""

    @property
    def labels(self) -> frozenset[str]:
        """All labels of its words."""
        return frozenset[str]().union(*(hit.labels for hit in self.hits))


@cache
def table(name: str) -> dict[str, Any]:
    """Return a table of ``crawler.data`` in which every value is a word."""
    loaded: dict[str, Any] = tabular.words((resources.files("crawler.data") / name).read_text("utf-8"))
    return loaded


@cache
def _phrases() -> OpenPhrases:
    words = {WORD + label: entries for label, entries in table("piracy_words.yaml").items()}
    return OpenPhrases({**table("piracy.yaml"), **words})


def sentences(reading: Reading) -> list[Sentence]:
    """Return the texts of the offer that say what it is, sentence by sentence; a title is one."""
    return [sentence for place in reading.places if place.field in SAYING for sentence in _sentences(place, reading)]


def _sentences(place: Place, reading: Reading) -> Iterator[Sentence]:
    tokens = place.tokens
    hits = iter(_undenied(tokens, _phrases().find(tokens), ARTICLES.get(reading.language, "")))
    named = iter(sorted(f.mention.start for f in reading.found if f.place is place))
    titled = any(f.place.field == "title" for f in reading.found)
    hit, name = next(hits, None), next(named, None)
    for number, (a, b) in enumerate(_spans(tokens, whole=place.field == "title")):
        within: list[Hit] = []
        while hit is not None and hit.start < b:
            within.append(hit)
            hit = next(hits, None)
        names = False
        while name is not None and (b == len(tokens.words) or name < tokens.starts[b]):
            names, name = True, next(named, None)
        sells = names or (titled and number < FIRST)
        yield Sentence(place, a, b, tuple(within), sells, titled, number == 0)


def _undenied(tokens: Tokens, hits: list[Hit], article: str) -> list[Hit]:
    """Return the hits that no word before or behind them denies, in a list as well: "no keys or codes"."""
    free: list[Hit] = []
    denying: Hit | None = None
    for hit, behind in zip_longest(hits, hits[1:]):
        if DENIES in hit.labels:
            denying = hit if tokens.words[hit.start] != article else None
            continue
        if denying is not None and not _near(tokens, denying, hit):
            denying = None
        denied = behind is not None and DENIES_BEHIND in behind.labels and _near(tokens, hit, behind)
        if denying is None and not denied:
            free.append(hit)
        elif hit.labels <= UNDENIED:
            free.append(hit)  # a password that is not to be changed is there
        elif denying is not None:
            denying = hit
    return free


def _near(tokens: Tokens, first: Hit, second: Hit) -> bool:
    return second.start - first.end < NEAR and not tokens.pause(first.end - 1, second.start)


def _spans(tokens: Tokens, whole: bool) -> Iterator[tuple[int, int]]:
    start = 0
    for k in range(1, len(tokens.words)):
        if not whole and tokens.sentence_ends(k - 1, k):
            yield start, k
            start = k
    yield start, len(tokens.words)
