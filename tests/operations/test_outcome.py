"""How a crawl ended, from its stats."""

import pytest

from crawler.operations.outcome import FAILED, FINISHED, STOPPED, outcome

DONE = {"finish_reason": "finished", "downloader/request_count": 3, "downloader/response_count": 3}


@pytest.mark.parametrize(
    ("stats", "code"),
    [
        (DONE, FINISHED),
        ({"finish_reason": "finished"}, FINISHED),
        (DONE | {"finish_reason": "shutdown"}, STOPPED),
        ({"start_time": "then", "downloader/request_count": 9}, STOPPED),  # stopped twice: no end was told
        (DONE | {"finish_reason": "banned"}, FAILED),
        (DONE | {"spider_exceptions/count": 1}, FAILED),
        (DONE | {"item_error_count": 1}, FAILED),
        (DONE | {"seeds/rejected": 2}, FAILED),
        (DONE | {"downloader/response_count": 0}, FAILED),
        ({}, FAILED),
    ],
)
def test_exit_code(stats: dict, code: int) -> None:
    assert outcome(stats).exit_code == code


def test_a_crawl_that_could_not_start_failed() -> None:
    assert outcome(DONE, bootstrap_failed=True).exit_code == FAILED
