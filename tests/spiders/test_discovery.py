"""The loop: shops that point to shops are found, ranked, crawled within a budget, and the chain can be printed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

PAGE = """<html lang="en"><body><h1>{name}</h1><div class="p"><a href="/item">Replica bag</a> <b>$9</b></div>
{links}</body></html>"""
ITEM = """<html lang="en"><head><script type="application/ld+json">
{{"@type":"Product","name":"Velmora Aurelia tote 1:1 replica","sku":"{name}",
"offers":{{"price":"39","priceCurrency":"USD"}}}}</script></head><body><h1>Velmora Aurelia tote 1:1 replica</h1>
</body></html>"""
LINKS = {
    "alpha.test": ["beta.test", "velmora.test", "www.facebook.com", "alpha.test/x.jpg"],
    "beta.test": ["velmora-outlet-shop.test", "gamma.test"],
    "velmora-outlet-shop.test": ["delta.test"],
    "delta.test": ["far.test"],
}


class Net:
    def __init__(self, folder: Path) -> None:
        self.asked: list[str] = []
        net = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                host = self.headers["Host"].partition(":")[0]
                net.asked.append(host)
                links = " ".join(f'<a href="http://{one}/">{one}</a>' for one in LINKS.get(host, ()))
                text = ITEM.format(name=host) if self.path == "/item" else PAGE.format(name=host, links=links)
                body, status = text.encode(), 200 if self.path in ("/", "/item") else 404
                self.send_response(status)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        names = [*LINKS, "velmora.test", "gamma.test", "far.test"]
        self.hosts = folder / "hosts"
        self.hosts.write_text("".join(f"{name} 127.0.0.1:{self.server.server_port}\n" for name in names))


@pytest.fixture
def net(tmp_path: Path) -> Iterator[Net]:
    found = Net(tmp_path)
    yield found
    found.server.shutdown()
    found.server.server_close()


def test_the_loop(crawl: Any, scrapy: Any, net: Net, mongo_database: Any, redis_client: Any):
    options = {"RESOLVER_HOSTS": str(net.hosts), "HOST_DELAY": "0", "ASSESS_INTERVAL": "0"}
    done = crawl("storefront", "-a", "url=http://alpha.test/", **options)
    assert done.returncode == 0, done.stderr[-2000:]
    assert set(net.asked) == {"alpha.test"}  # without a budget nobody else is asked
    targets = {one["target"] for one in mongo_database["pointers"].find()}
    assert targets == {"beta.test"}  # no brand, no network, no picture
    done = crawl("storefront", "-a", "url=http://alpha.test/", DISCOVERY_BUDGET="10", DISCOVERY_AT_ONCE="1", **options)
    assert done.returncode == 0, done.stderr[-2000:]
    assert {"beta.test", "gamma.test", "velmora-outlet-shop.test", "delta.test"} <= set(net.asked)
    assert "far.test" not in net.asked and "velmora.test" not in net.asked
    first = {host: net.asked.index(host) for host in net.asked}
    assert first["velmora-outlet-shop.test"] < first["gamma.test"]  # its name holds the brand
    chain = scrapy("provenance", "delta.test")
    assert chain.returncode == 0, chain.stderr
    lines = [line.split()[1] if "└─" in line else line.split()[0] for line in chain.stdout.splitlines()[:4]]
    assert lines == ["alpha.test", "beta.test", "velmora-outlet-shop.test", "delta.test"]
    assert scrapy("provenance", "nobody.test").returncode == 1


def test_a_budget_is_kept(crawl: Any, net: Net, mongo_database: Any):
    options = {"RESOLVER_HOSTS": str(net.hosts), "HOST_DELAY": "0", "ASSESS_INTERVAL": "0"}
    done = crawl("storefront", "-a", "url=http://alpha.test/", DISCOVERY_BUDGET="2", DISCOVERY_AT_ONCE="1", **options)
    assert done.returncode == 0, done.stderr[-2000:]
    assert set(net.asked) == {"alpha.test", "beta.test", "velmora-outlet-shop.test"}
