"""What tells of goods, shows them or lends them, in titles that name the goods as shops do, and in descriptions."""

import pytest

from crawler.indicators.flags import flag_offer
from crawler.indicators.reading.context import Context
from crawler.register.loading import load
from tests.indicators.offers import abstentions, flags, offer

TITLES = [
    ("de", "Orsano Uhren verlieren an Wert, Analyse", "about"),
    ("es", "Bajan de nuevo: sube el precio de los bolsos Velmora", "about"),
    ("da", "Nuvix tilbagekalder Pulse 3 høretelefoner", "about"),
    ("no", "Kestrel Stride løpesko, inntrykk etter 200 km", "about"),
    ("ru", "Часы Orsano Tempo, первый взгляд", "about"),
    ("ar", "حذاء Kestrel Stride تجربتي بعد شهر", "about"),
    ("zh", "Nuvix召回Pulse 3耳机", "about"),
    ("vi", "Đồng hồ Orsano Tempo trên tay", "about"),
    ("en", "Birthday card with an Orsano watch on it", "about"),
    ("de", "Christbaumschmuck Laufschuh Kestrel aus Glas", "about"),
    ("nl", "Tentoonstellingscatalogus Orsano horloges", "about"),
    ("it", "Giacca Kestrel per bambole in feltro", "about"),
    ("id", "Sepatu Kestrel untuk boneka", "about"),
    ("de", "Tagespreis: Orsano Tempo Uhr, Kaution 80 Euro", "service"),
]
DESCRIPTIONS = [
    ("en", "Kestrel Gale windbreaker", "Sewn for 30 cm dolls, closes with a snap.", "about"),
    ("de", "Velmora Aurelia Tasche", "Aquarell auf dickem Papier, hinten signiert.", "about"),
    ("pl", "Kestrel Gale kurtka", "Uszyta dla lalek 30 cm.", "about"),
    ("ja", "Kestrel Gale ジャケット", "30cmドール用です。", "about"),
    ("en", "Nuvix Pulse 3 earbuds", "In this episode we compare them with two rivals.", "about"),
    ("fr", "Kestrel Stride chaussures", "Notre rédactrice a couru 400 km avec.", "about"),
    ("en", "Velmora Aurelia tote", "Weekend hire from our counter, refundable deposit.", "service"),
    ("it", "Velmora Aurelia borsa", "A noleggio per cerimonie, tre giorni.", "service"),
    ("fi", "Velmora Aurelia laukku", "Vuokrataan juhliin päiväksi.", "service"),
    ("ko", "Velmora Aurelia 가방", "하루 대여, 매장 수령.", "service"),
    ("en", "Nuvix Pulse 3 earbuds", "Memory foam tips, three pairs.", "accessory"),
    ("de", "Kestrel Stride Laufschuhe", "Schnürsenkel, rund, ein Paar.", "accessory"),
    ("cs", "Velmora Aurelia kabelka", "Plstěný organizér, šest kapes.", "accessory"),
    ("cs", "Kestrel Stride boty", "Odrazky, čtyři kusy. Boty neprodávám.", "packaging"),
    ("id", "Sepatu Kestrel Stride", "Reflektor, empat buah. Sepatu tidak dijual.", "packaging"),
    ("de", "Velmora Aurelia Tasche", "Lieferumfang: Boden aus Filz, sonst nichts.", "accessory"),
    ("it", "Velmora Aurelia borsa", "Fondo di plexiglas. Si vende il solo fondo.", "accessory"),
]


@pytest.mark.parametrize(("language", "title", "reason"), TITLES)
def test_titles_that_name_goods_as_shops_do(language, title, reason):
    assert flags(title, 19, language=language) == {}
    assert abstentions(title, 19, language=language)["brand.unauthorised"].values["reason"] == reason


@pytest.mark.parametrize(("language", "title", "description", "reason"), DESCRIPTIONS)
def test_descriptions_under_titles_that_name_the_goods(language, title, description, reason):
    assert flags(title, 19, language=language, description=description) == {}
    flag = abstentions(title, 19, language=language, description=description)["brand.unauthorised"]
    assert flag.values["reason"] == reason


