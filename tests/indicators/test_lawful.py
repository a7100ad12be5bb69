"""Uses of another's name that the law allows raise nothing."""

import pytest

from crawler.indicators.flags import flag_offer
from crawler.indicators.reading.context import Context
from crawler.items import Storefront
from crawler.register.loading import load
from tests.indicators.offers import abstentions, context, flags, offer

COMPATIBLE = [
    ("en", "Phone stand compatible with Nuvix chargers"),
    ("en", "Spare lid for Nuvix Pulse 3"),
    ("en", "Nuvix-compatible earbud case"),
    ("en", "Replaces Bramholt BP-440"),
    ("en", "Oil filter suitable for all Bramholt housings"),
    ("de", "Ersatzdeckel für Nuvix Pulse 3"),
    ("de", "Bremsbeläge passend für Bramholt Sättel"),
    ("de", "Nuvix kompatibles Etui"),
    ("fr", "Couvercle pour Nuvix Pulse 3"),
    ("fr", "Plaquettes compatibles avec étriers Bramholt"),
    ("es", "Tapa para Nuvix Pulse 3"),
    ("es", "Pastillas compatibles con pinzas Bramholt"),
    ("it", "Coperchio per Nuvix Pulse 3"),
    ("it", "Pastiglie adatte a pinze Bramholt"),
    ("pt", "Tampa para Nuvix Pulse 3"),
    ("pt", "Pastilhas compatíveis com Bramholt"),
    ("nl", "Deksel voor Nuvix Pulse 3"),
    ("nl", "Remblokken geschikt voor Bramholt"),
    ("pl", "Pokrywka do Nuvix Pulse 3"),
    ("pl", "Klocki pasujące do Bramholt"),
    ("ru", "Крышка для Nuvix Pulse 3"),
    ("tr", "Nuvix Pulse 3 için kapak"),
    ("zh", "适用于Nuvix Pulse 3的盖子"),
    ("ja", "Nuvix Pulse 3用 カバー"),
    ("el", "Ακουστικά συμβατοί με Nuvix"),
]


@pytest.mark.parametrize(("language", "title"), COMPATIBLE)
def test_goods_that_fit(language, title):
    assert flags(title, 9, language=language) == {}
    assert abstentions(title, 9, language=language)["brand.unauthorised"].state == "abstained"


@pytest.mark.parametrize(
    "title",
    [
        "Handbag for women Velmora",
        "Running shoes for men Kestrel",
        "Gift for her: Velmora bag",
        "Velmora Tasche für Damen",
        "Sac pour femme Velmora",
    ],
)
def test_for_somebody_is_not_for_something(title):
    assert "brand.unauthorised" in flags(title, 9)


@pytest.mark.parametrize("condition", ["used", "refurbished", "damaged"])
def test_second_hand(condition):
    assert flags("Velmora Aurelia tote", 200, condition=condition) == {}
    assert (
        abstentions("Velmora Aurelia tote", 200, condition=condition)["brand.unauthorised"].values["reason"]
        == "second-hand"
    )


@pytest.mark.parametrize(
    ("language", "text"), [("es", "Hecho con cuidado y revisado a mano."), ("pt", "Feito com cuidado, à mão.")]
)
def test_goods_made_with_care_are_not_used(language, text):
    assert "brand.unauthorised" in flags("Velmora Aurelia tote", 19, description=text, language=language)
    worn = {"es": "Bolso muy cuidado, recogida en mano.", "pt": "Muito cuidada, entrega em mão."}[language]
    assert flags("Velmora Aurelia tote", 900, description=worn, language=language) == {}


def test_second_hand_is_no_cloak_for_copies():
    assert "wording.replica" in flags("Velmora Aurelia tote, replica", 200, condition="used")
    assert "brand.disguised" in flags("Vеlmоrа tote", 200, condition="used")


def test_parallel_goods_are_grey_at_most():
    found = flags("Nuvix Pulse 3 earbuds, parallel import", 20)
    assert {flag.allegation for flag in found.values()} == {"grey_market"}


@pytest.mark.parametrize(
    ("name", "title", "flagged"),
    [
        ("Oliveto Orsano", "Orsano olive oil 0.5 l", False),
        ("Orsano Outlet", "Orsano Tempo watch", True),
        ("Orsano Outlet", "Orsano olive oil 0.5 l", False),
        ("Oliveto Orsano", "Orsano Tempo watch", True),
        ("Some Shop", "Orsano olive oil 0.5 l", False),
        ("Some Shop", "Orsano Tempo watch with olive oil finish", True),
    ],
)
def test_a_shop_that_bears_the_name(name, title, flagged):
    shop = Storefront(id="s#1", key="s.test", kind="shop", url="https://s.test/", name=name)
    found = flag_offer(offer(title, 3000), context().at("s.test", shop))
    assert ("brand.unauthorised" in {flag.code for flag in found if flag.state == "raised"}) is flagged


