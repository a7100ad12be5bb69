"""Where a list goes on: what a page and an answer name, and what only looks like it."""

from __future__ import annotations

import json

import pytest

from crawler.extract.further import answer
from crawler.extract.page import read

URL = "https://shop.test/vases"
CARD = '<li><a href="/p/{0}"><img src="/{0}.jpg">Vase {0}</a> <b>€{0}.00</b></li>'
CARDS = "".join(map(CARD.format, range(20, 26)))
PAGE = "<!doctype html><html lang=en><head><title>Vases</title></head><body><h1>Vases</h1><ul>{}</ul>{}</body></html>"


def named(end: str, url: str = URL, cards: str = CARDS) -> list[str]:
    page = read(PAGE.format(cards, end), url)
    return [link.url.removeprefix("https://shop.test") for link in page.links if link.where == "more"]


@pytest.mark.parametrize(
    ("end", "addresses"),
    [
        ('<button data-next-url="/vases?page=2&ajax=1">…</button>', ["/vases?page=2&ajax=1"]),
        ('<button data-href="/vases/more">Mehr anzeigen</button>', ["/vases/more"]),
        ('<div class="LoadMore"><a role=button data-url="/vases/more">+</a></div>', ["/vases/more"]),
        ('<div hx-get="/vases/more" hx-trigger="intersect once"></div>', ["/vases/more"]),
        ('<div data-hx-get="?page=2"></div>', ["/vases?page=2"]),
        ('<div data-endpoint="/api/list" data-next-page="2"></div>', ["/api/list?page=2"]),
        ('<div data-endpoint="/api/list?cat=3" data-page="1" data-last-page="3"></div>',
         ["/api/list?cat=3&page=2", "/api/list?cat=3&page=3"]),
        ('<div data-endpoint="/api/list" data-page="1" data-last-page="1"></div>', []),
        ('<div data-api="/api/list" data-offset="6" data-limit="6"></div>', ["/api/list?offset=6"]),
        ('<div data-source="/api/list" data-after="b3Jp"></div>', ["/api/list?after=b3Jp"]),
        ('<div data-path="/vases/page/{{#}}" data-pages="2"></div>', ["/vases/page/2"]),
        ('<div data-url="/list?from=[offset]" data-pages="2"></div>', ["/list?from=6"]),
        ('<div data-url="/list?start={start}" data-pages="2"></div>', ["/list?start=6"]),
        ("<div data-props='{\"page\":1,\"totalPages\":4,\"apiUrl\":\"/api/v\"}'></div>", ["/api/v?page=2"]),
        ('<form action="/vases"><input type=hidden name=c value="a b"><button name=page value=2>More</button></form>',
         ["/vases?c=a+b&page=2"]),
        ("<script>$.get(`/list?page=${n}&size=6`)</script>", ["/list?page=2&size=6"]),
        ("<script>load('/list?offset=' + shown + '&n=6')</script>", ["/list?offset=6&n=6"]),
        ("<button onclick=\"more('/vases/part?page=2')\">Load more</button>", ["/vases/part?page=2"]),
        ('<a rel=next href="/vases.json?after=26">more</a>', ["/vases.json?after=26"]),
        ("<script>const API='/api/v';let n=1;on(() => fetch(`${API}?page=${++n}&size=6`))</script>",
         ["/api/v?page=2&size=6"]),
        ("<script>var api = '/api/v'; $.get(api + '?offset=' + shown, show);</script>", ["/api/v?offset=6"]),
        ('<script>var grid = {nextUrl: "\\/vases\\/2"}</script>', ["/vases/2"]),
        ('<script>window.grid = {page: 1, totalPages: 3, endpoint: "/api/v"};</script>', ["/api/v?page=2"]),
        ('<script>fetch("/api/v?offset=6&limit=6").then(show)</script>', ["/api/v?offset=6&limit=6"]),
        ('<script type="application/json">{"next": "/api/v?offset=6"}</script>', ["/api/v?offset=6"]),
        ('<button class="load-more" data-page="2">Load more</button>', ["/vases?page=2"]),
        ('<turbo-frame id=more loading=lazy src="/vases?page=2&f=1"></turbo-frame>', ["/vases?page=2&f=1"]),
        ('<div data-collection-url="/c/3/load" data-current-page="1"></div>', ["/c/3/load?page=2"]),
        ('<script type="application/json">{"grid": {"nextPageUrl": "/grid/2"}}</script>', ["/grid/2"]),
        ('<script type="application/json">{"pageInfo": {"hasNextPage": false, "endCursor": "x"}}</script>', []),
    ],
)  # fmt: skip
def test_what_a_list_names(end, addresses) -> None:
    assert named(end) == addresses


