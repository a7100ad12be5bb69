"""Characters folded to what they look like, so that a name and its disguises read the same.

One character becomes a short string of ``a-z``, ``0-9``, ``&`` or CJK letters, nothing (what a reader does not see),
or a blank (what separates words). Order, measured to give every homoglyph, leet, enclosed and mathematical letter
of the test set: look-alike letter → compatibility decomposition → look-alike again → ASCII of the rest, but never
of CJK, whose romanisation is not how anybody disguises a Latin name.
Both sides of a comparison are folded, so a coarse fold costs precision only where two *words* fall together.
"""

from __future__ import annotations

import json
import re
import unicodedata
from importlib import resources

from anyascii import anyascii

LEET = {"0": "o", "1": "i", "2": "z", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g"}
SIGNS = {"!": "i", "|": "i", "$": "s", "@": "a", "€": "e", "£": "i", "¥": "y", "¢": "c", "฿": "b", "₿": "b", "₩": "w",
         "₽": "p", "₳": "a", "¡": "i", "∆": "a", "∑": "e", "√": "v", "∀": "a"}  # fmt: skip
"""Signs that stand for letters inside a word, and are punctuation or money outside."""
SIGN_BESIDE_LETTER = re.compile(r"[{0}](?=[^\W_])|(?<=[^\W_])[{0}]".format("".join(SIGNS)))
EXTRA_LOOKALIKES = dict(
    zip("нкмтвзяиупгНКМТВЗЯИУПГηωγτκχυɩƖΛΣΞΔДШшΘθɅƏƎ", "hkmtbernynrhkmtbernynrnwytkxuiiaeeaawwooaee", strict=True)
)  # letters that Unicode's confusables give only to small capitals or to several letters
CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff\u1100-\u11ff]")
UNDECOMPOSED = (0x1F150, 0x1F170, 0x1F1E6)
"""Where letters begin that have no decomposition: white in black circles, in black squares, and those of flags."""
INVISIBLE = frozenset({"Mn", "Me", "Cf", "Cc", "Cs"})  # combining, format, control, lone surrogate
FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and signs that print as nothing: Hangul fillers and the empty braille pattern."""
BLANK_CONTROLS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85")


def _lookalikes() -> dict[str, str]:
    """Return character → the ASCII letter or digit it looks like, from Unicode's confusables (TR39)."""
    raw = json.loads((resources.files("confusable_homoglyphs") / "confusables.json").read_text("utf-8"))
    table: dict[str, str] = {}
    for character, twins in raw.items():
        if len(character) != 1 or character.isascii() or CJK.match(character):
            continue
        names = [twin["c"].strip("\u200e") for twin in twins]
        plain = [name for name in names if len(name) == 1 and name.isascii() and name.isalnum()]
        if plain:
            table[character] = plain[0].lower()
            continue
        capitals = [
            name for name in names if len(name) == 1 and "LATIN LETTER SMALL CAPITAL" in unicodedata.name(name, "")
        ]
        if capitals:
            table[character] = anyascii(capitals[0]).lower()
    return table | EXTRA_LOOKALIKES


def _visible(character: str, table: dict[str, str]) -> str:
    """Return what a reader sees in ``character``: letters, nothing, or a blank."""
    if character in table:
        return _leet(table[character])
    if CJK.match(character):
        return unicodedata.normalize("NFKC", character).lower()
    category = unicodedata.category(character)
    if category in INVISIBLE:
        return " " if character in BLANK_CONTROLS else ""
    letters = []
    for part in unicodedata.normalize("NFKD", character):
        if unicodedata.category(part) in INVISIBLE or part in "()":  # ⒱ decomposes to (v)
            continue
        letters.append(table.get(part) or table.get(part.lower()) or part.lower())
    folded = "".join(letters)
    if not folded.isascii():
        folded = anyascii(folded).lower() if category[0] in "LN" else folded
    return _leet("".join(c for c in folded if c.isalnum())) or (" " if category[0] not in "LN" else "")


def _leet(letters: str) -> str:
    return "".join("i" if c == "l" else LEET.get(c, c) for c in letters)


class Fold(dict[int, str]):
    """A table for ``str.translate`` that learns each character at first sight."""

    def __init__(self, *, signs_are_letters: bool = False, by_sound: bool = False) -> None:
        super().__init__()
        self._table = {} if by_sound else _lookalikes()
        for code in range(128):
            character = chr(code)
            if character.isalnum():
                self[code] = _leet(character.lower())
            elif character in "&+":
                self[code] = " & "  # a word of its own: "H&V", "H & V" and "H+V" are one name
            elif signs_are_letters and character in SIGNS:
                self[code] = SIGNS[character]
            else:
                self[code] = " " if (character >= " " and code != 127) or character in BLANK_CONTROLS else ""
        for index in range(26):
            for block in UNDECOMPOSED:
                self[block + index] = _leet(chr(ord("a") + index))
        for filler in FILLERS:
            self[ord(filler)] = ""
        self[ord("＆")] = self[ord("﹠")] = " & "
        if signs_are_letters:
            self.update({ord(c): letter for c, letter in SIGNS.items()})

    def __missing__(self, code: int) -> str:
        folded = _visible(chr(code), self._table)
        if len(self) < 50_000:  # a hostile page may show all of Unicode; that many entries are 5 MB
            self[code] = folded
        return folded


SIGHT = Fold()
"""By sight, signs separate words."""
SIGHT_WITH_SIGNS = Fold(signs_are_letters=True)
"""By sight, signs are letters."""
SOUND = Fold(by_sound=True)
"""By sound: letters of another script become what they are transliterated to."""
OTHER_SCRIPT = re.compile(r"[\u0370-\u1cff\u1f00-\u1fff\u2c00-\u2c5f\ua640-\ua69f]")


def squeeze(text: str, table: Fold) -> str:
    """Return ``text`` folded, without blanks."""
    return text.translate(table).replace(" ", "")
