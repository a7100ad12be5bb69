"""Names, and the ways sellers disguise them. Imports nothing of ``crawler`` and is not read by it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from urllib.parse import quote

ONSETS = """b br c ch cl cr d dr f fl g gl gr h j k kl kr l m n p pl pr qu r s sc sh sk sl sp st str t th tr
v w z""".split()  # noqa: SIM905 - a list of syllables reads better so
VOWELS = ["a", "e", "i", "o", "u", "ai", "au", "ea", "ie", "io", "ou"]
CODAS = ["", "", "", "l", "n", "r", "s", "t", "x", "nd", "lt", "rk", "sk", "nt", "m"]

TWINS = {
    "a": "аɑα", "b": "ЬƄ", "c": "сϲ", "d": "ԁɗ", "e": "еҽ", "g": "ɡց", "h": "һհ", "i": "іɩ", "j": "јϳ", "k": "κк",
    "l": "ӏⅼ", "m": "мⅿ", "n": "ոп", "o": "оοօ", "p": "рρ", "q": "ԛզ", "r": "гᴦ", "s": "ѕꜱ", "t": "тτ", "u": "υսᴜ",
    "v": "νѵᴠ", "w": "ԝᴡ", "x": "хχ", "y": "уγ", "z": "ᴢʐ",
}  # fmt: skip
DIGITS = {"a": "4@", "b": "8", "e": "3", "g": "9", "i": "1!", "l": "1|", "o": "0", "s": "5$", "t": "7", "z": "2"}
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u034f\u180e\u00ad\u200e\u200f\u2066\u2069\u2062\ufe0f\u3164\u2800\U000e0061"
SCRIPTS = {
    "a": "ᎪꓮΑα", "b": "ᏼꓐβ", "c": "Ꮯꓚϲ", "d": "Ꭰꓓԁ", "e": "ᎬꓰΕε", "f": "ꓝ", "g": "Ꮐꓖց", "h": "ᎻꓧΗհ", "i": "ᎥꓲΙι",
    "j": "Ꭻꓙ", "k": "ᏦꓗΚκ", "l": "Ꮮꓡ", "m": "ᎷꓟΜ", "n": "ꓠΝո", "o": "ꓳΟοօ", "p": "ᏢꓑΡρ", "q": "զ", "r": "Ꮢꓣ", "s": "Ꮪꓢ",
    "t": "ᎢꓔΤτ", "u": "ꓴսυ", "v": "Ꮩꓦν", "w": "Ꮃꓪ", "x": "ꓫΧχ", "y": "ꓬΥγ", "z": "ᏃꓜΖ",
}  # fmt: skip
"""Cherokee, Lisu, Greek and Armenian letters that look like the Latin ones."""
MONEY = {"b": "฿", "c": "¢", "e": "€", "l": "£", "s": "$", "y": "¥", "a": "@", "i": "!"}
SMALL_CAPITALS = dict(zip("abcdefghijklmnopqrstuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", strict=True))
MARKS = "\u0301\u0300\u0302\u0308\u0323\u0336\u0337\u0353"
ROMAN_TO_CYRILLIC = {
    "sch": "щ", "sh": "ш", "ch": "ч", "th": "т", "a": "а", "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г",
    "h": "х", "i": "и", "j": "й", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р",
    "s": "с", "t": "т", "u": "у", "v": "в", "w": "в", "x": "кс", "y": "ы", "z": "з",
}  # fmt: skip


def names(rng: Random, count: int) -> list[str]:
    """Return ``count`` different invented names of 5 to 12 letters; one in ten has two words."""
    found: dict[str, None] = {}
    while len(found) < count:
        name = _word(rng).capitalize()
        if rng.random() < 0.1:
            name += " " + _word(rng).capitalize()
        if 5 <= len(name.replace(" ", "")) <= 12:
            found[name] = None
    return list(found)


def _word(rng: Random) -> str:
    syllables = rng.choice((2, 2, 3))
    return "".join(rng.choice(ONSETS) + rng.choice(VOWELS) + (rng.choice(CODAS)) for _ in range(syllables))


def homoglyph(name: str, rng: Random) -> str:
    """One to all letters replaced by letters of other scripts that look alike."""
    chosen = rng.sample(range(len(name)), rng.randint(1, len(name)))
    return "".join(
        rng.choice(TWINS[c.lower()]) if k in chosen and c.lower() in TWINS else c for k, c in enumerate(name)
    )


def leet(name: str, rng: Random) -> str:
    """Letters replaced by digits and signs, at least one letter left."""
    able = [k for k, c in enumerate(name) if c.lower() in DIGITS]
    chosen = set(rng.sample(able, rng.randint(1, len(able)))) if able else set()
    if len(chosen) == len(name):
        chosen.pop()
    return "".join(rng.choice(DIGITS[c.lower()]) if k in chosen else c for k, c in enumerate(name))


def zero_width(name: str, rng: Random) -> str:
    """Characters that nobody sees between the letters."""
    every = rng.random() < 0.5
    return name[0] + "".join((rng.choice(INVISIBLE) if every or k == 1 else "") + c for k, c in enumerate(name) if k)


def combining(name: str, rng: Random) -> str:
    """Strokes and accents over the letters."""
    return "".join(c + (rng.choice(MARKS) if c != " " and rng.random() < 0.6 else "") for c in name)


def spaced(name: str, rng: Random) -> str:
    """Gaps, dots or dashes between all letters."""
    return rng.choice((" ", ".", "-", "_", " . ", "*", "+", "/", "|", "·", "\u00a0", "\u200b \u200b")).join(
        name.replace(" ", "")
    )


def split(name: str, rng: Random) -> str:
    """One gap inside the name."""
    joined = name.replace(" ", "")
    k = rng.randint(2, len(joined) - 2)
    return joined[:k] + rng.choice((" ", "-", ".")) + joined[k:]


def joined(name: str, rng: Random) -> str:
    """Written together with what is sold."""
    word = rng.choice(("bag", "shoes", "watch", "outlet", "style", "store"))
    whole = name.replace(" ", "")
    return rng.choice((whole.lower() + word, "#" + whole.lower() + word, whole + word.capitalize()))


def styled(name: str, rng: Random) -> str:
    """Circled, full-width, or mathematical letters."""
    base = rng.choice((0x24D0, 0xFF41, 0xFF21, 0x249C, 0x1D41A, 0x1D4EA, 0x1D51E, 0x1D552, 0x1D5EE, 0x1D68A, 0x1F130,
                       0x1F150, 0x1F170, 0x1F1E6))  # fmt: skip
    if rng.random() < 0.1:
        return "".join(SMALL_CAPITALS.get(c, c) for c in name.lower())
    return "".join(chr(base + ord(c) - 97) if "a" <= c <= "z" else c for c in name.lower())


def scripts(name: str, rng: Random) -> str:
    """Letters of several scripts in one name."""
    return "".join(rng.choice(SCRIPTS.get(c.lower(), c) + c) for c in name)


def signs(name: str, rng: Random) -> str:
    """Signs of money and punctuation for letters, one letter left at least."""
    able = [k for k, c in enumerate(name) if c.lower() in MONEY]
    chosen = set(rng.sample(able, rng.randint(1, len(able)))) if able else set()
    return "".join(MONEY[c.lower()] if k in chosen else c for k, c in enumerate(name))


def emoji(name: str, rng: Random) -> str:
    """A little picture between two letters, or between all."""
    joined, sign = name.replace(" ", ""), rng.choice("🔥⭐💎❤✨")
    k = rng.randint(2, len(joined) - 2)
    return sign.join(joined) if rng.random() < 0.5 else joined[:k] + sign + joined[k:]


def drawn_out(name: str, rng: Random) -> str:
    """One letter three to five times."""
    k = rng.randint(1, len(name) - 1)
    return name[:k] + name[k] * rng.randint(3, 5) + name[k + 1 :] if name[k] != " " else name


def backwards(name: str, _: Random) -> str:
    """Written from behind, and turned round for the reader by an override."""
    return "\u202e" + name[::-1] + "\u202c"


def digraphs(name: str, _: Random) -> str:
    """Two letters that read as one."""
    return name.lower().replace("m", "rn").replace("w", "vv")


def address(name: str, rng: Random) -> str:
    """In a path or the name of a file, with percent signs where the letters need them."""
    way = rng.choice((plain, homoglyph, styled, zero_width))
    return rng.choice(("/p/{}.html", "/img/{}_01.jpg", "/shop/{}?x=1")).format(quote(way(name, rng).replace(" ", "-")))


def cyrillic(name: str, _: Random) -> str:
    """Transliterated as an ordinary Russian shop writes it."""
    rest = name.lower()
    out = ""
    while rest:
        size = next((n for n in (3, 2, 1) if rest[:n] in ROMAN_TO_CYRILLIC), 0)
        out += ROMAN_TO_CYRILLIC[rest[:size]] if size else rest[0]
        rest = rest[max(size, 1) :]
    return out.capitalize()


def plain(name: str, rng: Random) -> str:
    """As written, in capitals, or in small letters."""
    return rng.choice((name, name.upper(), name.lower()))


def typo(name: str, rng: Random) -> str:
    """One slip: a letter lost, doubled, exchanged with its neighbour, or replaced."""
    k = rng.randint(1, len(name) - 2)
    other = rng.choice("abcdefghiklmnoprstuvwyz")
    return rng.choice(
        (name[:k] + name[k + 1 :], name[:k] + name[k] + name[k:], name[:k] + name[k + 1] + name[k] + name[k + 2 :],
         name[:k] + other + name[k + 1 :])
    )  # fmt: skip


DISGUISES: dict[str, Callable[[str, Random], str]] = {
    "plain": plain,
    "homoglyph": homoglyph,
    "leet": leet,
    "zero_width": zero_width,
    "combining": combining,
    "spaced": spaced,
    "joined": joined,
    "styled": styled,
    "scripts": scripts,
    "signs": signs,
    "emoji": emoji,
    "drawn_out": drawn_out,
    "backwards": backwards,
    "digraphs": digraphs,
    "address": address,
    "typo": typo,
}
GUESSES: dict[str, Callable[[str, Random], str]] = {"split": split, "cyrillic": cyrillic}
"""Shown, but outside the figures: a name split into two words of a dictionary is those words, and a transliteration
that the register does not list is a guess by sound."""
