"""How sellers spell a brand so that a plain search does not find it."""

from __future__ import annotations

from random import Random

LOOKALIKES = str.maketrans("aeocxiuABCHKMNOSV", "аеосхіυАВСНКМΝОЅѴ")  # Cyrillic and Greek
DIGITS = str.maketrans("oOeElisa", "00331154")


def disguised(name: str, rng: Random) -> str:
    """The name in one of the ways that readers still understand: foreign letters, digits, gaps, dots."""
    way = rng.choice(("letters", "digits", "gaps", "dots", "zero_width"))
    if way == "letters":
        return name.translate(LOOKALIKES)
    if way == "digits":
        return name.translate(DIGITS)
    if way == "gaps":
        return " ".join(name.upper())
    if way == "dots":
        return ".".join(name)
    return "\u200b".join(name)
