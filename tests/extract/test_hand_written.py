"""Goods written by hand in a blog's pages, and what their own sentences say beside the price."""

import pytest

from crawler.extract.page import read


def product(body, language="de"):
    name = body.partition("<h1>")[2].partition("</h1>")[0]
    html = f'<html lang="{language}"><head><title>{name} – Laden</title></head><body><main>{body}</main></body></html>'
    page = read(html.encode(), "https://laden.test/handkessel/")
    assert page.kind == "product"
    return page.products[0]


@pytest.mark.parametrize(
    "costs", ["inkl. MwSt., zzgl. 4,90 € Versand", "zzgl. Versand", "inkl. 19 % MwSt. zzgl. Porto"]
)
def test_shipping_to_be_added_makes_no_price_a_net_one(costs):
    price = product(
        f"<h1>Handkessel</h1><p>Preis: 49,90 € {costs}</p><p>Art.-Nr. HK-7</p><p>Ab 50 € versandkostenfrei</p>"
    ).value("price")
    assert (str(price.amount), price.tax == "excluded") == ("49.90", False)


@pytest.mark.parametrize("tax", ["zzgl. MwSt.", "zzgl. 19 % MwSt.", "zzgl. gesetzl. USt."])
def test_tax_to_be_added_does(tax):
    assert (
        product(f"<h1>Handkessel</h1><p>Preis: 49,90 € {tax}</p><p>Art.-Nr. HK-7</p>").value("price").tax == "excluded"
    )


@pytest.mark.parametrize(
    "line",
    [
        "Artikelnummer: HK-17. Varumärke: Norvik.",
        "Varumärke: Norvik; Artikelnummer: HK-17",
        "Varumärke: Norvik, artikelnr: HK-17",
    ],
)
def test_a_sentence_holds_several_labelled_values(line):
    found = product(f"<h1>Handkittel</h1><p>Pris 490 kr</p><p>{line}</p>", "sv")
    assert (found.value("sku"), found.value("brand")) == ("HK-17", "Norvik")


def test_a_code_in_a_sentence_that_opens_otherwise_is_no_value():
    said = "40% off everything. Code: SAVE40"
    assert product(f"<h1>Hand kettle</h1><p>Price: £49</p><p>Brand: Norvik</p><p>{said}</p>", "en").value("sku") is None


@pytest.mark.parametrize(("said", "meaning"), [("Em estoque", "InStock"), ("Esgotado", "OutOfStock")])
def test_bars_part_a_statement_too(said, meaning):
    line = f"Marca: Norvik | Cód.: HK-17 | {said}"
    assert product(f"<h1>Chaleira</h1><h2>R$ 490,00</h2><p>{line}</p>", "pt").value("availability") == meaning


@pytest.mark.parametrize(("said", "meaning"), [("あり", "InStock"), ("なし", "OutOfStock")])
def test_yes_and_no_answer_whether_it_is_in_stock(said, meaning):
    found = product(f"<h1>手鍋</h1><p>価格：4,900円<br>品番：HK-17<br>在庫：{said}</p>", "ja")
    assert found.value("availability") == meaning


def test_who_wrote_the_page_is_no_maker():
    name = '<div class="wp-block-post-author"><div><p class="wp-block-post-author__name">admin</p></div></div>'
    author = f"<div><p>by</p>{name}</div>"
    assert product(f"<h1>Hand kettle</h1><p>Price: £49</p><p>SKU: HK-17</p>{author}", "en").value("brand") is None


def test_the_menu_beside_the_prices_of_variations_makes_no_cards_of_them():
    prices = "".join(f'<li id="v{size}"><span class="price">129,99 €</span></li>' for size in "SML")
    menu = '<ul class="side-menu"><li><a href="/">Start</a></li><li><a href="/licht/">Licht</a></li></ul>'
    buy = '<form method="post"><input type="submit" name="add_cart" value="In den Warenkorb"></form>'
    html = (
        f"<div><h1>Winterjacke</h1></div><div><div>{menu}</div><div><p>Seit 1987.</p><ul>{prices}</ul>{buy}</div></div>"
    )
    assert str(product(html).value("price").amount) == "129.99"


def test_a_standard_price_is_the_former_one_beside_a_sales_price():
    prices = '<span class="for-sale-standard-price">28,50 €</span> * <span class="for-sale-price">14,25 €</span> *'
    found = product(f"<h1>Kettenöl</h1><div>{prices}</div><p>Art.-Nr. HK-17</p><button>In den Warenkorb</button>")
    assert [str(found.value(name).amount) for name in ("price", "list_price")] == ["14.25", "28.50"]


def test_the_entries_of_a_blog_are_cards_where_their_sentences_say_the_price():
    goods = (("Handkessel", "49,90"), ("Pfanne", "1.299,00"), ("Topf", "9"))
    said = "Ein Stück in kleiner Serie, seit 1987 gefertigt und selbst ein Jahr lang benutzt. Preis:"
    entries = "".join(
        f'<article><h2><a href="/{name.lower()}/">{name}</a></h2>'
        f"<div><p>{said} {price} € inkl. MwSt., zzgl. 4,90 € Versand. Per E-Mail.</p></div></article>"
        for name, price in goods
    )
    page = read(f'<html lang="de"><title>Laden</title><body><main>{entries}</main>'.encode(), "https://laden.test/")
    assert [str(one.value("price").amount) for one in page.products] == ["49.90", "1299.00", "9"]


@pytest.mark.parametrize(
    "line",
    [
        "品牌：Norvik。货号：HK-17。",
        "品牌：Norvik，货号：HK-17",
        "货号：HK-17；品牌：Norvik；",
        "ブランド：Norvik。品番：HK-17",
    ],
)
def test_a_line_with_wide_colons_holds_several_labelled_values(line):
    body = f"<h1>手持水壶</h1><p>¥ 59.00</p><button>加入购物车</button><p>{line}</p>"
    found = product(body, "ja" if "ブ" in line else "zh")
    assert (found.value("sku"), found.value("brand")) == ("HK-17", "Norvik")


def test_a_comma_within_one_value_stays_as_it_is():
    body = "<h1>手持水壶</h1><p>¥ 59.00</p><button>加入购物车</button><p>品牌：东方，明珠</p>"
    assert product(body, "zh").value("brand") == "东方，明珠"
