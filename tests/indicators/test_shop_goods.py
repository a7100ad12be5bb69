"""Goods that shops of every country sell: claimed by their nouns, and not where the noun names what is for them."""

import pytest

from tests.indicators.offers import flags


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Kestrel Handballschuhe Gr. 43"),
        ("fr", "survêtement Kestrel taille M"),
        ("nl", "Kestrel voetbaltenue maat L"),
        ("pl", "spodnie trekkingowe Kestrel"),
        ("fi", "Kestrel vaellushousut musta"),
        ("ru", "рашгард Kestrel чёрный"),
        ("ja", "Kestrel ラッシュガード 黒"),
        ("sv", "Velmora fårskinnsjacka svart"),
        ("hu", "Velmora irhakabát fekete"),
        ("el", "δερμάτινο παλτό Velmora"),
        ("tr", "Velmora sabahlık siyah"),
        ("it", "Velmora accappatoio bianco"),
    ],
)
def test_goods_are_claimed_by_their_nouns(language, title):
    assert "brand.unauthorised" in flags(title, 19, language=language)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Ersatzsohle für Kestrel Handballschuhe"),
        ("en", "hanger for Velmora fur coat"),
        ("fr", "housse pour manteau de fourrure Velmora"),
        ("it", "laccio di ricambio per accappatoio Velmora"),
        ("ru", "молния для гидрокостюма Kestrel"),
        ("en", "empty box Kestrel tracksuit"),
        ("nl", "lege doos Velmora badjas"),
    ],
)
def test_what_is_for_the_goods_is_not_claimed(language, title):
    assert flags(title, 19, language=language) == {}
