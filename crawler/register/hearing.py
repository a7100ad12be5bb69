"""Names of a register in words of other scripts, written by ear; looked up by sound, in time that no names add to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from crawler.register.aliases import Alias
from crawler.register.sound import WORD, Sound, alike, heard, sounds

SHORTEST = 3  # letters of a word of Arabic or Korean that names a brand
MAX_WORDS = 1_000  # of one text
MAX_KEPT = 50_000  # words kept with the name that they sound like, about 5 MB
SEPARATE = frozenset(" \u00a0・·-‐")


class Hearing:
    """Finds names that were written by ear."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        self._by_classes: dict[tuple[str, str], list[tuple[Alias, Sound]]] = defaultdict(list)
        self._joined = False
        for alias in aliases:
            self._joined |= bool(alias.splits)
            for script, sound in sounds(alias.written).items():
                self._by_classes[script, sound.classes].append((alias, sound))
        self._kept: dict[str, tuple[Alias, int] | None] = {}

    def find(self, text: str) -> Iterator[tuple[Alias, int, int, tuple[str, ...]]]:
        """Yield each name with its first and last place in ``text`` and how it was written."""
        before = None
        for number, match in enumerate(WORD.finditer(text)):
            if number >= MAX_WORDS:
                return
            start, found = match.start(), self._name(match[0])
            if found is None and self._joined and before and text[before.end() : start] in SEPARATE:
                start, found = before.start(), self._name(before[0] + match[0])
                found = found if found and found[0].splits else None
            before = match
            if found:
                yield found[0], start, match.end(), ("transliteration", "typo") if found[1] else ("transliteration",)

    def _name(self, word: str) -> tuple[Alias, int] | None:
        """Return the name that ``word`` sounds like, and by how many letters it differs; a shop repeats its words."""
        if len(word) < SHORTEST:
            return None
        if word not in self._kept:
            if len(self._kept) >= MAX_KEPT:
                self._kept.clear()
            self._kept[word] = self._nearest(word)
        return self._kept[word]

    def _nearest(self, word: str) -> tuple[Alias, int] | None:
        script, sound = heard(word)
        near = ((alias, alike(script, one, sound)) for alias, one in self._by_classes.get((script, sound.classes), ()))
        return min(((a, far) for a, far in near if far is not None), key=lambda pair: pair[1], default=None)
