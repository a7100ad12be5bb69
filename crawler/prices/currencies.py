"""Currencies, the signs and words for them, and what languages and countries write and pay with."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages
from babel.numbers import get_currency_precision, get_decimal_symbol, get_group_symbol, get_territory_currencies

from crawler import tabular
from crawler.prices.hints import Hints

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}))?")


@cache
def tables() -> dict[str, Any]:
    """Return ``data/currencies.yaml``."""
    text = resources.files("crawler.data").joinpath("currencies.yaml").read_text("utf-8")
    loaded: dict[str, Any] = tabular.parsed(text)
    loaded["wordlike"] = frozenset(loaded["wordlike"])
    loaded["global_tlds"] = frozenset(loaded["global_tlds"])
    loaded["one_home"] = frozenset(loaded["one_home"])
    return loaded


@cache
def codes() -> frozenset[str]:
    """Return the ISO 4217 codes that are legal tender somewhere today."""
    territories = get_global("territory_currencies")
    return frozenset(c for rows in territories.values() for c, _, end, tender in rows if tender and end is None)


@cache
def decimals(code: str | None) -> int:
    """Return how many decimals a currency has (CLDR); 2 when it is not known."""
    return get_currency_precision(code) if code in codes() else 2


@lru_cache(maxsize=256)  # a page states its own language: bounded against a site that states many
def locale_of(language: str | None) -> Locale | None:
    """Return the CLDR locale of a language tag, with its likeliest territory; None if there is none."""
    match = _LANGUAGE.match(language or "")
    if not match:
        return None
    tag = "_".join(part for part in match.groups() if part)
    try:
        return Locale.parse(tag, resolve_likely_subtags=True)
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(maxsize=256)
def decimal_sign(language: str | None, country: str | None = None) -> str | None:
    """Return the sign that parts decimals in a language, else in a country's first language: ``.``, ``,`` or None."""
    locale = locale_of(language)
    if locale is None and country:
        spoken = get_official_languages(country.upper())
        locale = locale_of(f"{spoken[0]}-{country}") if spoken else None
    if locale is None:
        return None
    sign: str = get_decimal_symbol(locale, numbering_system="latn")
    return sign if sign in (".", ",") else None


@cache
def _home_sign(code: str | None) -> str | None:
    """Return the decimal sign of a currency's home: a code begins with its country's."""
    return "," if code == "EUR" else decimal_sign(None, code[:2]) if code in codes() and code else None


def point(hints: Hints, code: str | None = None) -> str | None:
    """Return the sign that parts decimals on a page: by its language, its country, or the currency's home."""
    return decimal_sign(hints.language, country_of(hints)[0]) or _home_sign(code)


@lru_cache(maxsize=256)
def groups_by_space(language: str | None) -> bool | None:
    """Tell whether a language parts thousands by a space; None when it is not known."""
    locale = locale_of(language)
    return get_group_symbol(locale, numbering_system="latn").isspace() if locale else None


def country_of(hints: Hints) -> tuple[str | None, str]:
    """Return the country a page speaks from, and the words for why: its host's, or the one it states."""
    label = (hints.host or "").rstrip(".").rpartition(".")[2].lower()
    if len(label) == 2 and label.isalpha() and label not in tables()["global_tlds"]:
        return {"uk": "GB", "eu": "EU"}.get(label, label.upper()), f"in a .{label} shop"
    if hints.country:
        return hints.country.upper(), f"in a shop in {hints.country.upper()}"
    return None, ""


@cache
def money_of(country: str | None) -> str | None:
    """Return the money of a country, None if that is not known."""
    if country == "EU":
        return "EUR"
    current = get_territory_currencies(country) if country else []
    return current[0] if current else None


@lru_cache(maxsize=256)
def money_of_language(language: str | None) -> tuple[str | None, bool]:
    """Return the money of the country where a language is mostly spoken, and whether its tag names a country."""
    locale = locale_of(language)
    if locale is None:
        return None, False
    likely = get_global("likely_subtags").get(str(locale)) or get_global("likely_subtags").get(locale.language) or ""
    return money_of(locale.territory or likely.rpartition("_")[2]), locale.territory is not None


@lru_cache(maxsize=256)
def _signs_of(language: str | None) -> dict[str, str]:
    """Return the signs of a language's own locale → code."""
    locale = locale_of(language)
    if locale is None:
        return {}
    found: dict[str, str] = {}
    home, _ = money_of_language(language)
    for code, sign in locale.currency_symbols.items():
        if sign != code and code in codes() and (sign not in found or code == home):
            found[sign] = code
    return found


@lru_cache(maxsize=4096)
def candidates_of(sign: str, language: str | None = None) -> tuple[str, ...]:
    """Return the codes that a sign, code or word can mean, the likeliest first."""
    sign = sign.strip()
    if sign.upper() in codes():
        return (sign.upper(),)
    own = _signs_of(language).get(sign)
    listed = tables()["signs"].get(sign) or _words().get(sign.lower()) or tables()["hundredths"].get(sign) or ()
    return tuple(dict.fromkeys((own, *listed) if own else listed))


def all_signs(language: str | None) -> tuple[set[str], set[str]]:
    """Return what is looked for in a text: signs and codes as they are, and words in any case."""
    return {*tables()["signs"], *_signs_of(language), *codes()}, set(_words())


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {word: (code,) for code, words in tables()["words"].items() for word in words}


@cache
def spelled() -> frozenset[str]:
    """Return every sign and word of the tables as it stands in a case-folded text.

    Signs that are a letter alone are left out: readers of them have a narrower test.
    """
    known = (*tables()["signs"], *_words())
    return frozenset(one.casefold() for one in known if len(one) > 1 or not one.isascii())


def is_wordlike(sign: str) -> bool:
    """Tell whether a sign is also a word, a size or a model: ``TOP``, ``R``, ``pounds``."""
    single = len(sign) == 1 and sign.isalpha() and sign.isascii()
    return single or bool({sign, sign.lower()} & tables()["wordlike"])


@lru_cache(maxsize=4096)
def speaks_of(sign: str, hints: Hints) -> bool:
    """Tell whether the page's data, host, country or language speaks of a currency that the sign can mean."""
    spoken = {money_of(country_of(hints)[0]), money_of_language(hints.language)[0]}
    if hints.declared:
        spoken |= set(candidates_of(hints.declared))
    return bool(spoken & set(candidates_of(sign, hints.language)))


def of_home(language: str | None) -> str | None:
    """Return the money of a language that one country speaks, or several with one money; None for the others."""
    spoken = (language or "").partition("-")[0].lower()
    return money_of_language(spoken)[0] if spoken in tables()["one_home"] else None
