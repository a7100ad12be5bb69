import pytest

from crawler.register.slips import slip_of


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("vellmora", "slip"),
        ("velmoraa", "slip"),
        ("vemlora", "slip"),
        ("velmroa", "slip"),
        ("welmora", "near"),
        ("velmore", "near"),
        ("velnora", "near"),
        ("velmoda", "far"),
        ("velora", "near"),
        ("velmorta", "near"),
        ("belmora", "near"),
        ("delmora", "far"),
        ("elmora", "far"),
        ("avelmora", "far"),
        ("velsora", "far"),
    ],
)
def test_how_like_a_slip_of_the_pen_a_word_is(written, kind):
    assert slip_of(written, "velmora") == kind
