"""What a text says of unlicensed copies: phrases that tell one alone (``piracy.yaml``), and words that do together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from itertools import zip_longest
from typing import Any, NamedTuple

from crawler import tabular
from crawler.indicators.open_phrases import Hit, OpenPhrases
from crawler.indicators.places import Place
from crawler.indicators.reading import Reading
from crawler.indicators.tokens import Tokens

ALONE = {"crack": "piracy.crack", "download": "piracy.download", "stream": "piracy.stream", "iptv": "piracy.iptv",
         "key": "piracy.key", "scan": "piracy.scan", "copy": "piracy.copy", "account": "piracy.account"}  # fmt: skip
SAYING = ("title", "description", "category")
FIRST = 4  # sentences of a description that say what is sold; further on it speaks of the shop
WORD = "word:"
"""Before the label of a word that tells nothing alone: ``key`` is such a word, and a kind of phrase."""

ARTICLES = {"pt": "no"}
"""What denies in other languages and is "in the" in one: ``no pendrive``."""
NEAR = 3  # words within which a denial stands
DENIES, DENIES_BEHIND, UNDENIED = WORD + "denies", WORD + "denies_behind", {WORD + "shared"}


class Said(NamedTuple):
    """Where a place says that an unlicensed copy is offered."""

    code: str
    place: Place
    start: int
    end: int


class Sentence(NamedTuple):
    """A title, or a sentence of a description, with what is listed of its words."""

    place: Place
    hits: tuple[Hit, ...]
    sells: bool
    """Whether it says what of the work is sold: it names it or its title does, and a description does so early."""

    names: bool
    """Whether it names the work, as the title does: then the kind of work tells with its words."""

    @property
    def labels(self) -> frozenset[str]:
        """All labels of its words."""
        return frozenset[str]().union(*(hit.labels for hit in self.hits))


@cache
def _table(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = tabular.words((resources.files("crawler.data") / name).read_text("utf-8"))
    return loaded


@cache
def _phrases() -> OpenPhrases:
    words = {WORD + label: entries for label, entries in _table("piracy_words.yaml").items()}
    return OpenPhrases({**_table("piracy.yaml"), **words})


@cache
def _others() -> OpenPhrases:
    return OpenPhrases(_table("piracy_unless.yaml"))


def kinds_of(works: Iterable[str]) -> frozenset[str]:
    """Return the kinds of works as rules name them: a series is a ``film``."""
    written = {kind.casefold() for kind in works}
    return frozenset(f"of:{kind}" for kind, names in _table("piracy_rules.yaml")["kinds"].items() if written & {*names})


def unless(code: str) -> frozenset[str]:
    """Return what stands beside lawful offers that ``code`` would misjudge."""
    return frozenset(_table("piracy_rules.yaml")["unless"][code])


def sentences(reading: Reading) -> list[Sentence]:
    """Return the texts of the offer that say what it is, sentence by sentence; a title is one."""
    return [sentence for place in reading.places if place.field in SAYING for sentence in _sentences(place, reading)]


def _sentences(place: Place, reading: Reading) -> Iterator[Sentence]:
    tokens = place.tokens
    hits = _undenied(tokens, _phrases().find(tokens), ARTICLES.get(reading.language, ""))
    named = [tokens.at(f.mention.start, f.mention.end) for f in reading.found if f.place is place]
    titled = any(f.place.field == "title" for f in reading.found)
    for number, (a, b) in enumerate(_spans(tokens, whole=place.field == "title")):
        within = tuple(hit for hit in hits if a <= hit.start < b)
        names = any(a <= first < b for first, _ in named)
        yield Sentence(place, within, names or (titled and number < FIRST), names and titled)


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


def said(sentence: Sentence, kinds: frozenset[str]) -> Iterator[Said]:
    """Yield what one sentence says of a work of ``kinds``, each code once."""
    told: set[str] = set()
    tokens = sentence.place.tokens
    for hit in sentence.hits:
        for label in sorted(hit.labels & ALONE.keys()):
            if ALONE[label] not in told:
                told.add(ALONE[label])
                yield Said(ALONE[label], sentence.place, tokens.starts[hit.start], tokens.ends[hit.end - 1])
    there = sentence.labels | {WORD + kind for kind in kinds if sentence.names} if sentence.sells else frozenset[str]()
    for code, rules in _rules().items():
        rule = next((rule for rule in rules if rule <= there), None)
        if rule is not None and code not in told:
            first = next(hit for hit in sentence.hits if hit.labels & rule)
            yield Said(code, sentence.place, tokens.starts[first.start], tokens.ends[first.end - 1])


@cache
def _rules() -> dict[str, tuple[frozenset[str], ...]]:
    return {code: tuple(frozenset(WORD + word for word in rule.split()) for rule in rules)
            for code, rules in _table("piracy_rules.yaml")["rules"].items()}  # fmt: skip


def beside(place: Place, reading: Reading) -> dict[str, tuple[int, int]]:
    """Return what else a text speaks of (``piracy_unless.yaml``) → where; not what comes with the goods."""
    tokens = place.tokens
    found: dict[str, tuple[int, int]] = {}
    for hit in _others().find(tokens):
        for label in hit.labels:
            if label == "thing" and (reading.comes_with(tokens, hit.start) or _added(tokens, hit.start)):
                continue
            found.setdefault(label, (tokens.starts[hit.start], tokens.ends[hit.end - 1]))
    return found


def _added(tokens: Tokens, a: int) -> bool:
    return a > 0 and "+" in tokens.between(a - 1, a)
