"""The tables of words: broad enough, free of contradictions, and read as people write them."""

from importlib import resources

import pytest
import yaml

from crawler.extract import labels, stated
from crawler.extract.page import read

TABLE = yaml.safe_load(resources.files("crawler.data").joinpath("labels.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    "words",
    [
        TABLE["fields"]["sku"],
        TABLE["fields"]["brand"],
        TABLE["fields"]["availability"],
        TABLE["phrases"]["InStock"],
        TABLE["phrases"]["OutOfStock"],
        TABLE["prices"]["price"],
        TABLE["prices"]["list_price"],
        TABLE["cart"],
        TABLE["related"],
        TABLE["on_request"],
    ],
)
def test_a_table_speaks_at_least_twelve_languages(words):
    assert len(words) >= 12


def test_no_phrase_is_shorter_than_what_texts_are_screened_by():
    phrases = [*labels.tables().availability, *labels.tables().condition]
    assert not [phrase for phrase in phrases if len(phrase) < 2]


def test_no_phrase_means_two_availabilities():
    meanings = {}
    for meaning, languages in TABLE["phrases"].items():
        for phrases in languages.values():
            for phrase in phrases:
                assert meanings.setdefault(labels.fold(phrase), meaning) == meaning, phrase


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("In stock (27 available)", "InStock"),
        ("7 in stock", "InStock"),
        ("0 in stock", "OutOfStock"),
        ("7 in", None),
        ("OUT OF STOCK", "OutOfStock"),
        ("Auf Lager!", "InStock"),
        ("Nicht auf Lager", "OutOfStock"),
        ("Rupture de stock", "OutOfStock"),
        ("Sofort verfügbar, Lieferzeit: 1-3 Tage", "InStock"),
        ("Pre-Order", "PreOrder"),
        ("nincs raktáron", "OutOfStock"),
        ("在庫あり", "InStock"),
        ("نفدت الكمية", "OutOfStock"),
        ("Available in three colours", None),
        ("Sold by Anna", None),
        ("✓ In stock", "InStock"),
        ("Temporary sold out", "SoldOut"),
        ("Derzeit vergriffen", "SoldOut"),
        ("Agotado temporalmente", "OutOfStock"),
        ("Ce produit n'est plus en stock", "OutOfStock"),
        ("Tuote on loppu", "OutOfStock"),
        ("Letzte verfügbare Teile", "LimitedAvailability"),
        ("Již není k dispozici", "Discontinued"),
        ("Dieser Artikel steht derzeit nicht zur Verfügung!", "OutOfStock"),
        ("Dieser Artikel ist nicht auf Lager und muss erst nachbestellt werden.", "BackOrder"),
        ("Sofort lieferfähig", "InStock"),
        ("z.Zt. nicht lieferbar", "OutOfStock"),
        ("Beschikbaar, levertijd: 1-3 dagen", "InStock"),
        ("Currently reading", None),
        ("", None),
    ],
)
def test_what_a_text_says_of_availability(text, meaning):
    assert stated.availability(text) == meaning


@pytest.mark.parametrize(
    ("low", "field"),
    [
        ("product code:", "sku"),
        ("artikelnummer", "sku"),
        ("price (eur)", "price"),
        ("ex tax:", "excluded"),
        ("uvp", "list_price"),
        ("marke：", "brand"),
        ("the colour of the sea", None),
        ("x" * 500, None),
    ],
)
def test_what_a_label_announces(low, field):
    assert labels.meaning(low) == field


@pytest.mark.parametrize(
    "text",
    [
        "Call us for a price",
        "Ring our shop for today's price!",
        "Bitte rufen Sie uns für einen Preis an",
        "Contactez-nous pour connaître le prix",
        "Chiamaci per il prezzo",
        "Zadzwoń i zapytaj o cenę",
        "Уточните цену у менеджера",
    ],
)
def test_a_house_asks_in_its_own_words_to_ask_for_the_price(text):
    assert labels.is_on_request(text.casefold())


@pytest.mark.parametrize(
    "text",
    ["Price", "Low prices", "Our prices include VAT", "Email me when the price drops", "Ask about our price match",
     "Call for the price of $ 40", "Phone prices", "Centrum pytań", "Ring price"],
)  # fmt: skip
def test_other_words_about_prices_ask_for_nothing(text):
    assert not labels.is_on_request(text.casefold())


