"""Proposals of profiles: results as houses of every kind write them are read by what is proposed for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract.profiles import reading
from crawler.extract.profiles.propose import propose, search_of
from crawler.extract.profiles.schema import Profile

COUNT = 6


def page(row: Callable[[int], str], around: str = "{}") -> bytes:
    rows = "".join(row(n) for n in range(1, COUNT + 1))
    return (
        '<html><body><nav><a href="/">Home</a><a href="/x">X</a></nav><main>' + around.format(rows)
        + '</main><footer>2026 <a href="/i">Imprint</a></footer></body></html>'
    ).encode()  # fmt: skip


PAGES = {
    "a title in a heading beside a picture's link": page(
        lambda n: (
            f'<article class="card"><a href="/i/{n}00"><img src="/{n}.jpg"></a><h3 class="t">Velmora bag {n}</h3>'
            f'<p class="price">€{n}0.00</p><a class="by" href="/s/anna{n}">anna{n}</a></article>'
        )
    ),
    "a card that is the link": page(
        lambda n: (
            f'<a class="card" href="/i/{n}00"><img src="/{n}.jpg"><h3>Velmora bag {n}</h3><b class="p">€{n}0.00</b></a>'
        )
    ),
    "a card that is the link, without a heading": page(
        lambda n: f'<a class="card" href="/i/{n}00"><span>Velmora bag {n}</span><span class="p">€{n}0.00</span></a>'
    ),
    "classes of a utility framework": page(
        lambda n: (
            f'<div class="flex md:w-1/2 p-2 group"><div class="flex"><a class="font-bold" href="/i/{n}00">Velmora bag '
            f'{n}</a></div><div class="flex text-lg">€{n}0.00</div></div>'
        ),
        '<div class="flex">{}</div>',
    ),
    "a list without classes": page(
        lambda n: f'<li><a href="/i/{n}00">Velmora bag {n}</a> <b>€{n}0.00</b></li>', "<ul>{}</ul>"
    ),
    "a table": page(
        lambda n: f'<tr><td><a href="/i/{n}00">Velmora bag {n}</a></td><td>€{n}0.00</td></tr>',
        "<table><tr><th>Item</th><th>Price</th></tr>{}</table>",
    ),
    "a former price first": page(
        lambda n: (
            f'<div class="k"><a href="/i/{n}00" class="n">Velmora bag {n}</a><span class="p"><del>€{n}5.00</del> '
            f"<b>€{n}0.00</b></span></div>"
        )
    ),
    "an advertisement between them": page(
        lambda n: (
            f'<div class="k"><a href="/i/{n}00" class="n">Velmora bag {n}</a><b class="p">€{n}0.00</b></div>'
            + ('<div class="k ad"><a href="/go">Ad</a></div>' if n == 3 else "")
        )
    ),
    "other prices in the frame": page(
        lambda n: f'<li class="row"><h2><a href="/i/{n}00">Velmora bag {n}</a></h2><i>€{n}0.00</i></li>',
        '<p class="row">From €5 <a href="/">home</a></p><ul>{}</ul>',
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_proposal_reads_its_own_page(name: str) -> None:
    found = propose(PAGES[name], "https://m.example/search?q=bag")
    assert found is not None
    profile = Profile.model_validate({
        "name": "mm", "hosts": ["m.example"],
        "verified": {"date": "2026-11-26", "how": "guessed"}, "form": found["form"],
        "search": {"url": "https://m.example/search?q={keyword}&page={page}", "per_page": 10},
        "results": {key: found[key] for key in ("rows", "minimum", "fields")},
        "visit": "always", "item": {"fields": {"seller.id": "a::attr(href)"}},
    })  # fmt: skip
    rows = reading.read_results(profile, PAGES[name], "https://m.example/search?q=bag").rows
    got = [(row["title"].value, str(row["price"].value.amount), row["url"].value) for row in rows if "price" in row]
    assert got == [(f"Velmora bag {n}", f"{n}0.00", f"https://m.example/i/{n}00") for n in range(1, COUNT + 1)]


@pytest.mark.parametrize(
    ("url", "search"),
    [
        ("https://m.example/sch/i.html?_nkw=bag&_pgn=2", "https://m.example/sch/i.html?_nkw={keyword}&_pgn={page}"),
        ("https://m.example/find?cat=7&wort=bag", "https://m.example/find?cat=7&wort={keyword}&page={page}"),
        ("https://m.example/browse", "https://m.example/search?q={keyword}&page={page}"),
        ("https://m.example/s?k=red+bag&page=1&ref=nav", "https://m.example/s?k={keyword}&page={page}&ref=nav"),
    ],
)
def test_the_search_address_comes_from_the_page_that_was_saved(url: str, search: str) -> None:
    assert search_of(url) == search


def test_a_page_without_a_list_gives_nothing() -> None:
    assert propose(b"<html><body><p>Nothing was found</p></body></html>", "https://m.example/") is None
