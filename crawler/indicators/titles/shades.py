"""Names of colours behind the goods: "- Total Night/White", "- Rouge Équipe/Blanc".

Makers call colours after anything. A list of colours joined by strokes, of which one is an ordinary colour and no more,
names nothing else; nor do words between two colours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from crawler.indicators.text.title_words import colours
from crawler.indicators.titles.title import Title

LONGEST = 3  # words of a colour's name: Team Regal Red


def known(title: Title) -> Title:
    """Return the title with the names of its colours known as words of selling."""
    return replace(title, selling=title.selling | _shades(title)) if title.names else title


def _shades(title: Title) -> set[int]:
    found: set[int] = set()
    for part in _parts(title):
        if title.parts.isdisjoint(part) and title.soft.isdisjoint(part) and title.goods.isdisjoint(part):
            listed = list(_strokes(title, part))
            plain = [all(colours().covers(title.words[k]) for k in one) for one in listed]
            between = len(listed) == 1 and all(colours().covers(title.words[k]) for k in (part[0], part[-1]))
            if all(len(one) <= LONGEST for one in listed) and ((len(listed) > 1 and any(plain)) or between):
                found.update(part)
    return found


def _parts(title: Title) -> Iterator[list[int]]:
    """The words between pauses, behind the part with the last name."""
    part: list[int] = []
    for k in range(max(title.names) + 1, title.stop):
        if title.parted(k):
            yield from [part] if part and title.parted(part[0]) else []
            part = []
        part.append(k)
    yield from [part] if part and title.parted(part[0]) else []


def _strokes(title: Title, part: list[int]) -> Iterator[list[int]]:
    """The words of one part between strokes."""
    one = part[:1]
    for k in part[1:]:
        if "/" in title.tokens.between(k - 1, k):
            yield one
            one = []
        one.append(k)
    yield one
