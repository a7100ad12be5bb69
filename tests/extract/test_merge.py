"""Who wins when the sources of a page disagree, and that the reason is said."""

from decimal import Decimal

import pytest

from crawler.extract.page import read

URL = "https://shop.test/oak-stool"


def page(ld_price, shown, currency="EUR", more=""):
    data = f'{{"@type":"Product","name":"Oak Stool","offers":{{"price":{ld_price},"priceCurrency":"{currency}"}}}}'
    return read(
        f'<html lang="de"><head><title>Oak Stool</title><script type="application/ld+json">{data}</script></head>'
        f"<body><main><h1>Oak Stool</h1>{shown}<button>In den Warenkorb</button></main>{more}</body></html>",
        URL,
    )


@pytest.mark.parametrize(
    ("ld_price", "shown", "amount", "reason"),
    [
        ('"49.90"', "<p>49,90 €</p>", "49.90", "displays it too"),
        ("4990", "<p>49,90 €</p>", "49.90", "power of ten"),
        ('"0"', "<p>49,90 €</p>", "49.90", "says 0"),
        ('"41.93"', "<p>49,90 € inkl. MwSt.</p><p>41,93 € netto</p>", "49.90", "with tax"),
        ('"45.00"', "<p>49,90 €</p>", "45.00", "highest source"),
        ('"49.90"', "", "49.90", "only source"),
    ],
)
def test_the_price_that_wins_and_why(ld_price, shown, amount, reason):
    field = page(ld_price, shown).products[0].fields["price"]
    assert field.value.amount == Decimal(amount)
    assert reason in field.reason


def test_what_lost_is_kept_with_its_place_and_reason():
    field = page('"45.00"', "<p>49,90 €</p>").products[0].fields["price"]
    (loser,) = field.losers
    assert loser.value.amount == Decimal("49.90")
    assert loser.provenance.extractor == "visible"
    assert loser.provenance.path == "/html/body/main/p"
    assert loser.reason


def test_a_list_price_that_is_not_above_the_price_is_none():
    assert "list_price" not in page('"49.90"', "<p><s>39,90 €</s> 49,90 €</p>").products[0].fields


def test_an_internal_id_is_no_article_code_when_the_page_shows_one():
    html = (
        '<html><head><title>Oak Stool</title><script type="application/ld+json">{"@type":"Product",'
        '"name":"Oak Stool","sku":"17","offers":{"price":"5.00","priceCurrency":"USD"}}</script></head>'
        "<body><h1>Oak Stool</h1><p>Model: OS-1</p><p>$5.00</p></body>"
    )
    sku = read(html, "https://shop.test/product_info.php?products_id=17").products[0].fields["sku"]
    assert (sku.value, "internal id" in sku.reason) == ("OS-1", True)
    assert [loser.value for loser in sku.losers] == ["17"]


def test_digits_that_could_mean_two_amounts_are_said_to():
    html = "<html><head><title>Oak Stool</title></head><body><h1>Oak Stool</h1><p>KWD 12.750</p></body></html>"
    found = read(html, URL)
    price = found.products[0].fields["price"]
    assert price.value.amount == Decimal("12.750")
    assert "could also mean 12750" in price.reason
    assert found.problems == {"price.ambiguous_amount": 1}


def test_the_id_of_a_neighbours_cart_form_is_not_the_subjects():
    form = '<form action="/basket/add/{}/"><button>Add to basket</button></form>'
    card = f'<li><article><a href="/p/bugs_81/">Bugs</a><p>£3.99</p>{form}</article></li>'
    sold_out = (
        f"<h1>Love</h1><p>£9.99</p><p>Unavailable</p><h2>Recommended</h2><ul>{card.format(81)}{card.format(80)}</ul>"
    )
    page = read(f"<html><body><main>{sold_out}</main></body></html>", "http://s.test/p/love_82/")
    assert [product.value("shop_product_id") for product in page.products] == [None]


@pytest.mark.parametrize(
    ("text", "button", "price"),
    [
        ("<h1>ウールのマフラー</h1><p>¥19,800</p><p>在庫あり、すぐに発送します</p>", "カートに入れる", "19800 JPY"),
        (
            "<h1>手机支架 铝合金</h1><p>¥88.00</p><p>有货，收到后七日内可退，请联系我们</p>",
            "加入购物车",
            "88.00 CNY",
        ),
    ],
)
def test_a_yen_sign_is_of_the_language_that_a_page_is_written_in_without_naming_it(text, button, price):
    page = read(f"<html><body><main>{text}<button>{button}</button></main></body></html>", URL)
    assert [f"{one.value('price').amount} {one.value('price').currency}" for one in page.products] == [price]
    assert page.products[0].value("price").candidates == ()


