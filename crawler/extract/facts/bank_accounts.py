"""International bank account numbers, with their check digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban

from crawler.extract.facts.page import Page, identifier
from crawler.items import Identifier

_IBAN = re.compile(
    r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?:[ \u00a0.-]?[A-Z0-9]{4}){2,7}(?:[ \u00a0.-]?[A-Z0-9]{1,3})?(?![A-Za-z0-9])"
)
_BEGINS = re.compile(r"[A-Z][A-Z]\d\d")  # the cheap test before it
_EXAMPLES = frozenset({
    "DE89370400440532013000", "GB29NWBK60161331926819", "GB82WEST12345698765432", "FR1420041010050500013M02606",
    "NL91ABNA0417164300", "AT611904300234573201", "CH9300762011623852957", "ES9121000418450200051332",
})  # fmt: skip
"""Accounts of textbooks and form placeholders."""


def find(page: Page) -> Iterator[Identifier]:
    """Yield the IBANs in a page's text, without spaces."""
    if not _BEGINS.search(page.business_text):
        return
    for match in _IBAN.finditer(page.business_text):
        number = _valid(match[0])
        if number:
            yield identifier("iban", number, "facts.iban", page.path_at(match.start()), match[0])


def _valid(text: str) -> str | None:
    """Return the number if its check digits are right; a word behind it may have been taken in, so parts are tried."""
    parts = re.split(r"[ \u00a0.-]", text)
    for length in range(len(parts), 0, -1):
        number = "".join(parts[:length])
        if len(number) >= 15 and iban.is_valid(number) and number not in _EXAMPLES:  # Norway's, the shortest
            return number
    return None