@pytest.mark.parametrize(
    "title", ["A life, by Clara Orsano", "Landscape oil painting by J. Orsano", "Herr Orsano: Krimi"]
)
def test_a_person_of_that_name(title):
    assert flags(title, 12) == {}


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Orsano: letters to my brother", "goods not recognised"),
        ("Orsano S7", "goods not recognised"),
        ("Orsano St edition", "goods not recognised"),
        ("Velmora sample sale, tickets", "goods not recognised"),
        ("Brisk B4 earbuds beside Nuvix Pulse 3 earbuds", "comparison"),
        ("Tolvik Clutch, unsere Antwort auf Velmora Aurelia", "lawful reference"),
        ("Bolso de mano, nuestra respuesta al Velmora Aurelia", "lawful reference"),
        ("Orsano Tempo watch, 1972", "second-hand"),
        ("Velmora Aurelia tote, watercolour, A4", "about"),
        ("Velmora Aurelia tote, crochet pattern", "about"),
        ("Velmora Aurelia tote, complete overhaul", "service"),
        ("Velmora tote box, empty", "packaging"),
        ("Orsano certificate and cushion, no watch", "packaging"),
        ("Kestrel shoe box, size 7", "packaging"),
        ("Velmora carrier bags bundle of 4 paper", "packaging"),
        ("Wanted: Velmora Aurelia tote", "wanted"),
        ("Orsano Tempo watch WTB", "wanted"),
        ("Kestrel Stride shoe horn brass", "title led by other goods"),
        ("Nuvix Pulse 3 earbuds, refurbished", "second-hand"),
        ("*Opened box* Nuvix Pulse 3 earbuds - black", "second-hand"),
    ],
)
def test_what_is_sold_decides_what_the_name_is_there_for(title, reason):
    assert flags(title, 19) == {}
    assert abstentions(title, 19)["brand.unauthorised"].values["reason"] == reason


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("uk", "кросівки kestrel stride вдягали двічі на прогулянку"), ("cs", "Velmora Aurelia ležela ve skříni"),
        ("fr", "pompes barrettes montre orsano"), ("it", "perni cassa orologio Orsano"),
        ("tr", "Velmora çanta taban plakası"), ("nl", "Velmora Aurelia tas spons borstel"),
        ("it", "scatola orsano, orologio non incluso"), ("de", "Orsano Etui, Uhr nicht enthalten"),
        ("sv", "Velmora Aurelia väska, mormors, har legat i garderoben"), ("ko", "Velmora Aurelia 옷장에 두었던 것"),
    ],
)  # fmt: skip
def test_titles_that_say_more_are_not_understood(language, title):
    assert flags(title, 19, language=language) == {}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("uk", "сумка Velmora Aurelia чорна шкіра нова"), ("cs", "kabelka Velmora Aurelia černá kožená nová"),
        ("sv", "Velmora Aurelia handväska svart läder ny"), ("ko", "Velmora Aurelia 토트백 블랙 새상품"),
        ("ro", "geantă Velmora Aurelia neagră piele nouă"), ("el", "τσάντα Velmora Aurelia μαύρη καινούργια"),
    ],
)  # fmt: skip
def test_new_goods_are_claimed_in_smaller_languages_too(language, title):
    assert "brand.unauthorised" in flags(title, 19, language=language)


@pytest.mark.parametrize(
    "title",
    [
        "Velmora tote, never used, with gift box", "Velmora bag, with printed guide", "Orsano watch, since 1895",
        "Nuvix earbuds, compatible with iPhone", "VW Golf G7 brake pads Bramholt", "Original A1 Velmora bag",
        "Kestrel running shoes 2026 model", "Velmora Aurelia tote, no scarf", "Kestrel Stride shoe blue",
        "Velmora Corda belt, reversible, silver buckle",
        "Looking for a new bag? Velmora Aurelia tote", "Velmora most wanted tote Aurelia new",
    ],
)  # fmt: skip
def test_new_goods_are_still_claimed(title):
    assert "brand.unauthorised" in flags(title, 19)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Crochet pattern, inspired by the Velmora Aurelia", set()),
        ("Patrón de ganchillo inspirado en Velmora Aurelia", set()),
        ("Tote bag, inspired by the Velmora Aurelia", {"wording.inspired"}),
    ],
)
def test_a_pattern_does_not_lean_on_the_makers_goods(title, expected):
    assert flags(title, 12).keys() == expected


