"""False offers of recorded pages are counted as their truth names them."""

from typing import Any

import pytest

from bench.wide import count
from crawler.extract.page import read

CARDS = "".join(
    f'<li><a href="/p/{n}"><img src="{n}.jpg"></a><a href="/p/{n}">Brook lamp {n}</a> <b>£{n}9.00</b></li>'
    for n in range(1, 5)
)


@pytest.mark.parametrize(
    ("truth", "false", "wrong"),
    [({}, 0, 0), ({"false": "all", "kind": "other"}, 4, 1), ({"false": ["Brook lamp 2"]}, 1, 0)],
)
def test_what_the_truth_calls_false_is_counted(truth: dict[str, Any], false: int, wrong: int) -> None:
    page = read(f"<html lang=en><title>Lamps</title><body><h1>Lamps</h1><ul>{CARDS}</ul>", "http://s.test/c/lamps")
    found = count(page, truth)
    assert (found["offers"], found["false_offers"], found["wrong_kinds"]) == (4, false, wrong)
