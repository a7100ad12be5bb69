"""Endless lists: each piece leads to the next, whole pages and empty pieces do not."""

import pytest

from crawler.extract.page import read

CARDS = "".join(
    f'<div class="product"><a href="/p/{n}"><img src="/{n}.jpg"><h3>Clay cup {n}</h3></a><span>{n}9,00 €</span></div>'
    for n in (1, 2, 3)
)


def onward(html, url):
    return [link.url for link in read(html, url).links if "page=" in link.url or "p=" in link.url]


@pytest.mark.parametrize(
    ("url", "behind"),
    [
        ("https://cups.test/all?page=2", "https://cups.test/all?page=3"),
        ("https://cups.test/all?sort=new&p=9&view=x", "https://cups.test/all?sort=new&p=10&view=x"),
    ],
)
def test_a_piece_of_cards_leads_to_the_next(url, behind):
    assert onward(CARDS, url) == [behind]


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (f"<html><head><title>All</title></head><body>{CARDS}</body></html>", "https://cups.test/all?page=2"),
        (" ", "https://cups.test/all?page=4"),
        ("<p>Nothing more</p>", "https://cups.test/all?page=4"),
        (CARDS, "https://cups.test/all"),
        (CARDS, "https://cups.test/all?page=1"),
        (CARDS, "https://cups.test/all?page=20260301"),
    ],
)
def test_whole_pages_and_empty_pieces_lead_nowhere(html, url):
    assert onward(html, url) == []
