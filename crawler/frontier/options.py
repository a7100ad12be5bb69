"""The frontier's settings by name: one place where they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawler.errors import ConfigurationError

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


MOST_ATTEMPTS = 60  # an entry has one byte for them, and a failure takes three steps of it (core.lua)


@dataclass(frozen=True)
class Options:
    """The frontier's settings, in seconds and counts."""

    delay: float = 1.0
    concurrency: int = 1
    lease: float = 30.0
    fresh: float = 2.0  # seconds after the last answer of Redis in which a fetch may start
    grace: float = 3.0  # seconds of silence after Redis was started again: longer than ``fresh``
    beat: float = 0.5  # seconds between exchanges when nothing happens: a stop is obeyed within it
    ack_batch: int = 5  # settled pages that start an exchange at once
    ack_limit: int = 8  # pages between their response and their confirmed ack: what a killed worker makes others repeat
    ack_wait: float = 0.05  # seconds that a settled page waits for company
    per_host: int = 8
    hosts: int = 256
    hosts_per_call: int = 16  # leased, topped up, given up: each; with
    pushes_per_call: int = 64  # pushes at most about 2 ms of Redis' time, of the 5 ms that a script may take
    attempts: int = 6
    budget_pages: int = 0
    budget_seconds: float = 0.0
    budget_run_pages: int = 0
    budget_run_seconds: float = 0.0
    rest_limit: float = 600.0
    failures_max: int = 15
    shards: int = 1
    prefix: str = "touchstone"

    def exchange(self) -> dict[str, Any]:
        """The arguments of an exchange that says and asks nothing, in ms."""
        return {
            "lease": int(self.lease * 1000), "delay": int(self.delay * 1000), "grace": int(self.grace * 1000),
            "cap": self.attempts, "suspects": self.concurrency, "batch": self.hosts_per_call // 2, "per": self.per_host,
            "push": [], "settle": [], "want": 0, "more": [], "take": [], "epoch": -1,
            "budget": [self.budget_pages, int(self.budget_seconds * 1000),
                       self.budget_run_pages, int(self.budget_run_seconds * 1000)],
        }  # fmt: skip


def frontier_name(settings: BaseSettings, spider: str) -> str:
    """The name of a spider's frontier: ``FRONTIER_NAME``, followed by the spider's where that is another."""
    name = settings.get("FRONTIER_NAME") or spider
    return str(name) if name == spider else f"{name}.{spider}"


def from_settings(settings: BaseSettings) -> Options:
    """The options of a worker; ``ConfigurationError`` for values that would break a guarantee."""
    lease = settings.getfloat("LEASE_SECONDS", 30.0)
    options = Options(
        delay=settings.getfloat("HOST_DELAY", 1.0),
        concurrency=settings.getint("HOST_CONCURRENCY", 1),
        lease=lease,
        fresh=min(2.0, lease / 2),
        grace=min(3.0, lease),
        attempts=settings.getint("FRONTIER_ATTEMPTS", 6),
        hosts=settings.getint("FRONTIER_HOSTS_PER_WORKER", 256),
        budget_pages=settings.getint("MAX_PAGES_PER_STOREFRONT", 0),
        budget_seconds=settings.getfloat("MAX_SECONDS_PER_STOREFRONT", 0),
        budget_run_pages=settings.getint("MAX_PAGES", 0),
        budget_run_seconds=settings.getfloat("MAX_SECONDS", 0),
        failures_max=settings.getint("HOST_FAILURES_MAX", 15),
        rest_limit=settings.getfloat("HOST_REST_MAX", 600.0),
        shards=settings.getint("FRONTIER_SHARDS", 1),
        prefix=settings.get("FRONTIER_PREFIX") or "touchstone",
    )
    if options.delay < 0 or options.concurrency < 1 or options.lease < 1 or options.shards < 1:
        raise ConfigurationError(
            "HOST_DELAY must not be negative; HOST_CONCURRENCY, LEASE_SECONDS and FRONTIER_SHARDS must be at least 1"
        )
    if not 1 <= options.attempts <= MOST_ATTEMPTS:
        raise ConfigurationError(f"FRONTIER_ATTEMPTS must be between 1 and {MOST_ATTEMPTS}")
    return options
