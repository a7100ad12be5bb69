"""What a text says is what the tables of words answer, although most of them are not asked."""

import pytest

from crawler.extract import labels, stated
from crawler.extract.sayings import NOTHING, TELLING, saying

KNOWN = labels.tables()
PHRASES = sorted({*KNOWN.fields, *KNOWN.cart, *KNOWN.related, *KNOWN.availability, *KNOWN.free, *KNOWN.on_request})
DRESSES = ("{}", "{}:", "» {} !", "{} (3 left)", "{} - 20 €", "the {} of all", "x: {}", "only 3 {}", "product {}")


def answers(low):
    before, _, behind = low.partition(":")
    return (
        labels.meaning(low),
        labels.is_cart(low),
        labels.is_related(low, heading=False),
        labels.is_related(low, heading=True),
        stated.availability(low) or (stated.availability(behind.strip()) if before and behind else None),
        labels.is_free(low),
        labels.is_on_request(low),
    )


@pytest.mark.parametrize("dress", DRESSES)
def test_every_phrase_is_heard_in_every_dress(dress):
    for phrase in PHRASES:
        low = dress.format(phrase)
        if len(low) <= labels.LABEL_LIMIT:
            assert saying(low)[1:-1] == answers(low), low


@pytest.mark.parametrize("low", ["", "linen shirt", "call us for a price", "ask for our prices in 3 days", "ab"])
def test_other_texts_say_what_they_say(low):
    assert saying(low)[1:-1] == answers(low)


@pytest.mark.parametrize("phrase", sorted(KNOWN.condition))
def test_a_condition_is_heard_alone_where_its_words_mean_nothing_else(phrase):
    wanted = KNOWN.condition[phrase] if len(phrase) >= TELLING and phrase not in KNOWN.vague else None
    assert saying(phrase).condition == wanted


def test_a_long_text_says_nothing_alone_but_may_hold_a_label():
    long = "brand: " + "x" * 100
    assert saying(long).labelled
    assert saying(long)[1:] == NOTHING[1:]
