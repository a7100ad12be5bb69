"""A name of the register that was read in a text, and which of several readings of one place holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from crawler.register import disguise
from crawler.register.aliases import Alias

MAX_KEPT = 50  # mentions of one text


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


def as_written(found: Iterable[Mention], text: str, back: list[int], means: str) -> Iterator[Mention]:
    """Yield mentions of a rearranged text at the places that their letters have in ``text``."""
    for mention in found:
        places = back[mention.start : mention.end]
        start, end = min(places), max(places) + 1
        yield replace(mention, start=start, end=end, text=text[start:end], disguise=(*mention.disguise, means))


def mention_of(alias: Alias, text: str, start: int, end: int, means: tuple[str, ...]) -> Mention:
    """Return the mention of ``alias`` at ``start:end`` of ``text``; ``means``: how it is disguised."""
    written = text[start:end]
    work = alias.work.title if alias.work else ""
    ambiguous = alias.short or (alias.work.ambiguous if alias.work else alias.entry.brand.ambiguous)
    return Mention(alias.entry.name, alias.written, start, end, written, means, ambiguous, work)


def by_chance(alias: Alias, text: str, places: list[int], means: tuple[str, ...]) -> bool:
    """Whether digits, not letters, spell the name: ``5010`` is no brand, nor is ``3M`` written ``EM``."""
    if alias.short and ("leet" in means or "spaced" in means):
        return True
    letters = 0
    for wanted, place in zip(alias.origin, places, strict=True):
        letters += text[place].isalpha() or not text[place].isascii()  # Ⓐ is a symbol, not a letter
        if wanted.isdigit() and not text[place].isdigit():
            return True
    return letters == 0 and not alias.written.replace(" ", "").isdigit()


def without_overlaps(found: Iterable[Mention]) -> list[Mention]:
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
