"""What the register says about names → the tables that matching looks up."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import ahocorasick

from crawler.register.folding import OTHER_SCRIPT, SIGHT, SOUND, Fold, squeeze
from crawler.register.loading import Entry, Register
from crawler.register.schema import Work

MIN_TYPO = 5  # shorter names are one letter away from too many words
MAX_TYPO = 24  # longer names are phrases; a slip in them still leaves another mention
SHORT = 3  # letters: Fox, H&V, 3M; a name this short needs context and is never met by a look-alike digit
TWINS = (("m", "rn"), ("w", "vv"), ("d", "ci"))  # two letters that read as one; "ci" is "cl" after folding
APOSTROPHES = frozenset("'’ʼ`´ʹ‘")
AND_WORDS = ("and", "und", "et", "y", "e", "en", "och", "og", "n")


@dataclass(frozen=True)
class Alias:
    """One way to write a brand, folded."""

    entry: Entry
    written: str
    """As the rights holder writes it."""
    folded: str
    origin: tuple[str, ...]
    """The character of ``written`` behind each folded character."""
    splits: frozenset[int]
    """Where words begin inside ``folded``."""
    disguise: str = ""
    """The disguise that this alias stands for, e.g. two letters that read as one."""
    work: Work | None = None
    """Set if it is the title of a protected work, not the brand."""

    @property
    def parts(self) -> tuple[str, ...]:
        """Its words."""
        bounds = sorted({0, *self.splits, len(self.folded)})
        return tuple(self.folded[a:b] for a, b in itertools.pairwise(bounds))

    @property
    def short(self) -> bool:
        """Whether it has so few letters that chance alone writes it."""
        return sum(c.isalnum() for c in self.folded) <= SHORT and self.folded.isascii()


def characters(text: str, table: Fold) -> tuple[str, list[int], set[int]]:
    """Return ``text`` squeezed, the index in ``text`` of each of its characters, and where its words begin."""
    squeezed: list[str] = []
    places: list[int] = []
    starts: set[int] = set()
    fresh = True
    for index, character in enumerate(text):
        for letter in table[ord(character)]:
            if letter == " ":
                fresh = True
                continue
            if fresh:
                starts.add(len(squeezed))
                fresh = False
            squeezed.append(letter)
            places.append(index)
    return "".join(squeezed), places, starts


def spell(entry: Entry, written: str, disguise: str = "") -> Alias:
    """Return the alias for ``written``."""
    folded, places, starts = characters(written, SIGHT)
    return Alias(entry, written, folded, tuple(written[p] for p in places), frozenset(starts - {0}), disguise)


def aliases(entry: Entry) -> Iterator[Alias]:
    """Yield every way to write the names of ``entry``: as given, in other cases, and with letters replaced."""
    for work in entry.brand.works:
        for title in (work.title, *work.spellings):
            yield replace(spell(entry, title), work=work)
    for name in (entry.name, *entry.brand.spellings):
        yield spell(entry, name)
        if not name.isascii():
            # a Greek or Cyrillic capital may look like another Latin letter than its small form does
            yield from (spell(entry, form) for form in {name.upper(), name.lower(), name.title()} - {name})
            yield from (spell(entry, form) for form in _expanded(name))
        if "&" in name or "+" in name:
            joined = name.replace("+", "&")
            yield spell(entry, joined.replace("&", "&amp;"))
            yield from (spell(entry, joined.replace("&", f" {word} ")) for word in AND_WORDS)
        if APOSTROPHES.intersection(name):
            yield spell(entry, "".join(c for c in name if c not in APOSTROPHES))
        plain = spell(entry, name)
        if len(plain.folded) >= MIN_TYPO and plain.folded.isascii():
            every = plain.folded
            for letter, twin in TWINS:
                if letter in plain.folded:
                    yield spell(entry, plain.folded.replace(letter, twin), "homoglyph")
                    every = every.replace(letter, twin)
            if sum(letter in plain.folded for letter, _ in TWINS) > 1:
                yield spell(entry, every, "homoglyph")


def _expanded(name: str) -> set[str]:
    table = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "ß": "ss", "œ": "oe"})
    return {name.lower().translate(table)} - {name.lower()}


@dataclass(frozen=True)
class Index:
    """The tables of one register."""

    exact: Any
    """An Aho-Corasick automaton over folded names; its values are tuples of aliases."""
    sound: dict[str, tuple[Alias, ...]]
    typos: dict[str, tuple[Alias, ...]]
    """Folded name without one letter, or whole → aliases."""
    parts: frozenset[str]
    """Words of names of several words."""
    heard: tuple[Alias, ...] = ()
    """Names that mean nothing else, to be known by what they sound like."""


def compile_register(register: Register) -> Index:
    """Return the tables for ``register``; about 60 µs a name."""
    exact: dict[str, list[Alias]] = {}
    sound: dict[str, list[Alias]] = {}
    typos: dict[str, list[Alias]] = {}
    parts: set[str] = set()
    by_ear: list[Alias] = []
    for entry in register.entries.values():
        known: set[tuple[str, frozenset[int], str]] = set()
        for alias in aliases(entry):
            key = (alias.folded, alias.splits, "".join(alias.origin).casefold())
            if not alias.folded or key in known:
                continue
            known.add(key)
            exact.setdefault(alias.folded, []).append(alias)
            if alias.work or alias.disguise or not alias.folded.isascii() or OTHER_SCRIPT.search(alias.written):
                continue
            sound.setdefault(squeeze(alias.written, SOUND), []).append(alias)
            if not alias.short and not entry.brand.ambiguous:
                by_ear.append(alias)
            if MIN_TYPO <= len(alias.folded) <= MAX_TYPO and not entry.brand.ambiguous and alias.folded.isalpha():
                words = alias.parts
                if min(map(len, words)) == 1:  # "h and v": a slip in it is another phrase
                    continue
                for short in shortened(alias.folded):
                    typos.setdefault(short, []).append(alias)
                if len(words) > 1:
                    parts.update(words)
    automaton = ahocorasick.Automaton()
    for folded, found in exact.items():
        automaton.add_word(folded, tuple(found))
    automaton.make_automaton()
    frozen_typos = {key: tuple(found) for key, found in typos.items()}
    return Index(automaton, {k: tuple(v) for k, v in sound.items()}, frozen_typos, frozenset(parts), tuple(by_ear))


def shortened(word: str) -> set[str]:
    """Return ``word`` and ``word`` without each of its letters."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}
