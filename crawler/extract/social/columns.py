"""What the columns of a post are called, in files and in JSON nobody described to us: ``crawler/data/columns.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from crawler import tabular


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of each column, the preferred one first."""

    text: tuple[str, ...]
    title: tuple[str, ...]
    account: tuple[str, ...]
    handle: tuple[str, ...]
    url: tuple[str, ...]
    time: tuple[str, ...]
    platform: tuple[str, ...]
    language: tuple[str, ...]
    images: tuple[str, ...]
    links: tuple[str, ...]
    answers: tuple[str, ...]


@cache
def columns() -> Columns:
    """Read the table once, on first use."""
    table = tabular.words(resources.files("crawler.data").joinpath("columns.yaml").read_text("utf-8"))
    return Columns(**{kind: tuple(names) for kind, names in table.items()})


def plain(name: str) -> str:
    """A column's name as the table has it: its letters and digits, in lower case."""
    return re.sub(r"[\W_]", "", name.lower())
