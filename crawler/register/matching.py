"""Names of the register in a text, in any disguise.

Four looks at a text, each linear in its length: by sight, by sight with signs read as letters (only where a sign
touches a letter), by sound (only where another script stands), and for slips of the pen (only tokens that are no
ordinary word). The automaton's cost does not grow with the number of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from urllib.parse import unquote

from rapidfuzz.distance import OSA

from crawler.register import disguise, placing
from crawler.register.aliases import MAX_TYPO, MIN_TYPO, Alias, Index, characters, compile_register
from crawler.register.context import Context
from crawler.register.folding import OTHER_SCRIPT, SIGHT, SIGHT_WITH_SIGNS, SIGN_BESIDE_LETTER, SOUND, Fold
from crawler.register.loading import Register
from crawler.register.views import views
from crawler.register.words import is_word

MAX_TEXT = 100_000  # characters read of one text: a description that hides a name beyond is not read by buyers either
MAX_SLIPS = 50_000  # words kept with what they may be slips of, about 5 MB
MAX_KEPT = 50  # mentions of one text
MAX_HITS = 1_000  # of the automaton; a text that repeats a name more often tells nothing new
ADDRESSES = frozenset({"url", "image", "domain"})  # where a blank is %20 or +


@dataclass(frozen=True)
class Mention:
    """A brand's name found in a text; ``start`` and ``end`` count characters of the text as searched."""

    brand: str
    name: str
    """The spelling of the register that was recognised."""
    start: int
    end: int
    text: str
    """What is written there."""
    disguise: tuple[str, ...] = ()
    """``homoglyph``, ``leet``, ``zero_width``, ``styled``, ``combining``, ``accent``, ``spaced``, ``transliteration``,
    ``typo``, ``drawn_out``, ``reversed``; empty: written as in the register, but for case."""
    ambiguous: bool = False
    """The name may mean something else, and nothing in the text decides it."""
    work: str = ""
    """The title of the protected work that was recognised; empty: the brand itself."""

    @property
    def deliberate(self) -> bool:
        """Whether the disguise is one that nobody types by accident."""
        return bool(disguise.DELIBERATE.intersection(self.disguise))