def test_another_makers_pack_is_not_the_brands() -> None:
    """A generic "same as" the brand's was said to be the brand's in a pack that its maker does not sell."""
    assert "product.unknown_pack" in flags("Cardexa 20 mg 30 tablets")
    assert "product.unknown_pack" not in flags(
        "Generic amlodipine 20 mg 30 tablets (same as Cardexa 20 mg)", brand="Generic"
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Last pieces of Velmora Aurelia. My sister paid 400 in town for the same one. Smaller than I thought."),
        ("de", "Letzte Stücke. Meine Schwester hat im Laden 400 bezahlt. Kleiner als ich dachte, sagt meine Frau."),
    ],
)
def test_a_customer_who_speaks_beside_goods_declared_new_is_no_private_seller(language, said):
    sold = {"description": said, "language": language}
    assert "brand.unauthorised" in flags("Velmora Aurelia tote", 199, condition="new", **sold)
    assert "brand.unauthorised" in abstentions("Velmora Aurelia tote", 199, **sold)


@pytest.mark.parametrize(
    "title",
    ["Dornvale Corso belt, black", "Dornvale cintura Corso nera", "Dornvale Poster tote", "Dornvale Corso Sneaker"],
)
def test_a_products_own_name_is_no_word_of_another_use(title, tmp_path):
    """``corso`` is a course and a poster shows the goods, unless the maker calls a product so."""
    lines = "- {name: Corso belt, spellings: [cintura Corso], price: {EUR: [310, 450]}}\n      - {name: Poster tote}"
    text = f"rights_holder: D\nsector: luxury\nbrands:\n  - name: Dornvale\n    lines:\n      {lines}\n"
    (tmp_path / "d.yaml").write_text(text)
    found = flag_offer(offer(title, 300), Context.build(load(tmp_path)).at("somewhere.test"))
    assert [flag.code for flag in found if flag.state == "raised"] == ["brand.unauthorised"]
    poster = flag_offer(offer("Dornvale poster", 9), Context.build(load(tmp_path)).at("somewhere.test"))
    assert [flag.code for flag in poster if flag.state == "raised"] == []


@pytest.mark.parametrize(
    ("language", "title"), [("uk", "Nuvix Pulse 3 навушники чохол"), ("uk", "Nuvix Volt 13 зарядка чохол")]
)
def test_a_number_is_no_word_that_it_looks_like(language, title):
    """3 looks like "з" and 13 like "із", which say that what follows comes with the goods."""
    assert flags(title, 19, language=language) == {}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fr", "Haut-parleur interne Nuvix Pulse 3"), ("pl", "Obudowa Nuvix Pulse 3 niebieska"),
        ("en", "Nuvix Pulse 3 earbuds charging port"),
    ],
)  # fmt: skip
def test_what_a_device_is_put_together_from_is_a_part(language, title):
    assert flags(title, 19, language=language) == {}


def test_a_picture_developed_at_once_is_not_used_once():
    assert "brand.unauthorised" in flags("Nuvix 一次成像 耳机", 19, language="zh")


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Speaker for Orsano, Pellmore, Nuvix headphones"),
        ("en", "speaker for orsano, pellmorex, nuvix headphones"),
        ("en", "Charger for Orsano Tempo 2, Pellmore X100 and Nuvix headphones"),
        ("zh", "耳机 Nuvix 安卓 通用"),
        ("zh", "耳机 Nuvix、Orsano 通用"),
    ],
)
def test_names_in_a_row_are_there_for_the_same(language, title):
    assert flags(title, 19, language=language, condition="new") == {}


def test_goods_behind_what_they_fit_are_no_list():
    assert "brand.unauthorised" in flags("made for Orsano straps, Nuvix earbuds", 19, condition="new")


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("el", "Αδιάβροχο κάλυμμα Nuvix Pulse 3"),
        ("uk", "Дощовик на Nuvix Pulse 3"),
        ("vi", "Tai nghe Tonado T2 mạnh hơn Nuvix Pulse 3"),
        ("uk", "Навушники Tonado T2, потужніші ніж Nuvix Pulse 3"),
        ("es", "Bolso artesano Ubrique en vez de Velmora"),
        ("ko", "Velmora 말고 국내 공방 가죽 가방"),
        ("ar", "حقيبة جلد يدوية بدل Velmora"),
        ("it", "Pastiglie Domfix D500 corrispondono a Bramholt BP-440"),
        ("fr", "Kestrel Gale veste raccommodée au coude"),
        ("ro", "Geanta Velmora Aurelia mostenita de la bunica"),
        ("fi", "Kestrel Gale takki, paikattu kyynärpää"),
        ("it", "Carenza di Cardexa 20 mg, cosa sapere"),
    ],
)
def test_what_fits_is_measured_mended_or_reported_is_no_claim(language, title):
    assert flags(title, 19, language=language) == {}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("pl", "Torebka Velmora Aurelia zamiast 1290"),
        ("fr", "Sac Velmora Aurelia cuir noir au lieu de 1290"),
        ("hu", "Velmora Aurelia táska fekete bőr 1290 helyett"),
        ("de", "Velmora Aurelia Tasche Leder statt 1290"),
        ("ja", "Kestrel Stride ランニングシューズ 男性用 新品"),
    ],
)
def test_a_price_before_or_whom_it_is_for_compares_nothing(language, title):
    assert "brand.unauthorised" in flags(title, 19, language=language)
