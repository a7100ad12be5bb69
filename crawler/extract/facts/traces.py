"""The ids that third parties give a shop: analytics, pixels, tag managers, merchants of payment services."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from lxml import etree

from crawler import tabular
from crawler.extract.facts.page import Page, identifier
from crawler.items import MATCHED_TEXT_LIMIT, Identifier


@dataclass(frozen=True)
class Trace:
    """A line of ``data/traces.yaml``."""

    kind: str
    name: str
    needle: str
    pattern: re.Pattern[str]


@cache
def table() -> dict[str, Any]:
    """Return ``data/traces.yaml`` with its patterns compiled."""
    loaded: dict[str, Any] = tabular.parsed(resources.files("crawler.data").joinpath("traces.yaml").read_text("utf-8"))
    loaded["traces"] = [
        Trace(row["kind"], row["name"], row["needle"], re.compile(row["pattern"])) for row in loaded["traces"]
    ]
    loaded["examples"] = frozenset(loaded["examples"])
    return loaded


SNIPPET_LIMIT = 20_000  # characters; a script beyond is a bundle or a page's state, and only its head is read
HEAD = 4_000  # characters of such a head: what loads an account's script stands first


def find(page: Page, kinds: tuple[str, ...]) -> Iterator[Identifier]:
    """Yield the ids of some kinds in the page's scripts, as ``name:id``."""
    for element, source in _sources(page):
        for kind, value, matched in _traces(source):
            if kind in kinds:
                yield identifier(kind, value, f"facts.{kind}", page.path(element), matched)


def _sources(page: Page) -> Iterator[tuple[etree._Element, str]]:
    """Yield every script with its address, data attributes and source, and every noscript with its images."""
    for script in page.scripts:
        own = script.attributes
        named = " ".join(f'{name}="{value}"' for name, value in own.items() if name.startswith("data-"))
        text = script.text if len(script.text) <= SNIPPET_LIMIT else script.text[:HEAD]
        yield script.element, f"{own.get('src', '')[:2000]} {named[:2000]}\n{text}"
    for element, _ in page.all("noscript"):
        inner = " ".join(child.get("src", "") for child in element.iter("img", "iframe"))
        yield element, f"{element.text or ''} {inner}"[:HEAD]


@lru_cache(maxsize=1024)  # the snippets of a shop are the same on each of its pages; 25 MB at most
def _traces(source: str) -> tuple[tuple[str, str, str], ...]:
    """Return kind, value and matched text of every trace in one source."""
    found = []
    for trace in table()["traces"]:
        if trace.needle in source:
            matches = (match for match in trace.pattern.finditer(source) if not is_example(match[1]))
            found += [(trace.kind, f"{trace.name}:{match[1]}", match[0][:MATCHED_TEXT_LIMIT]) for match in matches]
    return tuple(found)


def is_example(value: str) -> bool:
    """Tell whether an id stands in a provider's documentation, or is a row of one character: ``G-XXXXXXXXXX``."""
    body = re.sub(r"[^0-9A-Za-z]", "", value.rpartition("-")[2] if "-" in value else value)
    return value in table()["examples"] or len(set(body.upper())) <= 1
