"""Lists of goods without pages of their own: price lists, order forms, tickets and what is sold beside them."""

import pytest
from lxml import html

from crawler.extract.page import read
from crawler.extract.visible.card_name import find_name


def listed(rows, language="en"):
    body = f"<html lang='{language}'><body><main><h1>Order form</h1>{''.join(rows)}</main></body></html>"
    page = read(body.encode(), "https://shop.test/order")
    assert page.kind == "list"
    return page.products


def row(number, beside, price="<p>{}.50 €</p>"):
    shown = price.format(number + 10, number + 30)
    return f"<article><div><h4>Hand kettle no. {number}</h4></div><div>{shown}</div><div>{beside}</div></article>"


@pytest.mark.parametrize(
    ("count", "price"), [(80, "<p>{}.50 €</p>"), (150, "<p><ins>{}.50 €</ins> <del>{}.50 €</del></p>")]
)
def test_a_long_list_is_read_to_its_end(count, price):
    found = listed([row(number, "", price) for number in range(count)])
    assert [one.value("title") for one in found] == [f"Hand kettle no. {number}" for number in range(count)]
    assert [str(one.value("price").amount) for one in found] == [f"{number + 10}.50" for number in range(count)]


FIELD = "<fieldset><button type='button'>-</button><input type='number' name='item_1'></fieldset>"


def test_what_has_a_field_for_how_many_can_be_had_and_what_says_sold_out_cannot():
    beside = [
        FIELD,
        "<strong>SOLD OUT</strong>",
        "<input type='number' name='item_3' disabled>",
        "<button>Add to cart</button>",
    ]
    found = listed([row(number, one) for number, one in enumerate(beside)])
    assert [one.value("availability") for one in found] == ["InStock", "SoldOut", None, "InStock"]


@pytest.mark.parametrize("gone", ["Sold out", "SOLD OUT", "Ausverkauft", "Only 3 left in stock"])
def test_bold_words_for_what_can_be_had_name_nothing(gone):
    assert find_name(html.fromstring(f"<article><h5>S</h5><p>18.00 €</p><strong>{gone}</strong></article>")) is None
