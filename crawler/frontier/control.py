"""What operators do with a frontier: look, pause, stop, forbid, retry, purge. Synchronous, for commands.

Nothing here uses ``KEYS`` or holds Redis for long: what may be large is walked with cursors, a thousand at a time.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgpack

from crawler.frontier.shard import script

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redis import Redis

BANDS = ("high", "normal", "low")
STEP = 1_000  # members per cursor step or script call: well under a millisecond of Redis' time
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


class Control:
    """The operator's hand on one spider's frontier, over all its shards."""

    def __init__(self, redis: Redis, frontier: str, *, prefix: str = "touchstone", shards: int = 1) -> None:
        self.redis: Any = redis  # redis-py's types do not tell the synchronous client from the other
        self.frontier = frontier
        self.tags = [f"{{{prefix}:{n}}}" for n in range(shards)]

    # --- looking ------------------------------------------------------------------------------------------------
    def status(self, most_hosts: int = 20) -> Status:
        """How things stand; the ``most_hosts`` hosts whose turn is next or that are leased longest, in detail."""
        status = Status()
        for tag in self.tags:
            self._totals(status, tag)
            self._hosts(status, tag, most_hosts)
        status.hosts = status.hosts[:most_hosts]
        return status

    def _totals(self, status: Status, tag: str) -> None:
        p, r = f"{tag}:{self.frontier}", self.redis
        now = self._now()
        for name, value in r.hgetall(f"{p}:n").items():
            status.totals[name.decode()] = status.totals.get(name.decode(), 0) + int(value)
        for band in range(3):
            status.ready += int(r.zcount(f"{p}:r{band}", "-inf", now))
            status.delayed += int(r.zcount(f"{p}:r{band}", f"({now}", FAR_MS - 1))
            status.paused += int(r.zcount(f"{p}:r{band}", FAR_MS, "+inf"))
        self._workers(status, tag, now)
        status.hosts_in_all = status.ready + status.delayed + status.paused + status.leased_hosts
        for name in ("dead", "parked"):
            setattr(status, name, getattr(status, name) + int(r.llen(f"{p}:{name}")))
        status.poisoned += int(r.llen(f"{p}:poison"))
        status.blocked |= {h.decode(): why.decode() for h, why in self._scan_hash(f"{p}:blocked")}
        status.stop = status.stop or (r.get(f"{tag}:stop") or b"").decode()
        status.stopped_cases += [case.decode() for case in r.hkeys(f"{tag}:stopped")]
        status.do_not_crawl += sorted(host.decode() for host in r.smembers(f"{tag}:dnc"))

    def _workers(self, status: Status, tag: str, now: int) -> None:
        for worker, until in self.redis.zrange(f"{tag}:W", 0, -1, withscores=True):
            name = worker.decode()
            if self.redis.hget(f"{tag}:w:{name}", "f") != self.frontier.encode():
                continue
            status.workers[name] = (until - now) / 1000
            held = f"{tag}:h:{name}"
            status.leased_hosts += int(self.redis.zcard(held))
            oldest: Any = self.redis.zrange(held, 0, 0, withscores=True)
            status.oldest_lease = max([status.oldest_lease, *((now - at) / 1000 for _, at in oldest)])

    def _hosts(self, status: Status, tag: str, most: int) -> None:
        p, now = f"{tag}:{self.frontier}", self._now()
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

    def _now(self) -> int:
        seconds, micro = self.redis.time()
        return int(seconds * 1000 + micro // 1000)

    def _scan_hash(self, key: str) -> Iterator[tuple[bytes, bytes]]:
        yield from self.redis.hscan_iter(key, count=STEP)

    # --- orders -------------------------------------------------------------------------------------------------
    def _order(self, *commands: tuple[Any, ...]) -> None:
        """Write an order to every shard, and tell all workers that there is one: they look at least twice a second."""
        for tag in self.tags:
            with self.redis.pipeline(transaction=True) as pipe:
                for name, key, *values in commands:
                    pipe.execute_command(name, f"{tag}:{key}", *values)
                pipe.incr(f"{tag}:control")
                pipe.execute()

    def stop(self, reason: str = "stopped") -> None:
        """End every worker's fetching, of all spiders; workers close, and none starts before ``resume``."""
        self._order(("SET", "stop", reason or "stopped"))

    def stop_case(self, case: str, reason: str = "") -> None:
        """End the fetching for one case; its pages are parked and come back with ``resume_case``."""
        self._order(("HSET", "stopped", case, reason or str(int(time.time()))))

    def resume(self) -> None:
        """Let workers start again."""
        self._order(("DEL", "stop"))

    def resume_case(self, case: str) -> int:
        """Let a case go on; returns how many of its parked pages are queued again."""
        self._order(("HDEL", "stopped", case))
        return sum(self._until_done(tag, {"do": "unpark", "case": case}) for tag in self.tags)

    def pause(self, host: str) -> None:
        """Let a host rest until it is resumed; the run does not end meanwhile."""
        self._order(("SADD", "paused", host))
        for tag in self.tags:
            self._call(tag, {"do": "pause", "host": host})

    def unpause(self, host: str) -> None:
        """Let a paused host go on."""
        self._order(("SREM", "paused", host))
        for tag in self.tags:
            self._call(tag, {"do": "unpause", "host": host})

    def forbid(self, name: str) -> None:
        """Put a host name, and all names below it, on the do-not-crawl list: what is queued there is dropped."""
        self._order(("SADD", "dnc", name.lower().rstrip(".")))

    def allow(self, name: str) -> None:
        """Take a host name off the do-not-crawl list."""
        self._order(("SREM", "dnc", name.lower().rstrip(".")))

    # --- dead letters -------------------------------------------------------------------------------------------
    def dead_letters(self, most: int = 100) -> Iterator[dict[str, Any]]:
        """Host, reason, time (seconds since 1970) and address of pages that failed for good, oldest first."""
        from crawler.frontier.entry import lengthen

        for tag in self.tags:
            letters: Any = self.redis.lrange(f"{tag}:{self.frontier}:dead", 0, most - 1)
            for raw in letters:
                try:
                    host, reason, at, entry = msgpack.unpackb(raw, raw=True)
                    address = msgpack.unpackb(entry.split(b"\0", 2)[2])[0]
                    url = lengthen(address, host.decode())
                except Exception:
                    yield {"host": "", "reason": "unreadable", "at": 0.0, "url": ascii(raw[:80])}
                    continue
                yield {"host": host.decode(), "reason": reason.decode("utf-8", "replace"), "at": at / 1000, "url": url}

    def retry_dead(self, host: str = "") -> int:
        """Queue dead letters again, with their attempts forgotten; all, or those of one host. Returns how many."""
        return sum(self._until_done(tag, {"do": "retry", "host": host}) for tag in self.tags)

    def purge(self) -> int:
        """Remove everything of this frontier but its hosts' clocks and the orders; returns how many keys."""
        removed = 0
        for tag in self.tags:
            pattern = f"{tag}:{self.frontier}:*".replace("[", r"\[").replace("*", "*")
            batch: list[bytes] = []
            for key in self.redis.scan_iter(match=pattern, count=STEP):
                batch.append(key)
                if len(batch) >= STEP:
                    removed += int(self.redis.unlink(*batch))
                    batch = []
            if batch:
                removed += int(self.redis.unlink(*batch))
        return removed

    def _until_done(self, tag: str, arguments: dict[str, Any]) -> int:
        """Call a bounded script until it says that it has looked at everything; sums what it moved."""
        moved, left = 0, int(self._call(tag, {**arguments, "do": "length", "of": arguments["do"]})[0])
        while left > 0:
            looked, done = self._call(tag, {**arguments, "most": min(left, 200)})
            moved, left = moved + int(done), left - max(1, int(looked))
        return moved

    def _call(self, tag: str, arguments: dict[str, Any]) -> Any:
        run = self.redis.register_script(script("control"))
        packed = msgpack.packb(arguments, use_bin_type=False)
        return run(keys=[tag], args=[self.frontier, "", packed])


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
