"""``scrapy profile`` on a saved page and on one that a real server sends."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.command import command
from tests.fetching.servers import Server, page

ROOT = Path(__file__).parents[2]
MARKETS = ROOT / "tests" / "pages" / "markets"
PROFILE = str(MARKETS / "grandhall.yaml")
SAVED = next(MARKETS.glob("grandhall*results*.html"))


def profile(*arguments: str) -> subprocess.CompletedProcess[str]:
    return command("profile", *arguments)


def test_a_saved_page_is_shown_field_by_field() -> None:
    done = profile("check", PROFILE, "--page", str(SAVED), "--url", "http://grandhall.test/suche?q=x")
    assert done.returncode == 0, done.stderr
    assert "seller.id" in done.stdout
    assert "rows" in done.stdout


def test_an_address_is_fetched_through_the_guard() -> None:
    with Server(
        {"/suche": page(SAVED.read_bytes()), "/robots.txt": page(b"User-agent: *\nDisallow: /closed\n")}
    ) as shop:
        opened = profile("check", PROFILE, "--page", shop.url("/suche"), "-s", "GUARD_ALLOW=127.0.0.0/8")
        assert "seller.id" in opened.stdout, opened.stderr
        closed = profile("check", PROFILE, "--page", shop.url("/suche"), "-s", "GUARD_ALLOW=")
        forbidden = profile("check", PROFILE, "--page", shop.url("/closed"), "-s", "GUARD_ALLOW=127.0.0.0/8")
        missing = profile("check", PROFILE, "--page", shop.url("/none"), "-s", "GUARD_ALLOW=127.0.0.0/8")
    assert shop.requests.count("/suche") == 1
    assert "/closed" not in shop.requests
    for done, why in ((closed, "127.0.0.1"), (forbidden, "robots.txt"), (missing, "answered 404")):
        assert done.returncode == 1
        assert why in done.stderr
        assert "Traceback" not in done.stderr


def test_what_a_page_says_has_no_power_over_the_terminal(tmp_path: Path) -> None:
    hostile = tmp_path / "page.html"
    body = SAVED.read_bytes().replace(b"Velmora", b"\x1b]0;owned\x07[red]Velmora")
    assert body != SAVED.read_bytes()
    hostile.write_bytes(body)
    done = profile("check", PROFILE, "--page", str(hostile), "--url", "http://grandhall.test/suche?q=x")
    assert "\x1b]0" not in done.stdout
    assert "[red]Velmora" in done.stdout


def test_a_new_profile_says_what_it_reads_and_can_be_used(tmp_path: Path) -> None:
    done = profile("new", "mymarket", "--page", str(SAVED), "--url", "http://grandhall.test/suche?wort=bag&seite=1")
    assert done.returncode == 0, done.stderr
    assert "rows of this page; the first: id: " in done.stderr
    assert "suche?wort={keyword}&seite={page}" in done.stdout
    made = tmp_path / "mymarket.yaml"
    made.write_text(done.stdout, "utf-8")
    again = profile("check", str(made), "--page", str(SAVED), "--url", "http://grandhall.test/suche?wort=bag")
    assert again.returncode == 0, again.stderr