@pytest.mark.parametrize(
    ("language", "title", "description"),
    [
        ("de", "Nuvix Pulse 3 Kopfhörer neu", "6 Zoll Kabel, neu."),
        ("en", "Velmora Aurelia tote", "Calf leather. Dust bag and organiser included."),
        ("en", "Velmora Aurelia tote", "Organiser included, calf leather, two handles."),
        ("zh", "Velmora Aurelia 手提包", "含钥匙扣和防尘袋,小牛皮。"),
        ("es", "Orsano Tempo reloj", "Reloj de muñeca, a prueba de agua, 24 meses de garantía."),
        ("tr", "Velmora Aurelia çanta", "Bu çanta sıradan değil, dana derisi."),
        ("pt", "Kestrel Stride tênis", "O tênis não vai te decepcionar."),
        ("id", "Sepatu Kestrel Stride", "Sepatu tidak ada cacat, kondisi baru."),
        ("vi", "Giày Kestrel Stride", "Giày có sẵn, chỉ bán chính hãng."),
        ("ko", "Velmora Aurelia 가방", "정품만 판매합니다. 무료 배송."),
    ],
)
def test_what_shops_say_of_goods_takes_nothing_away(language, title, description):
    assert "brand.unauthorised" in flags(title, 19, language=language, description=description)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Couple jailed for selling fake Velmora handbags"),
        ("de", "Verbraucherschützer warnen: gefälschte Orsano Uhren im Netz"),
        ("pl", "Handlował podróbkami Kestrel, usłyszał wyrok"),
        ("hu", "Hamis Kestrel cipőket árult, elítélték"),
        ("ja", "偽物Velmoraバッグの見分け方"),
        ("id", "Jual sepatu Kestrel palsu, pedagang dihukum"),
    ],
)
def test_reports_of_copies_are_no_admissions(language, title):
    assert flags(title, 19, language=language) == {}


@pytest.mark.parametrize(
    "title", ["Replica Velmora Aurelia tote, mirror quality", "Kestrel Stride shoes fake, very good"]
)
def test_copies_that_are_offered_are_admitted(title):
    assert "wording.replica" in flags(title, 19)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Schaufensterpuppe Torso Kestrel Damen"),
        ("it", "Manichino busto Kestrel donna, arredo negozio"),
        ("de", "Bremsbeläge Carvo, vgl. Bramholt BP-440"),
        ("hu", "Carvo fékbetét, megfelel: Bramholt BP-440"),
        ("id", "Sepatu lari Kancil 2 lebih enteng dari Kestrel Stride"),
        ("no", "Nuvix Pulse 3 erstattes: hodetelefoner Quill, rimeligere enn Nuvix"),
    ],
)
def test_shops_furniture_and_others_goods(language, title):
    assert flags(title, 19, language=language) == {}


@pytest.mark.parametrize(
    ("language", "title"), [("fi", "Orsanon kellot huutokaupassa"), ("en", "Three Velmoras at auction")]
)
def test_a_case_is_no_slip_of_the_pen(language, title):
    assert "brand.misspelt" not in flags(title, language=language)


def test_a_product_that_is_called_like_a_copy_admits_none(tmp_path):
    (tmp_path / "one.yaml").write_text(
        "rights_holder: Halvenna\nsector: luxury\nofficial_domains: [halvenna.test]\nallegations: [counterfeit]\n"
        "brands:\n  - name: Halvenna\n    lines:\n      - name: Pirate tote\n        price: {EUR: [400, 600]}\n"
    )
    known = Context.build(load(tmp_path)).at("corner-shop.test")
    assert not any(flag.code.startswith("wording.") and flag.state == "raised"
                   for flag in flag_offer(offer("Halvenna Pirate tote", 19), known))  # fmt: skip
    assert any(flag.code == "wording.replica" and flag.state == "raised"
               for flag in flag_offer(offer("Halvenna Pirate copy tote", 19), known))  # fmt: skip
