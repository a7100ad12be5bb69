"""Numbers under which a state knows the company behind a shop: VAT ids and entries in company registers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module, resources
from typing import Any, cast

from stdnum.exceptions import ValidationError

from crawler import tabular
from crawler.extract.facts.page import Page, identifier
from crawler.items import Identifier

_BETWEEN = r"[\s:：.#°º()–-]{0,6}(?:(?:nr|no|n°|number|nummer)\b[\s:：.]{0,3})?"
# six digits; Germany's register has less. It begins with one set of signs: so it is tried at these only
_LONG = re.compile(r"[\dH](?:(?<=\d)(?:[ ./-]{0,2}\d){5,20}|(?<=H)R[AB] ?\d{2,5})")
_REACH = 90  # characters from a label's beginning to its number
_LIMIT = 40  # candidates of one form in one part of a page
_KEPT = 1_000  # characters of a part that is remembered: two thousand of them are two megabytes
_EXAMPLES = frozenset(
    {"DE123456789", "GB123456789", "GB999999973", "FR12345678901", "12345678", "1234567", "123456789"}
)


@dataclass(frozen=True)
class Form:
    """A line of ``data/company_numbers.yaml``."""

    kind: str
    name: str
    labelled: bool
    pattern: re.Pattern[str]
    check: str | None


@cache
def _rows() -> list[dict[str, str]]:
    text = resources.files("crawler.data").joinpath("company_numbers.yaml").read_text("utf-8")
    rows: list[dict[str, str]] = tabular.parsed(text)["numbers"]
    return rows


@cache
def _forms() -> list[Form]:
    return [
        Form(row["kind"], row["name"], "label" in row, _pattern(row.get("label"), row["number"]), row.get("check"))
        for row in _rows()
    ]


@cache
def _unlabelled() -> list[Form]:
    return [form for form in _forms() if not form.labelled]


@cache
def _labels() -> re.Pattern[str]:
    """Any of the labels with a digit behind it: most long numbers are a telephone's or an article's, and have none."""
    labels = "|".join(row["label"] for row in _rows() if "label" in row)
    return re.compile(rf"(?i:(?<![^\W_])(?:{labels}){_BETWEEN})(?=\D{{0,18}}\d)")


def _pattern(label: str | None, number: str) -> re.Pattern[str]:
    """Join label and number; a label may be in any case, a number as registers write it."""
    number = rf"(?<![A-Za-z0-9])(?P<number>{number})(?![A-Za-z0-9])"
    return re.compile(rf"(?i:(?<![^\W_])(?:{label}){_BETWEEN}){number}" if label else number)


@cache
def _checker(name: str) -> Any:
    return import_module(f"stdnum.{name}")


def find(page: Page) -> Iterator[Identifier]:
    """Yield VAT ids as ``DE136695976`` and register entries as ``register:number``, check digits verified."""
    for start, part in _around_numbers(page.business_text):
        for at, kind, value, matched in _known(part) if len(part) <= _KEPT else _numbers(part):
            yield identifier(kind, value, f"facts.{kind}", page.path_at(start + at), matched)


@lru_cache(maxsize=2048)  # the foot of a shop's pages is the same on each of them
def _known(part: str) -> tuple[tuple[int, str, str, str], ...]:
    return tuple(_numbers(part))


def _numbers(part: str) -> Iterator[tuple[int, str, str, str]]:
    """Yield the place, kind, value and matched text of the numbers in a piece of text."""
    labelled = _labels().search(part) is not None
    for form in _forms() if labelled else _unlabelled():
        for _, match in zip(range(_LIMIT), form.pattern.finditer(part), strict=False):
            number = _checked(form, match["number"])
            if number and number not in _EXAMPLES and len(set(re.sub(r"\D", "", number))) > 1:
                value = _vat(form, number) if form.kind == "vat" else f"{form.name}:{number}"
                yield match.start("number"), form.kind, value, match[0]


def _around_numbers(text: str) -> Iterator[tuple[int, str]]:
    """Yield the parts of a text around long numbers: forty patterns on all of it would cost too much."""
    begin = end = 0
    for match in _LONG.finditer(text):
        start = match.start() - _REACH
        if start > end:
            if end:
                yield begin, text[begin:end]
            begin = start
        end = min(match.end() + 20, len(text))  # 20: the letters that close some numbers
    if end:
        yield begin, text[begin:end]


def _vat(form: Form, number: str) -> str:
    """Return a VAT id with its country in front, however it was written."""
    prefix = {"eu": "", "ch": "", "no": "NO", "in": "IN"}.get(form.name, form.name.upper())
    return number if number.startswith(prefix) else prefix + number


def _checked(form: Form, number: str) -> str | None:
    """Return the number as its register writes it, or None if its check digits are wrong."""
    if form.check is None:
        return " ".join(number.split())
    parts = number.split(" ")
    for length in range(len(parts), 0, -1):  # a word in capitals behind the number may have been taken in
        try:
            return cast("str", _checker(form.check).validate(" ".join(parts[:length])))
        except ValidationError:
            continue
        except Exception:  # noqa: S112  # stdnum modules raise what they like on strange characters
            continue
    return None
