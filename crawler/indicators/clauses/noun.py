"""What stands before the noun for a copy: words that may belong to it, and what points at the goods at hand."""

from __future__ import annotations

from collections.abc import Callable

from crawler.indicators.clauses.clause import Clause
from crawler.indicators.clauses.grammar import Grammar

Plain = Callable[[str], bool]
OWN = 6  # words between "this" or "our" and the noun: "our very best replicas"


def own(clause: Clause, grammar: Grammar, plain: Plain) -> bool:
    """Whether "this" or "our" leads to the noun: "our very best replicas"."""
    words = clause.words
    return any(
        all(known(clause, grammar, plain, k) or grammar.names.covers(words[k]) for k in range(end, clause.a))
        for _, end in grammar.own.spans(words, max(clause.start, clause.a - OWN), clause.a)
    )  # "our replicas", "our bags are replicas"


def leads(clause: Clause, grammar: Grammar, plain: Plain, k: int) -> bool:
    """Whether all words from ``k`` to the noun may belong to it."""
    return leads_from(clause, grammar, plain, k, clause.a)


def leads_from(clause: Clause, grammar: Grammar, plain: Plain, k: int, end: int) -> bool:
    """Whether all words ``k:end`` may belong to the noun."""
    return all(known(clause, grammar, plain, j) for j in range(k, end))


def known(clause: Clause, grammar: Grammar, plain: Plain, k: int) -> bool:
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


def outside(spans: list[tuple[int, int]], a: int, b: int) -> list[tuple[int, int]]:
    """The spans that lie beside the words ``a:b``."""
    return [(start, end) for start, end in spans if end <= a or start >= b]
