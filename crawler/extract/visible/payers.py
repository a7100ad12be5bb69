"""Whether not everybody pays an amount: words of members, coupons and ways of paying on its line or right behind it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

import ahocorasick

from crawler import tabular
from crawler.extract.document import Document
from crawler.extract.visible.amount import Amount
from crawler.extract.visible.runs import shares_row

BEHIND_LIMIT = 40  # characters of what stands behind an amount in an element of its own
BESIDE_LIMIT = 160  # characters of a line that are asked
_DIGIT = re.compile(r"\d")


def only_some(amount: Amount, document: Document) -> bool:
    """Whether words in front of the line's first amount, behind this one, or in the next text limit who pays it."""
    line, begin, end = amount.run.text, amount.reading.start, amount.reading.end
    behind = line[end : end + BESIDE_LIMIT]
    following = _DIGIT.search(behind)
    said = _limits(behind[: following.start()] if following else behind)
    if not said and not amount.begin:
        said = _limits(line[max(begin - BESIDE_LIMIT, 0) : begin])
    if not said and not line[:begin].strip() and not behind.strip():
        said = _labelled_so(amount, document)
    if said or behind.strip():
        return said
    after = document.texts[amount.run.last + 1 : amount.run.last + 2]
    if not after or len(after[0].text) > BEHIND_LIMIT or _DIGIT.search(after[0].text):
        return False
    return _limits(after[0].low) and shares_row(amount.text.owner, after[0].owner)


def _labelled_so(amount: Amount, document: Document) -> bool:
    """Whether the text above an amount that stands alone limits it: "Cash / transfer" over the lower of two prices."""
    first = amount.run.first
    if first == 0 or first - 1 <= amount.spoken:
        return False
    before = document.texts[first - 1]
    if len(before.text) > BEHIND_LIMIT or _DIGIT.search(before.text) or not shares_row(before.owner, amount.text.owner):
        return False
    return _limits(before.low)


@lru_cache(maxsize=4096)  # the lines of a shop's prices differ in their amounts, not in these words
def _limits(text: str) -> bool:
    low = text.casefold()
    return any(_is_word(low, end - len(phrase) + 1, end + 1) for end, phrase in _phrases().iter(low))


def _is_word(text: str, begin: int, end: int) -> bool:
    """Whether a span is no part of a longer word; scripts without spaces have no words."""
    if text[begin] > "\u2e80":
        return True
    return not text[begin - 1 : begin].isalnum() and not text[end : end + 1].isalnum()


@cache
def _phrases() -> ahocorasick.Automaton:
    text = resources.files("crawler.data").joinpath("price_conditions.yaml").read_text("utf-8")
    automaton = ahocorasick.Automaton()
    for phrases in tabular.words(text).values():
        for phrase in phrases:
            automaton.add_word(phrase.casefold(), phrase.casefold())
    automaton.make_automaton()
    return automaton
