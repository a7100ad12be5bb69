"""What a platform's own catalogue says of a product."""

import json

import pytest

from crawler.extract.feeds.known import read_feed


@pytest.mark.parametrize(
    ("price", "before", "said"), [("0.00", "19.00", (None, None)), ("9.00", "19.00", ("9.00", "19.00"))]
)
def test_nothing_as_a_price_is_none(price: str, before: str, said: tuple[str | None, str | None]) -> None:
    """A theme that shows "price on request" has 0.00 in its catalogue."""
    variant = {"id": 1, "title": "Default Title", "price": price, "compare_at_price": before, "available": True}
    body = json.dumps({"products": [{"id": 7, "title": "Brook lantern", "handle": "brook", "variants": [variant]}]})
    product = read_feed("shopify", body.encode(), "https://shop.test/", "EUR").products[0]
    found = [product.value(name) for name in ("price", "list_price")]
    assert tuple(str(money.amount) if money else None for money in found) == said
