import pytest

from crawler.indicators.products.packs import packs_of


@pytest.mark.parametrize(
    ("text", "packs"),
    [
        ("Serum 30ml", [(30.0, "ml")]),
        ("1,5 l, 2 cl", [(1500.0, "ml"), (20.0, "ml")]),
        ("28 Tabletten", [(28.0, "tablet")]),
        ("28 tabletek po 10 mg", [(28.0, "tablet"), (10.0, "mg")]),
        ("таблетки 28 шт", [(28.0, "piece")]),
        ("сыворотка 30 мл", [(30.0, "ml")]),
        ("美容液 30ml 2個", [(30.0, "ml"), (2.0, "piece")]),
        ("20mg 28錠入", [(20.0, "mg"), (28.0, "tablet")]),
        ("28정 세트", [(28.0, "tablet")]),
        ("٢٨ قرص", [(28.0, "tablet")]),
        ("50 kapsułek, 50 kapslí", [(50.0, "capsule"), (50.0, "capsule")]),
        ("0.5 kg", [(500.0, "g")]),
        ("model 2024 г, 40 dB, 5 lamps, 3 stores", []),
        ("12 T\u0130LL, 5 \u212ag", [(5000.0, "g")]),
    ],
)
def test_packs_in_many_languages(text, packs):
    assert packs_of(text) == packs
