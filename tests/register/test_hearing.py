"""Names that another script writes by ear, and words that only sound a little like one."""

import pytest

from crawler.register.loading import build
from crawler.register.matching import Matcher
from crawler.register.schema import Brand, RightsHolder


@pytest.fixture(scope="module")
def matcher():
    names = ("Dalvenor", "Brixtone", "Quermann", "Solthwick", "Pavelle Grint", "Torin")
    return Matcher(build([RightsHolder(rights_holder=n, sector="luxury", brands=(Brand(name=n),)) for n in names]))


@pytest.mark.parametrize(
    ("text", "brand"),
    [
        ("сумка Далвенор", "Dalvenor"),
        ("Дальвэнор кожа", "Dalvenor"),
        ("сумка Кверман", "Quermann"),
        ("Τσάντα Νταλβένορ", "Dalvenor"),
        ("حقيبة دالفينور", "Dalvenor"),
        ("תיק דלבנור", "Dalvenor"),
        ("ダルヴェノール 財布", "Dalvenor"),
        ("ダルベノール 財布", "Dalvenor"),
        ("달베노르 가방", "Dalvenor"),
        ("डलवेनोर बैग", "Dalvenor"),
        ("ブリクストーン 時計", "Brixtone"),
        ("브릭스톤 시계", "Brixtone"),
        ("بريكستون ساعة", "Brixtone"),
        ("クェルマン バッグ", "Quermann"),
        ("сумка Павел Гринт", "Pavelle Grint"),
        ("パヴェル・グリント", "Pavelle Grint"),
    ],
)
def test_heard(matcher, text, brand):
    found = matcher.find(text)
    assert [mention.brand for mention in found] == [brand]
    assert "transliteration" in found[0].disguise
    assert not found[0].deliberate


@pytest.mark.parametrize(
    "text",
    ["тарань вяленая", "торн книга", "брикет угольный", "далёкий вечер", "ダイヤモンド 指輪", "ブリキ 缶", "단풍 나무",
     "قرمان", "دلفين بحر", "دفنر", "Павел Петров", "グリント", "カメラ ケース", "브릭 장난감", "Далвенарский парк"],
)  # fmt: skip
def test_not_heard(matcher, text):
    assert matcher.find(text) == ()


def test_a_vowel_that_differs_makes_it_as_doubtful_as_a_slip(matcher):
    assert matcher.find("Далвинор")[0].disguise == ("transliteration", "typo")
    assert matcher.find("Далвенор")[0].disguise == ("transliteration",)


def test_written_from_behind(matcher):
    assert matcher.find("ronevlaD bag")[0].disguise == ("reversed",)
    assert matcher.find("nirot bag") == ()  # five letters are a word by chance
