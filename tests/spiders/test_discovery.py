"""The loop: shops that point to shops are found, ranked, crawled within a budget, and the chain can be printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.spiders.hosts import Hosts

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


def answer(host: str, path: str) -> tuple[int, str, bytes]:
    links = " ".join(f'<a href="http://{one}/">{one}</a>' for one in LINKS.get(host, ()))
    text = ITEM.format(name=host) if path == "/item" else PAGE.format(name=host, links=links)
    return (200 if path in ("/", "/item") else 404), "text/html", text.encode()


@pytest.fixture
def net(tmp_path: Path) -> Iterator[Hosts]:
    found = Hosts(tmp_path, [*LINKS, "velmora.test", "gamma.test", "far.test"], answer)
    yield found
    found.close()


def test_the_loop(crawl: Any, scrapy: Any, net: Hosts, mongo_database: Any, redis_client: Any):
    options = {"RESOLVER_HOSTS": str(net.file), "HOST_DELAY": "0", "ASSESS_INTERVAL": "0"}
    done = crawl("storefront", "-a", "url=http://alpha.test/", **options)
    assert done.returncode == 0, done.stderr[-2000:]
    assert {host for host, _ in net.asked} == {"alpha.test"}  # without a budget nobody else is asked
    targets = {one["target"] for one in mongo_database["pointers"].find()}
    assert targets == {"beta.test"}  # no brand, no network, no picture
    done = crawl("storefront", "-a", "url=http://alpha.test/", DISCOVERY_BUDGET="10", DISCOVERY_AT_ONCE="1", **options)
    assert done.returncode == 0, done.stderr[-2000:]
    order = [host for host, _ in net.asked]
    assert {"beta.test", "gamma.test", "velmora-outlet-shop.test", "delta.test"} <= set(order)
    assert "far.test" not in order and "velmora.test" not in order
    assert order.index("velmora-outlet-shop.test") < order.index("gamma.test")  # its name holds the brand
    chain = scrapy("provenance", "delta.test")
    assert chain.returncode == 0, chain.stderr
    lines = [line.split()[1] if "└─" in line else line.split()[0] for line in chain.stdout.splitlines()[:4]]
    assert lines == ["alpha.test", "beta.test", "velmora-outlet-shop.test", "delta.test"]
    assert scrapy("provenance", "nobody.test").returncode == 1


def test_a_budget_is_kept(crawl: Any, net: Hosts, mongo_database: Any):
    options = {"RESOLVER_HOSTS": str(net.file), "HOST_DELAY": "0", "ASSESS_INTERVAL": "0"}
    done = crawl("storefront", "-a", "url=http://alpha.test/", DISCOVERY_BUDGET="2", DISCOVERY_AT_ONCE="1", **options)
    assert done.returncode == 0, done.stderr[-2000:]
    assert {host for host, _ in net.asked} == {"alpha.test", "beta.test", "velmora-outlet-shop.test"}
