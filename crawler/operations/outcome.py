"""How a crawl ended, told from its stats. Scrapy's own exit code is 0 even when ``start()`` raised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

FINISHED = 0
FAILED = 1
DEGRADED = 4  # pages did not look as their profile says: what was read is kept, and is not all
STOPPED = 3  # 2 is a wrong call; a stopped crawl is not a failed one, and not a finished one either


class Outcome(NamedTuple):
    """Exit code and one sentence for the operator."""

    exit_code: int
    sentence: str


def outcome(stats: Mapping[str, Any], bootstrap_failed: bool = False) -> Outcome:
    """Judge a finished crawl by its Scrapy stats (``finish_reason``, ``spider_exceptions/*``, response counts)."""
    reason = stats.get("finish_reason")
    if reason is None and stats.get("start_time") and not bootstrap_failed:  # a second Ctrl-C: nobody was told the end
        return Outcome(STOPPED, "stopped at once; the same command goes on where it stopped")
    if bootstrap_failed or reason is None:
        return Outcome(FAILED, "the crawl did not start; the log above says why")
    broken = {
        "pages raised in the spider": stats.get("spider_exceptions/count", 0),
        "items were lost in a pipeline": stats.get("item_error_count", 0),
        "seeds could not be read": stats.get("seeds/rejected", 0),
    }
    for what, count in broken.items():
        if count:
            return Outcome(FAILED, f"{count} {what}; the log above names them")
    if reason == "shutdown":
        return Outcome(STOPPED, "stopped before its end; the same command goes on where it stopped")
    if reason != "finished":
        return Outcome(FAILED, f"ended early: {reason}")
    if stats.get("profile/degraded", 0):
        alarms = sorted(name.rpartition("/")[2] for name in stats if name.startswith("profile/degraded/"))
        return Outcome(DEGRADED, f"degraded: {stats['profile/degraded']} pages are not as their profile says "
                       f"({', '.join(alarms)}); they are kept: `scrapy profile check NAME --page URL`")  # fmt: skip
    if stats.get("downloader/request_count", 0) and not stats.get("downloader/response_count", 0):
        return Outcome(
            FAILED, f"no host answered{_mostly(stats)}; are the addresses right, and does the guard allow them?"
        )
    return Outcome(FINISHED, "finished")


_WHY = {
    "NoSuchName": "DNS does not know their names",
    "NotAHostName": "no host names, or such as .test that only the file of RESOLVER_HOSTS (TOUCHSTONE_HOSTS) may name",
    "AddressRefused": "the guard refuses their addresses: GUARD_ALLOW names what it lets through",
    "Unreachable": "robots.txt could not be had",
    "ConnectionRefusedError": "connections are refused",
    "TimeoutError": "they take too long: DOWNLOAD_TIMEOUT",
}
_FAILED = "downloader/exception_type_count/"


def _mostly(stats: Mapping[str, Any]) -> str:
    """What most requests failed with, in words where there are some, and else its class."""
    failed = {name.rpartition(".")[2]: count for name, count in stats.items() if name.startswith(_FAILED)}
    name = max(failed, key=lambda one: failed[one], default="")
    return f" ({_WHY.get(name, name)})" if name else ""
