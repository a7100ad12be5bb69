"""Amounts that are no price of goods and texts that are no name of one, on the pages of the wide web."""

from __future__ import annotations

import pytest

from crawler.extract import accounts
from crawler.extract.model import Page
from crawler.extract.page import read

LAMPS = [(f"Brass lamp number {n}", f"{20 + n}.50") for n in range(4)]
CARDS = "".join(
    f"<li class=item><a href=/p/{n}><img src=/{n}.jpg></a><a href=/p/{n}>{name}</a><span>£{price}</span></li>"
    for n, (name, price) in enumerate(LAMPS)
)


def page_of(inside: str, url: str = "http://s.test/lamps") -> Page:
    return read(f"<html lang=en><title>Lamps</title><body><h1>Lamps</h1>{inside}</body></html>", url)


def listed(page: Page) -> list[tuple[str, str]]:
    return [(one.value("title"), str(one.value("price").amount)) for one in page.products if page.kind == "list"]


@pytest.mark.parametrize(
    "entries",
    [
        ("Under £10", "£10 to £20 (7)", "£20 - £50", "£50 and under"),
        ("Gifts under £20", "Gifts up to £50", "less than £5 (2)"),
        ("bis 20 €", "unter 50 €", "20 € bis 50 € (3)"),
        ("jusqu'à 20 €", "moins de 30 €"),
        ("до 500 руб.", "дешевле 900 руб."),
    ],
)
def test_the_entries_of_a_filter_of_prices_are_no_goods(entries: tuple[str, ...]) -> None:
    links = "".join(f"<li><a href='?most={n}'>{text}</a></li>" for n, text in enumerate(entries))
    assert listed(page_of(f"<ul>{links}</ul><ul>{CARDS}</ul>")) == LAMPS
    assert page_of(f"<ul>{links}</ul>").kind == "other"


def test_few_headlines_with_a_sum_among_many_are_news() -> None:
    said = ["Council pays £900 for a painted chair", "The £150 kettle that learned to sing in a choir"]
    said += [f"Rain on the day of meeting number {n}" for n in range(6)]
    items = [f"<article><h2><a href=/n/{n}>{text}</a></h2><p>Read on.</p></article>" for n, text in enumerate(said)]
    assert page_of("".join(items), "http://s.test/").kind == "other"


def test_a_sum_in_a_name_is_one_among_names_whose_prices_stand_apart() -> None:
    said = [(f"Brook gift card - £{n}0 (by e-mail only)", f"{n}0.00") for n in (1, 2)]
    said += [(f"Brook painted table lamp number {n}", f"{n}9.50") for n in range(1, 8)]
    items = [
        f"<section><div><div><a href=/n/{n}><img src={n}.jpg></a><strong><a href=/n/{n}>Top seller</a></strong>"
        f'<h2 class="t"><a href=/n/{n}>{name}</a></h2></div></div><div><ul><li><a href=/n/{n}><span>Buy</span> '
        f'<span class="value" itemprop="price"><span>£</span>{price}</span></a></li></ul></div></section>'
        for n, (name, price) in enumerate(said)
    ]
    assert [name for name, _ in listed(page_of("".join(items)))] == [name for name, _ in said]


def test_names_of_goods_that_all_end_with_their_price_are_a_list() -> None:
    items = [f"<article><h2><a href=/n/{n}>{name} £{price}</a></h2></article>" for n, (name, price) in enumerate(LAMPS)]
    assert listed(page_of("".join(items))) == LAMPS


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("login", True), ("user/sign_up.html", True), ("loginRegister.html", True), ("ForgottenPassword.aspx", True),
        ("customer/account/login/", True), ("inscription.php", True), ("my-account", True), ("log-in-2", False),
        ("", False), ("cash-register", False), ("accounts/rosa", False), ("p/sign-of-brass", False),
    ],
)  # fmt: skip
def test_an_address_tells_where_one_logs_in(path: str, is_one: bool) -> None:
    assert accounts.is_of_an_account(f"http://s.test/{path}?back=/lamps") is is_one
    assert page_of(f"<ul>{CARDS}</ul>", f"http://s.test/{path}").kind == ("other" if is_one else "list")


