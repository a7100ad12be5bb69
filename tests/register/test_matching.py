"""Names in disguise are found, ordinary words are not."""

import time

import pytest

from crawler.register.loading import build, load
from crawler.register.matching import Matcher
from crawler.register.schema import Brand, RightsHolder, Work


@pytest.fixture(scope="module")
def matcher():
    return Matcher(load())


def register(*brands):
    return build([RightsHolder(rights_holder=b.name, sector="luxury", brands=(b,)) for b in brands])


FOUND = [
    ("Velmora Aurelia tote", "Velmora", ()),
    ("VELMORA AURELIA", "Velmora", ()),
    ("Velmora's finest", "Velmora", ()),
    ("Velmoras neue Tasche", "Velmora", ()),
    ("„Velmora“-Tasche", "Velmora", ()),
    ("Vеlmоrа bag", "Velmora", ("homoglyph",)),
    ("νelmοra bag", "Velmora", ("homoglyph",)),
    ("VeImora bag", "Velmora", ("homoglyph",)),
    ("Velrnora bag", "Velmora", ("homoglyph",)),
    ("V3lm0r4 bag", "Velmora", ("leet",)),
    ("Ve|mora bag", "Velmora", ("leet",)),
    ("$olcere cream", "Solcere", ("leet",)),
    ("Or5an0!", "Orsano", ("leet",)),
    ("Ve\u200blmo\u200dra bag", "Velmora", ("zero_width",)),
    ("V\u0336e\u0336l\u0336m\u0336o\u0336r\u0336a\u0336", "Velmora", ("combining",)),
    ("Vélmora", "Velmora", ("accent",)),
    ("V e l m o r a bag", "Velmora", ("spaced",)),
    ("v.e.l.m.o.r.a", "Velmora", ("spaced",)),
    ("Vel-mora bag", "Velmora", ("spaced",)),
    ("ⓥⓔⓛⓜⓞⓡⓐ", "Velmora", ("styled",)),
    ("𝓥𝓮𝓵𝓶𝓸𝓻𝓪 bag", "Velmora", ("styled",)),
    ("Ｖｅｌｍｏｒａ", "Velmora", ("styled",)),
    ("🅥🅔🅛🅜🅞🅡🅐", "Velmora", ("styled",)),
    ("Vlemora bag", "Velmora", ("typo",)),
    ("Orsanno watch", "Orsano", ("typo",)),
    ("Вельмора сумка", "Velmora", ()),
    ("ВЕЛЬМОРА СУМКА", "Velmora", ()),
    ("Κεστρελ shoe", "Kestrel", ("transliteration",)),
    ("ヴェルモラのバッグ", "Velmora", ()),
    ("维莫拉手袋", "Velmora", ()),
    ("velmorabags", "Velmora", ()),
    ("#velmoraoutlet", "Velmora", ()),
    ("VelmoraBag2024", "Velmora", ()),
    ("Velmora包包", "Velmora", ()),
    ("LumenForge Studio", "Lumen Forge", ()),
    ("lumen forge studio", "Lumen Forge", ()),
    ("lumen frge studio", "Lumen Forge", ("typo",)),
    ("Solcère Nuit", "Solcere", ()),
    ("H&V Riviera shirt", "H&V", ()),
    ("h & v riviera", "H&V", ()),
    ("H and V Capri scarf", "H&V", ()),
    ("H&amp;V Capri scarf", "H&V", ()),
]


@pytest.mark.parametrize(("text", "brand", "means"), FOUND)
def test_found(matcher, text, brand, means):
    mentions = [m for m in matcher.find(text) if not m.work]
    assert [m.brand for m in mentions] == [brand]
    if brand != "H&V":
        assert mentions[0].disguise == means
    assert text[mentions[0].start : mentions[0].end] == mentions[0].text


@pytest.mark.parametrize(
    "text",
    ["leather handbag", "vel mo ra", "the mora of Vel", "a normal tote", "5010", "1 0 1 0", "or sane",
     "HV cable", "head of V", "solder", "solace", "orange", "nuvola", "bramble hold", "¡oferta!", "", " ", "!!!", "🙂"],
)  # fmt: skip
def test_not_found(matcher, text):
    assert matcher.find(text) == ()


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [
        ("Kestrel nest box", True),
        ("A kestrel over the field", True),
        ("Kestrel running shoe", False),
        ("KESTREL Stride 43", False),
        ("Kestrel KS-GAL", False),
        ("Kеstrеl", False),  # nobody writes the bird with Cyrillic letters
        ("H & V", True),
        ("H&V Riviera", False),
    ],
)
def test_ambiguous_names_need_context(matcher, text, ambiguous):
    assert [m.ambiguous for m in matcher.find(text)] == [ambiguous]


