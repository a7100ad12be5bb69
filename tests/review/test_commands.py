"""The commands as an investigator meets them: through scrapy's own command line, on a real store."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from pymongo.database import Database

Run = Callable[..., tuple[int, str, str]]


def test_suspects_lists_who_and_why(run: Run) -> None:
    code, out, error = run("suspects")
    assert (code, error) == (0, "")
    assert "plain.test" in out
    assert "12 of 12 offers: It is wording.replica." in out
    assert "counterfeit, trademark" in out
    assert "100 EUR" in out
    assert "cheap.test" not in out
    assert "honest.test" not in out
    assert "2 suspected" in out


@pytest.mark.parametrize(
    ("verdict", "keys"),
    [
        ("suspected", {"plain.test", "evil.test"}),
        ("watch", {"cheap.test"}),
        ("clear", {"honest.test"}),
        ("abstain", {"tiny.test"}),
        ("all", {"plain.test", "evil.test", "cheap.test", "honest.test", "tiny.test"}),
    ],
)
def test_json_is_for_scripts(run: Run, verdict: str, keys: set[str]) -> None:
    code, out, _ = run("suspects", "--json", "--verdict", verdict)
    found = json.loads(out)
    assert code == 0
    assert {item["key"] for item in found} == keys
    for item in found:
        assert set(item) == {
            "storefront", "key", "kind", "verdict", "score", "allegations", "reasons", "offers", "flagged", "url",
        }  # fmt: skip
    assert out.isascii()


def test_limit(run: Run) -> None:
    assert len(json.loads(run("suspects", "--json", "--verdict", "all", "--limit", "2")[1])) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("suspects",),
        ("suspects", "--json"),
        ("show", "evil.test"),
        ("show", "https://evil.test/0"),
        ("assess", "--explain", "evil.test"),
        ("assess", "evil.test"),
    ],
)
def test_scraped_text_has_no_power_over_a_terminal(
    run: Run, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    code, out, error = run(*words)
    assert (code, error) == (0, "")
    ours = re.sub(r"\x1b\[[0-9;]*m", "", out)  # the colours of our own tables
    assert not re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", ours)
    if words == ("suspects",):
        assert "[red]bold" in ours  # shown as text, not taken as markup


def test_show_a_storefront(run: Run) -> None:
    code, out, _ = run("show", "plain.test")
    assert code == 0
    for part in (
        "plain.test#1",
        "suspected",
        "owner@mail.test",
        "evil.test#1",
        "/html/body of",
        "2 pages read, 12 offers",
    ):
        assert part in out


@pytest.mark.parametrize("name", ["https://plain.test/0", "plain.test#1/0"])
def test_show_an_offer(run: Run, name: str) -> None:
    code, out, _ = run("show", name)
    assert code == 0
    for part in ("bag 0", "100 EUR", "json_ld", "/html/body", "wording.replica", "2026-11-01"):
        assert part in out


@pytest.mark.parametrize("words", [("show",), ("assess",), ("assess", "--explain")])
@pytest.mark.parametrize(
    ("name", "answer"),
    [("plane.test", "did you mean plain.test?"), ("$where", "nothing is stored"), ("\x1b[2J", "nothing is stored")],
)
def test_an_unknown_name_is_one_line(run: Run, words: tuple[str, ...], name: str, answer: str) -> None:
    code, out, error = run(*words, name)
    assert (code, out) == (1, "")
    assert answer in error
    assert error.count("\n") == 1
    assert "\x1b" not in error


@pytest.mark.parametrize(
    "words",
    [
        ("show",),
        ("show", "a", "b"),
        ("assess", "--all", "x"),
        ("assess", "--all", "--case", "x"),
        ("assess", "--case", "nobody knows it"),
        ("assess", "--explain"),
        ("assess", "--workers", "0"),
        ("suspects", "--limit", "-1"),
    ],
)
def test_a_wrong_call_exits_with_two(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words)[0] == 2


def test_assess(run: Run) -> None:
    assert run("assess")[1] == "0 storefronts judged\n"
    code, out, _ = run("assess", "plain.test", "evil.test")
    assert code == 0
    assert out.splitlines()[-1].startswith("2 storefronts judged: 2 suspected")
    code, out, _ = run("assess", "--explain", "plain.test")
    assert "Comes out as stored." in out
    assert "No stored body could be read" in out


def test_assess_of_a_case(run: Run, database: Database[dict[str, Any]]) -> None:
    database["crawls"].insert_one({"_id": "honest.test|r", "key": "honest.test", "run": "r", "cases": ["blue"]})
    code, out, _ = run("assess", "--case", "blue")
    assert (code, out) == (0, "1 storefront judged: 1 clear\n")


def test_assess_all_flags_again_and_says_why(run: Run) -> None:
    code, out, _ = run("assess", "--all", "--workers", "2")  # the flags of these offers were made up: none comes again
    assert code == 0
    assert "plain.test#1: suspected → " in out
    assert "flags: wording.replica ended on 12" in out
    assert "storefronts judged: " in out.splitlines()[-1]
    assert "suspected" not in out.splitlines()[-1]
    assert "→" not in run("assess", "--all")[1]


@pytest.mark.parametrize("words", [("suspects",), ("show", "x"), ("assess",)])
def test_no_server_is_one_line(run: Run, words: tuple[str, ...]) -> None:
    code, out, error = run(*words, uri="mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=500")
    assert (code, out) == (1, "")
    assert "MongoDB does not answer" in error
    assert error.count("\n") == 1


def test_an_empty_store_is_no_error(run: Run) -> None:
    code, out, _ = run("suspects", name="nothing_here")
    assert code == 0
    assert "none yet" in out
