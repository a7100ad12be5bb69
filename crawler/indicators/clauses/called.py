"""Whether a word for a copy is but part of what something is called: a novel, a card, a cut of trousers, an orange."""

from __future__ import annotations

import re

from crawler.indicators.clauses import grammar
from crawler.indicators.clauses.clause import Clause, clause_of
from crawler.indicators.clauses.grammar import Grammar
from crawler.indicators.clauses.noun import Plain, known
from crawler.indicators.text.lexicon import View
from crawler.indicators.text.tokens import Tokens

QUOTED = re.compile(
    r"\"[^\"]{2,80}\"|“[^”]{2,80}”|„[^“”]{2,80}[“”]|«[^»]{2,80}»|»[^«]{2,80}«|‚[^‘]{2,80}‘|‘[^’]{2,80}’|"
    r"『[^』]{2,80}』|「[^」]{2,80}」|《[^》]{2,80}》|〈[^〉]{2,80}〉"
)


def part_of_a_name(tokens: Tokens, a: int, b: int, view: View, language: str | None, plain: Plain, media: bool) -> bool:
    """Whether the words ``a:b`` are quoted with words that no grade or goods are, or stand among such: of ``doubtful``
    words, which are everyday words too, and of what is sold by who sells works (``media``).
    """
    words = grammar.of(tokens.words, language, a)
    if words is None:
        return False
    clause = clause_of(tokens, a, b, view)
    for match in QUOTED.finditer(tokens.text) if _quoted(tokens, a) else ():
        if match.start() < tokens.starts[a] and tokens.ends[b - 1] <= match.end():
            first, last = tokens.at(*match.span())
            return any(_strange(clause, words, plain, view, k) for k in range(first, last) if not a <= k < b)
    everyday = view.sets["doubtful"].match(tokens.words, a)
    doubtful = media or (everyday is not None and everyday[0] == b)
    return doubtful and any(_strange(clause, words, plain, view, k) for k in _neighbours(tokens, a, b))


def _quoted(tokens: Tokens, a: int) -> bool:
    return any(mark in tokens.text[: tokens.starts[a]] for mark in '"“„«»‚‘『「《〈')


def _neighbours(tokens: Tokens, a: int, b: int) -> list[int]:
    """Return the words right beside ``a:b``, with no pause between."""
    before = [a - 1] if a > 0 and not tokens.pause(a - 1, a) else []
    behind = [b] if b < len(tokens.words) and not tokens.pause(b - 1, b) else []
    return before + behind


def _strange(clause: Clause, words: Grammar, plain: Plain, view: View, k: int) -> bool:
    """Whether word ``k`` is neither goods nor a grade nor a small word of its language."""
    here = clause.words[k]
    lists = (words.names, words.linked, words.of, words.offers, words.models)
    small = any(one.covers(here) for one in lists) or any(
        view.sets[name].match(clause.words, k) for name in ("media", "wrapping", "included", "but", "real")
    )
    return not (small or view.admissions.match(clause.words, k) or known(clause, words, plain, k))
