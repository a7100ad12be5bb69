"""What a description says is sold although its title names goods of a brand, and who says it."""

import pytest

from crawler.indicators.lawful import speech
from crawler.indicators.lawful.sold_words import ways
from crawler.indicators.text.ways import lower, noun
from tests.indicators.offers import abstentions, flags

OTHERWISE = [
    ("en", "Orsano Tempo watch", "Pillow and papers. The watch itself is not included.", "packaging"),
    ("en", "Velmora Aurelia tote", "Two ribbons and a card, no tote inside.", "packaging"),
    ("de", "Kestrel Stride Laufschuhe", "Schuhkarton, Größe 40. Die Schuhe sind nicht dabei.", "packaging"),
    ("fr", "Orsano Tempo montre", "Coussin et notice. La montre n'est pas comprise.", "packaging"),
    ("pl", "Nuvix Pulse 3 słuchawki", "Puste pudełko z wkładką.", "packaging"),
    ("cs", "Velmora Aurelia kabelka", "Jen krabice a stuha.", "packaging"),
    ("hu", "Orsano Tempo óra", "Díszdoboz párnával, óra nélkül. Az óra nem tartozéka.", "packaging"),
    ("tr", "Velmora Aurelia çanta", "Kurdele ve kart. Çanta dahil değildir.", "packaging"),
    ("vi", "Túi Velmora Aurelia", "Ruy băng và thiệp. Không kèm túi.", "packaging"),
    ("th", "กระเป๋า Velmora Aurelia", "ริบบิ้นและการ์ด ไม่รวมกระเป๋า", "packaging"),
    ("ko", "Velmora Aurelia 가방", "리본과 카드입니다. 가방은 포함되지 않습니다.", "packaging"),
    ("ar", "حقيبة Velmora Aurelia", "شريط وبطاقة. الحقيبة غير مشمولة.", "packaging"),
    ("en", "Velmora Aurelia tote", "We re-stitch straps and clean linings. Send us yours for a price.", "service"),
    ("es", "Orsano Tempo reloj", "Limpieza de relojes y cambio de pila mientras espera.", "service"),
    ("en", "Kestrel Gale windbreaker", "A sewing pattern in six sizes, printed on paper.", "about"),
    ("it", "Orsano Tempo orologio", "L'orologio nella foto non è incluso.", "packaging"),
    ("ja", "Orsano Tempo 腕時計", "写真の時計は付属しません。", "packaging"),
    ("en", "Solcere Nuit cream 50 ml", "Washed out glass jar with its lid.", "packaging"),
    ("en", "Velmora Aurelia tote", "Base a bit loose, piping rubbed at the front.", "second-hand"),
    ("en", "Orsano Tempo watch", "Cushion and hang tag. The watch stays with me.", "packaging"),
    ("sv", "Nuvix Pulse 3 hörlurar", "Hållare av ek. Apparaten ingår inte.", "packaging"),
    ("en", "Orsano Tempo watch", "Papercraft model, cut out and glue.", "about"),
    ("de", "Velmora Aurelia Tasche", "Zeichnung auf mattem Fotopapier, gerollt.", "about"),
    ("fr", "Orsano Tempo montre", "Pastille de feutre. Seule la pastille est envoyée.", "accessory"),
    ("es", "Velmora Aurelia bolso", "Lazo de seda para enganchar en la correa, 30 cm.", "accessory"),
    ("pt", "Kestrel Gale corta-vento", "Lavagem e selagem de costuras. Orçamento grátis.", "service"),
    ("en", "Solcere Nuit cream 50 ml", "Bought the wrong one. About 40 ml left.", "second-hand"),
    ("tr", "Velmora Corda kemer", "İki kış gördü.", "second-hand"),
]


@pytest.mark.parametrize(("language", "title", "description", "reason"), OTHERWISE)
def test_a_description_says_what_is_sold(language, title, description, reason):
    assert flags(title, 19, language=language, description=description) == {}
    flag = abstentions(title, 19, language=language, description=description)["brand.unauthorised"]
    assert flag.values["reason"] == reason


@pytest.mark.parametrize(
    ("language", "title", "description"),
    [
        ("en", "Orsano Tempo watch", "Steel, 40 mm. Box and papers included. Not sold in shops near you."),
        ("en", "Velmora Aurelia tote", "Soft calf. “I love my bag, I wore it to my sister's wedding.” – June"),
        ("en", "Velmora Aurelia tote", "★★★★★ My husband gave it to me, I use it daily."),
        ("en", "Velmora Aurelia tote", "No other bag holds so much. Only 2 left in stock, free shipping."),
        ("en", "Nuvix Pulse 3 earbuds", "We replace defective units under warranty; send it back to our warehouse."),
        ("de", "Velmora Aurelia Tasche", "Kann quer getragen werden. Mit Karton. Nur noch 2 auf Lager."),
        ("en", "Velmora Aurelia tote", "The bag of the season! Turns heads wherever it goes."),
        ("cs", "Velmora Aurelia kabelka", "Kabelka, která ladí ke všemu. Objednejte dnes."),
        ("ko", "Velmora Aurelia 가방", "제품은 상자와 함께 배송됩니다. 무료 배송."),
        ("en", "Velmora Aurelia tote", "Holds A3 pads, comes with a 12 page care leaflet as PDF."),
        ("en", "Velmora Aurelia tote", "The bag stays in shape. We only sell the best leather."),
        ("de", "Velmora Aurelia Tasche", "Kanten und Ecken verstärkt. Die Tasche bleibt formstabil."),
        ("pl", "Nuvix Pulse 3 słuchawki", "Nowe. Wysyłamy tylko kurierem."),
        ("en", "Orsano Tempo watch", "Changing the strap needs no tools."),
        ("en", "Nuvix Pulse 3 earbuds", "Clip on the lightest player there is and run."),
    ],
)
def test_shops_and_their_customers_change_nothing(language, title, description):
    assert "brand.unauthorised" in flags(title, 19, language=language, description=description)


@pytest.mark.parametrize(
    ("language", "title", "description"),
    [
        ("es", "Zapatillas Kestrel Stride negras", "Suela con agarre para trail."),
        ("fr", "Portefeuille Velmora Corda", "Huit emplacements cartes, compartiment zippé."),
        ("de", "Kestrel Stride Laufschuh Herren", "Mit griffiger Sohle für nasse Wege."),
    ],
)
def test_few_words_that_no_list_knows_take_nothing_from_a_title_that_names_the_goods(language, title, description):
    assert "brand.unauthorised" in flags(title, 19, language=language, description=description)


def test_a_disguised_name_is_plain_whatever_the_description_says():
    assert "brand.disguised" in flags("V3lm0ra Aurelia tote", 19, description="No tote inside.")


def test_a_cap_for_a_bag_is_no_bag():
    assert flags("Velmora Aurelia beanie", 19) == {}
    assert "brand.unauthorised" in flags("Velmora beanie", 19)


def test_others_words_are_blanked_where_they_stand():
    text = "Calf. “I love it so much” says Ann.\nReview: my best bag\nTwo handles, “Aurelia” line"
    own = speech.own(text, ways("reviews"))
    assert len(own) == len(text)
    assert own.split() == ["Calf.", "says", "Ann.", "Two", "handles,", "“Aurelia”", "line"]


def test_letters_stay_where_they_are():
    assert len(lower("İSTANBUL ẞ")) == len("İSTANBUL ẞ")
    assert noun("시계") == "시계"
