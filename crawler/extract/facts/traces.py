"""The ids that third parties give a shop: analytics, pixels, tag managers, merchants of payment services."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import ahocorasick

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


@cache
def _needles() -> Any:
    automaton = ahocorasick.Automaton()
    for trace in table()["traces"]:
        automaton.add_word(trace.needle, trace.needle)
    automaton.make_automaton()
    return automaton


def find(page: Page, kinds: tuple[str, ...]) -> Iterator[Identifier]:
    """Yield the ids of some kinds in the page's scripts, as ``name:id``."""
    for element, source in page.sources:
        for kind, value, matched in _traces(source):
            if kind in kinds:
                yield identifier(kind, value, f"facts.{kind}", page.path(element), matched)


@lru_cache(maxsize=1024)  # the snippets of a shop are the same on each of its pages; 25 MB at most
def _traces(source: str) -> tuple[tuple[str, str, str], ...]:
    """Return kind, value and matched text of every trace in one source."""
    found = []
    needles = {needle for _, needle in _needles().iter(source)}
    for trace in table()["traces"]:
        if trace.needle in needles:
            matches = (match for match in trace.pattern.finditer(source) if not is_example(match[1]))
            found += [(trace.kind, f"{trace.name}:{match[1]}", match[0][:MATCHED_TEXT_LIMIT]) for match in matches]
    return tuple(found)


def is_example(value: str) -> bool:
    """Tell whether an id stands in a provider's documentation, or is a row of one character: ``G-XXXXXXXXXX``."""
    body = re.sub(r"[^0-9A-Za-z]", "", value.rpartition("-")[2] if "-" in value else value)
    return value in table()["examples"] or len(set(body.upper())) <= 1
