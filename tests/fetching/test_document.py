"""docs/fetching.md says what the settings and the code say."""

import re
from pathlib import Path

from crawler.fetching.limits import MEDIA_WANTED
from crawler.fetching.walls import walls
from settings import base

TEXT = (Path(__file__).parents[2] / "docs" / "fetching.md").read_text("utf-8")


def test_the_table_of_components_is_that_of_the_settings():
    written = {name: int(number) for number, name in re.findall(r"^\| (\d+) \| `([\w.]+)`", TEXT, re.MULTILINE)}
    ours = {
        path.removeprefix("crawler.").removeprefix("fetching."): number
        for path, number in base.DOWNLOADER_MIDDLEWARES.items()
        if path.startswith("crawler.")
    }
    assert written == ours


def test_settings_that_are_named_exist():
    named = set(re.findall(r"`([A-Z][A-Z_]+)`", TEXT))
    source = Path(base.__file__).read_text("utf-8")
    assert {name for name in named if not hasattr(base, name) and f'"{name}"' not in source} == set()


def test_words_of_the_code_are_those_of_the_document():
    assert f"`{MEDIA_WANTED}`" in TEXT
    assert all(f"`{kind}`" in TEXT for kind in {wall.kind for wall in walls()})
