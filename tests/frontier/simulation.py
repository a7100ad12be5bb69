"""Workers in a simulated time against the real scripts, and what must be true after every step."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from typing import Any

from redis.asyncio import Redis

from crawler.frontier.shard import Shard

TAG = "{test:0}"
LEASE, DELAY, CAP = 5_000, 100, 4  # ms, ms, attempts
DEATHS = 3  # of a worker count as one attempt of a page that was under way
T0 = 1_000_000  # ms, when a test begins
A, B = "a.example:443", "b.example:443"


def entry(name: str, band: int = 1, site: str = "", case: str = "") -> bytes:
    """An entry as the scripts see it: only its head matters to them."""
    return f"0{band}{site}\0{case}\0{name}".encode()


def name_of(raw: bytes) -> str:
    return raw.split(b"\0")[2].decode()


def names(reply: dict[bytes, Any]) -> list[str]:
    """The pages of a reply's leases, in order."""
    return [name_of(raw) for lease in reply[b"leases"] for raw in lease[5]]


async def number(redis: Redis, name: str) -> int:
    """A count of the frontier."""
    return int(await redis.hget(f"{TAG}:shop:n", name) or 0)


def mark(name: str) -> tuple[int, int]:
    digest = hashlib.sha1(name.encode()).digest()
    return int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:8], "big", signed=True)


def pushes(*items: tuple[str, str, int], where: int = 0, **head: str) -> list[Any]:
    """Arguments of a push: (host, name, band) each."""
    grouped: dict[str, list[Any]] = {}
    for host, name, band in items:
        grouped.setdefault(host, []).extend([band, where, *mark(name), entry(name, band, **head)])
    return [part for pair in grouped.items() for part in pair]


def arguments(**changes: Any) -> dict[str, Any]:
    """An exchange that does nothing, changed."""
    return {
        "lease": LEASE, "delay": DELAY, "grace": 3000, "cap": CAP, "suspects": 1, "batch": 16, "per": 8, "push": [],
        "settle": [], "want": 0, "more": [], "take": [], "budget": [0, 0, 0, 0], "run": "one", **changes,
    }  # fmt: skip


@dataclass
class Worker:
    """One simulated worker: its shard object and what it believes to hold."""

    shard: Shard
    held: dict[str, dict[int, str]] = field(default_factory=dict)
    last: dict[str, Any] = field(default_factory=dict)

    async def exchange(self, now: int, *, drop_reply: bool = False, **changes: Any) -> dict[bytes, Any]:
        """One exchange at a time; with ``drop_reply`` the first answer is lost and the call repeated."""
        self.shard.number += 1
        self.shard.clock_ms = str(now)
        self.last = arguments(**changes)
        reply = await self._call()
        return await self._call() if drop_reply else reply

    async def _call_now(self, **changes: Any) -> dict[bytes, Any]:
        """One exchange in the server's own time."""
        self.shard.number += 1
        self.shard.clock_ms = ""
        self.last = arguments(**changes)
        return await self._call()

    async def _call(self) -> dict[bytes, Any]:
        data = {**self.last, "w": self.shard.worker, "n": self.shard.number}
        reply = await self.shard.run(self.shard._exchange, data)
        if reply[b"status"] == b"lost":
            self.held.clear()
        if reply[b"status"] in (b"lost", b"over", b"full"):
            return reply
        for host, _, _, _, fields, entries in reply[b"leases"]:
            mine = self.held.setdefault(host.decode(), {})
            mine.clear()
            mine.update({number: name_of(raw) for number, raw in zip(fields, entries, strict=True)})
        return reply


def new_worker(redis: Redis, name: str, frontier: str = "shop", tag: str = TAG) -> Worker:
    shard = Shard(redis, tag, frontier)
    shard.worker = name
    return Worker(shard)


