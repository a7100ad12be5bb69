"""A recorded authority covers what it names, until it ends, and nothing beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crawler.errors import ConfigurationError
from crawler.fetching.authority import Authority, load_authority

PAPER = Authority(
    document="order 7", scope=("https://m.test/search",), expires=date(2030, 1, 1), recorded_by="somebody"
)


@pytest.mark.parametrize(
    ("url", "covered"),
    [
        ("https://m.test/search?q=x", True),
        ("https://M.test/search/more", True),
        ("https://m.test/searchers", False),
        ("http://m.test/search", False),
        ("https://m.test.evil.test/search", False),
        ("https://m.test/search/../account", False),
        ("https://m.test/search/%2E%2e/account", False),
        ("https://m.test:444/search", False),
    ],
)
def test_scope(url: str, covered: bool):
    assert PAPER.covers(url, date(2029, 12, 31)) is covered
    assert not PAPER.covers(url, date(2030, 1, 2))


NO_PATH = "{document: abcdef, scope: ['https://m.test'], expires: 2999-01-01, recorded_by: me and I}"
OVER = "{document: abcdef, scope: ['https://m.test/'], expires: 1999-01-01, recorded_by: me and I}"


@pytest.mark.parametrize("text", ["x: 1", NO_PATH, OVER])
def test_a_paper_that_does_not_hold_is_an_error(tmp_path: Path, text: str):
    file = tmp_path / "a.yaml"
    file.write_text(text)
    with pytest.raises(ConfigurationError):
        load_authority(str(file))
    with pytest.raises(ConfigurationError):
        load_authority(str(tmp_path / "none.yaml"))
    assert load_authority("") is None
