"""What names sound like, so that a name is known when another script writes it by ear: ハルトグレン, كورفان, Корвэн.

A word of another script is romanised, and brought down to what its script can tell apart. Two measures of it: the
classes of its consonants, by which names are looked up, and a plain form, in which a looked-up name must agree.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from anyascii import anyascii

WORD = re.compile(r"[\u0370-\u1cff\u1f00-\u1fff]+|[ァ-ヺー]+|[가-힣]+")
"""Words of scripts that are read here; Chinese has no letters for sounds."""
KANA, HANGUL, GREEK = re.compile("[ァ-ヺ]"), re.compile("[가-힣]"), re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
HEBREW, ARABIC = re.compile("[\u0590-\u05ff]"), re.compile("[\u0600-\u07ff]")
ABJADS = frozenset({"hebrew", "arabic"})
"""Scripts that write of vowels only the long ones, which those of foreign names are: o and u, i."""
LEAST = 5  # letters of the plain form: shorter ones many words sound like
FEWEST = 3  # consonants
OF_ABJADS = 4  # consonants, where vowels are not written
LONGEST = 30

HEBREW_LETTERS = str.maketrans("בו", "bw")
"""Two that romanisation writes alike; the second is a vowel more often."""
LATIN = [(r"qu(?=[aeio])", "kv"), (r"sch|sh|zh|ts|tz|cz", "s"), (r"ph", "f"), (r"th|dt\b", "t"), (r"ck|ch|kh|q", "k"),
         (r"x", "ks"), (r"c(?=[eiy])", "s"), (r"c", "k"), (r"(?<=[aeiou])w(?![aeiouy])", "u"), (r"w", "v"),
         (r"oo|ou", "u"), (r"ee|ie", "i"), (r"[yj]", "i")]  # fmt: skip
"""What letters of a name are read as, and what is meant; of both sides."""
SCRIPTS = {
    "kana": [(r"ku(?=[aeio])", "kv"), (r"([a-z])iy(?=[aou])", r"\1"), (r"(?<=[fv])u(?=[aeio])", ""),
             (r"([td])ei?(?=i)", r"\1"), (r"tsu", "t"), (r"(?<=[td])o(?![aeiou])", ""), (r"(?<=[^aeiou])u", ""),
             (r"ch", "t"), (r"sh", "s"), (r"ou", "o")],
    "hangul": [(r"eu", ""), (r"oe|ae|ye", "e"), (r"yu", "u"), (r"[ao]?w(?=[aei])", "v"), (r"eo", "o"), (r"j", "s")],
    "greek": [(r"nt", "d"), (r"gk", "g"), (r"mp", "b"), (r"ch", "h")],
    "hebrew": [(r"ww|^w", "b"), (r"'?w", "u"), (r"y", "i"), (r"'", "")],
    "arabic": [(r"gh|j", "g"), (r"w", "u"), (r"y", "i"), (r"'", "")],
    "other": [(r"kh", "h"), (r"'", "")],
}  # fmt: skip
"""Script → what its romanisation writes, and what is meant."""
MERGED = {
    "kana": str.maketrans("lvz", "rbs"),
    "hangul": str.maketrans("lvfpgdz", "rbbbkts"),
    "hebrew": str.maketrans("pvf", "bbb"),
    "arabic": str.maketrans("pv", "bf"),
}
"""Letters that a script cannot tell apart."""
CLASSES = str.maketrans("bpvfwkgqcdtszlrmn", "bbbbbkkkkttssrrmn", "aeiouyjhx'")


class Sound(NamedTuple):
    """What a word sounds like, to who writes a script."""

    classes: str
    """Its consonants, those that are like each other as one letter."""
    plain: str
    """Its letters; in an abjad its consonants."""
    vowels: frozenset[str] = frozenset()
    """The vowels that an abjad writes, u and i."""


def heard(word: str) -> tuple[str, Sound]:
    """Return the script of ``word``, one that ``WORD`` finds, and what it sounds like."""
    script = _script(word)
    roman = re.sub(r"[^a-z']", "", anyascii(word[:LONGEST].translate(HEBREW_LETTERS)).lower())
    for pattern, meant in SCRIPTS[script]:
        roman = re.sub(pattern, meant, roman)
    return script, _sound(_meant(roman), script)


def sounds(name: str) -> dict[str, Sound]:
    """Return what a name in Latin letters sounds like to who writes each of ``SCRIPTS``."""
    meant = _meant(re.sub(r"[^a-z]", "", anyascii(name[:LONGEST]).lower()))
    return {script: _sound(meant, script) for script in SCRIPTS}


def alike(script: str, name: Sound, word: Sound) -> int | None:
    """Return by how many letters a word differs from a name of the same classes; None if they are not alike."""
    if script in ABJADS:
        same = len(name.classes) >= OF_ABJADS and name.plain == word.plain and name.vowels <= word.vowels
        return 0 if same else None
    if len(name.classes) < FEWEST or min(len(name.plain), len(word.plain)) < LEAST:
        return None
    if name.plain == word.plain:
        return 0
    return 1 if len(name.classes) > FEWEST and _one_apart(name.plain, word.plain) else None


def _script(word: str) -> str:
    for script, letters in (
        ("kana", KANA),
        ("hangul", HANGUL),
        ("greek", GREEK),
        ("hebrew", HEBREW),
        ("arabic", ARABIC),
    ):
        if letters.match(word):
            return script
    return "other"


def _meant(roman: str) -> str:
    for pattern, meant in LATIN:
        roman = re.sub(pattern, meant, roman)
    return roman


def _sound(roman: str, script: str) -> Sound:
    if script == "kana":
        roman = re.sub(r"(?<=[^aeiou])u|(?<=[td])o\b", "", roman)
    roman = roman.translate(MERGED.get(script, {}))
    roman = re.sub(r"(.)\1+", r"\1", roman)
    roman = re.sub(r"(?<=[^aeiou])e$|(?<=.)h", "", roman)
    classes = re.sub("[aeiouyh']", ".", roman).translate(CLASSES)
    classes = re.sub(r"(.)\1+", r"\1", classes).replace(".", "")
    if script in ABJADS:
        vowels = frozenset(roman.translate(str.maketrans("o", "u"))) & {"u", "i"}
        return Sound(classes, re.sub(r"(.)\1+", r"\1", re.sub("[aeiouh]", "", roman)), vowels)
    return Sound(classes, roman)


def _one_apart(one: str, other: str) -> bool:
    """Whether a vowel is exchanged, lost or added; consonants agree by their classes."""
    short, long = sorted((one, other), key=len)
    k = next((k for k, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return len(long) - len(short) <= 1 and short[k + (len(short) == len(long)) :] == long[k + 1 :]