def note(host: str, acked: Any = (), failed: Any = (), dead: Any = (), release: int = 0, wait: int = DELAY,
         blocked: Any = False) -> list[Any]:  # fmt: skip
    """What a worker says of a host it holds."""
    return [host, list(acked), list(failed), list(dead), release, wait, DELAY, 0, blocked]


async def contents(redis: Redis, frontier: str = "shop") -> dict[str, list[str]]:
    """Where every page is: queue, flight or dead letter."""
    found: dict[str, list[str]] = {"queued": [], "leased": [], "dead": []}
    prefix = f"{TAG}:{frontier}:"
    for raw in sorted(await redis.keys(f"{prefix}*")):
        key = raw.decode()[len(prefix) :]
        if key.startswith("q:"):
            found["queued"] += [name_of(x) for x in await redis.lrange(raw, 0, -1)]
        elif key.startswith("i:"):
            found["leased"] += [name_of(x) for x in await redis.hvals(raw)]
        elif key == "dead":
            import msgpack

            found["dead"] += [name_of(msgpack.unpackb(x, raw=True)[3]) for x in await redis.lrange(raw, 0, -1)]
    return found


async def check(redis: Redis, acked: set[str], pushed: set[str]) -> None:
    """The invariants: nothing lost, nothing twice, and the counters say so too."""
    found = await contents(redis)
    everywhere = found["queued"] + found["leased"] + found["dead"]
    assert len(everywhere) == len(set(everywhere)), "a page in two places"
    assert not acked & set(everywhere), "an acked page came back"
    assert acked | set(everywhere) == pushed, "a page is lost"
    n = {key.decode(): int(value) for key, value in (await redis.hgetall(f"{TAG}:shop:n")).items()}
    assert n.get("queued", 0) == len(found["queued"])
    assert n.get("leased", 0) == len(found["leased"])
    assert n.get("dead", 0) == len(found["dead"])
    assert n.get("pushed", 0) == n.get("queued", 0) + n.get("leased", 0) + n.get("acked", 0) + n.get("dead", 0)


