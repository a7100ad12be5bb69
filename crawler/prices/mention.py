"""Whether a text speaks of money at all: the cheap test before prices are read.

Signs, codes and words that stand beside a digit are looked for from the digits: a text has few of them, and the tables
have hundreds of words.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from crawler.prices.currencies import codes, is_wordlike, spelled

_SIGN = re.compile("[$£€¥₩₹₽₺₴₪₫₱฿₦₡₲₵₸₮₭៛﷼￥＄￡￦₾֏₼]")
_BEHIND = (
    "kr", "zł", "zl", "kč", "ft", "lei", "lv", "лв", "руб", "р.", "грн", "din", "ден", "km", "kn", "tl",
    "元", "円", "원", "圓", "万", "đ", "₫", "vnđ", "so'm", "сум", "тг",
)  # fmt: skip
"""What makes money of the digit before it."""
_IN_FRONT = (
    "rs", "rm", "rp", "fr", "sfr", "us", "ca", "au", "nz", "hk", "nt", "sg", "tl", "kr", "лв", "s/", "r", "₨", "q", "l",
    "b/",
)  # fmt: skip
"""What makes money of the digit behind it, with a full stop between at most."""
_CODES = frozenset({
    "usd", "eur", "gbp", "chf", "pln", "czk", "sek", "nok", "dkk", "huf", "ron", "bgn", "try", "rub",
    "uah", "jpy", "cny", "rmb", "krw", "inr", "aud", "cad", "nzd", "sgd", "hkd", "twd", "thb", "vnd",
    "idr", "myr", "php", "aed", "sar", "kwd", "qar", "bhd", "omr", "jod", "egp", "mad", "tnd", "dzd",
    "ils", "irr", "pkr", "bdt", "lkr", "zar", "ngn", "kes", "ghs", "brl", "mxn", "ars", "clp", "cop",
    "pen", "uyu", "isk", "hrk", "rsd", "bam", "mkd", "all", "gel", "amd", "azn", "kzt", "euro", "euros",
    "dollar", "dollars",
})  # fmt: skip
"""Words that are enough without a digit."""
_ARABIC = (
    "د.إ", "ر.س", "د.ك", "ج.م", "ر.ق", "د.ب", "ر.ع", "د.ا", "د.م", "د.ت", "ريال", "درهم", "دينار", "جنيه", "تومان",
    "ریال", "د.ع", "ل.س", "ل.ل", "ر.ي", "د.ل", "د.ج",
)  # fmt: skip
_ARABIC_LETTER = re.compile("[\u0621-\u06d3]")  # in each of them
_LATIN = re.compile(r"[a-z]+")
_CODE_BEFORE = re.compile(r"(?<![A-Za-z])([A-Z]{3})[\s.:]{0,2}\d")
_CODE_BEHIND = re.compile(r"\d\s{0,2}([A-Z]{3})(?![A-Za-z\d])")
_DIGITS = re.compile(r"\d+")
_KEPT = 400  # characters of a text that is remembered
_SPACES = 2  # between a digit and its sign


def speaks_of_money(text: str) -> bool:
    """Whether a sign, code or word of a currency is there; most often it is a sign."""
    return _remembered(text) if len(text) <= _KEPT else _speaks(text)


@lru_cache(maxsize=4096)  # lines of up to 400 characters, most of them short: a megabyte
def _remembered(text: str) -> bool:
    return _speaks(text)


def _speaks(text: str) -> bool:
    if _SIGN.search(text) is not None:
        return True
    low = text.casefold()
    if not _CODES.isdisjoint(_LATIN.findall(low)):
        return True
    if not low.isascii() and _ARABIC_LETTER.search(low) and any(word in low for word in _ARABIC):
        return True
    found = [digits.span() for digits in _DIGITS.finditer(low)]
    return bool(found) and (any(_stands_beside(low, *span) for span in found) or _names_a_code(text))


def _names_a_code(text: str) -> bool:
    """Whether one of the rarer codes stands beside a digit: "XOF 4,250", "12 000 UGX"."""
    found = (*_CODE_BEFORE.findall(text), *_CODE_BEHIND.findall(text)) if not text.islower() else ()
    return any(code in codes() and not is_wordlike(code) for code in found)


@cache
def _reach() -> int:
    """How far from a digit a word of money may end."""
    return _SPACES + max(map(len, spelled())) + 1


@cache
def _lengths() -> tuple[dict[str, tuple[int, ...]], dict[str, tuple[int, ...]]]:
    """The lengths of the words of money by their first two letters, and by their last two."""
    first: dict[str, set[int]] = {}
    last: dict[str, set[int]] = {}
    for word in spelled():
        first.setdefault(word[:2], set()).add(len(word))
        last.setdefault(word[-2:], set()).add(len(word))
    return {key: tuple(value) for key, value in first.items()}, {key: tuple(value) for key, value in last.items()}


def _stands_beside(low: str, start: int, end: int) -> bool:
    """Whether a sign or word of money stands right before or right behind some digits."""
    reach, words, (first, last) = _reach(), spelled(), _lengths()
    piece = low[end : end + reach]
    behind = piece.lstrip()
    if len(piece) - len(behind) <= _SPACES and (
        _begins(behind)
        or any(behind[:n] in words and not _is_letter(behind[n : n + 1]) for n in (1, *first.get(behind[:2], ())))
    ):
        return True
    piece = low[max(start - reach, 0) : start]
    front = piece.rstrip()
    return len(piece) - len(front) <= _SPACES and (
        _ends(front.removesuffix("."))
        or any(front[-n:] in words and not _is_letter(front[-n - 1 : -n]) for n in (1, *last.get(front[-2:], ())))
    )


def _begins(text: str) -> bool:
    """Whether a sign begins the text, and is no beginning of a word: "5 krone" names no Swedish price, "9元起" one."""
    return text.startswith(_BEHIND) and any(
        text.startswith(sign) and not (sign.isascii() and text[len(sign) : len(sign) + 1].isalpha()) for sign in _BEHIND
    )


def _ends(text: str) -> bool:
    """Whether a sign ends the text, and is no end of a word: "Thermal 500 ml" and "Model 5" name no price."""
    return text.endswith(_IN_FRONT) and any(
        text.endswith(sign) and not text[: -len(sign)][-1:].isalpha() for sign in _IN_FRONT
    )


def _is_letter(character: str) -> bool:
    return character.isalnum() and not character.isdecimal()
