import pytest

from tests.indicators.offers import abstentions, converted, flags, money


def test_the_flag_names_price_range_and_product():
    flag = flags("Velmora Aurelia tote", 199)["price.far_below_range"]
    assert flag.values == {
        "price": "199.00 EUR",
        "low": "1450 EUR",
        "high": "2900 EUR",
        "percent": 13,
        "product": "Aurelia tote",
        "identified_by": "name",
    }
    assert [p.path for p in flag.provenance] == ["//price", "//title"]


@pytest.mark.parametrize(
    ("price", "code"),
    [
        (2000, None),
        (1450, None),
        (1100, None),
        (943, None),
        (942, "price.below_range"),
        (580, "price.below_range"),
        (579, "price.far_below_range"),
        (1, "price.far_below_range"),
        (9999, None),
    ],
)
def test_the_bounds(price, code):
    found = {c for c in flags("Velmora Aurelia tote", price) if c.startswith("price.")}
    assert found == ({code} if code else set())


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"condition": "used"}, "used"),
        ({"title": "Velmora Aurelia tote, pre-owned"}, "used"),
        ({"price": None}, "no price"),
        ({"price": 0}, "zero"),
        ({"price": money(99, "SEK", candidates=("NOK", "DKK"))}, "ambiguous"),
        ({"price": money(99, "SEK")}, "no currency that can be compared"),
        ({"price": money(99, None)}, "no currency that can be compared"),
        ({"title": "Velmora bag"}, "no product"),
        ({"title": "Dust bag, Velmora Aurelia tote"}, "accessory"),
        ({"title": "Velmora Aurelia tote, sample"}, "set, sample"),
        ({"title": "Nuvix Volt charger 3 x"}, "set, sample"),
        ({"title": "Solcere Hydra serum"}, "pack size is not stated"),
        ({"title": "Solcere Hydra serum 15 ml"}, "another pack size"),
        ({"title": "Orsano Meridian watch or Orsano Tempo watch"}, "several products"),
    ],
)
def test_it_abstains_with_the_reason(fields, why):
    fields = {"title": "Velmora Aurelia tote", "price": 99} | fields
    assert not any(code.startswith("price.") for code in flags(**fields))
    assert why in abstentions(**fields)["price.below_range"].sentence


def test_a_converted_price_is_compared():
    assert "price.far_below_range" in flags("Velmora Aurelia tote", money(99, "USD"), converted=converted(89))


def test_the_dearest_reading_of_a_sign_is_enough():
    price = money(99, "USD", candidates=("CAD", "AUD"))
    flag = flags("Velmora Aurelia tote", price, converted=converted(89))["price.far_below_range"]
    assert flag.values["other_currencies"] == ["CAD", "AUD"]


@pytest.mark.parametrize(
    "title",
    [
        "Nuvix Netzteil Volt",
        "cargador de pared Nuvix Volt",
        "zapatilla de correr Stride de Kestrel",
        "Kestrel Gale wind jacket",
        "Montre Orsano Tempo",
        "H&V chemise Riviera",
        "Serum Hydra Solcere 30 ml",
        "Borsa Velmora Aurelia",
        "наушники Nuvix Pulse 3",
        "Сумка Вельмора Аурелия",
    ],
)
def test_products_are_known_in_other_languages(title):
    assert "price.far_below_range" in flags(title, 2)


@pytest.mark.parametrize(
    "title", ["Velmora petite wallet", "Nuvix 12 volt lamp", "Solcere hydra shampoo", "Solcere Nuit Duftkerze"]
)
def test_an_everyday_word_alone_names_no_product(title):
    assert "price.below_range" in abstentions(title, 2) or "brand.unauthorised" in flags(title, 2)
    assert not [code for code in flags(title, 2) if code.startswith("price.")]


def test_a_price_without_tax_may_grow():
    assert "price.below_range" in flags("Velmora Corda belt", money(180))
    assert "price.below_range" not in flags("Velmora Corda belt", money(180, tax="excluded"))


@pytest.mark.parametrize(
    ("title", "fields"),
    [
        ("Velmora handbag", {"sku": "vm-aur"}),
        ("Velmora handbag", {"mpn": "VM AUR"}),
        ("Velmora handbag VM-AUR", {}),
        ("Aurelia tote by VELMORA", {}),
        ("Bramholt OF12 filter", {}),
        ("Cardexa 20mg 28 tablets", {}),
        ("Solcere Hydra serum 30ml", {}),
        ("Solcere Hydra serum", {"pack": "30 ml"}),
    ],
)
def test_identity(title, fields):
    assert "price.far_below_range" in flags(title, 2, **fields)


@pytest.mark.parametrize(
    ("price", "fields", "share"),
    [
        (2175, {}, 1.0),  # the middle of 1450 to 2900
        (1849, {}, 0.85),
        (0.01, {}, 0.001),
        (None, {}, None),
        (1849, {"condition": "used"}, None),
        (money(1849, None), {}, None),
    ],
)
def test_what_an_offer_costs_beside_the_middle_of_regular_prices(price, fields, share):
    flag = flags("Velmora Aurelia tote", price, **fields).get("brand.unauthorised")
    assert (flag.values.get("of_middle") if flag else None) == share


@pytest.mark.parametrize(
    ("price", "judged"),
    [
        (money(680, "CNY", candidates=("JPY",)), True),  # 680 yen would be less still
        (money(680, "CNY", candidates=("EUR",)), False),  # a page that declares euros shows the sign: 680 EUR is more
        (money(680, "JPY", candidates=("CNY",)), False),
        (money(680, "DKK", candidates=("SEK", "NOK", "ISK")), True),
    ],
)
def test_a_sign_of_several_currencies_is_judged_in_the_dearest(price, judged):
    found = flags(title="Velmora Aurelia tote", price=price, converted=converted(87))
    assert ("price.far_below_range" in found) is judged
