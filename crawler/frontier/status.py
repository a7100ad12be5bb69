"""How a frontier stands now: what ``scrapy frontier status`` shows. Without ``KEYS``, in a few hundred commands."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from redis import Redis

STEP = 1_000  # members per cursor step: well under a millisecond of Redis' time
FAR_MS = 9_000_000_000_000  # ready times beyond this belong to paused hosts (core.lua)


@dataclass
class HostStatus:
    """One host as it stands now; times in seconds."""

    host: str
    queued: tuple[int, int, int] = (0, 0, 0)
    leased: int = 0
    ready_in: float = 0.0
    lease_age: float = 0.0
    delay: float = 0.0
    """What the host asks for itself (Crawl-delay); HOST_DELAY is the least."""
    failures: int = 0
    state: str = "ready"
    """``ready``, ``delayed``, ``leased``, ``resting`` (it keeps failing), ``paused``."""
    worker: str = ""


@dataclass
class Status:
    """The whole frontier of one spider."""

    totals: dict[str, int] = field(default_factory=dict)
    """Counters since the keys exist: pushed, queued, leased, acked, dead, duplicate, reclaimed, stale, …"""
    ready: int = 0
    delayed: int = 0
    paused: int = 0
    leased_hosts: int = 0
    workers: dict[str, float] = field(default_factory=dict)
    """Worker → seconds until its lease runs out."""
    oldest_lease: float = 0.0
    dead: int = 0
    parked: int = 0
    poisoned: int = 0
    blocked: dict[str, str] = field(default_factory=dict)
    stop: str = ""
    stopped_cases: list[str] = field(default_factory=list)
    do_not_crawl: list[str] = field(default_factory=list)
    hosts: list[HostStatus] = field(default_factory=list)
    hosts_in_all: int = 0


class Look:
    """One look at one spider's frontier in one shard, added to a ``Status``."""

    def __init__(self, redis: Redis, frontier: str, tag: str, status: Status) -> None:
        self.redis: Any = redis  # redis-py's types do not tell the synchronous client from the other
        self.frontier, self.tag, self.status = frontier, tag, status
        seconds, micro = self.redis.time()
        self.now = int(seconds * 1000 + micro // 1000)

    def take(self, most_hosts: int) -> None:
        """Totals and workers, and the ``most_hosts`` hosts whose turn is next or that are leased longest."""
        self._totals()
        self._hosts(most_hosts)

    def _totals(self) -> None:
        tag, status, now, r = self.tag, self.status, self.now, self.redis
        p = f"{tag}:{self.frontier}"
        for name, value in r.hgetall(f"{p}:n").items():
            status.totals[name.decode()] = status.totals.get(name.decode(), 0) + int(value)
        for band in range(3):
            status.ready += int(r.zcount(f"{p}:r{band}", "-inf", now))
            status.delayed += int(r.zcount(f"{p}:r{band}", f"({now}", FAR_MS - 1))
            status.paused += int(r.zcount(f"{p}:r{band}", FAR_MS, "+inf"))
        self._workers()
        status.hosts_in_all = status.ready + status.delayed + status.paused + status.leased_hosts
        for name in ("dead", "parked"):
            setattr(status, name, getattr(status, name) + int(r.llen(f"{p}:{name}")))
        status.poisoned += int(r.llen(f"{p}:poison"))
        status.blocked |= {h.decode(): why.decode() for h, why in r.hscan_iter(f"{p}:blocked", count=STEP)}
        status.stop = status.stop or (r.get(f"{tag}:stop") or b"").decode()
        status.stopped_cases += [case.decode() for case in r.hkeys(f"{tag}:stopped")]
        status.do_not_crawl += sorted(host.decode() for host in r.smembers(f"{tag}:dnc"))

    def _workers(self) -> None:
        tag, status, now = self.tag, self.status, self.now
        for worker, until in self.redis.zrange(f"{tag}:W", 0, -1, withscores=True):
            name = worker.decode()
            if self.redis.hget(f"{tag}:w:{name}", "f") != self.frontier.encode():
                continue
            status.workers[name] = (until - now) / 1000
            held = f"{tag}:h:{name}"
            status.leased_hosts += int(self.redis.zcard(held))
            oldest: Any = self.redis.zrange(held, 0, 0, withscores=True)
            status.oldest_lease = max([status.oldest_lease, *((now - at) / 1000 for _, at in oldest)])

    def _hosts(self, most: int) -> None:
        tag, status, now = self.tag, self.status, self.now
        p = f"{tag}:{self.frontier}"
        found: list[tuple[bytes, float, str]] = []
        for worker in status.workers:
            leased: Any = self.redis.zrange(f"{tag}:h:{worker}", 0, most - 1, withscores=True)
            found += [(host, at, "leased") for host, at in leased]
        for band in range(3):
            waiting: Any = self.redis.zrange(f"{p}:r{band}", 0, most - 1, withscores=True)
            found += [(host, at, "waiting") for host, at in waiting]
        with self.redis.pipeline(transaction=False) as pipe:
            for name, _, _ in islice(found, most):
                host = name.decode()
                for band in range(3):
                    pipe.llen(f"{p}:q:{host}:{band}")
                pipe.hlen(f"{p}:i:{host}")
                pipe.hmget(f"{tag}:c:{host}", "d", "f", "w", "n")
            answers = pipe.execute(raise_on_error=False)
        for index, (name, at, kind) in enumerate(islice(found, most)):
            *queued, leased_pages, clock = answers[index * 5 : index * 5 + 5]
            status.hosts.append(_host_status(name.decode(), at, kind, queued, leased_pages, clock, now))


def _host_status(host: str, at: float, kind: str, queued: list[Any], leased: Any, clock: Any, now: int) -> HostStatus:
    def number(value: Any) -> int:
        return int(value) if isinstance(value, int) else 0

    delay, failures, worker, _ = clock if isinstance(clock, list) else (None, None, None, None)
    failed = int(failures or 0)
    status = HostStatus(
        host,
        queued=(number(queued[0]), number(queued[1]), number(queued[2])),
        leased=number(leased),
        delay=int(delay or 0) / 1000,
        failures=failed,
        worker=(worker or b"").decode(),
    )
    if kind == "leased":
        status.state, status.lease_age = "leased", (now - at) / 1000
    elif at >= FAR_MS:
        status.state = "paused"
    elif at > now:
        status.state, status.ready_in = "resting" if failed >= 3 else "delayed", (at - now) / 1000
    return status