@pytest.mark.parametrize(
    ("title", "text", "price"),
    [
        ("手机支架 铝合金", "有货，收到后七日内可退，请联系我们", "88 CNY"),
        ("ウールのマフラー", "在庫あり、すぐに発送します", "88 JPY"),
        ("Shiba ゴジラ figure", "Ships from Japan, ウールのマフラー", "88 JPY"),
        ("Shiba Godzilla figure", "在庫あり、すぐに発送します、お問い合わせはこちら", "88 JPY"),
        ("Tripod head 3.5 kg", "有货，收到后七日内可退，请联系我们", "88 CNY"),
    ],
)
def test_a_template_s_english_says_nothing_where_title_or_text_is_in_other_letters(title, text, price):
    goods = f"<h1>{title}</h1><p>¥88</p><button>Add to cart</button><p>{text}</p>"
    html = f'<html lang="en"><title>{title}</title><body>{goods}'
    money = read(html, "https://s.test/p/1").products[0].fields["price"].value
    assert f"{money.amount} {money.currency}" == price


@pytest.mark.parametrize("lang", ["zh-Hant", "en"])
def test_a_dollar_on_a_page_in_traditional_letters_is_first_of_all_taiwan_s(lang):
    goods = "<h1>羊毛圍巾</h1><p>$1,280</p><button>加入購物車</button><p>現貨，七日內可退貨，訂單滿額免運</p>"
    html = f"<html lang={lang}><title>羊毛圍巾</title>{goods}"
    money = read(html, "https://s.test/p/1").products[0].value("price")
    assert (money.currency, "HKD" in money.candidates) == ("TWD", True)


def test_a_price_with_a_colon_and_a_dash_is_one_without_a_sign():
    page = read("<html lang=sv><body><main><h1>Garnkorg</h1><p>349:-</p><button>Köp</button></main></body></html>", URL)
    assert [str(one.value("price").amount) for one in page.products] == ["349"]


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("/item?id=SM-1000&from=list1", "SM-1000"),
        ("/product.php?id=17", "17"),
        ("/artikel/?no=A4", "A4"),
        ("/products.php?id=17", None),  # a script of lists may show one of them
        ("/item?id=new", None),
        ("/page.php?id=17", None),
    ],
)
def test_the_id_in_an_address_is_the_products_where_the_path_speaks_of_one(address, known):
    html = "<html><body><main><h1>Brass hook</h1><p>£9.99</p><button>Add to basket</button></main></body></html>"
    page = read(html, f"http://s.test{address}")
    assert [product.value("shop_product_id") for product in page.products] == [known]


def test_a_name_with_a_rare_sign_of_money_in_it_stays_a_name():
    row = "<table><tr><td><img src=v.gif><td><b>{}</b><br>Cena: {} EUR<br><a href='mailto:i@s.test'>order</a></table>"
    rows = (("Lokomotiva BR 64, H0", "189,00"), ("Objektiv KM 50", "24,50"), ("Transformator 230 V", "62,00"))
    page = read(f"<html><body>{''.join(row.format(*one) for one in rows)}</body></html>", "http://s.test/")
    assert [product.value("title") for product in page.products] == [name for name, _ in rows]


def test_a_code_that_looks_like_money_lends_no_currency_to_a_price_without_one():
    rows = "<tr><td>Item no.<td>Q37<tr><td>Price<td>8.500,-<tr><td><input type=submit value='Læg i kurv'>"
    page = read(f"<html><body><h1>Teak skab</h1><table>{rows}</table></body></html>", "http://s.test/p/1")
    assert [(str(one.value("price").amount), one.value("price").currency) for one in page.products] == [("8500", None)]


def test_a_name_that_was_escaped_three_times_is_opened():
    data = '{"@type":"Product","name":"Dorn &amp;amp; Vale belt","offers":{"price":"9","priceCurrency":"EUR"}}'
    script = f'<script type="application/ld+json">{data}</script>'
    page = read(f"<html><head>{script}</head><body><main><p>9,00 €</p></main></body></html>", URL)
    assert [one.value("title") for one in page.products] == ["Dorn & Vale belt"]


@pytest.mark.parametrize(
    ("marked", "said", "price", "listed"),
    [
        ("100.00", "<del>£100.00</del> <ins class='price'>£60.00</ins>", "60.00", "100.00"),
        ("55.00", "<del>£100.00</del> <ins class='price'>£60.00</ins>", "55.00", "100.00"),
        ("100.00", "<span class='price'>£60.00</span>", "100.00", None),
    ],
)
def test_mark_up_that_gives_the_former_price_was_written_before_the_sale(marked, said, price, listed):
    offer = f'{{"price": "{marked}", "priceCurrency": "GBP"}}'
    node = f'{{"@type": "Product", "name": "Brook lantern", "offers": {offer}}}'
    html = (
        f'<html lang="en"><title>Brook lantern</title><script type="application/ld+json">{node}</script><body><div>'
        f"<h1>Brook lantern</h1><p>{said}</p><form action='/add'><button name='add'>Add to cart</button></form></div>"
    )
    product = read(html, "http://shop.test/p/brook-lantern").products[0]
    amounts = [str(money.amount) if (money := product.value(name)) else None for name in ("price", "list_price")]
    assert amounts == [price, listed]
