"""Templates in the page itself, whose places for prices a script fills with data that the page carries."""

import json

import pytest

from crawler.extract.page import read

ROWS = [
    {"id": 7, "price": "49.00", "was": "79.00", "stock": 0, "code": "HK-7", "specs": {"size": "S"}},
    {"id": 8, "price": "59.00", "was": "89.00", "stock": 4, "code": "HK-8", "specs": {"size": "M"}},
]
NEIGHBOURS = [{"name": "Milk jug", "price": "5.00", "stock": 3}, {"name": "Tea towel", "price": "6.00", "stock": 3}]


def product(shown, data):
    html = (
        "<html lang='en'><head><title>Hand kettle</title><script src='/vue.js'></script></head><body><main>"
        f"<h1>Hand kettle</h1>{shown}<button>Add to cart</button><p>Boils water over any fire, even out of doors.</p>"
        f"</main><script type='application/json' id='data'>{json.dumps(data)}</script></body></html>"
    )
    return read(html.encode(), "https://shop.test/goods/7")


@pytest.mark.parametrize(
    "place", ["{{ %s }}", "{$ %s $}", "[[ %s ]]", "{%% %s %%}", "${%s}", "{{ %s | money }}"], ids=str
)
def test_a_place_for_a_price_is_filled_by_the_choice_that_can_be_had(place):
    page = product(f"<del>£{place % 'sku.was'}</del> <b>£{place % 'sku.price'}</b>", ROWS)
    found = page.products[0]
    price, former = found.value("price"), found.value("list_price")
    assert (str(price.amount), price.currency, str(former.amount)) == ("59.00", "GBP", "89.00")
    assert (found.value("sku"), found.value("availability")) == ("HK-8", "InStock")


def test_a_former_price_that_is_not_above_the_price_is_none():
    page = product("<del>£{{ sku.was }}</del> <b>£{{ sku.price }}</b>", {"price": 49, "was": 49})
    assert page.products[0].value("price").amount == 49
    assert page.products[0].value("list_price") is None


@pytest.mark.parametrize(
    "data",
    [
        NEIGHBOURS,
        {"name": "Milk jug", "offer": {"price": 5}},
        {"related": [{"price": 5}]},
        {"price": None},
        {"price": {"amount": 5}},
    ],
    ids=str,
)
def test_data_of_other_things_fill_no_place_and_the_page_needs_its_script(data):
    page = product("<b>£{{ sku.price }}</b>", data)
    assert not any(one.value("price") for one in page.products)
    assert page.needs_javascript == "unfilled"


def test_a_named_object_is_the_heading_s_among_neighbours():
    page = product("<b>£{{ sku.price }}</b>", [*NEIGHBOURS, {"label": "", "name": "Hand kettle", "price": 59}])
    assert page.products[0].value("price").amount == 59
