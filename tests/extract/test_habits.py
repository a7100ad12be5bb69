"""Habits of shops that have been on the web for long, each seen on a page that we did not write; goods are invented."""

import pytest

from crawler.extract.page import read

CART = '<form action="/add"><input type="hidden" name="q"><button name="add">Add to cart</button></form>'


def page(main: str, title: str = "Brook lantern", heading: str = "<h1>Brook lantern</h1>", before: str = "") -> str:
    return (
        f'<html lang="en"><head><title>{title}</title></head><body>{before}<div class="c"><div>{heading}</div>'
        f'{main}</div><div class="f">Imprint</div></body></html>'
    )


def product(html: str, url: str = "http://shop.test/brook-lantern.html") -> dict[str, str]:
    """Kind, and the fields as text; money without its reason."""
    found = read(html, url)
    said = {"kind": found.kind}
    for name, field in found.products[0].fields.items() if found.kind == "product" else ():
        value = field.value
        said[name] = f"{value.amount} {value.currency}" if hasattr(value, "amount") else str(value)
    return said


PRICE = '<div class="b"><div class="p"><b>£32.00</b></div>%s</div>' + CART


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ('<a href="/p/lantern.html?size=9"><img src="9.gif"></a>', "http://shop.test/p/lantern.html?size=8"),
        ('<a href="/mail.html?prodid=HB25"><img src="m.gif"></a>', "http://shop.test/show.html?sid=x&prodid=HB25"),
        ('<a href="/includes/zone.jsp?productId=163104">Zones</a>', "http://shop.test/product/Lantern/163104.uts"),
        ('<h2><a href="/kategorie/lanterns/">Lanterns</a></h2>', "http://shop.test/brook-lantern.html"),
        ('<a href="/info/popup/true"><img src="g.gif"></a><a href="/info/popup/true">Gift wrap</a>', "http://s.test/a"),
    ],
)
def test_a_link_to_the_same_thing_or_to_the_shops_business_makes_no_card(link: str, url: str) -> None:
    assert product(page(PRICE % link), url).get("price") == "32.00 GBP"


@pytest.mark.parametrize("other", ["/show.php?id=8", "/show.php?other=8", "/p/brush-9.html"])
def test_a_pictured_link_to_another_thing_still_does(other: str) -> None:
    link = f'<a href="{other}"><img src="o.jpg" alt="Brush"></a>'
    assert "price" not in product(page(PRICE % link), "http://shop.test/show.php?id=7")


def test_goods_filed_below_a_catalogue_are_cards_of_it() -> None:
    cards = "".join(
        f'<li class="i"><form><a href="/catalog/bags/{n}/"><img src="{n}.jpg"></a>'
        f'<a href="/catalog/bags/{n}/">{n}</a><div class="price"><div class="new">230 руб.</div></div>'
        f'<input type="submit" value="В корзину"></form></li>'
        for n in ("0996-46", "0996-13", "0996-07")
    )
    html = f"<html><title>Сумки | S</title><body><div><h1>Сумки</h1><ul>{cards}</ul></div></body></html>"
    found = read(html, "http://shop.ru/catalog/bags/")
    assert (found.kind, [one.value("title") for one in found.products]) == ("list", ["0996-46", "0996-13", "0996-07"])


def test_a_name_that_no_heading_holds_is_what_the_title_says() -> None:
    menu = '<table><tr><td class="m">Women</td></tr></table>'
    name = '<div class="n19">Vale Noon by Orsa Eau de Parfum Spray 3.4 oz for Women</div>'
    said = product(
        page(PRICE % "", "Vale Noon | Orsa | Women | Eau de Parfum Spray 3.4 oz | PerfumeBarn", name, before=menu)
    )
    assert said["title"] == "Vale Noon by Orsa Eau de Parfum Spray 3.4 oz for Women"


def test_a_promise_of_delivery_is_no_name_although_it_is_the_heading() -> None:
    head = '<div class="n19">Brook lantern with 1000 candles</div>'
    promise = "<h1>Free standard shipping above £35</h1>"
    said = product(page(PRICE % "" + promise, "Brook lantern with 1000 candles: 724819 | Lanterns.test", head))
    assert said["title"] == "Brook lantern with 1000 candles"


def test_a_name_is_found_by_what_its_element_is_called() -> None:
    name = '<p class="tovarfullname">Спрей для лица Orsa, 150ml</p>'
    price = '<p class="prise"><span class="v">870</span><br>руб</p><form><input type="submit" value="В корзину"></form>'
    rows = "<p>Производитель: <span>Orsa</span></p><p>Артикул: <span>1163</span></p>"
    html = f"<html><title>Каталог</title><body><div><b>Новинки</b></div>{name}{rows}{price}</body></html>"
    said = product(html, "http://orsa.ru/index.php?file=15915")
    assert (said["title"], said["price"]) == ("Спрей для лица Orsa, 150ml", "870 RUB")


def test_the_heading_is_the_name_where_the_meta_element_goes_on_for_search_engines() -> None:
    html = page(PRICE % "", "Brook oak lantern 6468 | Lanterns", "<h1>Brook oak lantern</h1>")
    meta = '<meta property="og:title" content="Brook oak lantern 6468 | Lanterns">'
    assert product(html.replace("</title>", f"</title>{meta}"))["title"] == "Brook oak lantern"


