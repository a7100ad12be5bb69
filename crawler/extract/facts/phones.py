"""Phone numbers of the shop, in E.164.

A number counts when it is linked (``tel:``), written with a plus, or introduced as a phone. A national number is
completed only with a region that the page gives: the country of its imprint, else, marked as a guess, its domain's or
language's. Nothing is assumed beyond.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

from crawler.extract.facts.page import Page, identifier
from crawler.items import Identifier
from crawler.prices.currencies import country_of, locale_of
from crawler.prices.hints import Hints
from crawler.urls import host

_DIGITS = r"\d(?:[ \u00a0\u2009./()–‑-]{0,3}\d){5,15}"
_WRITTEN = re.compile(rf"(?<![\w+.,/-])\+\s?\(?{_DIGITS}(?!\d)")
_SPOKEN_AS_PHONE = ("phone", "whatsapp", "viber")
_LIMIT = 40  # numbers looked at on one page: a shop has few, a hostile page may have thousands
_JSON = re.compile(r'"(?:telephone|faxNumber)"\s{0,3}:\s{0,3}"(?:tel:)?([^"\\]{6,40})"')


_INTRODUCED = re.compile(
    r"\.?(?:[ \u00a0]?(?:no|nr|number|nummer|us)\b\.?)?[ \u00a0]{0,3}[:：.–-]?\s{0,3}"
    rf"(?P<number>(?:\+|00)?[ ]?\(?{_DIGITS})(?!\d)",
    re.IGNORECASE,
)


def find(page: Page) -> Iterator[Identifier]:
    """Yield the phone numbers of a page's links and text."""
    known: tuple[str | None, bool] | None = None  # worked out for the first number that needs it: most pages have none
    for text, written, path, matched in _candidates(page):
        if not written:
            known = known or _region(page)
        region, guess = known if known and not written else (None, False)
        yield from _read(text, region, guess, path, matched)


def _candidates(page: Page) -> Iterator[tuple[str, bool, str, str]]:
    """Yield what may be a number, whether it is written with a plus, its place, and the text that was matched."""
    for element, href in page.links:
        if href[:4].lower() in ("tel:", "sms:"):
            yield unquote(href[4:60]), False, page.path(element) + "/@href", href
    for element, own in page.carriers:
        if own.get("itemprop") in ("telephone", "faxNumber"):
            yield own.get("content", ""), False, page.path(element) + "/@content", ""
    for element, source in page.structured:
        for match in _some(_JSON.finditer(source)):
            yield match[1], False, page.path(element), match[0]
    text = page.business_text
    for match in _some(_WRITTEN.finditer(text) if "+" in text else iter(())):
        yield match[0], True, page.path_at(match.start()), match[0]
    introduced = (_INTRODUCED.match(text, end) for service, end in page.labels if service in _SPOKEN_AS_PHONE)
    for match in _some(match for match in introduced if match):
        yield match["number"], False, page.path_at(match.start("number")), match[0]


def _some(matches: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
    for _, match in zip(range(_LIMIT), matches, strict=False):
        yield match


def _read(text: str, region: str | None, guess: bool, path: str, matched: str = "") -> Iterator[Identifier]:
    number = parse(text, region)
    if number is not None:
        international = text.strip().startswith(("+", "00"))
        name = "facts.phone_guess" if guess and not international else "facts.phone"
        yield identifier(
            "phone", phonenumbers.format_number(number, PhoneNumberFormat.E164), name, path, matched or text
        )


@lru_cache(maxsize=2048)  # a shop's number stands on every page of it
def parse(text: str, region: str | None) -> PhoneNumber | None:
    """Return a valid number, or None: a number without country code needs a region (ISO 3166-1 alpha-2)."""
    text = re.sub(r"^\s{0,3}00(?=[1-9])", "+", text).replace("(0)", "")
    try:
        number = phonenumbers.parse(text[:40], region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number) or _looks_made_up(number.national_number or 0):
        return None
    return number


def _looks_made_up(national: int) -> bool:
    """Tell whether a number is a theme's placeholder: one digit over and over, or counting up."""
    digits = str(national)
    return len(set(digits[-7:])) == 1 or digits[-7:] in "01234567890123456789" or "5550100" <= digits[-7:] <= "5550199"


def _region(page: Page) -> tuple[str | None, bool]:
    """Return the country whose national numbers these are, and whether that is a guess from domain or language."""
    if page.country:
        return page.country.upper(), False
    country, _ = country_of(Hints(host=host(page.url)))
    if country and country != "EU":
        return country, True
    locale = locale_of(page.language)
    return (locale.territory if locale else None), True
