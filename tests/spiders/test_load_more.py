"""Lists that go on when one asks for more: the page names where, and the answers are data or pieces of a page."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.timeout(120)
EACH, PIECES = 4, 3
GOODS = 9  # the last piece shows one thing
PAGE = """<!doctype html><html lang=en><head><title>Vases</title>{head}</head><body><header><a href="/">Clay shop</a>
</header><main><h1>Vases</h1><div class="grid">{cards}</div>{end}</main></body></html>"""
JSON = {"Content-Type": "application/json"}


def piece(number: int) -> range:
    return range(EACH * (number - 1), min(EACH * number, GOODS))


def card(k: int) -> str:
    return f'<div class="card"><a href="/p/vase-{k}"><img src="/i/{k}.jpg">Vase {k}</a><span>€{20 + k}.00</span></div>'


def cards(number: int) -> str:
    return "".join(map(card, piece(number)))


def entries(number: int, **more: Any) -> dict[str, Any]:
    """A piece as data, each with its address."""
    found = [{"id": k, "name": f"Vase {k}", "url": f"/p/vase-{k}", "price": f"{20 + k}.00"} for k in piece(number)]
    return {"items": found, **more}


def page(shop, end: str, head: str = "") -> None:
    shop.page("/vases", PAGE.format(cards=cards(1), end=end, head=head))


def answers(shop, address: str, made: Callable[[int], Any], first: int = 2) -> None:
    """What is said at ``address`` with the number of each further piece in it."""
    for number in range(first, PIECES + 1):
        said = made(number)
        text, headers = (said, {}) if isinstance(said, str) else (json.dumps(said), JSON)
        shop.page(address.format(number), text, **headers)


def to(address: str, number: int) -> str | None:
    return address.format(number + 1) if number < PIECES else None


def data_with_the_address_of_the_next(shop) -> None:
    address = "/api/more/{}"
    page(shop, f'<button class="load-more" data-url="{address.format(2)}">Load more</button>')
    answers(shop, address, lambda n: entries(n, next=to(address, n)))


def data_that_count_their_pages(shop) -> None:
    page(shop, '<div id="feed" data-next-page="/feed?page=2"></div>')
    answers(shop, "/feed?page={}", lambda n: entries(n, pagination={"page": n, "totalPages": PIECES}))


def data_that_say_whether_there_is_more(shop) -> None:
    page(shop, '<button data-load-more-url="/more?offset=4">Show more</button>')
    for number in (2, 3):
        offset = EACH * (number - 1)
        shop.page(f"/more?offset={offset}", json.dumps(entries(number, hasMore=number < PIECES)), **JSON)


def data_behind_a_cursor(shop) -> None:
    page(shop, '<div class="infinite" data-endpoint="/api/vases" data-cursor="c2"></div>')
    answers(
        shop,
        "/api/vases?cursor=c{}",
        lambda n: entries(n, pageInfo={"hasNextPage": n < PIECES, "endCursor": f"c{n + 1}"}),
    )


def data_with_links(shop) -> None:
    page(shop, '<a href="#" class="more" data-href="/v1/vases?start=4&amp;count=4">More</a>')
    for number in (2, 3):
        start = EACH * (number - 1)
        links = [{"rel": "self", "href": f"/v1/vases?start={start}"}]
        links += [{"rel": "next", "href": f"/v1/vases?start={start + EACH}&count=4"}] if number < PIECES else []
        shop.page(f"/v1/vases?start={start}&count=4", json.dumps(entries(number, links=links)), **JSON)


def html_in_data(shop) -> None:
    page(shop, '<button class="btn-load" data-next="/list.php?ajax=1&amp;page=2">Mehr anzeigen</button>')
    answers(
        shop,
        "/list.php?ajax=1&page={}",
        lambda n: {"success": True, "html": cards(n), "next_page": n + 1 if n < PIECES else None},
    )


def fragments_that_name_the_next(shop) -> None:
    more = '<div hx-get="/pieces/{}" hx-trigger="revealed" hx-swap="outerHTML">…</div>'
    page(shop, more.format(2))
    answers(shop, "/pieces/{}", lambda n: cards(n) + (more.format(n + 1) if n < PIECES else ""))


def fragments_that_are_counted(shop) -> None:
    page(shop, '<button formaction="/vases/more?p=2">Voir plus</button>')
    answers(shop, "/vases/more?p={}", cards)
    shop.page("/vases/more?p=4", "")


def a_form_that_asks_for_the_next(shop) -> None:
    form = '<form action="/vases"><input type=hidden name=page value={}><button>Load more</button></form>'
    page(shop, form.format(2))
    for n in (2, 3):
        end = form.format(n + 1) if n < PIECES else ""
        shop.page(f"/vases?page={n}", PAGE.format(cards=cards(n), end=end, head=""))


def an_address_and_a_number_apart(shop) -> None:
    page(shop, '<div class="js-infinite-scroll" data-url="/load" data-page="1" data-total-pages="3"></div>')
    answers(shop, "/load?page={}", cards)


def a_template_of_addresses(shop) -> None:
    page(shop, '<ul data-infinite-url="/load/{page}/vases" data-page="1" data-pages="3"></ul>')
    answers(shop, "/load/{}/vases", cards)


def an_address_that_a_script_puts_together(shop) -> None:
    page(shop, "<script>let page = 1; const more = () => fetch('/api/vases?page=' + (++page)).then(show)</script>")
    answers(shop, "/api/vases?page={}", entries)
    shop.page("/api/vases?page=4", json.dumps({"items": []}), **JSON)


def state_that_counts_its_pages(shop) -> None:
    def state(n: int) -> str:
        listing = {"products": [{"name": "Vase 0", "price": 20}], "currentPage": n, "totalPages": PIECES}
        return f"<script type=application/json id=state>{json.dumps({'listing': listing})}</script>"

    page(shop, state(1))
    for n in (2, 3):
        shop.page(f"/vases?page={n}", PAGE.format(cards=cards(n), end=state(n), head=""))


def data_without_addresses_but_with_slugs(shop) -> None:
    address = "/api/more/{}"
    page(shop, f'<button data-url="{address.format(2)}">Load more</button>')
    answers(
        shop,
        address,
        lambda n: {"products": [{"title": f"Vase {k}", "handle": f"vase-{k}", "price": 20 + k} for k in piece(n)],
                   "next_page_url": to(address, n)},
    )  # fmt: skip


SHAPES = [
    data_with_the_address_of_the_next, data_that_count_their_pages, data_that_say_whether_there_is_more,
    data_behind_a_cursor, data_with_links, html_in_data, fragments_that_name_the_next, fragments_that_are_counted,
    a_form_that_asks_for_the_next, an_address_and_a_number_apart, a_template_of_addresses,
    an_address_that_a_script_puts_together, state_that_counts_its_pages, data_without_addresses_but_with_slugs,
]  # fmt: skip


@pytest.fixture
def vases(shop):
    shop.pages.clear()
    shop.page(
        "/", '<html lang=en><title>Clay shop</title><h1>Clay shop</h1><nav><a href="/vases">Vases</a></nav></html>'
    )
    for k in range(GOODS):
        shop.product(f"/p/vase-{k}", f"Vase {k}", f"€{20 + k}.00")
    return shop


def prices(database) -> dict[str, str]:
    return {one["title"]: str(one["price"]["amount"]) for one in database.offers.find()}


ALL = {f"Vase {k}": f"{20 + k}.00" for k in range(GOODS)}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_piece_of_the_list_is_read(crawl, vases, mongo_database, shape) -> None:
    shape(vases)
    done = crawl("storefront", "-a", f"url={vases.url}/")
    assert done.returncode == 0, done.stderr
    assert prices(mongo_database) == ALL
    assert mongo_database.offers.count_documents({}) == len(ALL)
    others = ["/robots.txt", "/sitemap.xml", "/favicon.ico", "/", "/vases", "/bags", "/imprint"]
    assert len(vases.asked) <= len(ALL) + len(others) + PIECES


def test_an_endpoint_that_never_ends_is_left_when_it_shows_nothing_new(crawl, vases, mongo_database) -> None:
    page(vases, '<button class="load-more" data-url="/more?page=2">Load more</button>')
    for number in range(2, 100):
        vases.page(f"/more?page={number}", json.dumps(entries(1 + number % 2, next=f"/more?page={number + 1}")), **JSON)
    assert crawl("storefront", "-a", f"url={vases.url}/").returncode == 0
    assert len(prices(mongo_database)) == 2 * EACH
    assert sum(path.startswith("/more") for path in vases.asked) <= 5


@pytest.mark.parametrize(
    "end",
    [
        '<button class="load-more" data-url="http://elsewhere.test/more?page=2">Load more</button>',
        '<button class="load-more" data-url="/more?page=2">Load more</button>',
    ],
)
def test_another_hosts_endpoint_is_not_asked_and_robots_hold(crawl, vases, mongo_database, end) -> None:
    page(vases, end)
    vases.page("/robots.txt", "User-agent: *\nDisallow: /more\n", **{"Content-Type": "text/plain"})
    vases.page("/more?page=2", json.dumps(entries(2)), **JSON)
    done = crawl("storefront", "-a", f"url={vases.url}/")
    assert done.returncode == 0, done.stderr
    assert len(prices(mongo_database)) == EACH
    assert not any(path.startswith("/more") for path in vases.asked)


def test_an_answer_is_kept_as_received_and_as_it_was_read(crawl, vases, mongo_database) -> None:
    data_with_the_address_of_the_next(vases)
    assert crawl("storefront", "-a", f"url={vases.url}/").returncode == 0
    answer = mongo_database.pages.find_one({"_id": f"{vases.url}/api/more/2"})
    assert (answer["kind"], answer["rendered"]) == ("list", "data")
    for sha256 in (answer["received_sha256"], answer["body_sha256"]):
        assert mongo_database["bodies.files"].count_documents({"filename": sha256}) == 1


@pytest.mark.parametrize("shape", [data_behind_a_cursor, data_without_addresses_but_with_slugs])
def test_a_crawl_that_is_killed_between_pieces_loses_none(crawl, vases, mongo_database, shape) -> None:
    shape(vases)
    options = {"HOST_DELAY": "0.05", "LEASE_SECONDS": "2", "FRONTIER_NAME": "killed"}
    pieces = [path for path in vases.pages if path.startswith("/api")]
    for path in ("/vases", *pieces):
        crawl("storefront", "-a", f"url={vases.url}/", kill_when=lambda path=path: path in vases.asked, **options)
    assert crawl("storefront", "-a", f"url={vases.url}/", **options).returncode == 0
    assert prices(mongo_database) == ALL
    assert mongo_database.offers.count_documents({}) == len(ALL)