@pytest.mark.parametrize(
    ("value", "condition"),
    [
        ("De segunda mano", "used"),
        ("Usado - muy bueno", "used"),
        ("Nuevo", "new"),
        ("Disponible", None),
        ("Lugo", None),
    ],
)
def test_a_label_of_two_meanings_is_told_by_its_value(value, condition):
    body = f"""<html lang="es"><body><main><h1>Bolso de mano Aurelia</h1><p>120,00 €</p>
<p>Estado: {value}</p><button>Añadir al carrito</button></main></body></html>"""
    found = read(body.encode(), "https://shop.test/bolso-1").products[0]
    assert found.value("condition") == condition
    assert found.value("availability") == "InStock"


@pytest.mark.parametrize(
    ("price", "tax"),
    [
        ("Τιμή με ΦΠΑ: 269,00 €", "Ποσό ΦΠΑ: 52,06 €"),
        ("Endpreis: 269,00 €", "darin enthaltene MwSt.: 42,95 €"),
        ("Prix final : 269,00 €", "Dont TVA : 44,83 €"),
        ("Precio final: 269,00 €", "Importe IVA: 46,69 €"),
        ("Prezzo finale: 269,00 €", "di cui IVA: 48,51 €"),
        ("Prijs: € 269,00", "waarvan btw: € 46,69"),
        ("Eladási ár: 99 900 Ft", "ebből ÁFA: 21 239 Ft"),
        ("Preț cu TVA: 1.299,00 lei", "Valoare TVA: 207,40 lei"),
        ("Sales price: £269.00", "Tax amount: £44.83"),
    ],
)
def test_the_tax_within_a_price_is_not_the_price(price, tax):
    label, said = price.split(":", 1)
    page = read(
        f"<title>Beam | Shop</title><h1>Beam speaker</h1><div class=product-price><span>{label}: </span>"
        f"<span class=sales>{said}</span><div>{tax}</div></div><button>+</button>",
        "https://x.test/p/1",
    )
    amount = page.products[0].value("price").amount
    assert str(amount) in said.replace(".", "").replace(",", ".").replace(" ", "") or str(amount) in said


@pytest.mark.parametrize(
    ("names", "availability"),
    [
        ("outofstock availability", "OutOfStock"),
        ("stock in-stock", "InStock"),
        ("availability availability--unavailable", "OutOfStock"),
        ("back-in-stock stock", None),
        ("in-stock out-of-stock", None),
    ],
)
def test_class_names_tell_availability(names, availability):
    assert stated.by_names(names) == availability


def test_korean_nouns_are_written_with_a_space_and_without():
    assert labels.meaning("상품코드") == labels.meaning("상품 코드") == "sku"
    assert stated.availability("재고있음") == stated.availability("재고 있음") == "InStock"


def test_a_code_in_brackets_says_what_a_label_means():
    assert labels.meaning("univerzalna koda izdelka (upc)") == "sku"
    assert labels.meaning("opombe (interne)") is None


@pytest.mark.parametrize(
    ("said", "code"), [("Item SM-1000", "SM-1000"), ("Model T40", None), ("Article 5 reviews", None)]
)
def test_a_code_of_capitals_and_a_joint_stands_behind_its_label_without_a_colon(said, code):
    page = read(
        f"<h1>Desk lamp</h1><p>{said}</p><p class=price>$45.00</p><button>Add to cart</button>", "https://s.test/p"
    )
    assert page.products[0].value("sku") == code


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("TÜKENDİ", "OutOfStock"),
        ("STOKTA YOK", "OutOfStock"),
        ("ΕΞΑΝΤΛΗΘΗΚΕ", "OutOfStock"),
        ("ΔΙΑΘΕΣΙΜΟ", "InStock"),
        ("EPUISE", "SoldOut"),
    ],
)
def test_capitals_say_what_small_letters_say(said, meant):
    assert stated.availability(said) == meant


@pytest.mark.parametrize(
    ("label", "field"), [("DISPONIBILITE", "availability"), ("FİYAT", "price"), ("ΚΩΔΙΚΟΣ", "sku")]
)
def test_labels_in_capitals_announce_what_those_in_small_letters_do(label, field):
    assert labels.meaning(label.casefold()) == field


def test_buttons_in_capitals_do_what_those_in_small_letters_do():
    assert labels.is_cart("SATIN AL".casefold()) and labels.is_cart("ΠΡΟΣΘΗΚΗ ΣΤΟ ΚΑΛΑΘΙ".casefold())