def test_a_price_by_quantity_is_that_of_the_first_and_was_never_higher() -> None:
    tiers = "".join(f"<th>{n}</th>" for n in ("1 - 14", "15 - 49", "50 - 99", "100+"))
    prices = "".join(f"<td>${p}</td>" for p in ("3.46", "2.49", "1.71", "1.44"))
    table = f"<table><tr>{tiers}</tr><tr>{prices}</tr></table>{CART}"
    said = product(page(f'<div>As Low As <span class="lp">$0.24</span> per bead</div>{table}'))
    assert (said["price"], said.get("list_price")) == ("3.46 USD", None)


def test_names_in_camel_case_say_which_price_is_the_old_one() -> None:
    both = f'<div class="oldPrice">£8.49</div><div class="currentPrice">£7.64</div>{CART}'
    said = product(page(both))
    assert (said["price"], said.get("list_price")) == ("7.64 GBP", "8.49 GBP")


@pytest.mark.parametrize(
    ("row", "brand"),
    [
        ("<p>Maker: <span>Mehr von Orsa</span></p>", "Orsa"),
        ("<p>Brand: <span>Other</span></p>", None),
        ("<p>Brand: <span>View all brand products</span></p>", None),
        ("<p>Brand: <span>EAN: 0887942877477 Model: X4</span></p>", None),
        ("<p>Brand: <span>Von Orsa</span></p>", "Von Orsa"),
    ],
)  # fmt: skip
def test_a_maker_is_named_or_not(row: str, brand: str | None) -> None:
    assert product(page(PRICE % row)).get("brand") == brand


def test_headings_of_columns_are_no_values_of_each_other() -> None:
    heads = "".join(f"<th><span>{one}</span></th>" for one in ("model", "color", "price"))
    table = f"<table><thead><tr>{heads}</tr></thead><tr><td>A1</td><td>red</td><td>£39.95</td></tr></table>"
    assert product(page(PRICE % "" + table)).get("sku") != "color"


@pytest.mark.parametrize("name", ["manf", "make", "shipOrPickup"])
def test_a_search_by_maker_is_no_choice_of_the_thing(name: str) -> None:
    options = "".join(f'<option value="{n}">Maker {n}</option>' for n in range(30))
    select = f'<table><tr><td>Shop by</td><td><select name="{name}">{options}</select></td></tr></table>'
    assert "variants" not in product(page(PRICE % select))


def test_what_is_in_every_name_heads_a_list() -> None:
    cards = "".join(
        f'<div class="k" itemscope itemtype="http://schema.org/Product"><a href="/x/{n}.html"><img src="{n}.jpg"></a>'
        f'<a href="/x/{n}.html"><span itemprop="name">Deck shoes {name}</span></a><span itemprop="price">{n}9.00</span>'
        f'<a class="buy" href="/cart/add/{n}">Add to cart</a></div>'
        for n, name in enumerate(("Orsa", "Vale", "Noon"), 1)
    )
    assert read(page(cards, "Deck shoes for all", "<h1>Deck shoes</h1>"), "http://shop.test/deck/").kind == "list"


def test_a_lowest_price_over_prices_of_one_form_heads_a_list() -> None:
    cards = "".join(
        f'<div class="k"><a href="/s/{name}.html">{name} shorts</a><p class="price"><ins>£34.95</ins></p></div>'
        for name in ("Stone", "Navy", "Blue", "Red", "Corn", "Indigo")
    )
    head = "<h1>Casual wear</h1><h2>Shorts from £34.95</h2><p>Two pairs have the best of both worlds.</p>"
    assert read(page(cards, "Shorts of Orsa", head), "http://shop.test/casual/shorts").kind == "list"


MENU = '<a href="/kids">Kids</a><ul><li><a href="/gear">Gear</a></li><li><a href="/toys">Toys</a></li></ul>'
NAMELESS = (
    '<ul itemscope itemtype="http://schema.org/BreadcrumbList">'
    '<li itemprop="itemListElement" itemscope><a href="/">Home</a></li>'
    '<li itemprop="itemListElement" itemscope><a href="/lamps">Lamps</a></li><li itemprop="itemListElement" itemscope>'
    '<span itemprop="name">Oak</span></li></ul>'
)


@pytest.mark.parametrize(
    ("trail", "category"),
    [
        (f'<ul><li><a href="/">Home</a></li><li>{MENU}</li><li><a href="/toys">Toys</a></li></ul>', ("Kids", "Toys")),
        ('<p><a href="/k">Tilbage</a> <a href="/">Forside</a> » <a href="/l">Lamper</a></p>', ("Lamper",)),
        ("<ul><li>Wo bin ich?</li><li>Startseite ⇒</li><li>Lampen ⇒</li><li>Eiche</li></ul>", ("Lampen", "Eiche")),
        (NAMELESS, ("Lamps", "Oak")),
    ],
)
def test_a_trail_is_its_steps(trail: str, category: tuple[str, ...]) -> None:
    html = page(PRICE % "", before=f'<div class="breadcrumbs">{trail}</div>')
    assert read(html, "http://shop.test/brook-lantern.html").products[0].value("category") == category


def test_a_price_of_nothing_for_what_is_gone_is_none() -> None:
    html = page(f'<p>Нет в наличии</p><span class="price2">0.00 руб.</span>{CART}')
    found = read(html, "http://shop.ru/item/lantern_1.html")
    assert (found.kind, found.products[0].value("price")) == ("product", None)
    assert found.problems["price.absent"] == 1
