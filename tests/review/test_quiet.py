"""A shop of which nothing was asked for a minute is not called abandoned: the run may go on elsewhere."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.review.crawls import why_ended

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "said"), [(10, "workers are at it"), (600, "it is done and the run goes on, or")])
def test_what_is_said_of_a_crawl_without_an_end(seconds, said):
    begun = NOW - timedelta(hours=1)
    crawl = {
        "budget": {"pages": 20_000, "seconds": 0},
        "started_at": begun,
        "last_at": NOW - timedelta(seconds=seconds),
    }
    assert said in why_ended(crawl, NOW)


@pytest.mark.parametrize(("cards", "sightings", "said"), [(40, 0, True), (40, 39, False), (0, 0, False)])
def test_a_crawl_without_an_offer_says_that_its_lists_showed_goods(cards, sightings, said):
    crawl = {
        "budget": {"pages": 20_000, "seconds": 0},
        "started_at": NOW - timedelta(minutes=5),
        "last_at": NOW,
        "finished_at": NOW,
        "requests": 12,
        "responses": {"200": 12},
        "pages": {"list": 1, "other": 8},
        "cards": cards,
        "sightings": sightings,
    }
    assert ("40 cards of its lists led to pages" in why_ended(crawl, NOW)) is said