@pytest.mark.parametrize(
    "button", ["View details »", "Info", "Weiterlesen", "Nouveau !", "prezzo online", "Add to shortlist"]
)
def test_a_button_names_nothing_where_a_picture_does(button: str) -> None:
    cards = "".join(
        f"<div><a href=/p/{n}><img src=/{n}.jpg alt='{name}'></a><p>£{price}</p><a href=/p/{n}>{button}</a></div>"
        for n, (name, price) in enumerate(LAMPS)
    )
    assert listed(page_of(cards)) == LAMPS


def test_bold_letters_that_end_a_statement_are_no_name() -> None:
    cards = "".join(
        f"<div><a href=/p/{n}><img src=/{n}.jpg>{name}</a>"
        f"<p><b>Guarantee available:</b> 3 year protection £5.00</p><p>£{price}</p></div>"
        for n, (name, price) in enumerate(LAMPS)
    )
    assert listed(page_of(cards)) == LAMPS


def test_initials_in_the_name_of_a_model_are_no_money() -> None:
    cards = (
        CARDS
        + "<li class=item><a href=/p/9><img src=/9.jpg></a><a href=/p/9>Orsel CLP 535 WH piano</a><span>£99.00</span>"
    )
    assert listed(page_of(cards)) == [*LAMPS, ("Orsel CLP 535 WH piano", "99.00")]


def test_the_goods_of_a_first_page_are_related_to_nothing() -> None:
    cards = f"<h2>You may also like</h2><ul class=related-products>{CARDS}</ul>"
    assert listed(page_of(cards, "http://s.test/")) == LAMPS
    assert page_of(cards, "http://s.test/stories/3").kind == "other"


def test_what_is_earned_above_an_amount_is_no_price() -> None:
    rows = "".join(f"<tr><td><a href=/l/{n}>Loan of bank {n}</a><td>£{n}0,000<td>4 %" for n in range(1, 5))
    table = f"<table><tr><th>Provider<th>Minimum salary<th>Rate{rows}</table>"
    assert page_of(table).kind == "other"


@pytest.mark.parametrize(
    "words",
    [
        "<p><strong>Home » Lamps » Brass</strong></p>",
        "<p>A lamp that will <b>shine all night</b> for you</p>",
        "<p><a href=/p/{n}>Price: £{price} &gt;</a></p>",
    ],
)
def test_trails_labels_and_parts_of_sentences_name_nothing(words: str) -> None:
    cards = "".join(
        f"<div>{words.format(n=n, price=price)}<p><a href=/p/{n}>{name}</a></p><p>£{price}</p></div>"
        for n, (name, price) in enumerate(LAMPS)
    )
    assert listed(page_of(cards)) == LAMPS


def test_many_goods_under_best_sellers_are_the_pages_own_and_few_are_not() -> None:
    items = [
        f"<div class=cell><a href=/p/{n}><img src=/{n}.jpg></a><a href=/p/{n}>Brass lamp number {n}</a>"
        f"<p>£2{n}.50</p></div>"
        for n in range(9)
    ]
    many, few = (page_of(f"<h2>Best sellers</h2>{''.join(items[:count])}", "http://s.test/brass") for count in (9, 4))
    assert (len(listed(many)), few.kind) == (9, "other")


def test_what_stands_for_a_picture_until_it_is_there_names_nothing() -> None:
    cards = "".join(
        f"<div><a href=/p/{n}><img src=/x.gif alt='Loading image'></a><p>{name}</p><p>£{price}</p></div>"
        for n, (name, price) in enumerate(LAMPS)
    )
    assert listed(page_of(cards)) == LAMPS
