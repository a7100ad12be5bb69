"""Goods of devices, vehicles and workshops are known in the languages of shops; what only goes with them is not."""

import pytest

from tests.indicators.offers import flags


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Nuvix Überwachungskamera WLAN weiß"), ("fr", "Nuvix prise connectée blanche"),
        ("es", "Nuvix tocadiscos bluetooth negro"), ("it", "Telecamera di sorveglianza Nuvix bianca"),
        ("nl", "Nuvix stekkerdoos 6-voudig wit"), ("pl", "Statyw Nuvix czarny"), ("cs", "Osobní váha Nuvix bílá"),
        ("sv", "Nuvix blodtrycksmätare vit"), ("no", "Nuvix hodelykt svart"), ("fi", "Nuvix näytönohjain musta"),
        ("el", "Nuvix πιεσόμετρο λευκό"), ("ru", "Тонометр Nuvix белый"), ("ar", "كاميرا مراقبة Nuvix أبيض"),
        ("ja", "Nuvix 体組成計 ホワイト"), ("zh", "Nuvix 行车记录仪 黑色"), ("id", "Nuvix kipas casing hitam"),
        ("de", "Bramholt Koppelstange vorne links"), ("it", "Bramholt semiasse anteriore destro"),
        ("hu", "Bramholt lökhárító első"), ("tr", "Bramholt rot başı sağ"), ("uk", "Bramholt глушник задній"),
        ("ko", "Bramholt 자동차 배터리 70Ah"), ("vi", "Bramholt nhớt xe máy 10W-40 1L"),
        ("en", "Bramholt motorcycle jacket black"),
        ("de", "Bramholt Fahrradschloss 90 cm"), ("nl", "Bramholt fietspomp zwart"),
        ("it", "Kestrel scarpe ciclismo nere 42"), ("ja", "Bramholt トルクレンチ"), ("tr", "Bramholt lokma takımı"),
        ("ro", "Bramholt anvelope iarnă 205/55 R16"),
    ],
)  # fmt: skip
def test_goods_are_known_in_the_language_of_the_shop(language, title):
    assert "brand.unauthorised" in flags(title, 19, language=language)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "wall mount for Nuvix security camera"), ("en", "Nuvix turntable dust cover"),
        ("de", "Schutzhülle Nuvix E-Reader schwarz"), ("de", "Ladekabel Nuvix Pulse 3"),
        ("fr", "Diamant platine vinyle Nuvix"), ("zh", "Nuvix 行车记录仪支架"), ("tr", "Nuvix akıllı saat kordonu"),
        ("en", "Bramholt tyre repair service"), ("pl", "Naklejka Bramholt na zderzak"),
        ("ja", "Bramholt マフラー用ステッカー"), ("de", "Emaille Schild Bramholt Motoröl"),
    ],
)  # fmt: skip
def test_what_goes_with_goods_is_claimed_in_no_language(language, title):
    assert flags(title, 19, language=language) == {}
