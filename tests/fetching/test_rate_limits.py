"""How servers write down how often they may be asked."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from scrapy.http import Response

from crawler.fetching.rate_limits import wait_asked


def response(**headers: str) -> Response:
    return Response("http://x.test/", headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize(
    ("headers", "low", "high"),
    [
        ({}, 0, 0),
        ({"Retry_After": "7"}, 7, 7),
        ({"X_RateLimit_Remaining": "299", "X_RateLimit_Reset": "300"}, 0, 0),
        ({"X_Ratelimit_Remaining": "0.0", "X_Ratelimit_Reset": "37"}, 37, 37),  # Reddit
        ({"X_RateLimit_Remaining": "10", "X_RateLimit_Reset": "60"}, 6, 6),
        ({"X_RateLimit_Remaining": "0", "X_RateLimit_Reset": "99999"}, 3600, 3600),
        ({"X_RateLimit_Remaining": "0", "X_RateLimit_Reset": "soon"}, 0, 0),
        ({"X_RateLimit_Remaining": "-1e400", "X_RateLimit_Reset": "nan"}, 0, 0),
    ],
)  # fmt: skip
def test_wait(headers: dict[str, str], low: float, high: float) -> None:
    assert low <= wait_asked(response(**headers)) <= high


def test_a_time_in_seconds_as_bluesky_writes_it() -> None:
    reset = str(int(time.time()) + 60)
    assert 50 <= wait_asked(response(RateLimit_Remaining="1", RateLimit_Reset=reset)) <= 61


def test_an_iso_time_as_mastodon_writes_it() -> None:
    reset = (datetime.now(UTC) + timedelta(seconds=40)).isoformat().replace("+00:00", "Z")
    assert 35 <= wait_asked(response(X_RateLimit_Remaining="0", X_RateLimit_Reset=reset)) <= 41
