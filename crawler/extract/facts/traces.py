"""The ids that third parties give a shop: analytics, pixels, tag managers, merchants of payment services."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from crawler.extract.facts.page import Page, identifier
from crawler.items import Identifier


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
    loaded: dict[str, Any] = yaml.safe_load(resources.files("crawler.data").joinpath("traces.yaml").read_text("utf-8"))
    loaded["traces"] = [
        Trace(row["kind"], row["name"], row["needle"], re.compile(row["pattern"])) for row in loaded["traces"]
    ]
    loaded["examples"] = frozenset(loaded["examples"])
    return loaded


def find(page: Page, kinds: tuple[str, ...]) -> Iterator[Identifier]:
    """Yield the ids of some kinds in the page's scripts, as ``name:id``."""
    for trace in table()["traces"]:
        if trace.kind not in kinds or trace.needle not in page.all_scripts:
            continue
        for element, source in page.scripts:
            if trace.needle in source:
                for match in trace.pattern.finditer(source):
                    if not is_example(match[1]):
                        path = page.path(element)
                        yield identifier(trace.kind, f"{trace.name}:{match[1]}", f"facts.{trace.kind}", path, match[0])


def is_example(value: str) -> bool:
    """Tell whether an id stands in a provider's documentation, or is a row of one character: ``G-XXXXXXXXXX``."""
    body = re.sub(r"[^0-9A-Za-z]", "", value.rpartition("-")[2] if "-" in value else value)
    return value in table()["examples"] or len(set(body.upper())) <= 1
