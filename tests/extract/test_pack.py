"""Pack sizes as people write them, and what is none."""

from decimal import Decimal

import pytest

from crawler.extract import pack


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("Shower Gel 250 ml", ("250", "ml")),
        ("Olivenöl 0,75 l", ("750", "ml")),
        ("Eau de Parfum 1.7 fl oz", ("50.27495", "ml")),
        ("Coffee 2 x 500 g", ("1000", "g")),
        ("Cat food 12x85g", ("1020", "g")),
        ("Ibuprofen 400 mg, 30 tablets", ("30", "pieces")),
        ("Tea lights, pack of 50", ("50", "pieces")),
        ("Чай 100 г", ("100", "g")),
        ("Drill 18V with 2 batteries", None),
        ("Paracetamol 500 mg", None),
        ("£3.50/kg", None),
        ("iPhone 15 Pro", None),
        ("Poster 30x40", None),
    ],
)
def test_the_first_pack_size_of_a_text(text, size):
    found = pack.find(text)
    assert (found and (f"{found.amount:f}", found.unit)) == size
    assert found is None or isinstance(found.amount, Decimal)
