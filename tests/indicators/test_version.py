"""Tests that flags are told by all tables that they rest on, wherever these stand."""

from __future__ import annotations

from pathlib import Path

import crawler.data
from crawler.indicators.version import JUDGING, tables


def test_every_table_but_the_assessors_and_the_registers_is_in_the_version() -> None:
    folder = Path(crawler.data.__path__[0])
    there = {str(path.relative_to(folder)) for path in folder.rglob("*.yaml") if path.parent.name != "register"}
    assert {name for name, _ in tables()} == there - JUDGING
    assert "titles/de.yaml" in there
