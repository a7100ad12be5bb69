"""Whether a sentence says that the goods at hand are copies, or denies, asks, supposes, warns, or speaks of others.

A word for a copy alone says little: honest sellers use it as often as others, to say what they do not sell. What it is
told as is read from the clause around it, by the closed words of its language
(:mod:`crawler.indicators.clauses.grammar`). Anything that is neither plainly said of the goods nor plainly denied is
``unclear``, a lawyer would read it so too; a copy of something else is ``else``.
"""

from __future__ import annotations

import re
from typing import Literal

from crawler.indicators.clauses.clause import Clause, asked
from crawler.indicators.clauses.copy_words import NAME
from crawler.indicators.clauses.denial import denied
from crawler.indicators.clauses.grammar import Grammar
from crawler.indicators.clauses.noun import Plain, known, leads, leads_from, outside, own

Said = Literal["asserted", "denied", "unclear", "else"]
ANSWER = 4  # words in which a question is answered: "Sure, and a good one"
OF = 3  # words behind "of" in which goods would be named
GRADED = 2  # words of them in which its grade would be: "de gama alta"
LONG_OF = 8  # words behind it in which a year would say how old they are
OLD = re.compile(r"1(?:\d\d\d)(?<!19[89]\d)")
"""A year so long past that a copy of a thing of that year is none of what is sold today."""
DEFINITE = "\u0627\u0644"  # al-; folding leaves its first letter out of the word
DASH = re.compile(r"\s*[-–—:=]\s*")
ARTICLES = frozenset({"a", "an", "ein", "eine", "un", "une", "una", "uno", "um", "uma", "een", "en", "ett", "et"})
NEXT = 2  # words behind a bare plural in which its verb would stand: "fakes are", "copies simply fade"


def said(clause: Clause, grammar: Grammar, plain: Plain) -> Said:
    """Return what the clause does with its noun; ``plain`` knows words for goods and the names of products."""
    if asked(clause.tokens, clause.end - 1, clause.end):
        return _answer(clause, grammar)
    if denied(clause, grammar, plain):
        return "denied"
    if _of_else(clause, grammar, plain):
        return "else"
    return "asserted" if _told(clause, grammar, plain) else "unclear"


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
    if b < clause.end and clause.tokens.between(b - 1, b) == "-" and not known(clause, grammar, plain, b):
        return False  # it only says which: fake-sellers
    if _defined(clause):
        return False
    if own(clause, grammar, plain):
        return True
    if grammar.spaceless:
        return _told_spaceless(clause, grammar)
    offered = outside(grammar.offers.spans(words, clause.start, clause.end), a, b)
    if any(start != b or grammar.final for start, _ in offered):
        return True  # right behind the noun it is what copies do: "fakes make me angry"
    if grammar.final:
        return all(known(clause, grammar, plain, k) or grammar.names.covers(words[k]) for k in range(b, clause.end))
    named = called = clause.start
    for start, end in grammar.names.spans(words, clause.start, a):
        if leads_from(clause, grammar, plain, named, start):
            named = called = end  # of the goods it is said: not "our worst enemy is"
    for start, end in grammar.linked.spans(words, clause.start, a):
        if start == clause.start or plain(words[start - 1]) or leads_from(clause, grammar, plain, named, start):
            named = max(named, end)
    if called == clause.start and _generic(clause, grammar):
        named = called  # "en las falsificaciones va torcida"
    return leads(clause, grammar, plain, named) and not _of_copies(clause, grammar, plain, named)


def _of_else(clause: Clause, grammar: Grammar, plain: Plain) -> bool:
    """Whether it is a copy of something that is not sold: of the brochure, of a knife of 1924, of the night sky."""
    words, b = clause.words, clause.b
    leads = [end for start, end in grammar.of.spans(words, b - 1, min(b + 1, clause.end)) if start in {b - 1, b}]
    if not leads or leads[0] >= clause.end:
        return False
    k = leads[0]
    until = next((j for j in range(k, min(k + LONG_OF, clause.end)) if words[j] == NAME), min(k + LONG_OF, clause.end))
    if any(OLD.fullmatch(words[j]) for j in range(k, until)):
        return True
    while k < clause.end - 1 and grammar.leads.covers(words[k]):
        k += 1
    until = min(k + OF, clause.end)
    if grammar.grades.any(words, k, min(k + GRADED, clause.end)) or grammar.models.any(words, leads[0], until):
        return False
    return not any(plain(words[j]) for j in range(k, until))


def _told_spaceless(clause: Clause, grammar: Grammar) -> bool:
    words, a, b = clause.words, clause.a, clause.b
    if not grammar.final:
        lists = (grammar.leads, grammar.grades, grammar.names, grammar.offers)
        return a == clause.start or any(end == a for one in lists for _, end in one.spans(words, clause.start, a))
    done_to = grammar.after.any(words, b, min(b + NEXT, clause.end))
    named = any(b in span for span in grammar.names.spans(words, a, clause.end))  # 가짜입니다 is listed with its verb
    return not done_to or named or grammar.offers.any(words, b, clause.end)


def _of_copies(clause: Clause, grammar: Grammar, plain: Plain, named: int) -> bool:
    """Whether a bare noun is what the clause speaks about, not what it calls the goods: "fakes are", "copies fade"."""
    words, b = clause.words, clause.b
    if named > clause.start:
        return False
    if grammar.names.any(words, b, min(b + 1, clause.end)) and not grammar.leads.covers(words[b]):
        return not all(grammar.names.covers(words[k]) or grammar.own.covers(words[k]) for k in range(b, clause.end))
    if _generic(clause, grammar):
        b = next((k for k in range(b, clause.end) if not _small(grammar, words[k])), clause.end)
        return b < clause.end and not known(clause, grammar, plain, b)
    several = bool(grammar.plural) and words[b - 1].endswith(grammar.plural)
    return (several or grammar.compounds) and b < clause.end and not known(clause, grammar, plain, b)


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
