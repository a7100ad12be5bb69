"""What a post offers."""

from decimal import Decimal

import pytest

from crawler.extract.model import PostReading
from crawler.extract.post_offers import to_post, to_post_offer
from crawler.money import Hints


def post(text: str) -> PostReading:
    return PostReading("ann", "http://w.test/@ann", "http://w.test/p/1", text, None, (), "/html/body/article")


@pytest.mark.parametrize(
    ("text", "amount"),
    [("Velmora tote 45 €, pick up only", "45"), ("Сумка, ціна 1 450 грн", "1450"), ("New bag, DM for price", None)],
)
def test_an_offer(text: str, amount: str | None) -> None:
    offer = to_post_offer(post(text), storefront="w.test:ann#1", hints=Hints())
    assert offer is not None
    assert (offer.price.amount if offer.price else None) == (Decimal(amount) if amount else None)
    assert offer.provenance["title"].path == "/html/body/article"


@pytest.mark.parametrize("text", ["Soup weather #style", "Our 3 new shelves are up", "", "I saw the admin yesterday"])
def test_no_offer(text: str) -> None:
    assert to_post_offer(post(text), storefront="w.test:ann#1", hints=Hints()) is None


def test_a_repeat_is_the_same_post_and_another_text_is_not() -> None:
    ids = [to_post(post(text), storefront="w.test:ann#1").id for text in ("Bag 4 €", "Bag 4 €", "Bag 5 €")]
    assert ids[0] == ids[1] != ids[2]
