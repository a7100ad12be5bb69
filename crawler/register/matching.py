"""Names of the register in a text, in any disguise.

Four looks at a text, each linear in its length: by sight, by sight with signs read as letters (only where a sign
touches a letter), by sound (only where another script stands), and for slips of the pen (only tokens that are no
ordinary word). The automaton's cost does not grow with the number of names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise
from urllib.parse import unquote

from rapidfuzz.distance import OSA

from crawler.register import disguise, placing
from crawler.register.aliases import MAX_TYPO, MIN_TYPO, Alias, Index, characters, compile_register
from crawler.register.context import Context
from crawler.register.folding import OTHER_SCRIPT, SIGHT, SIGHT_WITH_SIGNS, SIGN_BESIDE_LETTER, SOUND, Fold
from crawler.register.hearing import Hearing
from crawler.register.loading import Register
from crawler.register.mentions import Mention, as_written, by_chance, mention_of, without_overlaps
from crawler.register.sound import WORD
from crawler.register.views import views
from crawler.register.words import is_word

MAX_TEXT = 100_000  # characters read of one text: a description that hides a name beyond is not read by buyers either
BACKWARDS = 6  # letters of a name that is known when it is written from behind
MAX_SLIPS = 50_000  # words kept with what they may be slips of, about 5 MB
MAX_HITS = 1_000  # of the automaton; a text that repeats a name more often tells nothing new
ADDRESSES = frozenset({"url", "image", "domain"})  # where a blank is %20 or +


class Matcher:
    """Finds the names of one register; build it once per process."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._index: Index = compile_register(register)
        self._hearing = Hearing(self._index.heard)
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
        if not text.isascii() and WORD.search(text):
            found += self._by_sound(text)
        for seen, back, means in views(text):
            found += as_written(self._by_sight(seen, SIGHT, where), text, back, means)
        found += self._typos(text)
        if not found:
            return ()
        return tuple(self._decided(mention, text, context) for mention in without_overlaps(found))

    def _by_sight(self, text: str, table: Fold, where: str) -> Iterator[Mention]:
        hits = list(islice(self._index.exact.iter(text.translate(table).replace(" ", "")), MAX_HITS))
        if not hits:
            return
        placed = placing.Placed.of(text, table, loose=where == "domain")
        for last, aliases in hits:
            for alias in aliases:
                if placed.admits(alias, last + 1 - len(alias.folded), last + 1) or self._told(alias, placed, last + 1):
                    places = placed.places[last + 1 - len(alias.folded) : last + 1]
                    means = disguise.of_letters(alias, text, places)
                    if not by_chance(alias, text, places, means):
                        yield mention_of(alias, text, places[0], places[-1] + 1, means)

    def _told(self, alias: Alias, placed: placing.Placed, end: int) -> bool:
        """Whether a name written as two ordinary words is meant, as its products beside it say: Stell brand SB-310."""
        start = end - len(alias.folded)
        if alias.entry.brand.ambiguous or alias.work or not placed.admits(alias, start, end, as_words=True):
            return False
        written = placed.text[placed.places[start] : placed.places[end - 1] + 1]
        return self._context[alias.entry.name].supports(placed.text, written)

    def _by_sound(self, text: str) -> Iterator[Mention]:
        for alias, start, end, means in self._hearing.find(text):
            yield mention_of(alias, text, start, end, means)
        if not OTHER_SCRIPT.search(text):
            return
        squeezed, places, starts = characters(text, SOUND)
        bounds = sorted(starts | {len(squeezed)})
        for a, b in pairwise(bounds):
            for alias in self._index.sound.get(squeezed[a:b], ()):
                start, end = places[a], places[b - 1] + 1
                if all(OTHER_SCRIPT.match(c) for c in text[start:end] if c.isalpha()):  # else letters are mixed
                    yield mention_of(alias, text, start, end, ("transliteration",))

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
        if len(word) >= BACKWARDS and word[::-1] in self._index.exact and not is_word(word):
            found: tuple[Alias, ...] = self._index.exact.get(word[::-1])
            plain = next((alias for alias in found if not alias.work and not alias.disguise), None)
            if plain is not None:
                return replace(plain, disguise="reversed")
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


def _typo(alias: Alias, text: str, tokens: list[str], number: int, count: int) -> Iterator[Mention]:
    squeezed, places, _ = characters(text, SIGHT)
    first = sum(map(len, tokens[:number]))
    last = first + sum(map(len, tokens[number : number + count])) - 1
    start, end = places[first], places[last] + 1
    if len(squeezed) > last and not any(c.isdigit() for c in text[start:end]):  # digits make a model number
        yield mention_of(alias, text, start, end, (alias.disguise or "typo",))
