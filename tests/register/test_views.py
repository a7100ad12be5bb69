import pytest

from crawler.register.loading import build
from crawler.register.matching import Matcher
from crawler.register.schema import Brand, RightsHolder
from crawler.register.views import views


@pytest.fixture(scope="module")
def matcher():
    return Matcher(build([RightsHolder(rights_holder="V", sector="luxury", brands=(Brand(name="Velmora"),))]))


@pytest.mark.parametrize(
    ("title", "written", "disguise"),
    [
        ("Sale Veeelmora bag", "Veeelmora", "drawn_out"),
        ("Vvelmmooora bag", "Vvelmmooora", "drawn_out"),
        ("new \u202earomleV\u202c bag", "aromleV", "reversed"),
        ("V+e+l+m+o+r+a bag", "V+e+l+m+o+r+a", "spaced"),
        ("V & e & l & m & o & r & a", "V & e & l & m & o & r & a", "spaced"),
        ("Vel\u3164mo\u2800ra bag", "Vel\u3164mo\u2800ra", "zero_width"),
        ("Vel🔥mora bag", "Vel🔥mora", "spaced"),
        ("VΞLMORΛ bag", "VΞLMORΛ", "homoglyph"),
        ("V€lmora bag", "V€lmora", "styled"),
    ],
)
def test_a_name_is_found_where_it_stands(matcher, title, written, disguise):
    (mention,) = matcher.find(title)
    assert mention.text.strip("\u202e\u202c") == written
    assert title[mention.start : mention.end] == mention.text
    assert disguise in mention.disguise


@pytest.mark.parametrize(
    "text", ["Wooow, sooo good", "aaaa", "a+b+c", "A & B & C & D", "\u202e", "\u202eabc", "1+1+1+1+1"]
)
def test_odd_texts_without_the_name(matcher, text):
    assert matcher.find(text) == ()


def test_an_ordinary_title_has_no_further_readings():
    assert list(views("Leather bag, 2 x 30 cm, black & white")) == []


@pytest.mark.parametrize("text", ["e" * 100_000, "\u202e" * 50_000, "a+" * 50_000, "ab" * 50_000 + "ccc"])
def test_hostile_texts_cost_little(matcher, text):
    matcher.find(text)
