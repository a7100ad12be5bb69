"""Text of a page inside our own sentences: bounded, on one line, without characters that act."""

from __future__ import annotations

import unicodedata

QUOTE_LIMIT = 80  # characters: enough to recognise the place in the page
ACTING = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})  # controls, bidi overrides, zero width, lone surrogates


def quote(text: str, limit: int = QUOTE_LIMIT) -> str:
    """Return ``text`` so that it can stand in a sentence: what acts is shown as ``·``, marks are not piled up."""
    shown: list[str] = []
    marks = 0
    for character in text[: limit * 4]:
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks <= 1:
            shown.append("·" if category in ACTING and not character.isspace() else character)
    line = " ".join("".join(shown).split())
    return line if len(line) <= limit and len(text) <= limit * 4 else line[: limit - 1] + "…"
