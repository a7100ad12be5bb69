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
