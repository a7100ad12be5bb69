"""The words of ``data/selling.yaml``, compiled: one pattern for each kind of word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from crawler import tabular

SPACELESS = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts that are written without spaces between words, or (Korean) with endings joined to them."""


@cache
def _table() -> dict[str, re.Pattern[str]]:
    text = resources.files("crawler.data").joinpath("selling.yaml").read_text("utf-8")
    rows: dict[str, list[str]] = tabular.parsed(text)
    return {kind: _pattern(word.strip() for row in lines for word in row.split(",")) for kind, lines in rows.items()}


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    spaced: list[str] = []
    spaceless: list[str] = []
    for word in sorted({word.strip('"') for word in words}, key=len, reverse=True):
        if not word:
            continue
        escaped = re.escape(word.removesuffix("*")).replace(r"\ ", r"[\s_-]{1,3}")
        ending = r"\w*" if word.endswith("*") else ""
        (spaceless if SPACELESS.search(word) else spaced).append(escaped + ending)
    parts = [rf"(?<![\w])(?:{'|'.join(spaced)})(?![\w])"] if spaced else []
    return re.compile("|".join([*parts, *spaceless]), re.IGNORECASE)


def says(kind: str, text: str) -> bool:
    """Whether a text holds a word of a kind (``sells``, ``asks``, ``contacts``, ``wanted``, ``past``, …)."""
    return _table()[kind].search(text) is not None


def first(kind: str, text: str) -> re.Match[str] | None:
    """The first word of a kind."""
    return _table()[kind].search(text)


def contact_before(line: str) -> bool:
    """Whether the words right before a handle make it the seller's own."""
    found = list(_table()["handles"].finditer(line))
    return bool(found) and len(line) - found[-1].end() <= 25  # characters: "order here, write to our manager "
