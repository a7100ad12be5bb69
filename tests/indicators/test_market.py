from dataclasses import replace
from decimal import Decimal

import pytest

from crawler.indicators import market
from crawler.indicators.flags import flag_offer
from crawler.indicators.reading.offer import read
from crawler.indicators.references import Product, price_of, reference, step_of
from tests.indicators.offers import CHARGER, SHOP, VOTES, context, converted, money, offer


def view(product, prices):
    known = reference(product, [step_of(Decimal(str(price))) for price in prices])
    return replace(context(), references={product: known}).at(SHOP)


def market_flag(item, at=None):
    found = [flag for flag in flag_offer(item, at or context()) if flag.code == "price.below_market"]
    return found[0] if found else None


def test_the_flag_names_what_it_was_compared_with():
    flag = market_flag(offer("Nuvix Volt charger", 21))
    assert flag.values["storefronts"] == 12
    assert flag.values["market_version"] == reference(CHARGER, VOTES).version
    assert {"quarter", "median", "upper_quarter", "percent", "price"} <= flag.values.keys()
    quarter = Decimal(flag.values["quarter"].split()[0])
    assert Decimal(21) < quarter * market.BELOW


@pytest.mark.parametrize(
    ("title", "price", "fields"),
    [
        ("Nuvix Volt charger", 25, {}),
        ("Nuvix Volt charger", 21, {"condition": "used"}),
        ("Nuvix Volt charger 3 x", 21, {}),
        ("Cable for Nuvix Volt charger", 2, {}),
        ("Nuvix Volt charger", money(21, "SEK"), {}),
        ("Nuvix Volt charger", money(21, None), {}),
        ("Nuvix Volt charger", money(21, tax="excluded"), {}),
        ("Nuvix Pulse 3 earbuds", 20, {}),
        ("Nuvix Volt charger", None, {}),
    ],
)
def test_what_is_not_low_or_not_clear_raises_nothing(title, price, fields):
    assert market_flag(offer(title, price, **fields)) is None


def test_a_price_in_another_currency_is_compared_as_converted():
    assert market_flag(offer("Nuvix Volt charger", money(230, "SEK"), converted=converted(21))).state == "raised"


def test_authorised_sellers_are_not_compared():
    assert market_flag(offer("Nuvix Volt charger", 5), context().at("voltwerk.test")) is None


NO_RANGE = Product("Nuvix", "Volt charger", "", "USD")


@pytest.mark.parametrize(
    ("prices", "reason"),
    [([40] * 7, "few observations"), ([], "few observations"), ([10] * 5 + [40] * 5, "divided market")],
)
def test_a_thin_or_divided_market_cannot_tell(prices, reason):
    item = offer("Nuvix Volt charger", money(2, "USD"))
    at = view(NO_RANGE, prices)
    assert market_flag(item, at) is None  # the register has a range, in another currency
    brand = at.register.entries["Nuvix"].brand
    lines = tuple(line.model_copy(update={"price": {}}) for line in brand.lines)
    entry = replace(at.register.entries["Nuvix"], brand=brand.model_copy(update={"lines": lines}))
    register = replace(at.register, entries={**at.register.entries, "Nuvix": entry})
    flag = market_flag(item, replace(at, register=register))
    assert flag.state == "abstained"
    assert flag.values["reason"] == reason


@pytest.mark.parametrize(("false", "found"), [(0, True), (2, True), (40, True), (80, False)])
def test_false_votes_upwards_need_three_quarters_and_downwards_only_hide(false, found):
    honest = [38 + k % 8 for k in range(24)]
    low = view(CHARGER, honest + [5] * (false // 10))
    high = view(CHARGER, honest + [400] * false)
    assert (market_flag(offer("Nuvix Volt charger", 28), high) is None) is found
    assert market_flag(offer("Nuvix Volt charger", 28), low) is None


def test_votes_leave_out_what_was_reckoned_or_could_be_another():
    def votes(**fields):
        return market.votes(read(offer("Nuvix Volt charger", **fields), context()))

    assert votes(price=40) == {CHARGER: step_of(Decimal(40))}
    assert votes(price=money(40, tax="excluded")) == {}
    assert votes(price=money(40, "USD", candidates=("CAD",))) == {}
    assert votes(price=40, condition="used") == {}
    assert market.votes(read(offer("Nuvix Volt charger", 40), context().at("voltwerk.test"))) != {}


@pytest.mark.parametrize("amount", ["0", "-1", "NaN", "Infinity", "1e-30", "1e60"])
def test_what_is_no_price_is_no_step(amount):
    assert step_of(Decimal(amount)) is None


@pytest.mark.parametrize("amount", ["0.01", "0.99", "1", "3.5", "149.99", "12000"])
def test_a_step_holds_its_price(amount):
    step = step_of(Decimal(amount))
    assert price_of(step) <= Decimal(amount) * Decimal("1.001")
    assert price_of(step + 1) > Decimal(amount) * Decimal("0.999")


def test_equal_votes_have_equal_versions():
    assert reference(CHARGER, [3, 1, 2]) == reference(CHARGER, [1, 2, 3])
    assert reference(CHARGER, [3, 1]).version == reference(CHARGER, [1, 3]).version != reference(CHARGER, [1]).version


def test_a_thousand_dear_storefronts_of_one_owner_do_not_make_a_regular_price_low():
    dear = [90] * 1000 + [30, 32, 35, 39, 41, 45, 48, 30, 33]
    item = offer("Nuvix Volt charger", 35)
    assert market_flag(item, view(Product("Nuvix", "Volt charger", "", "EUR"), dear)) is None
    assert market_flag(offer("Nuvix Volt charger", 16), view(Product("Nuvix", "Volt charger", "", "EUR"), dear))


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-1", "0", "1e-40", "1e60"])
def test_absurd_prices_are_no_votes(amount):
    assert step_of(Decimal(amount)) is None
