"""Whether a sentence says that the goods at hand are copies, or denies, asks, supposes, warns, or speaks of others.

A word for a copy alone says little: honest sellers use it as often as others, to say what they do not sell. What it is
told as is read from the clause around it, by the closed words of its language (:mod:`crawler.indicators.grammar`).
Anything that is neither plainly said of the goods nor plainly denied is ``unclear``: a lawyer would read it so too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from crawler.indicators.clause import Clause, asked
from crawler.indicators.grammar import Grammar

Plain = Callable[[str], bool]
Said = Literal["asserted", "denied", "unclear"]
ANSWER = 4  # words in which a question is answered: "Sure, and a good one"
OWN = 6  # words between "this" or "our" and the noun: "our very best replicas"
FAR = 14  # words that a denial reaches forward in one clause
OF = 3  # words behind "of" in which goods would be named
DEFINITE = "\u0627\u0644"  # al-; folding leaves its first letter out of the word
LETTER_O = "o"
YOU = "Sie"  # within a sentence; folded it is the German "they"
YES = "sí"  # folded it is the Spanish "if"
DASH = re.compile(r"\s*[-–—:=]\s*")
ARTICLES = frozenset({"a", "an", "ein", "eine", "un", "une", "una", "uno", "um", "uma", "een", "en", "ett", "et"})
NEXT = 2  # words behind a bare plural in which its verb would stand: "fakes are", "copies simply fade"


def said(clause: Clause, grammar: Grammar, plain: Plain) -> Said:
    """Return what the clause does with its noun; ``plain`` knows words for goods and the names of products."""
    if asked(clause.tokens, clause.end - 1, clause.end):
        return _answer(clause, grammar)
    if denied(clause, grammar, plain):
        return "denied"
    told = _told(clause, grammar, plain) and not _of_else(clause, grammar, plain)
    return "asserted" if told else "unclear"


def denied(clause: Clause, grammar: Grammar, plain: Plain) -> bool:
    """Return whether the clause denies, supposes, warns of its noun, or speaks of somebody else's goods."""
    words, a, b = clause.words, clause.a, clause.b
    before = max(clause.start, a - FAR)
    own = _own(clause, grammar, plain)
    if _denial(clause, grammar, before, own):
        return True
    if not own and grammar.supposes.any(words, clause.first, min(clause.first + NEXT, clause.start)):
        return True  # "if it is that cheap, it is a fake"
    if _free(clause, grammar, grammar.supposes.spans(words, clause.start, a)) or grammar.without.any(words, before, a):
        return True
    moods = _outside(grammar.moods.spans(words, clause.start, clause.end), a, b)
    if moods and not grammar.alike.any(words, clause.start, clause.end):
        return True
    if any(_leads(clause, grammar, plain, end) for end in _any(clause, grammar, before)):
        return True
    warned = _outside(grammar.warns.spans(words, clause.start, clause.end), a, b)
    if any(end <= a or not own for _, end in warned):
        return True  # behind one's own copies nobody warns of them: "our replicas stand any comparison"
    first = clause.start if _answers(clause, grammar) else clause.first
    others = _outside(grammar.others.spans(words, first, a), a, b)
    return not own and bool(_free(clause, grammar, others))


def _answers(clause: Clause, grammar: Grammar) -> bool:
    """Whether a yes begins the clause or stands right before it: whoever asked before, the seller speaks now."""
    yes = grammar.agrees.spans(clause.words, max(clause.first, clause.start - NEXT), clause.a)
    return any(start == clause.start or end == clause.start for start, end in yes)


