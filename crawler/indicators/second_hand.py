"""Whether a title says that a thing has been somebody's: age, wear, little use, why it goes (``second_hand.yaml``).

Lists of phrases know the usual words; people describe their own things in their own. Read in titles only.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

import yaml

LOOKS = re.compile(r"\W{0,3}(?:look|effect|effekt|style|optik|design|resist|proof|fest\b|finish|wash)")
"""What is made to look worn, or not to wear, is new."""
READ = 500  # characters of a title


@cache
def _pattern() -> re.Pattern[str]:
    table: dict[str, Any] = yaml.safe_load((resources.files("crawler.data") / "second_hand.yaml").read_text("utf-8"))
    age = table["age"]
    number = rf"(?:\d{{1,2}}|{'|'.join(age['numbers'])})"
    years, old = "|".join(age["years"]), "|".join(map(re.escape, age["old"]))
    ways = [
        rf"{number} (?:{years}) (?:{old})\b",
        rf"(?<=[,;–-] ){number} (?:{years})(?=\s*[,;]|\s*$)",  # apart between commas: no guarantee, no subscription
        rf"\w{{1,12}}(?:{'|'.join(age['joined'])})\b",
        *(way for name in ("wear", "hardly_used", "does_not_fit", "owned") for way in table[name]),
    ]
    return re.compile(r"(?<!\w)(?:" + "|".join(ways) + ")")


def worn(title: str) -> tuple[int, int] | None:
    """Where a title says so, None if it does not."""
    text = title[:READ].lower()
    if len(text) != len(title[:READ]):  # a letter whose small form is two would shift what is shown
        text = title[:READ]
    match = next((one for one in _pattern().finditer(text) if not LOOKS.match(text, one.end())), None)
    return match.span() if match else None
