"""How much a title says that no shop's title says: words beside names, goods, numbers and the words of selling.

What a thing is offered as can be told in endlessly many ways: given away because a son has grown, without its cable,
with its soles glued. Nobody can list them, but titles of new goods can be described (``title_words.yaml``): a name,
what it is, colour, size, stuff, audience, terms. A title that says more is not understood, and no ground for a claim.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache
from importlib import resources

from crawler import tabular
from crawler.indicators import tables
from crawler.indicators.grammar import Words
from crawler.indicators.tokens import Tokens, fold_phrase
from crawler.register.folding import CJK
from crawler.register.words import LANGUAGES as DICTIONARIES
from crawler.register.words import is_word

LANGUAGES = frozenset(
    {*DICTIONARIES, "pl", "ru", "tr", "zh", "ja", "sv", "da", "fi", "cs", "hu", "ro", "uk", "el", "ko"}
)
"""Those whose words of selling are in the table; titles in others are not weighed."""
TOO_MUCH = 1.2
NAMED, BARE, PROSE = 0.4, 1.2, 1.0
"""What an unknown word weighs beside goods that are named, beside a bare name, and if only sentences have it."""
JOINING = frozenset({"de", "nl", "sv", "da"})
HEAD_FIRST = frozenset({"fr", "es", "it", "pt", "ro"})  # what it is stands first
HEAD_LAST = frozenset({"en", "tr", "de", "nl", "sv", "da"})  # nouns apart, the last of which is what it is
JOINED = 3  # letters of goods that others are joined to: tas, Uhr
NOUNS_ARE_CAPITALS = "de"
CODE = 3  # capital letters that are a code: VW, TDI
ROMAN = re.compile(r"[IVXL]+")
LONGEST = 120  # words: no title; nothing is learned from weighing it
CJK_WORD = 2  # letters of Chinese or Japanese that count as a word


@cache
def load() -> Words:
    """Return the words of selling, compiled."""
    table = tabular.words((resources.files("crawler.data") / "title_words.yaml").read_text("utf-8"))
    return Words(tuple(entry for entries in table.values() for entry in entries))


def strange(tokens: Tokens, language: str, names: Set[int], own: Set[str]) -> tuple[float, int, int] | None:
    """Return how much of a title is not understood, and its first and last such word; None if little or none is.

    ``names`` are the words (by number) of the register's names in it, ``own`` the words of the brand's products.
    """
    if language not in LANGUAGES or len(tokens.words) > LONGEST:
        return None
    goods = {k for a, b in _goods(tokens, language) for k in range(a, b)}
    covered = {k for a, b in load().spans(tokens.words, 0, len(tokens.words)) for k in range(a, b)} | goods
    covered |= {k for k, word in enumerate(tokens.words) if k in names or word in own}
    each = NAMED if goods - names - _before_heads(tokens, goods, covered | names, language) else BARE
    weights = {k: each * _weight(tokens, k, language) for k in range(len(tokens.words)) if k not in covered}
    weights |= {k: PROSE for k, word in enumerate(tokens.words) if k not in names and word in _prose(language)}
    if weights.get(0) and language in HEAD_FIRST:
        weights[0] *= 2
    unknown = sorted(k for k, weight in weights.items() if weight)
    total = sum(weights.values()) + sum(0.5 for part in _parts(tokens) if part and all(weights.get(k) for k in part))
    return (total, unknown[0], unknown[-1]) if total >= TOO_MUCH else None


def _goods(tokens: Tokens, language: str) -> list[tuple[int, int]]:
    """Where goods are named: by phrases, and by words that end with one where words are joined."""
    phrases = [found for _, found in tables.kinds()] + [tables.goods(sector) for sector in tables.sectors()]
    found = [(a, b) for one in phrases for a, b, _ in one.find(tokens.words)]
    if language in JOINING:
        ends = tuple(word for word in tables.goods_words() if len(word) >= JOINED)
        found += [(k, k + 1) for k, word in enumerate(tokens.words) if word.endswith(ends)]
    return found


def _before_heads(tokens: Tokens, goods: Set[int], covered: Set[int], language: str) -> set[int]:
    """Goods that only say what the unknown word behind them is for: shoe trees, watch winder."""
    if language not in HEAD_LAST:
        return set()
    heads = [k for k in range(1, len(tokens.words)) if k not in covered and tokens.between(k - 1, k) == " "]
    return {k - 1 for k in heads if k - 1 in goods and (is_word(tokens.words[k]) or language not in DICTIONARIES)}


def _weight(tokens: Tokens, k: int, language: str) -> float:
    """Return 1 for a word that is no name, a half for one that may be, 0 for a number, a code or a name."""
    written, folded = tokens.text[tokens.starts[k] : tokens.ends[k]], tokens.words[k]
    if CJK.search(folded):
        return 1 / CJK_WORD if written.isalpha() else 0.0
    if not written.isalpha() or len(written) == 1:
        return 0.0
    if written.islower():
        return 1.0
    if written.isupper() and (len(written) <= CODE or ROMAN.fullmatch(written)):
        return 0.0
    if is_word(folded) or language == NOUNS_ARE_CAPITALS:
        return 0.5
    return 1.0 if k == 0 and language not in DICTIONARIES else 0.0


@cache
def _prose(language: str) -> frozenset[str]:
    """Words that sentences are made of and titles of shops are not: pronouns, verbs, negations, places."""
    table = tabular.words((resources.files("crawler.data") / "prose.yaml").read_text("utf-8"))
    return frozenset(fold_phrase(word)[0] for word in table.get(language, ()))


def _parts(tokens: Tokens) -> list[list[int]]:
    """The words between commas, dashes and the like, without the first part."""
    parts: list[list[int]] = [[]]
    for k in range(len(tokens.words)):
        if k and tokens.pause(k - 1, k):
            parts.append([])
        parts[-1].append(k)
    return parts[1:]
