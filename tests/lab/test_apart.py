"""The lab and the crawler are strangers: neither may be written to fit the other."""

import ast
from pathlib import Path

import pytest

import lab

FILES = sorted(Path(lab.__file__).parent.rglob("*.py"))
STRANGERS = {"crawler", "spiders", "pipelines", "settings", "scrapy", "tests"}


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_lab_imports_nothing_of_the_crawler(path):
    names = {name.partition(".")[0] for name in imported(ast.parse(path.read_text()))}
    assert names.isdisjoint(STRANGERS)


def test_the_lab_reads_no_table_of_the_crawler():
    assert [path.name for path in FILES if "crawler/" in path.read_text() or "crawler.data" in path.read_text()] == []
