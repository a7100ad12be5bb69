"""Where the words of an offer admit a copy or play with it, and whether its sentences say so of the goods.

Phrases are found by the lists of ``data/wording``; what the sentence does with them is read by
:mod:`crawler.indicators.assertion`, grades of copies by :mod:`crawler.indicators.grades`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crawler.indicators import grammar, tables
from crawler.indicators.assertion import Said, said
from crawler.indicators.clause import clause_of
from crawler.indicators.grades import grades_in
from crawler.indicators.grammar import Grammar
from crawler.indicators.lexicon import View
from crawler.indicators.negation import negated
from crawler.indicators.places import Place
from crawler.indicators.reading import Reading
from crawler.indicators.tokens import Tokens
from crawler.items import Allegation

COPIES = frozenset({"replica", "quality", "surplus"})
"""Admissions that say that the goods are not the maker's."""
Plain = Callable[[str], bool]
Span = tuple[int, int, str]
Spoken = tuple[int, int, str, Said]
MAX_PHRASES = 100  # of a text that are looked at: no seller writes so many
NEAR_WORDS = 7  # words behind a copy in which it says what it is a copy of


@dataclass(frozen=True)
class Admission:
    """A phrase that admits, at its characters of a place."""

    place: Place
    start: int
    end: int
    label: str
    sure: bool = True
    """Whether it is said of the goods; else it is not denied either."""

    @property
    def text(self) -> str:
        """As written."""
        return self.place.text[self.start : self.end]


def all_admissions(reading: Reading) -> list[Admission]:
    """Return every admission in title and description that is said of the goods."""
    return [found for found in spoken_of(reading) if found.sure]


def copies(reading: Reading) -> bool:
    """Whether the seller's words say of the goods that they are not the maker's: whose copies they are is the claim."""
    return any(found.label in COPIES for found in all_admissions(reading))


def channel(reading: Reading) -> Allegation | None:
    """Return what to allege of goods that are told to come past the maker's channels, if they are no copies."""
    return "grey_market" if reading.parallel and not copies(reading) else None


def spoken_of(reading: Reading) -> list[Admission]:
    """Return the same and what is neither said of the goods nor denied; found once."""
    if "admissions" not in reading.memo:
        reading.memo["admissions"] = _spoken_of(reading)
    known: list[Admission] = reading.memo["admissions"]
    return known


def _spoken_of(reading: Reading) -> list[Admission]:
    found: list[Admission] = []
    language = reading.offer.language
    own = frozenset().union(*reading.context.product_words.values(), tables.goods_words())
    plain = own.__contains__
    for place in reading.places:
        if place.field in {"title", "description"}:
            tokens, title = place.tokens, place.field == "title"
            for a, b, label, spoken in _admissions(tokens, reading.view, language, plain):
                sure = spoken == "asserted" or title or label != "replica"
                found.append(Admission(place, tokens.starts[a], tokens.ends[b - 1], label, sure))
            codes = [Admission(place, start, end, "quality") for start, end in grades_in(place.text, tokens.text)]
            found += [code for code in codes if not _code_denied(code, reading.view, language, plain)]
    return found


def _admissions(tokens: Tokens, view: View, language: str | None, plain: Plain) -> Iterator[Spoken]:
    """Yield the admitting phrases of a text that its clauses do not deny, as word ranges."""
    denied_until = -1
    phrases = _phrases(tokens, view)
    for a, b, label in sorted(phrases + _unreal(tokens, view, language, phrases))[:MAX_PHRASES]:
        if label == "harmless":
            continue
        if label == "replica" and (_of_others(tokens, a, b, view) or _of_harmless(tokens, b, view)):
            continue
        spoken = _said(tokens, a, b, view, language, plain)
        if spoken == "denied" or (denied_until >= 0 and _listed(tokens, denied_until, a)):
            denied_until = b - 1
        else:
            denied_until = -1
            yield a, b, label, spoken


