"""Whatever a page holds, flags come in bounded time and their sentences are safe to show."""

import time
import unicodedata

import pytest

from crawler.indicators.flags import flag_offer
from crawler.indicators.safe import quote
from tests.indicators.offers import context, offer

TEXTS = [
    "velmora replica " * 60_000,
    "velmora " + "not " * 250_000 + "replica",
    "velmora " + "no replica, " * 80_000,
    "velmora \u202e\u2066" + "\u0335" * 500_000,
    "velmora {__class__} {0} %s {brand.__init__}",
    "velmora <script>alert(1)</script>\r\n\x00\x1b[31m",
    "velmora " + "仿" * 300_000,
    "velmora " + "1:1" * 300_000,
    "velmora " + "30 ml 2 x " * 100_000,
    "velmora " + "9" * 400_000,
    "for " * 20_000 + "velmora" + " for" * 200_000,
    "velmora aurelia " * 60_000,
    '"velmora pirate replica" ' * 40_000,
    "we sew the velmora logo in, it is not from them, " * 20_000,
    "velmora replica of a ship of the copy of a clone " * 20_000,
    "is it a velmora copy? It is not. " * 30_000,
    "velmora strap for aurelia tote lid of the bag, " * 20_000,
    "sold as fake so it goes cheap, the real velmora against a copy " * 15_000,
]


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_hostile_texts(number):
    text = TEXTS[number]
    item = offer(
        text, 5, description=text, category=(text[:1000],) * 20, images=("https://x.test/" + text[:5000],) * 50
    )
    started = time.process_time()
    flags = flag_offer(item, context())
    assert time.process_time() - started < 10  # seconds of work; two at most, and other work on the machine counts not
    assert flags
    for flag in flags:
        flag.sentence.encode("utf-8")
        assert len(flag.sentence) < 1500
        assert not [c for c in flag.sentence if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}]
        assert len(str(flag.values)) < 10_000
        assert all(len(proof.text) <= 300 for proof in flag.provenance)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\u202eb", "a·b"),
        ("a\nb\tc", "a b c"),
        ("\ud800", "·"),
        ("é", "é"),
        ("e\u0301\u0301\u0301", "e\u0301"),
        ("x" * 100, "x" * 79 + "…"),
        ("", ""),
    ],
)
def test_quote(text, shown):
    assert quote(text) == shown
