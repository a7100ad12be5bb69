"""Opening the frontier's controls for a command."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from redis import Redis
from redis.exceptions import RedisError
from scrapy.spiderloader import get_spider_loader

from crawler.errors import ConfigurationError, ServerUnavailable
from crawler.frontier.control import Control
from crawler.frontier.options import frontier_name
from crawler.operations.cli import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.commands import ScrapyCommand
    from scrapy.settings import BaseSettings


def spider_names(command: ScrapyCommand) -> list[str]:
    """The spiders of the project."""
    assert command.settings is not None
    return list(get_spider_loader(command.settings).list())


@contextmanager
def open_control(settings: BaseSettings, redis_url: str, spider: str, known: list[str]) -> Iterator[Control]:
    """The controls of a spider's frontier. ``ConfigurationError`` and ``ServerUnavailable`` name the fix."""
    if spider not in known:
        raise ConfigurationError(f"no spider is called {spider!r}{nearest(spider, known)}")
    redis = Redis.from_url(redis_url, socket_timeout=10)
    try:
        yield Control(
            redis,
            frontier_name(settings, spider),
            prefix=settings.get("FRONTIER_PREFIX") or "touchstone",
            shards=settings.getint("FRONTIER_SHARDS", 1),
        )
    except RedisError as error:
        raise ServerUnavailable(f"Redis: {error}") from error
    finally:
        redis.close()
