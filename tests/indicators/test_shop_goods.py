"""Goods that shops of every country sell: claimed by their nouns, and not where the noun names what is for them."""

import pytest

from tests.indicators.offers import flags


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("es", "Kestrel gafas de natación"),
        ("el", "φόρεμα τένις Kestrel"),
        ("nl", "Kestrel voetbaltenue maat L"),
        ("fi", "Kestrel uimalasit musta"),
        ("da", "Kestrel løbevest sort"),
        ("ru", "рашгард Kestrel чёрный"),
        ("ja", "Kestrel ラッシュガード 黒"),
        ("pt", "necessaire feminina Velmora preta"),
        ("hu", "Velmora irhakabát fekete"),
        ("zh", "Velmora 披肩 羊绒"),
        ("tr", "Velmora sabahlık siyah"),
        ("it", "Velmora accappatoio bianco"),
        ("sv", "Velmora badrock frotté vit M/L"),
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
