"""The project under a real scrapyd: schedule.json, a crawl, and the run's offers in the store."""

from __future__ import annotations

import threading
import time
import urllib.error
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawler.embedded.processes import alive
from tests.services.scrapyd_process import Scrapyd, build_wheel

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

PRODUCT = """<!doctype html><html lang="en"><head><title>{name}</title>
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "Product", "name": "{name}",
"sku": "{sku}", "offers": {{"@type": "Offer", "price": "{price}", "priceCurrency": "EUR",
"availability": "https://schema.org/InStock"}}}}</script></head>
<body><h1>{name}</h1><p>{price} EUR</p><a href="/">Home</a></body></html>"""
PAGES = {
    "/": '<!doctype html><html lang="en"><title>Shop</title><a href="/product/lamp">Lamp</a> '
    '<a href="/product/chair">Chair</a></html>',
    "/product/lamp": PRODUCT.format(name="Brass lamp", sku="L-1", price="49.90"),
    "/product/chair": PRODUCT.format(name="Oak chair", sku="C-2", price="120.00"),
}


class ShopHandler(BaseHTTPRequestHandler):
    """Two products; a page under /slow that answers after a while."""

    def do_GET(self):
        if self.path.startswith("/slow"):
            time.sleep(3)
        page = PAGES.get(self.path)
        body = (page or "not found").encode()
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def shop():
    with ThreadingHTTPServer(("127.0.0.1", 0), ShopHandler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture
def environment(redis_url, redis_client, mongo_uri, mongo_database):
    return {
        "REDIS_URL": redis_url,
        "MONGO_URI": mongo_uri,
        "MONGO_DATABASE": mongo_database.name,
        "TOUCHSTONE_CONTACT": "operator@touchstone.test",
    }


LOOPBACK = ["GUARD_ALLOW=127.0.0.0/8", "HOST_DELAY=0"]  # production settings keep loopback shut


def test_a_scheduled_crawl_fills_the_store(tmp_path, wheel, environment, shop, mongo_database):
    with Scrapyd(tmp_path, wheel, environment) as scrapyd:
        assert "touchstone" in scrapyd.call("listprojects.json")["projects"]
        assert "storefront" in scrapyd.call("listspiders.json?project=touchstone")["spiders"]
        job = scrapyd.call("schedule.json", project="touchstone", spider="storefront", url=f"{shop}/", setting=LOOPBACK)
        log = scrapyd.await_job(job["jobid"])
    offers = {offer["title"]: offer for offer in mongo_database["offers"].find()}
    assert sorted(offers) == ["Brass lamp", "Oak chair"], log
    assert str(offers["Oak chair"]["price"]["amount"]) in ("120", "120.0", "120.00")
    assert environment["MONGO_URI"] not in log


def test_production_settings_want_a_contact(tmp_path, wheel, environment, shop, mongo_database):
    del environment["TOUCHSTONE_CONTACT"]
    with Scrapyd(tmp_path, wheel, environment) as scrapyd:
        job = scrapyd.call("schedule.json", project="touchstone", spider="storefront", url=f"{shop}/")
        log = scrapyd.await_job(job["jobid"])
    assert "TOUCHSTONE_CONTACT" in log
    assert mongo_database["offers"].count_documents({}) == 0


def test_crawls_end_with_scrapyd(tmp_path, wheel, environment, shop):
    with Scrapyd(tmp_path, wheel, environment) as scrapyd:
        scrapyd.call("schedule.json", project="touchstone", spider="storefront", url=f"{shop}/slow", setting=LOOPBACK)
        crawl = _running_crawl(scrapyd)
        scrapyd.process.terminate()
        scrapyd.process.wait(90)
        assert not alive(crawl), scrapyd.logs()


def _running_crawl(scrapyd):
    end = time.monotonic() + 30
    while time.monotonic() < end:
        running = scrapyd.call("listjobs.json?project=touchstone")["running"]
        if running and running[0]["pid"]:
            time.sleep(2)  # let it come so far that it handles signals
            return running[0]["pid"]
        time.sleep(0.2)
    raise AssertionError(scrapyd.logs())


def test_nothing_can_be_uploaded_and_strangers_are_refused(tmp_path, wheel, environment):
    with Scrapyd(tmp_path, wheel, environment) as scrapyd:
        with pytest.raises(urllib.error.HTTPError, match="404"):
            scrapyd.call("addversion.json", project="touchstone", version="1", egg="x")
        scrapyd.password = "guessed"
        with pytest.raises(urllib.error.HTTPError, match="401"):
            scrapyd.call("daemonstatus.json")


@pytest.mark.parametrize(
    ("password", "hiding", "words"),
    [("change-me", None, "password"), ("fine", "settings", "the package settings is found")],
)
def test_it_does_not_start_unsafely(tmp_path, wheel, password, hiding, words):
    scrapyd = Scrapyd(tmp_path, wheel, {}, password)
    if hiding:
        foreign = tmp_path / "foreign" / hiding
        foreign.mkdir(parents=True)
        (foreign / "__init__.py").touch()
        scrapyd.environment["PYTHONPATH"] = f"{foreign.parent}:{scrapyd.environment['PYTHONPATH']}"
    assert scrapyd.start().wait(30) != 0
    assert words in scrapyd.log.read_text()


def test_the_wheel_holds_the_project_and_nothing_else(wheel):
    assert {path.name for path in wheel.iterdir() if not path.name.endswith(".dist-info")} == {
        "crawler",
        "spiders",
        "pipelines",
        "settings",
    }
    assert zipfile.is_zipfile(next(wheel.parent.glob("*.whl")))
    in_tree = {path.relative_to(ROOT) for path in (ROOT / "crawler").rglob("*.yaml")}
    assert in_tree == {path.relative_to(wheel) for path in (wheel / "crawler").rglob("*.yaml")}


ROOT = Path(__file__).resolve().parents[2]
