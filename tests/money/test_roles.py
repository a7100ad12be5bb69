"""What each price of a text is for, by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crawler.money import Hints, read_prices
from tests.money.roles import roles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Was $120 Now $39.99", [("was", "120"), ("price", "39.99")]),
        ("instead of £20 only £10", [("was", "20"), ("price", "10")]),
        ("20 € statt 30 €", [("price", "20"), ("was", "30")]),
        ("15 € au lieu de 20 €", [("price", "15"), ("was", "20")]),
        ("reduced from £20 to £10", [("was", "20"), ("price", "10")]),
        ("De R$ 20,00 por R$ 10,00", [("was", "20.00"), ("price", "10.00")]),
        ("UVP 49,95 € 39,95 € Sie sparen 10,00 €", [("was", "49.95"), ("price", "39.95"), ("saving", "10.00")]),
        ("49,95 € UVP", [("was", "49.95")]),
        ("Regular price $29.00 Sale price $19.00", [("was", "29.00"), ("price", "19.00")]),
        ("Regular price Sale price $19.00", [("price", "19.00")]),
        ("Original price was: $20.00. Current price is: $15.00.", [("was", "20.00"), ("price", "15.00")]),
        ("特价：¥99 原价：¥199", [("price", "99"), ("was", "199")]),
        ("Lowest price in last 30 days: 25,00 €", [("lowest", "25.00")]),
        ("$10 - $20", [("low", "10"), ("high", "20")]),
        ("10-20 €", [("low", "10"), ("high", "20")]),
        ("10,00 € – 20,00 €", [("low", "10.00"), ("high", "20.00")]),
        ("€1,299.00-€1,499.00", [("low", "1299.00"), ("high", "1499.00")]),
        ("from $10 to $20", [("low", "10"), ("high", "20")]),
        ("Price range: $15.00 through $20.00", [("low", "15.00"), ("high", "20.00")]),
        ("¥100-200", [("low", "100"), ("high", "200")]),
        ("from £10", [("from", "10")]),
        ("ab 10 €", [("from", "10")]),
        ("à partir de 12,50 €", [("from", "12.50")]),
        ("desde 10 €", [("from", "10")]),
        ("da € 10", [("from", "10")]),
        ("vanaf € 10", [("from", "10")]),
        ("от 500 руб.", [("from", "500")]),
        ("¥1299起", [("from", "1299")]),
        ("2 for $30", [("multi_buy", "30")]),
        ("30 € für 2 Stück", [("multi_buy", "30")]),
        ("10 or more $88.00", [("multi_buy", "88.00")]),
        ("Ab 10 Stück 4,50 €", [("multi_buy", "4.50")]),
        ("32,00 € dont 0,42 € d'éco-participation", [("price", "32.00"), ("surcharge", "0.42")]),
        ("Incluye 0,30 € por la ecotasa", [("surcharge", "0.30")]),
        ("1,29 € inkl. Pfand", [("price", "1.29")]),
        ("1,29 € zzgl. 0,25 € Pfand", [("price", "1.29"), ("surcharge", "0.25")]),
        ("Large (Add: $20.00)", [("surcharge", "20.00")]),
        ("Kaufen Sie 3 zum Preis von je 12,00 € und sparen Sie 10%", [("multi_buy", "12.00")]),
        ("Achetez-en 3 à 12,00 € chacun", [("multi_buy", "12.00")]),
        ("1 – 9: $5.00 10 – 49: $4.50", [("multi_buy", "5.00"), ("multi_buy", "4.50")]),
        ("4x $25", [("instalment", "25")]),
        ("12 x R$ 99,90 sem juros", [("instalment", "99.90")]),
        ("or 4 interest-free payments of $12.50", [("instalment", "12.50")]),
        ("$10 per month", [("instalment", "10")]),
        ("ab 12,50 €/Monat", [("instalment", "12.50")]),
        ("12,50 €/kg", [("unit", "12.50")]),
        ("12,90 €* 100 ml = 25,80 €", [("price", "12.90"), ("unit", "25.80")]),
        ("0,5 l (25,80 € / 1 l)", [("unit", "25.80")]),
        ("12,99€/Stk.", [("price", "12.99")]),
        ("Save $20", [("saving", "20")]),
        ("$5 off", [("saving", "5")]),
        ("-20 €", [("saving", "20")]),
        ("(+ 4,00 €)", [("surcharge", "4.00")]),
        ("shipping $5", [("shipping", "5")]),
        ("12,90 € zzgl. 4,90 € Versand", [("price", "12.90"), ("shipping", "4.90")]),
        ("12,90 € inkl. MwSt., zzgl. Versandkosten", [("price", "12.90")]),
        ("Free shipping over $50", [("shipping", "50")]),
        ("Ab 50 € versandkostenfrei", [("shipping", "50")]),
        ("شحن مجاني للطلبات فوق 200 ر.س", [("shipping", "200")]),
        ("Transport gratuit peste 200 lei", [("shipping", "200")]),
        ("满99元包邮", [("shipping", "99")]),
        ("משלוח חינם מעל 200 ₪", [("shipping", "200")]),
        ("Безплатна доставка над 80 лв.", [("shipping", "80")]),
        ("Ab 50 € Einkaufswert ist der Versand kostenlos", [("shipping", "50")]),
        ("ab 9,99 €, versandkostenfrei", [("from", "9.99")]),
        ("From £9 Free delivery", [("from", "9")]),
        ("À partir de 80 € livraison gratuite", [("shipping", "80")]),
        ("Frais de port offerts à partir de 80 €", [("shipping", "80")]),
        ("przy zamówieniu powyżej 300 zł gratis", [("shipping", "300")]),
        ("Frete grátis para compras acima de R$ 250,00", [("shipping", "250.00")]),
        ("frete a partir de R$ 19,90", [("shipping", "19.90")]),
        ("a partir de R$ 19,90", [("from", "19.90")]),
        ("Was £999 in 1980", [("other", "999")]),
        ("Was £999 in 12 shops", [("was", "999")]),
        ("Gifts under $20", [("limit", "20")]),
        ("Bis zu 20 €", [("limit", "20")]),
        ("£50 or less", [("limit", "50")]),
        ("less than 5 left £20", [("price", "20")]),
        ("od 50 do 100 zł", [("low", "50"), ("high", "100")]),
        ("Save up to £200 on lamps", [("limit", "200")]),
        ("House passes $577.1 billion bill", [("sum", "577100000000")]),
        ("$110M", [("sum", "110000000")]),
        ("2,5 Mrd. Euro", [("sum", "2500000000")]),
        ("cable £12 m", [("price", "12")]),
        ("Rp 1,5 juta", [("price", "1500000")]),
        ("Turnover £534,000 per annum", [("sum", "534000")]),
        ("Win £500", [("sum", "500")]),
        ("Free shipping on orders over £50. Was £120.00, now £99.00!",
         [("shipping", "50"), ("was", "120.00"), ("price", "99.00")]),
        ("Price: Free", [("free", "0")]),
        ("gratis", [("free", "0")]),
        ("Price on request", [("on_request", "")]),
        ("POA", [("on_request", "")]),
        ("Auf Anfrage", [("on_request", "")]),
        ("au lieu de 120,00 €39,99 €", [("was", "120.00"), ("price", "39.99")]),
        ("$1,299.99$1,499.99", [("price", "1299.99"), ("price", "1499.99")]),
        ("1.299,00€999,00€", [("price", "1299.00"), ("price", "999.00")]),
        ("US $1.20-3.40 / piece", [("low", "1.20"), ("high", "3.40")]),
        ("MRP: ₹1,999 Price: ₹1,299", [("was", "1999"), ("price", "1299")]),
        ("$12.50 ($1.25 / Fl Oz)", [("price", "12.50"), ("unit", "1.25")]),
        ("FREE SHIPPING $29.99", [("price", "29.99")]),
        ("livraison gratuite 29,99 €", [("price", "29.99")]),
        ("$29.99 + $5.00 shipping", [("price", "29.99"), ("shipping", "5.00")]),
        ("£12.99 +VAT", [("price", "12.99")]),
        ("$10+", [("from", "10")]),
        ("1,000円～", [("from", "1000")]),
        ("$120.00 → $39.99", [("was", "120.00"), ("price", "39.99")]),
        ("£8.00 each or 3 for £20", [("price", "8.00"), ("multi_buy", "20")]),
        ("10 $20 $30", [("price", "20"), ("price", "30")]),
        ("$10 $20 $30", [("price", "10"), ("price", "20"), ("price", "30")]),
        ("10 € 20 € 30 €", [("price", "10"), ("price", "20"), ("price", "30")]),
    ],
)  # fmt: skip
def test_what_each_price_is_for(text, expected):
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12,90 € inkl. MwSt.", ["included"]),
        ("£10 ex VAT", ["excluded"]),
        ("$122.00 Ex Tax: $100.00", [None, "excluded"]),
        ("£12.00 inc VAT (£10.00 ex VAT)", ["included", "excluded"]),
        ("税抜 1,180円 税込 1,299円", ["excluded", "included"]),
        ("100 € HT", ["excluded"]),
        ("120 € TTC", ["included"]),
        ("100 € the height", [None]),
        ("$5", [None]),
    ],
)
def test_with_and_without_tax(text, expected):
    assert [r.money.tax for r in read_prices(text)] == expected


@pytest.mark.parametrize(
    ("text", "hints", "expected"),
    [
        ("1.299,00", {"declared": "EUR"}, "EUR"),
        ("1299", {"host": "shop.de"}, "EUR"),
        ("Preis: 1299", {"language": "de"}, None),
        ("1.299,-", {}, None),
    ],
)
def test_a_number_without_sign_is_a_price_where_nothing_else_stands(text, hints, expected):
    (reading,) = read_prices(text, Hints(**hints))
    assert reading.money.amount in (Decimal(1299), Decimal("1299.00"))
    assert reading.money.currency == expected
    assert "no sign" in reading.money.reason
