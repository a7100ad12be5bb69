"""Two workers on the two hosts of one shop: together they ask for hardly more than one would."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.spiders.hosts import Hosts
from tests.spiders.shop import PRODUCT

pytestmark = pytest.mark.timeout(180)
HOSTS = ("shop.test", "www.shop.test")
THINGS, SHELVES = 60, 6
LEGAL = ("Imprint", "Returns", "Shipping", "Privacy")


@pytest.fixture
def net(tmp_path):
    """Every product on two shelves, under another address and on another host; lists in many orders; sessions."""
    session = "k7Q2m9Xw4Rt8Zp1b"

    def row(n: int, number: int) -> str:
        address = f"http://{HOSTS[number % 2]}/view?{'abc'[number % 3]}=1&product_id={n}&visit={session}"
        return f'<li><a href="{address}">Clay vase {n}</a> {100 + n}.00 EUR</li>'

    def shelf(number: int, host: str) -> str:
        rows = "".join(row(n, number) for n in range(THINGS) if number in (n % SHELVES, (n + 1) % SHELVES))
        orders = "".join(
            f'<a href="/shelf/{number}?sort={o}&visit={session}">{o}</a>' for o in ("name", "price", "new")
        )
        return f"<h1>Shelf {number}</h1><ul>{rows}</ul>{orders}"

    def answer(host: str, path: str) -> tuple[int, str, bytes]:
        menu = "".join(
            f'<a href="http://{HOSTS[n % 2]}/shelf/{n}?visit={session}">Shelf {n}</a> ' for n in range(SHELVES)
        )
        foot = "".join(f'<a href="http://{host}/{name.lower()}">{name}</a> ' for name in LEGAL)
        bare, _, query = path.partition("?")
        asked = dict(part.partition("=")[::2] for part in query.split("&"))
        if bare == "/":
            inside = "<h1>Welcome</h1>"
        elif bare.startswith("/shelf/"):
            inside = shelf(int(bare[7:]), host)
        elif bare == "/view" and asked.get("product_id", "").isdigit():
            n = int(asked["product_id"])
            page = PRODUCT.format(title=f"Clay vase {n}", price=f"{100 + n}.00 EUR", text=f"Number {n}.")
            form = (
                f'<form action="/add"><input type="hidden" name="product_id" value="{n}"><button>Add to cart</button>'
            )
            return 200, "text/html", page.replace("<button>Add to cart</button>", f"{form}</form>").encode()
        elif bare[1:].title() in LEGAL:
            inside = f"<h1>{bare[1:].title()}</h1><p>Shop Ltd</p>"
        else:
            return 404, "text/plain", b"no"
        html = f"<html lang=en><title>{bare}</title><nav>{menu}</nav><main>{inside}</main><footer>{foot}</footer>"
        return 200, "text/html", html.encode()

    hosts = Hosts(tmp_path, HOSTS, answer)
    yield hosts
    hosts.close()


def test_two_workers_share_what_they_learn(crawl, net, mongo_database) -> None:
    def work(url: str) -> int:
        options = {"RESOLVER_HOSTS": str(net.file), "FRONTIER_HOSTS_PER_WORKER": "1", "HOST_DELAY": "0.05"}
        return crawl("storefront", "-a", f"url={url}", **options).returncode

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(work, [f"http://{host}/" for host in HOSTS])) == [0, 0]
    assert mongo_database.offers.count_documents({}) == THINGS
    asked = [f"{host}{path}" for host, path in net.asked]
    assert {host for host, _ in net.asked} == set(HOSTS)
    products = [path.partition("product_id=")[2].partition("&")[0] for path in asked if "/view" in path]
    # Both begin in the same moment, and between two exchanges a product may be asked for by both: 60 to 72 were seen.
    assert len(products) <= 1.4 * THINGS, "without sharing it would be twice"
    assert len(asked) <= 1.4 * THINGS + 36