class Matcher:
    """Finds the names of one register; build it once per process."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._index: Index = compile_register(register)

        self._slips: dict[str, Alias | None] = {}
        self._context = {name: Context.of(entry) for name, entry in register.entries.items()}

    def find(self, text: str, *, where: str = "title", context: str = "") -> tuple[Mention, ...]:
        """Return the names in ``text`` from left to right, without overlaps.

        :param where: ``title``, ``description``, ``brand``, ``category``, ``url``, ``image``, ``hashtag`` or
            ``domain``; an address is read without its percent signs.
        :param context: more text of the same offer, that may decide what an ambiguous name means.
        """
        text = text[:MAX_TEXT]
        if where in ADDRESSES:
            text = unquote(text).replace("+", " ") if "%" in text or "+" in text else text
        found = list(self._by_sight(text, SIGHT, where))
        if SIGN_BESIDE_LETTER.search(text):
            found += self._by_sight(text, SIGHT_WITH_SIGNS, where)
        if not text.isascii() and OTHER_SCRIPT.search(text):
            found += self._by_sound(text)
        for seen, back, means in views(text):
            found += _as_written(self._by_sight(seen, SIGHT, where), text, back, means)
        found += self._typos(text)
        if not found:
            return ()
        return tuple(self._decided(mention, text, context) for mention in _without_overlaps(found))

    def _by_sight(self, text: str, table: Fold, where: str) -> Iterator[Mention]:
        hits = list(islice(self._index.exact.iter(text.translate(table).replace(" ", "")), MAX_HITS))
        if not hits:
            return
        placed = placing.Placed.of(text, table, loose=where == "domain")
        for last, aliases in hits:
            for alias in aliases:
                if placed.admits(alias, last + 1 - len(alias.folded), last + 1):
                    places = placed.places[last + 1 - len(alias.folded) : last + 1]
                    means = disguise.of_letters(alias, text, places)
                    if not _by_chance(alias, text, places, means):
                        yield _mention(alias, text, places[0], places[-1] + 1, means)

    def _by_sound(self, text: str) -> Iterator[Mention]:
        squeezed, places, starts = characters(text, SOUND)
        bounds = sorted(starts | {len(squeezed)})
        for a, b in pairwise(bounds):
            for alias in self._index.sound.get(squeezed[a:b], ()):
                start, end = places[a], places[b - 1] + 1
                if all(OTHER_SCRIPT.match(c) for c in text[start:end] if c.isalpha()):  # else letters are mixed
                    yield _mention(alias, text, start, end, ("transliteration",))

    def _typos(self, text: str) -> Iterator[Mention]:
        tokens = text.translate(SIGHT).split()[:MAX_HITS]
        parts = self._index.parts
        for number, token in enumerate(tokens):
            alias = self._slip(token)
            if alias is not None:
                yield from _typo(alias, text, tokens, number, 1)
            elif parts and number + 1 < len(tokens) and (token in parts or tokens[number + 1] in parts):
                alias = self._slip(token + tokens[number + 1])
                if alias is not None and alias.splits:
                    yield from _typo(alias, text, tokens, number, 2)

    def _slip(self, word: str) -> Alias | None:
        """Return the name that ``word`` misses by one slip, None for ordinary words and for names themselves.

        A shop repeats its words, so what was once looked up is kept.
        """
        try:
            return self._slips[word]
        except KeyError:
            if len(self._slips) >= MAX_SLIPS:
                self._slips.clear()
            self._slips[word] = found = self._look_up(word)
            return found

    def _look_up(self, word: str) -> Alias | None:
        if not MIN_TYPO - 1 <= len(word) <= MAX_TYPO + 1 or not word.isalpha() or word in self._index.exact:
            return None
        typos = self._index.typos
        for k in range(-1, len(word)):
            key = word[:k] + word[k + 1 :] if k >= 0 else word
            if key in typos:
                for alias in typos[key]:
                    if OSA.distance(word, alias.folded, score_cutoff=1) <= 1:
                        return None if is_word(word) else alias
        return None

    def _decided(self, mention: Mention, text: str, context: str) -> Mention:
        if not mention.ambiguous:
            return mention
        hidden = disguise.UNSEEN.intersection(mention.disguise)
        clear = bool(hidden) or self._context[mention.brand].supports(text + "\n" + context, mention.text)
        return replace(mention, ambiguous=not clear)


def _as_written(found: Iterable[Mention], text: str, back: list[int], means: str) -> Iterator[Mention]:
    """Yield mentions of a rearranged text at the places that their letters have in ``text``."""
    for mention in found:
        places = back[mention.start : mention.end]
        start, end = min(places), max(places) + 1
        yield replace(mention, start=start, end=end, text=text[start:end], disguise=(*mention.disguise, means))


def _mention(alias: Alias, text: str, start: int, end: int, means: tuple[str, ...]) -> Mention:
    written = text[start:end]
    work = alias.work.title if alias.work else ""
    ambiguous = alias.short or (alias.work.ambiguous if alias.work else alias.entry.brand.ambiguous)
    return Mention(alias.entry.name, alias.written, start, end, written, means, ambiguous, work)


def _by_chance(alias: Alias, text: str, places: list[int], means: tuple[str, ...]) -> bool:
    """Whether digits, not letters, spell the name: ``5010`` is no brand, nor is ``3M`` written ``EM``."""
    if alias.short and ("leet" in means or "spaced" in means):
        return True
    letters = 0
    for wanted, place in zip(alias.origin, places, strict=True):
        letters += text[place].isalpha() or not text[place].isascii()  # Ⓐ is a symbol, not a letter
        if wanted.isdigit() and not text[place].isdigit():
            return True
    return letters == 0 and not alias.written.replace(" ", "").isdigit()


def _typo(alias: Alias, text: str, tokens: list[str], number: int, count: int) -> Iterator[Mention]:
    squeezed, places, _ = characters(text, SIGHT)
    first = sum(map(len, tokens[:number]))
    last = first + sum(map(len, tokens[number : number + count])) - 1
    start, end = places[first], places[last] + 1
    if len(squeezed) > last and not any(c.isdigit() for c in text[start:end]):  # digits make a model number
        yield _mention(alias, text, start, end, ("typo",))


def _without_overlaps(found: Iterable[Mention]) -> list[Mention]:
    """Return the best reading of each place: the plainest, then the longest."""
    kept: list[Mention] = []
    ranked = sorted(found, key=lambda m: ("typo" in m.disguise, m.start - m.end, len(m.disguise), m.start, m.brand))
    for mention in ranked:
        same = [other for other in kept if bool(other.work) == bool(mention.work)]  # a title may hold the brand
        if all(mention.end <= other.start or other.end <= mention.start for other in same):
            kept.append(mention)
        if len(kept) >= MAX_KEPT:
            break
    return sorted(kept, key=lambda m: m.start)
