"""A title as a row of words of known kinds: names, goods, parts, words of selling, words that say what a thing is like.

What is left are words that no table knows. Where they stand is read by :mod:`crawler.indicators.titles.heads`, how
many there are by :mod:`crawler.indicators.titles.unusual`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from crawler.indicators.reading.offer import Reading
from crawler.indicators.text import tables
from crawler.indicators.text.open_phrases import Words
from crawler.indicators.text.title_words import folded, joins, languages, like, pieces, selling, soft
from crawler.indicators.text.tokens import Tokens
from crawler.register.folding import CJK
from crawler.register.loading import Entry
from crawler.register.words import LANGUAGES as DICTIONARIES
from crawler.register.words import is_word

LONGEST = 120  # words: no title; nothing is learned from weighing it
JOINED = 3  # letters of goods that others are joined to: tas, Uhr
NO_ENDS = frozenset({"ring", "hat", "cap", "tie", "but", "album", "film"})
"""Goods that many other words end with by chance: voering, Zierring."""
NOUNS_ARE_CAPITALS = "de"
CODE = 3  # capital letters that are a code: VW, TDI
ROMAN = re.compile(r"[IVXL]+")
CJK_WORD = 2  # letters of Chinese or Japanese that count as a word
CHUNK = 4  # letters of a Chinese or Japanese word whose end is looked at
LIKE = 0.25  # of a word: one that says what a thing is like, by its ending
PATH = re.compile(r".*\s[>›»]\s(?:[^|]*\|)?")
"""``Home > Bags > Totes |``: the way to the offer, put in front of its title."""
SENTENCE = re.compile(r"\W*[.!?…。！？\n](?:\s|$)")
"""What ends a sentence, and no amount: 12.50 goes on."""
LEAD = re.compile(r":\s")
FEW_WORDS = 3  # words that say how many are left: "noch ein paar"
MARKS = frozenset('<>|~*#+=_\\【】「」『』《》“”"')
"""Beside pauses and symbols, these part what a title says."""
FEW = 0.3  # of a title's words: if no more than that are in small letters, capitals tell no names


@dataclass(frozen=True)
class Title:
    """The words of a title by number, and of which kind they are; a word may be of several."""

    tokens: Tokens
    language: str
    names: frozenset[int]
    """Those of the register's names."""
    own: frozenset[int]
    """Those of the names of the brand's products."""
    goods: frozenset[int]
    parts: frozenset[int]
    """Accessories and wrapping, unless they come with the goods."""
    soft: frozenset[int]
    """What may be a part or say what goods are made of: a steel bracelet."""
    selling: frozenset[int]
    start: int
    """The first word behind a category path, or behind what leads in a post: "New in:"."""
    stop: int
    """The word behind the last; of a post, behind the sentence that names the brand."""

    @property
    def words(self) -> tuple[str, ...]:
        """All words, folded."""
        return self.tokens.words

    @cached_property
    def cased(self) -> bool:
        """Whether capitals tell names from other words: not in titles all in capitals, or with one at each word."""
        others = [self.written(k) for k in range(len(self.words)) if k not in self.names]
        others = [word for word in others if len(word) >= CODE and word.lower() != word.upper()]
        return sum(word.islower() for word in others) > FEW * len(others)

    def written(self, k: int) -> str:
        """Word ``k`` as written."""
        return self.tokens.text[self.tokens.starts[k] : self.tokens.ends[k]]

    def known(self, k: int) -> bool:
        """Whether a table knows word ``k``."""
        return any(k in kind for kind in (self.names, self.own, self.goods, self.selling))

    def parted(self, k: int) -> bool:
        """Whether a pause, a symbol or a mark stands right before word ``k``."""
        if k == self.start:
            return True
        between = self.tokens.between(k - 1, k)
        return self.tokens.pause(k - 1, k) or any(
            c in MARKS or unicodedata.category(c) in {"So", "Sk"} for c in between
        )

    def unknown(self, k: int) -> float:
        """Return 1 for a word that names something, less for one that may, 0 for a number, a code or a name."""
        written, folded = self.written(k), self.words[k]
        if CJK.search(folded):
            return 0.0 if not written.isalpha() or self._like_chunk(k) else 1 / CJK_WORD
        if self.tokens.text[: self.tokens.starts[k]].endswith("#"):
            return 0.0  # a hashtag is there to be found by, whatever is sold
        if len(written) == 1 or not any(map(str.isalpha, written)) or any(map(str.isdigit, written)):
            return 0.0
        if written.isupper() and (len(written) <= CODE or ROMAN.fullmatch(written)):
            return 0.0
        if written.lower().endswith(like(self.language)) or self._counted(k):
            return LIKE
        if written.islower() or not written[0].isupper():
            return 1.0
        return self._capital(k, folded)

    def _counted(self, k: int) -> bool:
        """Whether a number right before the word counts it, behind the names: "6 colours"; in front what is sold."""
        number = k > max(self.names, default=k) and self.written(k - 1).isdigit() and k - 1 not in self.own
        return number and not self.parted(k)

    def _capital(self, k: int, folded: str) -> float:
        ordinary = is_word(folded) or self.language == NOUNS_ARE_CAPITALS
        if not self.cased:
            return 1.0 if ordinary or self.language not in DICTIONARIES else 0.5
        if ordinary:
            return 1.0 if self.language == NOUNS_ARE_CAPITALS else 0.5
        return 1.0 if k == self.start and self.language not in DICTIONARIES else 0.0

    def _like_chunk(self, k: int) -> bool:
        a = b = k
        while a > self.start and k - a < CHUNK and self._joins(a - 1, a):
            a -= 1
        while b + 1 < len(self.words) and b - k < CHUNK and self._joins(b, b + 1):
            b += 1
        chunk = self.tokens.text[self.tokens.starts[a] : self.tokens.ends[b]]
        return len(chunk) <= CHUNK and chunk.endswith(like(self.language))

    def _joins(self, a: int, b: int) -> bool:
        return not self.tokens.between(a, b) and bool(CJK.search(self.words[a]) and CJK.search(self.words[b]))


