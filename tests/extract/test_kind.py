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


CARDS = "".join(
    f'<a class="k" href="/item/{name.replace(" ", "-")}"><h3>{name}</h3><div class="p">€{price:.2f}</div></a>'
    for name, price in (("Round lamp", 49), ("Tall lamp", 79), ("Desk lamp", 29), ("Wall lamp", 19))
)


def test_the_first_card_of_a_list_without_a_heading_is_not_its_subject() -> None:
    """A catalogue kept by scripts was read as its first product, once more beside that product's own page."""
    data = '[{"name":"Round lamp","price":49,"sku":"RL"},{"name":"Tall lamp","price":79,"sku":"TL"}]'
    state = f'<script id="__NEXT_DATA__" type="application/json">{{"props":{{"products":{data}}}}}</script>'
    found = read(f'<html lang="en"><title>All | M</title><body><main>{CARDS}</main>{state}', "http://m.test/catalog")
    assert found.kind == "list"
    assert len(found.products) == 4


def test_a_measure_in_a_cards_name_is_no_price() -> None:
    """ "térmica 500" was taken for 500 Canadian dollars, so the card had no name, and the list was one product."""
    rows = "".join(
        f'<table><tr><td><p><a href="/peca-{n}.html">{name}</a></p><p><b>R$ {price}</b></p></td></tr></table>'
        for n, (name, price) in enumerate((("Garrafa térmica 500 ml", "89,90"), ("Cinto", "129,00"), ("Copo", "9,90")))
    )
    found = read(f'<html lang="pt"><title>Produtos</title><body><h1>Produtos</h1>{rows}', "http://m.test/lista.html")
    assert found.kind == "list"
    assert [one.value("title") for one in found.products] == ["Garrafa térmica 500 ml", "Cinto", "Copo"]


@pytest.mark.parametrize("said", ["Top replica.", "New and boxed, with all papers, as the first owner left them."])
def test_a_description_stands_under_its_heading_however_short(said: str) -> None:
    """The long sentence of a market's footer was taken for what a seller says of the goods."""
    foot = "<footer>M is a marketplace. All items are sold by independent sellers.</footer>"
    body = f"<h1>Old lamp</h1><p>EUR 49.00</p><button>Buy it now</button><h2>Description</h2><p>{said}</p>{foot}"
    found = read(f'<html lang="en"><title>Old lamp | M</title><body>{body}', "http://m.test/itm/1")
    assert found.products[0].value("description") == said
