"""Names of elements: what is told apart by first letters is what the patterns themselves would find."""

import re

import pytest

from crawler.extract import names
from crawler.extract.regions import opened
from crawler.extract.visible import price_names


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("mini-cart", "cart"), ("minicart", "cart"), ("site cart_items", None), ("cart-items", "cart"),
        ("block\tupsells", "related"), ("upsell", "related"), ("up-sells", "related"),
        ("product-recommendations", "related"),
        ("x also-boughtitems", "related"), ("youmaylike", "related"), ("grouped_form", "grouped"),
        ("refinements", "filter"), ("pricefilter", "filter"), ("ReviewS", "review"), ("main\nbreadcrumb", "nav"),
        ("footnote", None), ("page-foot", "footer"), ("topheader", "header"), ("left-boxcontainer", "aside"),
        ("left_column", "aside"), ("column right-column", "aside"), ("pb-right-column", None),
        ("product_left-column", None),
        ("product-card", None), ("carton", None), ("d-none", "unseen"), ("d-none d-md-block", None),
    ],
)  # fmt: skip
def test_a_name_opens_its_region(name, region):
    assert opened("div", {"class": name}).region == region


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("brand-name", "brand"), ("hasBrand", None), ("info has-brand", None),
        ("productSku", "sku"), ("sku-selector", None), ("sku-select", None),
        ("itemnumber", "sku"), ("model_no", None), ("model-no", "sku"), ("in-stock", "availability"),
        ("outof-stock", "availability"), ("stockpot", None), ("myBreadCrumb", "trail"), ("sku breadcrumb", "sku"),
        ("breadcrumb sku", "trail"), ("soldby", "seller"),
    ],
)  # fmt: skip
def test_a_name_holds_its_value(name, value):
    assert opened("div", {"id": name}).value == value


def test_names_of_prices_are_those_that_their_patterns_find():
    joined = [
        f"{a}{sign}{b}"
        for a in ("price", "old", "sale", "with", "x")
        for b in ("price", "list", "was", "y")
        for sign in "-_ "
    ]
    for name in joined:
        found = price_names.said.__wrapped__(name)
        low = f" {name}"
        assert tuple(found)[1:] == tuple(pattern.search(low) is not None for pattern in price_names._PATTERNS), name


def test_both_spellings_of_an_optional_hyphen_are_seen():
    seen = names.beginnings(["out-?of-?stock upsells?"])
    for text in (" out-of-stock", "_outof-stock", "-upsell", " out-ofstock"):
        assert next(seen.iter(text), None), text
    assert next(seen.iter(" about"), None) is None


def test_an_alternative_that_begins_with_no_letter_is_refused():
    with pytest.raises(ValueError, match=re.escape("(?:a|b)")):
        names.beginnings(["(?:a|b)"])
