"""The frontier's settings by name: one place where they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.errors import ConfigurationError
from crawler.frontier.worker import Options

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


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
    if options.delay < 0 or options.concurrency < 1 or options.lease < 1 or options.shards < 1 or options.attempts < 1:
        raise ConfigurationError(
            "HOST_DELAY must not be negative; HOST_CONCURRENCY, LEASE_SECONDS, FRONTIER_SHARDS and FRONTIER_ATTEMPTS "
            "must be at least 1"
        )
    return options