class Simulation:
    """A random life of a frontier: ``steps`` steps from a seed, checked after each."""

    def __init__(self, redis: Redis, seed: int) -> None:
        self.redis, self.random = redis, random.Random(seed)
        self.now = 1_000_000
        self.names = 0
        self.pushed: set[str] = set()
        self.acked: set[str] = set()
        self.workers = [self._hire() for _ in range(3)]
        self.stale: list[Worker] = []
        self.next_allowed: dict[str, int] = {}
        self.trace: list[str] = []

    def _hire(self) -> Worker:
        self.names += 1
        return new_worker(self.redis, f"w{self.names}")

    async def run(self, steps: int) -> str:
        for _ in range(steps):
            self.now += self.random.choice((0, 1, 20, 100, 400))
            await self._step()
            await check(self.redis, self.acked, self.pushed)
        await self._drain()
        return hashlib.sha1("\n".join(self.trace).encode()).hexdigest()

    async def _step(self) -> None:
        worker, dice = self.random.choice(self.workers), self.random.random()
        drop = self.random.random() < 0.2
        if dice < 0.35:
            await self._push(worker, drop)
        elif dice < 0.6:
            await self._lease(worker, drop)
        elif dice < 0.9:
            await self._settle(worker, drop)
        elif dice < 0.95:
            await self._kill(worker)
        elif self.stale:
            await self._stale_settle(self.random.choice(self.stale))

    async def _push(self, worker: Worker, drop: bool) -> None:
        items = [
            (f"h{self.random.randrange(4)}:80", f"p{self.random.randrange(400)}", self.random.randrange(3))
            for _ in range(self.random.randrange(1, 12))
        ]
        known = {name.rpartition("@")[0] for name in self.pushed}
        reply = await worker.exchange(self.now, drop_reply=drop, push=pushes(*items))
        self.trace.append(f"push {items}")
        if reply[b"status"] != b"lost":
            self.pushed |= {f"{name}" for _, name, _ in items if name not in known}
        else:
            worker.shard.renew_identity()
            worker.shard.worker = f"n{self.names}"
            self.names += 1

    async def _lease(self, worker: Worker, drop: bool) -> None:
        before = set(worker.held)
        reply = await worker.exchange(self.now, drop_reply=drop, want=self.random.randrange(1, 4))
        if reply[b"status"] in (b"lost", b"over"):
            worker.shard.worker, worker.shard.number = f"n{self.names}", 0
            self.names += 1
            return
        for host in set(worker.held) - before:
            assert self.now >= self.next_allowed.get(host, 0), "a host was leased before its clock"
            for other in self.workers:
                assert other is worker or host not in other.held, "a host with two workers"
        self.trace.append(f"lease {sorted((h, sorted(v.items())) for h, v in worker.held.items())}")

    async def _settle(self, worker: Worker, drop: bool) -> None:
        if not worker.held:
            return
        host = self.random.choice(sorted(worker.held))
        fields = worker.held[host]
        fate: dict[str, list[Any]] = {"ack": [], "fail": [], "dead": []}
        for number in sorted(fields):
            kind = self.random.choices(("ack", "keep", "fail", "dead"), (6, 4, 1, 0.3))[0]
            if kind == "dead":
                fate["dead"] += [number, "broken"]
            elif kind != "keep":
                fate[kind].append(number)
        release = self.random.random() < 0.5
        names = {fields[number] for number in fate["ack"]}
        reply = await worker.exchange(
            self.now, drop_reply=drop, settle=[note(host, fate["ack"], fate["fail"], fate["dead"], int(release))]
        )
        if reply[b"status"] in (b"lost", b"over"):
            worker.shard.worker, worker.shard.number = f"n{self.names}", 0
            self.names += 1
            return
        self.acked |= names
        self.next_allowed[host] = self.now + DELAY
        for number in [*fate["ack"], *fate["fail"], *fate["dead"][::2]]:
            fields.pop(number, None)
        if release:
            del worker.held[host]
        self.trace.append(f"settle {host} {fate} {release}")

    async def _kill(self, worker: Worker) -> None:
        self.workers.remove(worker)
        if worker.shard.number:  # Redis knew it
            worker.shard.number += 5
            self.stale.append(worker)
        self.workers.append(self._hire())
        self.now += LEASE + 1
        for other in self.workers:
            other_reply = await other.exchange(self.now)
            if other_reply[b"status"] == b"lost":
                other.shard.worker, other.shard.number = f"n{self.names}", 0
                self.names += 1
                await other.exchange(self.now)
        for _ in range(6):  # the dead one's hosts go back in bounded steps
            await self.workers[-1].exchange(self.now)
        for host in worker.held:
            self.next_allowed[host] = self.now + DELAY
        self.trace.append("kill")

    async def _stale_settle(self, worker: Worker) -> None:
        """A worker that was believed dead says what it did: it must change nothing."""
        before = await contents(self.redis)
        settle = [note(host, acked=list(fields), release=1) for host, fields in worker.held.items()]
        reply = await worker.exchange(self.now, settle=settle)
        assert reply[b"status"] == b"lost"
        assert await contents(self.redis) == before

    async def _drain(self) -> None:
        """Everybody finishes: what was pushed ends acked or dead, and the end is seen exactly."""
        worker = self._hire()
        self.now += LEASE * 2
        for _ in range(2000):
            self.now += DELAY + 1
            settle = [note(host, acked=list(fields), release=1) for host, fields in worker.held.items()]
            self.acked |= {name for fields in worker.held.values() for name in fields.values()}
            worker.held.clear()
            reply = await worker.exchange(self.now, settle=settle, want=8)
            await check(self.redis, self.acked, self.pushed)
            if reply[b"queued"] == reply[b"leased"] == 0:
                break
        found = await contents(self.redis)
        assert self.acked | set(found["dead"]) == self.pushed
        end = await worker.shard.run(worker.shard._finish, {"pushed": reply[b"pushed"], "keep": False})
        assert end[b"ended"]