def title_of(reading: Reading, entry: Entry) -> Title | None:
    """Return the title of an offer, None without one or if it is longer than any title; read once for a brand."""
    key = f"title {entry.name}"
    if key not in reading.memo:
        place = reading.place("title")
        short = place is not None and len(place.tokens.words) <= LONGEST
        reading.memo[key] = _read(reading, entry, place.tokens) if place and short else None
    known: Title | None = reading.memo[key]
    return known


def _read(reading: Reading, entry: Entry, tokens: Tokens) -> Title:
    names = {k for f in reading.found if f.place.field == "title"
             for k in range(*tokens.at(f.mention.start, f.mention.end))}  # fmt: skip
    own = {k for k, word in enumerate(tokens.words) if word in reading.context.product_words[entry.name]}
    goods = frozenset(
        k for a, b in _goods(tokens, reading.language, reading.context.goods[entry.name]) for k in range(a, b)
    )
    made_of, parts = set(_spans(soft(reading.language), tokens)), set(_spans(pieces(), tokens))
    for a, b, label in reading.view.sets["accessories"].find(tokens.words):
        (made_of if label == "no_accessories" else parts).update(range(a, b))
    parts.update(k for a, b, _ in reading.view.sets["wrapping"].find(tokens.words) for k in range(a, b))
    ends = tuple(reading.view.ends)
    parts.update(k for k, word in enumerate(tokens.words) if word.endswith(ends) and k not in goods)
    path = PATH.match(tokens.text)
    start = next((k for k, at in enumerate(tokens.starts) if path is None or at >= path.end()), 0)
    stop = len(tokens.words)
    lead = _behind_lead(tokens, min(names), names | own | goods | parts | made_of) if names else 0
    if names and _is_post(reading) and (not lead or tokens.words[lead - 1] not in joins()):
        start = max(start, lead)
        stop = next((k for k in range(min(names) + 1, stop) if SENTENCE.match(tokens.between(k - 1, k))), stop)
    said = frozenset(range(start, stop))
    return Title(
        tokens, reading.language, frozenset(names), frozenset(own), goods & said,
        frozenset(k for k in said & parts - made_of - own if not reading.comes_with(tokens, k)),
        frozenset(k for k in said & made_of - own if not reading.comes_with(tokens, k)),
        frozenset(_spans(selling(reading.language), tokens)), start, stop,
    )  # fmt: skip


def _is_post(reading: Reading) -> bool:
    """Whether the title is but the beginning of the description: a post has none, and says all in one breath."""
    title, description = reading.place("title"), reading.place("description")
    return title is not None and description is not None and description.text.startswith(title.text)


def _behind_lead(tokens: Tokens, name: int, telling: set[int]) -> int:
    """The first word behind what leads in, in front of the name, and tells nothing of the goods: "New in:", "A few";
    0 without that. (A word that joins leads to a name of others' goods: "For: …".)
    """
    few = [k + 1 for k in range(min(name, FEW_WORDS)) if tokens.words[k] in folded("a_few")]
    colons = [k for k in range(1, name + 1) if LEAD.search(tokens.between(k - 1, k))]
    behind = max((*few[:1], *colons[:1]), default=0)
    return behind if telling.isdisjoint(range(behind)) else 0


def _goods(tokens: Tokens, language: str, sold: tables.Goods) -> Iterator[tuple[int, int]]:
    """Where goods are named: by phrases, and by words that end with one where words are joined."""
    yield from ((a, b) for a, b, _ in tables.any_goods(sold).find(tokens.words))
    if language in languages("joining"):
        ends = (
            *(word for word in tables.goods_words() if len(word) >= JOINED and word not in NO_ENDS),
            *tables.endings(sold),
        )
        yield from ((k, k + 1) for k, word in enumerate(tokens.words) if word.endswith(ends))


def _spans(words: Words, tokens: Tokens) -> Iterator[int]:
    return (k for a, b in words.spans(tokens.words, 0, len(tokens.words)) for k in range(a, b))
