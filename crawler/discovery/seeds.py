"""Seeds: where a crawl begins. Reading, checking, and handing them to Redis.

A seed is one line: an address, or a JSON object ``{"url": …, "priority": …, "case": …, "source": …}``. Empty lines and
lines that begin with ``#`` are skipped. In Redis a seed is always the JSON form, in the list that scrapy-redis
names ``<spider>:start_urls``, so that seeds pushed by any other tool work too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple
from urllib.parse import urlsplit

import orjson
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from crawler.errors import SeedError
from crawler.urls import join, loggable

if TYPE_CHECKING:
    from redis import Redis

URL_LIMIT = 2_000  # characters; longer addresses are refused by common servers and would swell the queue
BATCH = 500  # seeds per RPUSH: one round trip, well under a millisecond of Redis' time


class Seed(BaseModel):
    """One place to start from, and who pointed there."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[str, StringConstraints(strip_whitespace=True, max_length=URL_LIMIT)]
    priority: int = Field(default=0, ge=-100, le=100)
    case: Annotated[str, StringConstraints(max_length=100)] | None = None
    source: Annotated[str, StringConstraints(max_length=300)] = "operator"

    @field_validator("url")
    @classmethod
    def _is_crawlable(cls, value: str) -> str:
        """Give a bare host its scheme; refuse what no crawler can fetch."""
        url = join("", value if "://" in value else f"http://{value}")
        if url is None:
            raise ValueError("not a web address")
        parts = urlsplit(url)
        if parts.username or parts.password:
            raise ValueError("an address with a name or password in it is not crawled")
        if "." not in (parts.hostname or "") and ":" not in (parts.hostname or "") and parts.hostname != "localhost":
            raise ValueError("not a host name")
        return url


class Problem(NamedTuple):
    """A line that gave no seed: its number (1 for the first line), what stood there (shortened), and why."""

    line: int
    text: str
    reason: str


def read_seed(text: str) -> Seed:
    """One seed from an address or a JSON object; ``SeedError`` says what is wrong with it."""
    text = text.strip()
    try:
        return Seed.model_validate(orjson.loads(text)) if text.startswith("{") else Seed(url=text)
    except orjson.JSONDecodeError as error:
        raise SeedError(f"not JSON: {error}") from None
    except ValidationError as error:
        raise SeedError("; ".join(_explain(dict(detail)) for detail in error.errors())) from None


def read_seeds(lines: Iterable[str]) -> tuple[list[Seed], list[Problem]]:
    """All seeds of a file, each address once and in order, and the lines that gave none."""
    seeds: dict[str, Seed] = {}
    problems: list[Problem] = []
    for number, line in enumerate(lines, start=1):
        text = line.lstrip("\ufeff").strip()
        if not text or text.startswith("#"):
            continue
        try:
            seed = read_seed(text)
        except SeedError as error:
            problems.append(Problem(number, loggable(text), str(error)))
        else:
            seeds.setdefault(seed.url, seed)
    return list(seeds.values()), problems


def push_seeds(redis: Redis, key: str, seeds: Iterable[Seed]) -> int:
    """Append seeds to the Redis list ``key``; returns how many. Nothing is lost: an error leaves a prefix pushed."""
    payloads = [orjson.dumps(seed.model_dump(exclude_defaults=True)) for seed in seeds]
    for start in range(0, len(payloads), BATCH):
        redis.rpush(key, *payloads[start : start + BATCH])
    return len(payloads)


def _explain(detail: Mapping[str, Any]) -> str:
    """A pydantic error as ``field: reason``; without the field where the line is a bare address."""
    where = ".".join(str(part) for part in detail["loc"])
    reason = str(detail["msg"]).removeprefix("Value error, ")
    bare = where == "" or (where == "url" and detail["type"] == "value_error")
    return reason if bare else f"{where}: {reason}"
