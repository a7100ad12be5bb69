"""Whether a clause denies, supposes or warns of its noun for a copy, or speaks of somebody else's goods."""

from __future__ import annotations

from crawler.indicators.clauses.clause import Clause
from crawler.indicators.clauses.grammar import Grammar
from crawler.indicators.clauses.noun import Plain, leads, outside, own

FAR = 14  # words that a denial reaches forward in one clause
LETTER_O = "o"
YOU = "Sie"  # within a sentence; folded it is the German "they"
YES = "sí"  # folded it is the Spanish "if"
SHORT = 6  # words of an answer: "no, they are not"
NEXT = 2  # words at the beginning of a sentence in which "if" stands, or of a clause in which a yes does


def denied(clause: Clause, grammar: Grammar, plain: Plain) -> bool:
    """Return whether the clause denies, supposes, warns of its noun, or speaks of somebody else's goods."""
    words, a, b = clause.words, clause.a, clause.b
    before = max(clause.start, a - FAR)
    ours = own(clause, grammar, plain)
    if _denial(clause, grammar, before, ours) or answered(clause, grammar):
        return True
    supposed = grammar.supposes.spans(words, clause.first, min(clause.first + NEXT, clause.start))
    if not ours and _free(clause, grammar, supposed):
        return True  # "if it is that cheap, it is a fake"; but "if I am honest, it is"
    if _free(clause, grammar, grammar.supposes.spans(words, clause.start, a)) or grammar.without.any(words, before, a):
        return True
    moods = outside(grammar.moods.spans(words, clause.start, clause.end), a, b)
    if moods and not grammar.alike.any(words, clause.start, clause.end):
        return True
    if any(leads(clause, grammar, plain, end) for end in _any(clause, grammar, before)):
        return True
    warned = outside(grammar.warns.spans(words, clause.start, clause.end), a, b)
    if any(end <= a or not ours for _, end in warned):
        return True  # behind one's own copies nobody warns of them: "our replicas stand any comparison"
    first = clause.start if _answers(clause, grammar) else clause.first
    others = outside(grammar.others.spans(words, first, a), a, b)
    return not ours and bool(_free(clause, grammar, others))


def answered(clause: Clause, grammar: Grammar) -> bool:
    """Whether the next sentence begins with nothing but a denial: "somebody asked if it is a copy. It is not, …"."""
    tokens, words = clause.tokens, clause.words
    last = min(len(words), clause.end + FAR)
    start = next((k for k in range(clause.b, last) if tokens.sentence_ends(k - 1, k)), last)
    end = next((k for k in range(start + 1, last) if tokens.pause(k - 1, k)), last)
    if start == last or end - start > SHORT:
        return False
    lists = (grammar.denies, grammar.names, grammar.own, grammar.leads, grammar.agrees)
    closed = {k for one in lists for span in one.spans(words, start, end) for k in range(*span)}
    named = grammar.names.any(words, start, end) and grammar.denies.any(words, start, end)
    return named and len(closed) == end - start


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


def _denial(clause: Clause, grammar: Grammar, before: int, ours: bool) -> bool:
    words, a, b = clause.words, clause.a, clause.b
    leading = [span for span in grammar.none.spans(words, before, a) if not _is_letter(clause, span)]
    if not grammar.final:
        leading += grammar.denies.spans(words, before, a)
    if any(not grammar.alike.any(words, end, clause.end) for _, end in leading):
        return True
    behind = grammar.denies.spans(words, b, clause.end)
    better = max(clause.start, a - 1)  # "a better copy you will not find"
    return not ours and any(not grammar.alike.any(words, better, clause.end) for _ in behind)


def _is_letter(clause: Clause, span: tuple[int, int]) -> bool:
    """Whether what folding reads as "0 %" is the word o: an article in Portuguese, "or" in Spanish."""
    a, b = span
    return b - a == 1 and clause.tokens.text[clause.tokens.starts[a] : clause.tokens.ends[a]].lower() == LETTER_O
