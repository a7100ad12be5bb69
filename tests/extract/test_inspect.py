"""``scrapy inspect`` on a file and on a page that a real server sends."""

import json
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.command import command

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "tests" / "pages"


def inspect(*arguments):
    return command("inspect", *arguments)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    served = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(PAGES)))
    Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_address[1]}"
    served.shutdown()
    served.server_close()


def test_a_file_is_shown_to_people():
    done = inspect(str(PAGES / "was_now_one_line.html"), "--url", "https://coasthome.test/item/linen-throw")
    assert done.returncode == 0, done.stderr
    assert "39.99 USD" in done.stdout
    assert "visible" in done.stdout
    assert "Linen Throw" in done.stdout


def test_json_names_place_reason_and_losers():
    done = inspect(str(PAGES / "ld_price_minor_units.html"), "--json")
    price = json.loads(done.stdout)["products"][0]["price"]
    assert price["value"]["amount"] == "49.90"
    assert price["provenance"]["path"] == "/html/body/main/div"
    assert price["losers"][0]["provenance"]["path"].endswith("#/offers/price")
    assert price["reason"]
    assert price["losers"][0]["reason"]


def test_a_url_is_fetched_through_the_guard(server):
    opened = inspect(f"{server}/was_now_one_line.html", "--json", "-s", "GUARD_ALLOW=127.0.0.0/8")
    assert json.loads(opened.stdout)["products"][0]["price"]["value"]["amount"] == "39.99"
    closed = inspect(f"{server}/was_now_one_line.html", "--json", "-s", "GUARD_ALLOW=")
    assert closed.returncode == 1
    assert "127.0.0.1" in closed.stderr
    assert "Traceback" not in closed.stderr


def test_a_missing_file_is_one_line():
    done = inspect("/nowhere/page.html")
    assert done.returncode == 1
    assert "cannot read /nowhere/page.html" in done.stderr
    assert "Traceback" not in done.stderr
