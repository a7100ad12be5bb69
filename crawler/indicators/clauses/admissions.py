"""Where the words of an offer admit a copy or play with it, and whether its sentences say so of the goods.

Phrases are found by the lists of ``data/wording``; what the sentence does with them is read by
:mod:`crawler.indicators.clauses.assertion`, grades of copies by :mod:`crawler.indicators.clauses.grades`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crawler.indicators.clauses import grammar
from crawler.indicators.clauses.assertion import Said, said
from crawler.indicators.clauses.called import part_of_a_name
from crawler.indicators.clauses.clause import clause_of
from crawler.indicators.clauses.complements import of_harmless, of_others
from crawler.indicators.clauses.contrast import set_against
from crawler.indicators.clauses.copy_words import NAME, phrases, unnamed
from crawler.indicators.clauses.grades import grades_in
from crawler.indicators.clauses.grammar import Grammar
from crawler.indicators.clauses.parting import parted_with
from crawler.indicators.clauses.reports import beside, tells
from crawler.indicators.clauses.signs import admitted, unnoticed
from crawler.indicators.reading.offer import Reading
from crawler.indicators.reading.places import Place
from crawler.indicators.text import tables
from crawler.indicators.text.lexicon import View
from crawler.indicators.text.negation import negated
from crawler.indicators.text.tokens import Tokens
from crawler.indicators.titles import accessories
from crawler.items import Allegation

COPIES = frozenset({"replica", "quality", "surplus"})
"""Admissions that say that the goods are not the maker's."""
Plain = Callable[[str], bool]
Spoken = tuple[int, int, str, Said]
WORKS = "media and software"
NEAR_WORDS = 7  # words before a copy in which the real one is denied


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
    plain = own.union((NAME,)).__contains__
    called = frozenset().union(*(reading.context.product_words[entry.name] for entry in reading.brands))
    works = any(entry.holder.sector == WORKS for entry in reading.brands)
    for place in reading.places:
        title = place.field == "title"
        if place.field in {"title", "description"} and not (title and tells(place.tokens, reading.view)):
            names = [(f.mention.start, f.mention.end) for f in reading.found if f.place is place]
            tokens = unnamed(place.tokens, names)
            yielded = list(_admissions(tokens, reading.view, language, plain))
            for a, b, said, spoken in yielded:
                if said == "another" and _part(reading):
                    continue
                if called.issuperset(tokens.words[a:b]):
                    continue  # a product is called so: a pirate ship
                label = "replica" if said == "another" else said
                sure = spoken == "asserted" or (title and spoken != "else") or label != "replica"
                if title and label == "replica":
                    sure &= not part_of_a_name(tokens, a, b, reading.view, language, plain, works)
                found.append(Admission(place, tokens.starts[a], tokens.ends[b - 1], label, sure))
            signs = None if _part(reading) or not _claimed(reading) else admitted(tokens, language, reading.view, plain)
            if signs and not any(one.sure and one.label in COPIES for one in found):
                a, b = signs
                found.append(Admission(place, tokens.starts[a], tokens.ends[b - 1], "replica"))
            codes = [Admission(place, start, end, "quality") for start, end in grades_in(place.text, tokens.text)]
            told = {(a, b) for a, b, _, _ in yielded}
            spans = [one for one in phrases(tokens, reading.view, language) if one[:2] not in told] if codes else []
            codes = [code for code in codes if not _covered(code, spans)]  # "rep 1:1" is one phrase
            found += [code for code in codes if not _code_denied(code, reading.view, language, plain)]
    return found


def _admissions(tokens: Tokens, view: View, language: str | None, plain: Plain) -> Iterator[Spoken]:
    """Yield the admitting phrases of a text that its clauses do not deny, as word ranges."""
    denied_until = -1
    for a, b, label in phrases(tokens, view, language):
        if label == "harmless" or (label == "quality" and unnoticed(tokens, a, b, language)):
            continue
        copied = label in {"replica", "another"}
        if copied and (of_others(tokens, a, b, view) or of_harmless(tokens, a, b, view) or beside(tokens, a, b, view)):
            continue
        spoken = _said(tokens, a, b, view, language, plain)
        if copied and spoken == "unclear" and parted_with(tokens, a, b, view):
            spoken = "asserted"
        if spoken == "denied" or (denied_until >= 0 and _listed(tokens, denied_until, a)):
            denied_until = b - 1
        else:
            denied_until = -1
            yield a, b, label, spoken


def _claimed(reading: Reading) -> bool:
    """Whether the title names brands only as those of the goods: who compares their own sets them against theirs."""
    roles = {f.role for f in reading.found if f.place.field == "title"}
    return "claim" in roles and roles <= {"claim", "work"}


def _part(reading: Reading) -> bool:
    """Whether the goods are a part or an accessory: of these, "not original" says who made them."""
    if any(f.role in {"compatible", "repair"} for f in reading.found):
        return True
    return any(accessories.accessory(reading, entry) for entry in reading.brands)


def _said(tokens: Tokens, a: int, b: int, view: View, language: str | None, plain: Plain) -> Said:
    words = grammar.of(tokens.words, language, a)
    if words and set_against(tokens, b, view, words):
        return "denied"
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


def _listed(tokens: Tokens, last: int, a: int) -> bool:
    """Whether word ``a`` continues a list that word ``last`` stands in: "no replicas, fakes or copies"."""
    return a - last <= 3 and not tokens.sentence_ends(last, a)


def _covered(code: Admission, spans: list[tuple[int, int, str]]) -> bool:
    x, y = code.place.tokens.at(code.start, code.end)
    return any(a < x and y <= b and label != "harmless" for a, b, label in spans)


def _code_denied(code: Admission, view: View, language: str | None, plain: Plain) -> bool:
    a, b = code.place.tokens.at(code.start, code.end)
    return a < b and _said(code.place.tokens, a, b, view, language, plain) == "denied"
