"""How sellers spell a brand so that a plain search does not find it."""

from __future__ import annotations

from random import Random

LOOKALIKES = str.maketrans({"a": "а", "e": "е", "o": "о", "c": "с", "x": "х", "i": "і", "A": "А", "B": "В", "C": "С",
                            "H": "Н", "K": "К", "M": "М", "N": "Ν", "O": "О", "S": "Ѕ", "V": "Ѵ", "u": "υ"})  # fmt: skip
DIGITS = str.maketrans({"o": "0", "O": "0", "e": "3", "E": "3", "l": "1", "i": "1", "s": "5", "a": "4"})


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
