"""Titles as shops write them for new goods: colour, stuff, size, what they do, what state they are in."""

import pytest

from tests.indicators.offers import flags

PLAIN = [
    ("en", "Velmora Corda belt reversible oxblood walnut pewter"),
    ("en", "Nuvix Volt charger gunmetal slate matt cellophane intact"),
    ("de", "Orsano Tempo Uhr schiefergrau gebürstet verschweißt"),
    ("fr", "Orsano Tempo montre ardoise brossé sous cellophane"),
    ("it", "Velmora Aurelia borsa tortora ghiaccio scozzese cartellino"),
    ("es", "Kestrel Stride zapatillas frambuesa pizarra vichy precinto"),
    ("nl", "Velmora Aurelia tas leisteen schildpad ongeopend prijskaartje"),
    ("pl", "Nuvix Pulse 3 słuchawki szałwia błękit mat plomba"),
    ("cs", "Kestrel Stride boty břidlice meruňka žakár visačka"),
    ("sv", "Velmora Aurelia väska skiffer sköldpadd oöppnad prislapp"),
    ("da", "Orsano Tempo ur skifer børstet uåbnet"),
    ("no", "Velmora Aurelia veske skifer skilpadde uåpnet merkelapp"),
    ("fi", "Velmora Aurelia laukku kilpikonna meleerattu avaamaton"),
    ("ro", "Orsano Tempo ceas ardezie turcoaz bronz celofan"),
    ("hu", "Velmora Aurelia táska teknőc palaszürke bontatlan"),
    ("el", "Velmora Aurelia τσάντα ταρταρούγα κεραμιδί πετρόλ φλοράλ"),
    ("tr", "Orsano Tempo saat füme kırçıllı jelatininde kapıda ödeme"),
    ("ru", "Nuvix Pulse 3 наушники марсала оникс меланж в пленке"),
    ("uk", "Velmora Aurelia сумка марсала онікс меланж бірка у плівці"),
    ("ar", "ساعة Orsano Tempo عنابي مطفي مختوم الدفع عند الاستلام"),
    ("ja", "Velmora Aurelia バッグ べっ甲 テラコッタ 匿名配送 未開封"),
    ("ko", "Velmora Aurelia 가방 버건디 카라멜 미개봉 당일발송"),
    ("zh", "Velmora Aurelia 手提包 玳瑁色 焦糖 未拆封"),
    ("vi", "Túi Velmora Aurelia đồi mồi đỏ đô chưa khui toàn quốc"),
    ("id", "tas Velmora Aurelia merah bata kulit sapi masih segel gratis ongkir"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title"), PLAIN)
def test_what_new_goods_are_like_is_understood_in_the_language_of_the_shop(language, title):
    assert "brand.unauthorised" in flags(title, 19, language=language)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("it", "quadrante ghiera Orsano Tempo ardesia"),
        ("fr", "lunette Orsano Tempo ardoise"),
        ("en", "Orsano Tempo bezel hands"),
        ("pl", "cudak łupkowy Velmora Aurelia"),
        ("fi", "Velmora Aurelia härpäke kilpikonna"),
        ("ar", "حشوة Velmora Aurelia عنابي"),
        ("ja", "Velmora Aurelia 型崩防止具 テラコッタ"),
    ],
)
def test_parts_and_unknown_things_are_claimed_in_no_colour(language, title):
    assert flags(title, 19, language=language) == {}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("it", "Velmora trench doppiopetto senape"), ("fi", "Orsano sukelluskello 41 mm musta"),
        ("no", "Kestrel treningstights svart S-XL"), ("pl", "Nuvix młynek do kawy czarny mat"),
        ("el", "Nuvix μηχανή espresso μαύρη ματ 15 bar"),
    ],
)  # fmt: skip
def test_kinds_of_goods_are_known(language, title):
    assert "brand.unauthorised" in flags(title, 19, language=language)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("sv", "Kaffekapslar kompatibla med Nuvix 50 st"), ("el", "Κάψουλες συμβατές με Nuvix 50 τεμ"),
        ("vi", "Viên nén cà phê tương thích Nuvix 50 viên"), ("id", "Kapsul kopi kompatibel Nuvix 50 pcs"),
        ("no", "Kaffekapsler kompatible med Nuvix 50 stk"), ("id", "Jam tangan Orsano Tempo second"),
    ],
)  # fmt: skip
def test_what_fits_and_what_was_used_is_no_claim(language, title):
    assert flags(title, 19, language=language) == {}


def test_what_is_newly_sealed_is_no_work_on_goods():
    assert "brand.unauthorised" in flags("Orsano Tempo Uhr neu verschweißt", 2500, language="de")
    assert flags("Orsano Tempo Armband neu vernäht", 19, language="de") == {}


def test_the_sign_of_a_name_joins_nothing():
    """ "H&V Capri trousers" are no Capri scarf that trousers come with."""
    assert "price.far_below_range" not in flags("H&V Capri trousers", 19)
    assert "price.far_below_range" in flags("H&V Capri scarf", 19)
