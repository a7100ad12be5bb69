"""Things that a list shows and that have no page of their own: found, and one thing on whatever page they stand."""

from __future__ import annotations

import pytest

from crawler.extract.offers import to_offers
from crawler.extract.page import read

SHOP = "https://shop.test"
CARD = '<div class=item><img src="/i/{k}.jpg"><h3>{name} {k}</h3><p>€{price}.00</p>{link}</div>'
PAGE = (
    "<!doctype html><html lang=en><head><title>Clay</title></head><body><h1>Clay shop</h1><main>{}</main></body></html>"
)


def offers(cards: list[str], path: str = "/"):
    found, _ = to_offers(read(PAGE.format("".join(cards)), SHOP + path), storefront="shop.test#1", url=SHOP + path)
    return found


def cards(
    link: str = "", numbers=range(4), name: str = "Vase", picture: str = "/i/{k}.jpg", more: int = 0
) -> list[str]:
    made = (CARD.format(k=k, name=name, price=20 + k + more, link=link.format(k=k)) for k in numbers)
    return [one.replace(f"/i/{k}.jpg", picture.format(k=k)) for k, one in zip(numbers, made, strict=True)]


@pytest.mark.parametrize(
    "link",
    [
        "",
        '<a href="/cart?add={k}">Add to cart</a>',
        '<a href="?add-to-cart={k}">Buy</a>',
        '<a href="https://wa.me/4912345678?text=Vase+{k}">Order by WhatsApp</a>',
        '<a href="https://www.paypal.com/cgi-bin/webscr?item={k}">Buy now</a>',
        '<a href="/contact?about={k}">Order</a>',
        '<a href="/i/{k}-large.jpg">Enlarge</a>',
        '<a href="/order">Order now</a>',
        '<a href="/index.html">Vase</a>',
    ],
)
def test_what_orders_a_thing_is_not_its_page(link) -> None:
    assert [(one.title, str(one.price.amount)) for one in offers(cards(link))] == [
        (f"Vase {k}", f"{20 + k}.00") for k in range(4)
    ]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/p/{k}">More</a>',
        '<a href="/p/{k}?sort=price&order=ASC">More</a>',
        '<a href="https://amazon.de/dp/{k}">Buy</a>',
    ],
)
def test_a_thing_with_a_page_is_left_to_it(link) -> None:
    assert offers(cards(link)) == []


def test_choices_that_share_a_page_are_left_to_it() -> None:
    assert offers(cards('<a href="/p/vase">More</a>', range(2))) == []


@pytest.mark.parametrize("small", ["/i/{k}-300x300.jpg", "/thumbs/{k}_small.jpg?v=2", "https://cdn.test/{k}.jpg"])
def test_the_same_thing_on_another_page_is_one_offer_whatever_it_costs_there(small) -> None:
    home, shelf = offers(cards()), offers(cards(numbers=range(2, 6), picture=small, more=1), "/shelf?q=vase")
    ids = [one.id for one in home]
    assert len(set(ids)) == 4
    assert [one.id for one in shelf[:2]] == ids[2:]
    assert not {one.id for one in shelf[2:]} & set(ids)


def test_what_differs_is_another_thing() -> None:
    home = {one.id for one in offers(cards())}
    assert not home & {one.id for one in offers(cards(name="Jug"))}
    assert not home & {one.id for one in offers(cards(picture="/i/9{k}.jpg"))}


def test_things_of_one_name_and_picture_at_two_prices_are_two() -> None:
    alike = [CARD.format(k=1, name="Oil", price=price, link="") for price in (5, 9, 9)]
    assert sorted(str(one.price.amount) for one in offers(alike)) == ["5.00", "9.00"]


def test_without_a_picture_the_price_tells() -> None:
    bare = [f"<div class=item><h3>Vase {k}</h3><p>€{20 + k}.00</p></div>" for k in range(4)]
    home, shelf = offers(bare), offers(bare[1:], "/shelf")
    assert len(home) == 4
    assert [one.id for one in shelf] == [one.id for one in home[1:]]
    dearer = offers([one.replace("€2", "€5") for one in bare], "/dear")
    assert not {one.id for one in dearer} & {one.id for one in home}
