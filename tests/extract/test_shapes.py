"""Every page shape says what a person wrote down about it, and nothing moves unseen."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

import crawler.extract
from crawler.extract.document import parse
from crawler.extract.offers import to_offers
from tests.extract import shapes


def same(got, wanted):
    if isinstance(wanted, list) and isinstance(got, list):
        return len(got) == len(wanted) and all(same(*pair) for pair in zip(got, wanted, strict=True))
    money = re.fullmatch(r"([\d.]+) ([A-Z]{3})", wanted) if isinstance(wanted, str) else None
    if money and isinstance(got, str):
        amount, _, code = got.partition(" ")
        return code == money[2] and Decimal(amount) == Decimal(money[1])
    return got == wanted


def test_there_are_enough_shapes():
    assert len(shapes.names()) >= 60


@pytest.mark.parametrize("name", shapes.names())
def test_a_shape_says_what_is_true(name):
    page = shapes.page(name)
    wrong = {
        key: (shapes.said(page, key), wanted)
        for key, wanted in shapes.expected(name)["truth"].items()
        if not same(shapes.said(page, key), wanted)
    }
    assert not wrong, "field: (read, true)"


@pytest.mark.parametrize("name", shapes.names())
def test_a_shape_has_not_moved(name):
    lines = shapes.moved(shapes.expected(name)["reading"], shapes.reading(shapes.page(name)))
    assert not lines, "look at `python -m tests.extract.shapes`, then accept with --accept"


@pytest.mark.parametrize("name", shapes.names())
def test_no_value_is_without_provenance(name):
    page = shapes.page(name)
    for product in page.products:
        for field in product.fields.values():
            place = field.provenance
            assert place.extractor
            assert place.path
            assert field.reason
    offers, rejected = to_offers(page, storefront="shop.test", url=page.url)
    assert not [reason for reason in rejected if reason.startswith("offer.invalid")]
    again, _ = to_offers(shapes.page(name), storefront="shop.test", url=page.url)
    assert [offer.id for offer in offers] == [offer.id for offer in again]


@pytest.mark.parametrize("name", shapes.names())
def test_places_lead_back_to_the_page(name):
    page = shapes.page(name)
    root = parse((shapes.PAGES / f"{name}.html").read_bytes(), page.url).root
    for product in page.products:
        for field in product.fields.values():
            path = field.provenance.path
            if path == "url":
                continue
            xpath = path.split("#")[0]
            assert root.xpath(xpath), f"{path} leads nowhere"


def test_reading_has_no_clock():
    for path in Path(crawler.extract.__file__).parent.rglob("*.py"):
        source = path.read_text("utf-8")
        assert not re.search(r"^(?:import|from) (?:time|random)\b|\.(?:now|utcnow|today)\(", source, re.M), path.name