def _phrases(tokens: Tokens, view: View) -> list[Span]:
    """Return the listed phrases; one that is harmless only across a pause is read up to that: "imitation, leather"."""
    found: list[Span] = []
    for a, b, label in view.admissions.find(tokens.words):
        pauses = [k for k in range(a + 1, b) if label == "harmless" and tokens.pause(k - 1, k)]
        cut = view.admissions.find(tokens.words[a : pauses[0]]) if pauses else [(0, b - a, label)]
        found += [(a + x, a + y, inner) for x, y, inner in cut]
    return [span for span in found if not _another(tokens, span, view)]


def _another(tokens: Tokens, span: Span, view: View) -> bool:
    a, b, _ = span
    return view.admissions.another(tokens.words[a:b], tokens.text[tokens.starts[a] : tokens.ends[b - 1]])


def _unreal(tokens: Tokens, view: View, language: str | None, known: list[Span]) -> list[Span]:
    """Return where the goods are said not to be real: "is not the original", nothing behind it that is not original."""
    covered = {k for a, b, _ in known for k in range(a, b)}
    found: list[Span] = []
    for a, b, _ in view.sets["real"].find(tokens.words)[:MAX_PHRASES]:
        words = grammar.of(tokens.words, language, a)
        if words is None:
            continue
        start, end = words.denied_at(tokens.words, a, b)
        ends = end == len(tokens.words) or tokens.pause(end - 1, end) or words.begins(tokens.words, end)
        alone = ends or view.sets["but"].match(tokens.words, end) is not None
        pauses = any(tokens.pause(k - 1, k) for k in range(start + 1, end))
        if (start, end) != (a, b) and alone and not pauses and covered.isdisjoint(range(start, end)):
            found.append((start, end, "replica"))
    return found


def _said(tokens: Tokens, a: int, b: int, view: View, language: str | None, plain: Plain) -> Said:
    words = grammar.of(tokens.words, language, a)
    since = _spent(tokens, a, view, words) if words else 0
    if negated(tokens, a, b, view, since):
        return "denied"
    return "unclear" if words is None else said(clause_of(tokens, a, b, view, since), words, plain)


def _spent(tokens: Tokens, a: int, view: View, words: Grammar) -> int:
    """Where a denial before word ``a`` has had its say, 0 without one: "it is not the real one | it is a copy"."""
    near = max(0, a - NEAR_WORDS)
    for x, y, _ in view.sets["real"].find(tokens.words[near:a]):
        start, end = words.denied_at(tokens.words, near + x, near + y)
        if start < near + x and words.begins(tokens.words, end, a):
            return end
        if words.final and end > near + y:
            return end  # what is denied stands right before: 정품이 아닌 레플리카
    return 0


def _of_harmless(tokens: Tokens, b: int, view: View) -> bool:
    """Whether the copy is of something that anybody may copy: of a Roman coin, of the receipt; not with a
    receipt, or hence without one."""
    for k in range(b, min(len(tokens.words), b + NEAR_WORDS)):
        ends = any(view.sets[name].match(tokens.words, k) for name in ("included", "but"))
        if ends or tokens.pause(k - 1, k):
            return False
        if view.sets["copied"].match(tokens.words, k):
            return True
    return False


def _of_others(tokens: Tokens, a: int, b: int, view: View) -> bool:
    """Whether the copies are those of others: "there are many fakes, this one is real"."""
    before = any(view.sets["plenty"].match(tokens.words, k) for k in range(max(0, a - 3), a))
    behind = any(view.sets["plenty"].match(tokens.words, k) for k in range(b, min(len(tokens.words), b + 4)))
    if not (before or behind):
        return False
    rest = range(b, min(len(tokens.words), b + 3 * NEAR_WORDS))
    return any(view.sets["real"].match(tokens.words, k) for k in rest)


def _listed(tokens: Tokens, last: int, a: int) -> bool:
    """Whether word ``a`` continues a list that word ``last`` stands in: "no replicas, fakes or copies"."""
    return a - last <= 3 and not tokens.sentence_ends(last, a)


def _code_denied(code: Admission, view: View, language: str | None, plain: Plain) -> bool:
    a, b = code.place.tokens.at(code.start, code.end)
    return a < b and _said(code.place.tokens, a, b, view, language, plain) == "denied"
