"""What the tests of the main job share: a shop, and the command as an operator types it, on the tests' own servers."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.command import command
from tests.spiders.shop import Shop, serve


@pytest.fixture
def shop() -> Iterator[Shop]:
    with serve() as found:
        yield found


@pytest.fixture
def scrapy(redis_url: str, redis_client: Any, mongo_uri: str, mongo_database: Any) -> Callable[..., Any]:
    """``scrapy("report", "--json", SETTING="value")`` → the finished process."""

    def run(
        *words: str,
        environ: dict[str, str] | None = None,
        kill_when: Callable[[], bool] | None = None,
        **settings: str,
    ) -> subprocess.CompletedProcess[str]:
        servers = {"REDIS_URL": redis_url, "MONGO_URI": mongo_uri, "MONGO_DATABASE": mongo_database.name}
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        environment = {"SCRAPY_SETTINGS_MODULE": "settings.test"} | servers | (environ or {})
        return command(*words, *options, environ=environment, kill_when=kill_when)

    return run


@pytest.fixture
def crawl(scrapy: Callable[..., Any]) -> Callable[..., Any]:
    """``crawl("storefront", "-a", "url=…", SETTING="value")`` → the finished process."""
    return lambda *arguments, **options: scrapy("crawl", *arguments, **options)
