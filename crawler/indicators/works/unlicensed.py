"""What a sentence says of unlicensed copies, and what else is named that makes it lawful (``piracy_rules.yaml``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from crawler.indicators.reading.offer import Reading
from crawler.indicators.reading.places import Place
from crawler.indicators.text.open_phrases import OpenPhrases
from crawler.indicators.text.tokens import Tokens
from crawler.indicators.works.telling import WORD, Sentence, table

ALONE = {"crack": "piracy.crack", "download": "piracy.download", "stream": "piracy.stream", "iptv": "piracy.iptv",
         "key": "piracy.key", "scan": "piracy.scan", "copy": "piracy.copy", "account": "piracy.account"}  # fmt: skip
OF_THE_GOODS = frozenset({"boxed", "consent"})
"""What is true of the goods wherever a description begins to tell of them; the rest belongs to its sentence."""
REFUTED = {"boxed": WORD + "only", "bound": WORD + "photocopied"}
"""What else is named and stops nothing, by a word of the sentence: a photocopy is bound, too."""


class Said(NamedTuple):
    """Where a sentence says that an unlicensed copy is offered."""

    code: str
    sentence: Sentence
    start: int
    end: int

    @property
    def place(self) -> Place:
        """The text that it stands in."""
        return self.sentence.place


class Beside(NamedTuple):
    """What else a text names, at its words ``start:end``."""

    label: str
    start: int
    end: int


def kinds_of(works: Iterable[str]) -> frozenset[str]:
    """Return the kinds of works as rules name them: a series is a ``film``."""
    written = {kind.casefold() for kind in works}
    return frozenset(f"of:{kind}" for kind, names in table("piracy_rules.yaml")["kinds"].items() if written & {*names})


def unless(code: str) -> frozenset[str]:
    """Return what stands beside lawful offers that ``code`` would misjudge."""
    return frozenset(table("piracy_rules.yaml")["unless"][code])


def said(sentence: Sentence, kinds: frozenset[str]) -> Iterator[Said]:
    """Yield what one sentence says of a work of ``kinds``, each code once."""
    told: set[str] = set()
    tokens = sentence.place.tokens
    for hit in sentence.hits:
        for label in sorted(hit.labels & ALONE.keys()):
            if ALONE[label] not in told:
                told.add(ALONE[label])
                yield Said(ALONE[label], sentence, tokens.starts[hit.start], tokens.ends[hit.end - 1])
    if not sentence.sells:
        return
    there = sentence.labels | {WORD + kind for kind in kinds if sentence.titled}
    for code, rules in _rules().items():
        rule = next((rule for rule in rules if rule <= there), None)
        if rule is not None and code not in told:
            first = next(hit for hit in sentence.hits if hit.labels & rule)
            yield Said(code, sentence, tokens.starts[first.start], tokens.ends[first.end - 1])


@cache
def _rules() -> dict[str, tuple[frozenset[str], ...]]:
    return {code: tuple(frozenset(WORD + word for word in rule.split()) for rule in rules)
            for code, rules in table("piracy_rules.yaml")["rules"].items()}  # fmt: skip


def beside(reading: Reading, sentences: list[Sentence], told: Said) -> Iterator[tuple[str, Place, int, int]]:
    """Yield what makes lawful what is ``told``: named in the title, in its sentence, in the first of the description,
    or true of the goods; the label and its characters.
    """
    stops = unless(told.code)
    for sentence in sentences:
        near = sentence is told.sentence or sentence.first
        labels = stops if near else stops & OF_THE_GOODS if sentence.sells else frozenset[str]()
        tokens = sentence.place.tokens
        for label, start, end in _others(reading, sentence) if labels else ():
            if label in labels and REFUTED.get(label) not in told.sentence.labels:
                yield label, sentence.place, tokens.starts[start], tokens.ends[end - 1]


def _others(reading: Reading, sentence: Sentence) -> list[Beside]:
    """Return what else a sentence names; found once."""
    key = f"beside {sentence.place.field} {sentence.start}"
    if key not in reading.memo:
        reading.memo[key] = [*_named(reading, sentence)]
    known: list[Beside] = reading.memo[key]
    return known


def _named(reading: Reading, sentence: Sentence) -> Iterator[Beside]:
    """Yield what a sentence names; not things that come with the goods."""
    tokens = sentence.place.tokens
    for hit in _lists().find(tokens, sentence.start, sentence.end):
        for label in hit.labels:
            if label != "thing" or not (reading.comes_with(tokens, hit.start) or _added(tokens, hit.start)):
                yield Beside(label, hit.start, hit.end)


@cache
def _lists() -> OpenPhrases:
    return OpenPhrases(table("piracy_unless.yaml"))


def _added(tokens: Tokens, a: int) -> bool:
    return a > 0 and "+" in tokens.between(a - 1, a)
