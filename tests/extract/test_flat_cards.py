"""Lists whose names and prices follow each other on one level, without an element around the two."""

from __future__ import annotations

import pytest

from crawler.extract.page import read

LAMPS = [(f"Brass lamp {n}", f"{20 + n}") for n in range(4)]


def listed(inside: str, url: str = "http://s.test/lamps") -> list[tuple[str, str]]:
    page = read(f"<html lang=en><body><h1>Lamps</h1>{inside}</body></html>", url)
    return [(one.value("title"), str(one.value("price").amount)) for one in page.products if page.kind == "list"]


@pytest.mark.parametrize(
    "row",
    [
        "<dt><a href=/p/{n}>{name}</a></dt><dd>€{price}</dd>",
        "<dt><a href=/p/{n}>{name}</a></dt><dd>A fine lamp</dd><dd><s>€90</s> <b>€{price}</b></dd>",
        "<h3><a href=/p/{n}>{name}</a></h3><p>€{price}</p>",
        "<h4><a href=/p/{n}>{name}</a></h4><img src=/{n}.jpg><p><span>€{price}</span></p>",
    ],
)
def test_a_linked_name_and_its_price_behind_it_are_a_card(row: str) -> None:
    assert listed("".join(row.format(n=n, name=name, price=price) for n, (name, price) in enumerate(LAMPS))) == LAMPS


def test_rows_of_one_product_are_no_list() -> None:
    rows = "<dt>Price<dd>€49<dt><a href=/shipping>Shipping</a><dd>€5<dt><a href=/deposit>Deposit</a><dd>€2"
    page = read(f"<html lang=en><body><h1>Lamp</h1><dl>{rows}</dl><button>Add to cart</button>", "http://s.test/p/1")
    assert [(page.kind, str(one.value("price").amount)) for one in page.products] == [("product", "49")]


@pytest.mark.parametrize(
    ("codes", "prices", "wanted"),
    [
        (("Q07", "Q17", "Q27"), ("€20", "€21", "€22"), ["20", "21", "22"]),
        (("KM50", "KM60", "KM70"), ("20,00 €", "21,00 €", "22,00 €"), ["20.00", "21.00", "22.00"]),
        (("1", "2", "3"), ("R120", "R130", "R140"), ["120", "130", "140"]),
    ],
)
def test_a_column_of_codes_is_none_of_prices(
    codes: tuple[str, ...], prices: tuple[str, ...], wanted: list[str]
) -> None:
    cells = "".join(f"<tr><td>{code}<td><a href=/p/{code}>Lamp number {code}</a><td>{price}"
                    for code, price in zip(codes, prices, strict=True))  # fmt: skip
    assert [price for _, price in listed(f"<table>{cells}</table>")] == wanted


@pytest.mark.parametrize("sign", ["руб.", "kr.", "грн."])
def test_the_stop_of_a_shortened_sign_ends_no_sentence(sign: str) -> None:
    rows = "".join(
        f"<div><a href=/p/{n}>A lamp of solid brass {n}</a><span>{n}50 {sign}</span></div>" for n in (1, 2, 3)
    )
    assert [price for _, price in listed(rows)] == ["150", "250", "350"]


@pytest.mark.parametrize(
    ("name", "price", "amount"),
    [
        ("Meridian 40", "690,00 €", "690.00"),
        ("Replica 1:1", "399,00 zł", "399.00"),
        ("Pulse 3", "69 €", "69"),
        ("Brass lamp 12", "99 kr", "99"),
        ("Brass lamp 1", "<b>299</b>,00 €", "299.00"),
    ],
)
def test_a_number_at_the_end_of_a_name_is_no_part_of_the_price(name: str, price: str, amount: str) -> None:
    rows = "".join(f"<div><a href=/p/{n}>Thing {'abc'[n]} {name}</a><span>{price}</span></div>" for n in range(3))
    assert [price for _, price in listed(rows)] == [amount] * 3
    page = read(
        f"<html><body><h1>Clock {name} <span>{price}</span></h1><button>Add to cart</button>", "http://s.test/p/1"
    )
    assert [str(one.value("price").amount) for one in page.products] == [amount]
