"""What a page is when it says no price of its own and shows other sellers' things, as marketplaces do."""

import pytest

from crawler.extract.page import read

OTHERS = "".join(
    f'<li class="c"><a href="/item/{n}">Other thing {n}</a> <span>€{n}0.00</span> <a href="/u/b">b</a></li>'
    for n in range(1, 5)
)
NODE = '{"@type": "Product", "name": "Old lamp", %s}'


def page(marks: str, said: str, related: str = "Also seen by visitors") -> str:
    return (
        f'<html lang="en"><title>Old lamp | Market</title><script type="application/ld+json">{marks}</script>'
        f'<body><main><h1>Old lamp</h1><p class="amount">{said}</p><p>Sold by <a href="/u/anna">anna</a></p>'
        f"<h2>{related}</h2><ul>{OTHERS}</ul></main></body></html>"
    )


@pytest.mark.parametrize("said", ["Ask the maker for its price", "Auf Anruf", ""])
@pytest.mark.parametrize(
    "own", ['"sku": "L-7"', '"offers": {"@type": "Offer", "seller": {"@type": "Person", "name": "anna"}}']
)
def test_a_marked_up_thing_without_a_price_is_a_product_beside_others(said: str, own: str) -> None:
    found = read(page(NODE % own, said), "http://m.test/item/77")
    assert found.kind == "product"
    assert found.products[0].value("title") == "Old lamp"
    assert found.products[0].value("price") is None
    assert found.products[0].value("seller") == "anna"


def test_a_category_that_is_marked_up_as_a_product_is_a_list() -> None:
    marks = NODE % '"aggregateRating": {"ratingValue": 4}'
    found = read(page(marks, "Our finest"), "http://m.test/c/lamps")
    assert found.kind == "list"


def compared(first: str, second: str, more: str = "") -> str:
    """A page of one thing with two rows of who sells it, and links that lead there."""
    rows = "".join(
        f"<tr><td>{name}</td><td>{price}</td><td>plus shipping</td><td>{link}</td></tr>"
        for name, price, link in (("North Audio", "€31.90", first), ("Harbour Hifi", "€34.50", second))
    )
    return (
        '<html lang="en"><title>Old lamp: compare prices</title><body><main><h1>Old lamp</h1>'
        f'<p>2 shops, from <b class="price">€31.90</b></p>{more}<table>{rows}</table></main></body></html>'
    )


AWAY = ('<a href="https://north.test/p/1">Visit shop</a>', '<a href="https://harbour.test/lamp">Visit shop</a>')
PASSED_ON = ('<a rel="nofollow" href="/out/north">Visit</a>', '<a rel="nofollow" href="/out/harbour">Visit</a>')
PAID = ('<a rel="sponsored" href="/r?s=1">To shop</a>', '<a rel="sponsored" href="/r?s=2">To shop</a>')


@pytest.mark.parametrize("links", [AWAY, PASSED_ON, PAID])
def test_what_other_shops_ask_is_no_offer_of_who_compares_them(links: tuple[str, str]) -> None:
    """An honest comparison site was flagged for the price of a shop that it names."""
    found = read(compared(*links), "http://prices.test/lamp-7")
    assert (found.kind, found.detail, found.products) == ("other", "comparison", ())


@pytest.mark.parametrize(
    ("links", "more"),
    [
        (AWAY, '<form action="/cart/add"><button name="add" value="7">Add to cart</button></form>'),
        (('<a href="/p/1">Details</a>', '<a href="/p/2">Details</a>'), ""),
        (('<a href="https://www.klarna.com/pay">Pay later</a>', '<a href="https://www.paypal.com/x">In 3</a>'), ""),
        (AWAY[:1] * 2, ""),
    ],
)
def test_a_shops_own_price_is_its_own(links: tuple[str, str], more: str) -> None:
    assert read(compared(*links, more), "http://lamps.test/lamp-7").detail != "comparison"
