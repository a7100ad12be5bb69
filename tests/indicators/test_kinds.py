"""Tests that the tables of goods fit together: every kind stands once, and sectors name kinds that there are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

import crawler.data

DATA = Path(crawler.data.__path__[0])
FILES = [DATA / "kinds.yaml", *sorted((DATA / "trade_kinds").glob("*.yaml"))]
KINDS = Counter(kind for path in FILES for kind in yaml.safe_load(path.read_text("utf-8")))
SECTORS = yaml.safe_load((DATA / "sector_kinds.yaml").read_text("utf-8"))


def test_each_kind_stands_in_one_file():
    assert [kind for kind, count in KINDS.items() if count > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_kind_says_a_name_twice(path):
    for kind, names in yaml.safe_load(path.read_text("utf-8")).items():
        assert [name for name, count in Counter(names).items() if count > 1] == [], kind


@pytest.mark.parametrize("sector", SECTORS)
def test_sectors_name_kinds_that_there_are_once(sector):
    assert [kind for kind, count in Counter(SECTORS[sector]).items() if count > 1] == []
    assert set(SECTORS[sector]) <= set(KINDS)
