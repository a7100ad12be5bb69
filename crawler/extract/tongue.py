"""The language and the money that a page says it is in, and the language that it is written in."""

from __future__ import annotations

import re

_DECLARED = re.compile(
    r"urrency(?:_?[cC]ode)?(?:\\{0,2}[\"']?\s{0,3}[:=]\s{0,3}\{\s{0,3}\\{0,2}[\"']?(?:active|code|iso|iso_?[cC]ode))?\\{0,2}[\"']?\s{0,3}(?:[:=,]|content=){1,2}\s{0,3}\\{0,2}[\"']?([A-Z]{3})\b"
)
"""Where pages declare a currency: schema.org, OpenGraph, Shopify, and the data layers of trackers."""
SAMPLE = 200_000  # characters of a page that are looked at for the language that it is written in
LETTERS_OF = (  # … and how many letters tell it: more than a link to the Japanese pages has
    ("ja", re.compile("[\u3041-\u30fe]"), 10),
    ("ko", re.compile("[\uac00-\ud7af]"), 10),
    ("th", re.compile("[\u0e01-\u0e3a]"), 10),
    ("he", re.compile("[\u05d0-\u05ea]"), 10),
    ("zh", re.compile("[货购买卖价钱为这个们车产页尺码颜发质级单订专图样联系]"), 4),
    ("zh-Hant", re.compile("[貨購買賣價錢為這個們車產頁碼顏發質級單訂專圖樣聯繫]"), 4),
)
DECLARATIONS_LIMIT = 60  # places looked at; a page that has declared one currency that often means it
_LANGUAGE = re.compile(r"^([A-Za-z]{2,3})(?:[-_][A-Za-z]{4}(?=[-_]))?(?:[-_]([A-Za-z]{2})|(?=$|[-_,]))(?![A-Za-z])")
_SHARED = re.compile("[¥￥]")  # a sign of two countries, whose letters tell which of them a template's "en" is in
_DEFAULT = "en-US"  # what templates say whose owner said nothing: it names no country


def locale(tag: str) -> str | None:
    """A language tag as two- or three-letter code, with the country where it names one: ``de-AT``."""
    match = _LANGUAGE.match(tag)
    if match is None:
        return None
    return f"{match[1].lower()}-{match[2].upper()}" if match[2] else match[1].lower()


def spoken(said: str | None, tag: str, title: str, html: str) -> str | None:
    """The language whose money a page means: the locale that it says, unless its letters are another language's."""
    language = said.partition("-")[0] if said else None
    if said is None or (language == "en" and (_is_foreign(title) or _SHARED.search(html))):
        return _written(html) or language
    if said == "zh" and "hant" in tag.lower():  # no money of the mainland's
        return "zh-Hant"
    return language if said == _DEFAULT else said


def _written(html: str) -> str | None:
    """The language that a page is written in, where its letters are one language's alone."""
    if html.isascii():
        return None
    sample = html[:SAMPLE]
    return next((language for language, letters, most in LETTERS_OF if len(letters.findall(sample)) >= most), None)


def _is_foreign(title: str) -> bool:
    """Whether most letters of a title are none that English has: templates say ``en`` in shops of any country."""
    if title.isascii():
        return False
    letters = [letter for letter in title if letter.isalpha()]
    return sum(letter > "\u024f" for letter in letters) * 2 > len(letters)  # beyond the Latin ones of Europe


def declared_currency(html: str) -> str | None:
    """The one ISO code that the source declares for its prices; ``None`` when it declares none, or several."""
    found: set[str] = set()
    at = html.find("urrency")
    for _ in range(DECLARATIONS_LIMIT):
        if at < 0:
            break
        match = _DECLARED.match(html, at)
        if match:
            found.add(match[1])
        at = html.find("urrency", at + 7)
    return found.pop() if len(found) == 1 else None