def test_context_may_come_from_elsewhere(matcher):
    assert [m.ambiguous for m in matcher.find("Kestrel", context="Schuhe / Damen")] == [False]


@pytest.mark.parametrize(
    ("brand", "text", "found"),
    [
        ("Hermes", "Greek heroes", False),
        ("Beats", "all bets are off", False),
        ("Chanel", "English channel map", False),
        ("Chanel", "Chanell bag", True),
        ("3M", "3M tape", True),
        ("3M", "EM tape", False),
        ("7-Eleven", "7-Eleven cup", True),
        ("7-Eleven", "7 eleven cup", True),
        ("7-Eleven", "t-eieven", False),
        ("Müller", "Mueller milk", True),
        ("Müller", "Muller milk", True),
        ("Levi's", "levis 501", True),
        ("Levi's", "Levi’s 501", True),
        ("L'Oréal", "LOREAL cream", True),
        ("Fox", "F 0 X", False),
        ("Ζεύς Βελμ", "ΖΕΎΣ ΒΕΛΜ", True),
    ],
)
def test_names_of_other_kinds(brand, text, found):
    assert bool(Matcher(register(Brand(name=brand))).find(text)) is found


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("url", "/p/velmora-aurelia-tote.html"),
        ("url", "/p/v%D0%B5lmora%20tote"),
        ("url", "/p/lumen+forge+studio"),
        ("image", "IMG_velmora_tote(1).jpg"),
        ("image", "velmorabag01.webp"),
        ("domain", "velmoraoutletuk"),
        ("hashtag", "#VelmoraStyle"),
    ],
)
def test_addresses_and_tags(matcher, where, text):
    assert [m.brand for m in matcher.find(text, where=where) if not m.work] in (["Velmora"], ["Lumen Forge"])


def test_a_work_and_its_brand_are_both_found(matcher):
    mentions = matcher.find("Lumen Forge Studio 8 full")
    assert {m.work for m in mentions} == {"", "Lumen Forge Studio 8"}


def test_an_everyday_title_needs_its_creator():
    work = Work(title="The Door", kind="book", creators=("Magda Ostrom",), ambiguous=True)
    matcher = Matcher(register(Brand(name="Quillhaven", works=(work,))))
    assert [m.ambiguous for m in matcher.find("the door is open") if m.work] == [True]
    assert [m.ambiguous for m in matcher.find("The Door, Magda Ostrom") if m.work] == [False]


@pytest.mark.parametrize(
    "text",
    ["velmora " * 125_000, "v\u0301" * 500_000, "\ud800velmora" * 10_000, "\u202evelmora" * 10_000,
     "V e l m o r a " * 70_000,
     "$" * 1_000_000, "a|" * 500_000, "\U0001f1fb" * 300_000, "vel" * 300_000, "\u0628" * 1_000_000,
     "%F0%9F" * 100_000, "kestrel" * 100_000],
)  # fmt: skip
@pytest.mark.parametrize("where", ["title", "url"])
def test_hostile_texts_take_bounded_time(matcher, text, where):
    started = time.process_time()
    mentions = matcher.find(text, where=where)
    assert time.process_time() - started < 5  # seconds; a second at most on a quiet machine
    assert len(mentions) <= 50


def test_overlapping_names_give_the_longer_one():
    matcher = Matcher(register(Brand(name="Palm"), Brand(name="Palm Harbour")))
    assert [m.brand for m in matcher.find("Palm Harbour shirt")] == ["Palm Harbour"]


def test_two_ordinary_words_are_a_name_only_beside_its_products():
    holder = RightsHolder(
        rights_holder="Stonefield",
        sector="tools",
        brands=(Brand(name="Stonefield", lines=({"name": "SF-40 drill", "mpn": "SF-40"},)),),
    )
    matcher = Matcher(build([holder]))
    assert [m.brand for m in matcher.find("Stone field SF40 drill")] == ["Stonefield"]
    assert [m.brand for m in matcher.find("Stone field SF-40, new")] == ["Stonefield"]
    assert matcher.find("Stone field with poppies, print") == ()