def _free(clause: Clause, grammar: Grammar, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans beside what leads to the noun: "il s'agit de" speaks of nobody, "trata-se de" supposes nothing."""
    names = grammar.names.spans(clause.words, clause.first, clause.a)
    said = [span for span in spans if not _another_word(clause, *span)]
    return [(a, b) for a, b in said if not any(x <= a < y and (x, y) != (a, b) for x, y in names)]


def _another_word(clause: Clause, a: int, b: int) -> bool:
    """Whether the words ``a:b`` are others as they are written."""
    written = clause.tokens.text[clause.tokens.starts[a] : clause.tokens.ends[b - 1]]
    return written.lower() == YES or (written == YOU and a > clause.first)


def _any(clause: Clause, grammar: Grammar, before: int) -> list[int]:
    """Where words end that make it any copy: of those that exist, not of those that "we make", right before them."""
    offered = {end for _, end in grammar.offers.spans(clause.words, before, clause.a)}
    return [end for start, end in grammar.any.spans(clause.words, before, clause.a) if start not in offered]


def _denial(clause: Clause, grammar: Grammar, before: int, own: bool) -> bool:
    words, a, b = clause.words, clause.a, clause.b
    leading = [span for span in grammar.none.spans(words, before, a) if not _is_letter(clause, span)]
    if not grammar.final:
        leading += grammar.denies.spans(words, before, a)
    if any(not grammar.alike.any(words, end, clause.end) for _, end in leading):
        return True
    behind = grammar.denies.spans(words, b, clause.end)
    return not own and any(not grammar.alike.any(words, b, clause.end) for _ in behind)


def _is_letter(clause: Clause, span: tuple[int, int]) -> bool:
    """Whether what folding reads as "0 %" is the word o: an article in Portuguese, "or" in Spanish."""
    a, b = span
    return b - a == 1 and clause.tokens.text[clause.tokens.starts[a] : clause.tokens.ends[a]].lower() == LETTER_O


def _own(clause: Clause, grammar: Grammar, plain: Plain) -> bool:
    """Whether "this" or "our" leads to the noun: "our very best replicas"."""
    words = clause.words
    return any(
        all(_known(clause, grammar, plain, k) or grammar.names.covers(words[k]) for k in range(end, clause.a))
        for _, end in grammar.own.spans(words, max(clause.start, clause.a - OWN), clause.a)
    )  # "our replicas", "our bags are replicas"


def _leads(clause: Clause, grammar: Grammar, plain: Plain, k: int) -> bool:
    """Whether all words from ``k`` to the noun may belong to it."""
    return _leads_from(clause, grammar, plain, k, clause.a)


def _leads_from(clause: Clause, grammar: Grammar, plain: Plain, k: int, end: int) -> bool:
    return all(_known(clause, grammar, plain, j) for j in range(k, end))


def _outside(spans: list[tuple[int, int]], a: int, b: int) -> list[tuple[int, int]]:
    """The spans that lie beside the words ``a:b``."""
    return [(start, end) for start, end in spans if end <= a or start >= b]


def _answer(clause: Clause, grammar: Grammar) -> Said:
    """Read a question by its answer: "Fake? Sure." asserts, "Not genuine? No: a clone." confirms, others do not."""
    near = min(len(clause.words), clause.end + ANSWER)
    if grammar.agrees.any(clause.words, clause.end, near):
        return "asserted"
    inside = grammar.denies.any(clause.words, clause.a, clause.b)
    said_no = grammar.denies.any(clause.words, clause.end, near) or grammar.none.any(clause.words, clause.end, near)
    return "asserted" if inside and said_no else "denied"


def _told(clause: Clause, grammar: Grammar, plain: Plain) -> bool:
    """Whether the clause says it of the goods: names them so, offers it, or is nothing but that noun."""
    words, a, b = clause.words, clause.a, clause.b
    if b < clause.end and clause.tokens.between(b - 1, b) == "-" and not _known(clause, grammar, plain, b):
        return False  # it only says which: fake-sellers
    if _defined(clause):
        return False
    if _own(clause, grammar, plain):
        return True
    if grammar.spaceless:
        return _told_spaceless(clause, grammar)
    offered = _outside(grammar.offers.spans(words, clause.start, clause.end), a, b)
    if any(start != b or grammar.final for start, _ in offered):
        return True  # right behind the noun it is what copies do: "fakes make me angry"
    if grammar.final:
        return all(_known(clause, grammar, plain, k) or grammar.names.covers(words[k]) for k in range(b, clause.end))
    named = called = clause.start
    for start, end in grammar.names.spans(words, clause.start, a):
        if _leads_from(clause, grammar, plain, named, start):
            named = called = end  # of the goods it is said: not "our worst enemy is"
    for start, end in grammar.linked.spans(words, clause.start, a):
        if start == clause.start or plain(words[start - 1]) or _leads_from(clause, grammar, plain, named, start):
            named = max(named, end)
    if called == clause.start and _generic(clause, grammar):
        named = called  # "en las falsificaciones va torcida"
    return _leads(clause, grammar, plain, named) and not _of_copies(clause, grammar, plain, named)


def _of_else(clause: Clause, grammar: Grammar, plain: Plain) -> bool:
    """Whether it is a copy of something that is not sold: of the brochure, of a Roman coin, of the night sky."""
    words, b = clause.words, clause.b
    leads = [end for start, end in grammar.of.spans(words, b - 1, min(b + 1, clause.end)) if start in {b - 1, b}]
    if not leads or leads[0] >= clause.end:
        return False
    until = min(leads[0] + OF, clause.end)
    told = any(plain(words[k]) or grammar.grades.covers(words[k]) for k in range(leads[0], until))
    return not told and not grammar.models.any(words, leads[0], until)


def _told_spaceless(clause: Clause, grammar: Grammar) -> bool:
    words, a, b = clause.words, clause.a, clause.b
    if not grammar.final:
        lists = (grammar.leads, grammar.grades, grammar.names, grammar.offers)
        return a == clause.start or any(end == a for one in lists for _, end in one.spans(words, clause.start, a))
    done_to = grammar.after.any(words, b, min(b + NEXT, clause.end))
    named = any(start == b for start, _ in grammar.names.spans(words, b, clause.end))
    return not done_to or named or grammar.offers.any(words, b, clause.end)


def _known(clause: Clause, grammar: Grammar, plain: Plain, k: int) -> bool:
    """Whether word ``k`` may belong to the noun: a number, goods, a quality; or is joined to one by a hyphen."""
    near = [k]
    if k > clause.start and clause.tokens.between(k - 1, k) == "-":
        near.append(k - 1)
    if k + 1 < clause.end and clause.tokens.between(k, k + 1) == "-":
        near.append(k + 1)
    words = [clause.words[j] for j in near]
    if any(letter.isdigit() for letter in clause.tokens.text[clause.tokens.starts[k] : clause.tokens.ends[k]]):
        return True  # 1st, AAA+1
    lists = (
        grammar.grades,
        grammar.leads,
        grammar.own,
        grammar.alike,
        grammar.agrees,
        grammar.denies,
    )  # denials that deny were seen before
    return any(word.isdigit() or plain(word) or any(one.covers(word) for one in lists) for word in words)


def _of_copies(clause: Clause, grammar: Grammar, plain: Plain, named: int) -> bool:
    """Whether a bare noun is what the clause speaks about, not what it calls the goods: "fakes are", "copies fade"."""
    words, b = clause.words, clause.b
    if named > clause.start:
        return False
    if grammar.names.any(words, b, min(b + 1, clause.end)) and not grammar.leads.covers(words[b]):
        return True
    if _generic(clause, grammar):
        b = next((k for k in range(b, clause.end) if not _small(grammar, words[k])), clause.end)
        return b < clause.end and not _known(clause, grammar, plain, b)
    several = bool(grammar.plural) and words[b - 1].endswith(grammar.plural)
    return (several or grammar.compounds) and b < clause.end and not _known(clause, grammar, plain, b)


def _generic(clause: Clause, grammar: Grammar) -> bool:
    """Whether the clause begins with the noun, made to speak of all copies: "les copies", "on fakes", Arabic al-."""
    at = clause.tokens.starts[clause.a]
    if clause.a == clause.start and clause.tokens.text[max(0, at - 1) : at + 1] == DEFINITE:
        return True
    return grammar.generic.any(clause.words, clause.start, min(clause.a, clause.start + 1))


def _small(grammar: Grammar, word: str) -> bool:
    return grammar.leads.covers(word) or grammar.names.covers(word)


def _defined(clause: Clause) -> bool:
    """Whether the noun alone stands before a dash and an article: a word is explained, "replica – a product that"."""
    if (clause.start, clause.end) != (clause.a, clause.b) or clause.b >= len(clause.words):
        return False
    dash = DASH.fullmatch(clause.tokens.between(clause.b - 1, clause.b))
    return dash is not None and clause.words[clause.b] in ARTICLES