@pytest.mark.parametrize(
    "end",
    [
        '<a class="quick-view" data-url="/quickview/20">Quick view</a>',
        '<button data-url="/cart/add?page=2">Load more</button>',
        '<button class="load-more" data-url="//elsewhere.test/vases?page=2">Load more</button>',
        '<button class="load-more" data-url="javascript:more(2)">Load more</button>',
        '<img data-src="/i/next.jpg" data-next="/i/2.png">',
        '<div hx-get="/search" hx-trigger="keyup"></div>',
        '<form action="/vases"><input type=hidden name=page value=2><input name=q><button>Find</button></form>',
        '<form action="/vases" method=post><input type=hidden name=page value=2><button>More</button></form>',
        '<a href="/vases?page=2">2</a><button class="load-more" data-url="/vases?page=2&ajax=1">Load more</button>',
        "<script>fetch('/reviews?page=' + n)</script>",
        '<a class="tab" data-page="2">Care</a>',
        '<script type="application/json">{"slider": {"next": "Next"}, "hasMore": true}</script>',
        '<script type="application/json">{"pageInfo": {"hasNextPage": true, "endCursor": "abc"}}</script>',
        "".join(f'<a data-url="/quick/{n}">See more</a>' for n in range(6)),
        '<img data-src="/i?page=2">',
    ],
)
def test_what_is_none(end) -> None:
    assert named(end) == []


def test_a_list_that_is_filled_by_its_script_is_asked_for_from_its_first_piece() -> None:
    words = "<p>Our vases are thrown by hand and fired twice in an old kiln.</p>" * 9
    assert named(f'{words}<div data-url="/api/list" data-page="1"></div>', cards="") == ["/api/list?page=1"]


def behind(value: object, url: str = "https://shop.test/api?page=2") -> list[str]:
    html = answer.as_page(json.dumps(value).encode(), url)
    assert html is not None
    page = read(html, url)
    return [link.url.removeprefix("https://shop.test") for link in page.links if link.where == "more"]


def test_a_piece_of_a_path_is_the_list_that_it_continues() -> None:
    more = '<a href="/vases/page/3/">3</a><button class="load-more" data-url="/vases/more?page=3">Load more</button>'
    assert named(more, f"{URL}/page/2/") == []
    assert named(more, f"{URL}/page/3/") == []
    assert named(more, "https://shop.test/jugs/page/2/") == ["/vases/more?page=3"]


ITEMS = [{"name": f"Vase {n}", "price": n, "url": f"/p/{n}"} for n in range(20, 24)]


@pytest.mark.parametrize(
    ("said", "addresses"),
    [
        ({"items": ITEMS}, ["/api?page=3"]),
        ({"items": []}, []),
        ({"items": ITEMS, "next": None}, []),
        ({"items": ITEMS, "next": "/api?page=9"}, ["/api?page=9"]),
        ({"items": ITEMS, "next": "http://elsewhere.test/api?page=9"}, []),
        ({"items": ITEMS, "next_page": 5}, ["/api?page=5"]),
        ({"items": ITEMS, "_links": {"next": {"href": "?page=4"}}}, ["/api?page=4"]),
        ({"items": ITEMS, "meta": {"current_page": 2, "last_page": 2}}, []),
        ({"items": ITEMS, "meta": {"current_page": 2, "last_page": "3"}}, ["/api?page=3"]),
        ({"data": {"c": {"products": ITEMS, "pageInfo": {"hasNextPage": True, "endCursor": "Zz=="}}}},
         ["/api?page=2&after=Zz%3D%3D"]),
        ({"items": ITEMS, "nextCursor": ""}, []),
        ({"items": ITEMS, "skip": 4, "limit": 4, "total": 9}, ["/api?page=2&offset=8"]),
        ({"items": ITEMS, "has_more": False, "next": "/api?page=9"}, []),
        ({"items": ITEMS, "next": {"$where": "1"}}, []),
        (ITEMS, ["/api?page=3"]),
    ],
)  # fmt: skip
def test_what_an_answer_says_of_the_one_behind_it(said, addresses) -> None:
    assert behind(said) == addresses


def test_an_answer_of_one_thing_is_a_list_and_a_thing_without_address_has_its_slug() -> None:
    html = answer.as_page(
        json.dumps({"items": [*ITEMS[:1], {"title": "Jug", "slug": "jug", "price": 3}]}).encode(), URL
    )
    page = read(html, URL)
    assert page.kind == "list"
    assert ("https://shop.test/p/20", "product") in [(link.url, link.kind) for link in page.links]
    assert page.slugs == (("jug",),)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[" * 100_000, b"7", b'"text"', b'{"items": NaN}', b"\xff\xfe{",
     b'{"a": "\\ud800", "next_cursor": "\\ud800"}', b"[" * 900 + b"]" * 900,
     json.dumps({"html": "<a href=/p/1></main></body><script>alert(1)</script>" * 99}).encode(),
     json.dumps({"x": "</script><!--<script>", "price": 1, "next": ["/a"]}).encode()],
)  # fmt: skip
def test_hostile_answers_are_read_or_left(body) -> None:
    html = answer.as_page(body, URL)
    assert html is None or not read(html, URL).problems.get("extract.failed")
