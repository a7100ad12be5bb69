"""A worker's side of the frontier: what it holds, what it has to say, and the exchange that carries both.

One task talks to Redis; everybody else leaves things here and is never kept waiting. ``scheduler`` puts Scrapy's
interface before it, ``crawler.fetching.host_clock`` its politeness.
"""

from __future__ import annotations

import asyncio
import logging
import time
import zlib
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from redis.exceptions import RedisError

from crawler.frontier.lines import Line, Lines
from crawler.frontier.orders import Orders, read_orders
from crawler.frontier.shard import Shard

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from crawler.frontier.connection import Server
    from crawler.frontier.seen import Fingerprint

logger = logging.getLogger(__name__)

BACK, FRONT, AGAIN = 0, 1, 2  # where a push goes: behind, before, behind even if it was seen


@dataclass(frozen=True)
class Options:
    """The frontier's settings, in seconds and counts; ``from_settings`` of ``options`` reads them."""

    delay: float = 1.0
    concurrency: int = 1
    lease: float = 30.0
    fresh: float = 2.0  # seconds after the last answer of Redis in which a fetch may start
    grace: float = 3.0  # seconds of silence after Redis was started again: longer than ``fresh``
    beat: float = 0.5  # seconds between exchanges when nothing happens: a stop is obeyed within it
    ack_batch: int = 6  # settled pages that start an exchange at once
    ack_limit: int = 8  # settled pages without an answer at which fetching waits
    ack_wait: float = 0.05  # seconds that a settled page waits for company
    per_host: int = 8
    hosts: int = 256
    hosts_per_call: int = 24
    pushes_per_call: int = 200  # with the leases below about 2 ms of Redis' time, far from the 5 ms it may take
    attempts: int = 6
    budget_pages: int = 0
    budget_seconds: float = 0.0
    budget_run_pages: int = 0
    budget_run_seconds: float = 0.0
    rest_limit: float = 600.0
    failures_max: int = 15
    shards: int = 1
    prefix: str = "touchstone"


@dataclass(slots=True)
class Settled:
    """What became of a host's leased pages since the last exchange."""

    acked: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    dead: list[Any] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.acked) + len(self.failed) + len(self.dead) // 2


class Worker:
    """Leases, settles and pushes for one process."""

    def __init__(self, server: Server, frontier: str, options: Options, *, wake: Callable[[], None],
                 slots: Callable[[], int], now: Callable[[], float] = time.monotonic) -> None:  # fmt: skip
        self.options, self.now, self._wake, self._slots = options, now, wake, slots
        self.server = server
        self.shards = [Shard(server.redis, f"{{{options.prefix}:{n}}}", frontier) for n in range(options.shards)]
        self.lines = Lines()
        self.pushes: list[deque[tuple[str, list[Any]]]] = [deque() for _ in self.shards]
        self.settled: dict[str, Settled] = {}
        self.releasing: dict[str, tuple[float, float, int]] = {}
        self._sending = 0
        self.totals: list[dict[str, Any]] = [{} for _ in self.shards]
        self.orders = Orders()
        self.draining = False
        """Nothing new begins; what is under way ends."""
        self.ending = False
        self._event = asyncio.Event()
        self._urgent = False
        self.between: Callable[[], Awaitable[None]] | None = None
        self.on_restart: Callable[[], None] = lambda: None
        self.on_stop: Callable[[], None] = lambda: None
        self.on_stale: Callable[[str], None] = lambda _host: None

    # --- what others leave here ---------------------------------------------------------------------------------
    def shard_of(self, host: str) -> int:
        """The shard a host lives in; all its keys are there."""
        return zlib.crc32(host.encode()) % len(self.shards)

    def tag_of(self, host: str) -> str:
        """What all keys of a host's shard begin with."""
        return self.shards[self.shard_of(host)].tag

    def line(self, host: str) -> Line:
        """The line of a host; one that this worker does not hold is asked for with the next exchange."""
        line = self.lines.get(host)
        if line is None:
            line = Line(host, delay=self.options.delay, concurrency=self.options.concurrency)
            self.lines.by_host[host] = line
        line.taking = not line.held
        return line

    def block(self, host: str, reason: str) -> None:
        """End a host for this run: what waits there is dropped and counted, and so is what will be pushed."""
        line = self.line(host)
        line.blocked = reason
        line.entries.clear()
        self.nudge(urgent=True)

    def blocked(self, host: str) -> str:
        """Why a host has ended for this run, as far as this worker knows."""
        line = self.lines.get(host)
        return line.blocked if line else ""

    def push(self, host: str, band: int, where: int, mark: Fingerprint, entry: bytes) -> None:
        """Queue an entry: it is durable before anything that is settled after this call is acked."""
        self.pushes[self.shard_of(host)].append((host, [band, where, mark.high, mark.low, entry]))

    def settle(self, host: str, number: int, reason: str | None = None, *, failed: bool = False) -> None:
        """A leased page is done: acked, or to be tried again (``failed``), or dead for a ``reason``."""
        line = self.lines.get(host)
        if line is None or number not in line.open:
            return
        line.open.discard(number)
        note = self.settled.setdefault(host, Settled())
        if failed:
            note.failed.append(number)
        elif reason:
            note.dead += [number, reason]
        else:
            note.acked.append(number)
        self.nudge(urgent=self.unsettled >= self.options.ack_batch)

    @property
    def unsettled(self) -> int:
        """Pages that are done, and whose ack Redis has not confirmed."""
        return self._sending + sum(map(len, self.settled.values()))

    def unsettled_end(self, host: str, number: int) -> None:
        """A leased page was let go of without a fetch: it goes back when its host is given up."""
        line = self.lines.get(host)
        if line is not None and number in line.open:
            line.open.discard(number)
            line.resting = True
            line.entries.clear()
            self.nudge()

    def nudge(self, *, urgent: bool = False) -> None:
        """Ask for an exchange: at once, or when the present wait for company ends."""
        self._urgent = self._urgent or urgent
        self._event.set()

    def fresh(self) -> bool:
        """Whether Redis has confirmed our leases lately enough to start a fetch."""
        until = self.now() - self.options.fresh
        return all(shard.confirmed_at > until for shard in self.shards)

    def pending_pushes(self) -> int:
        """How many pushes wait for Redis."""
        return sum(map(len, self.pushes))

    def busy(self) -> bool:
        """Whether this worker has something that Redis does not know yet, or holds something."""
        return bool(self.unsettled or self.pending_pushes() or self.lines.by_host)

    # --- the task -----------------------------------------------------------------------------------------------
    async def run(self) -> None:
        """Exchange until ``ending``: an exchange is never cut off, its answer may hold leases."""
        looked = float("-inf")
        while not self.ending:
            self._urgent = False
            self._event.clear()
            await self.round()
            if self.between and self.now() - looked >= self.options.beat and not self.draining:
                try:
                    await self.between()
                    looked = self.now()
                except (RedisError, OSError) as error:
                    logger.warning("Redis does not serve (%s)", error)
            self._wake()
            await self._pause()

    async def leave(self) -> None:
        """Give back what is left, in its order, and be forgotten."""
        self.draining = True
        for _ in range(50):
            if not (self.unsettled or self.pending_pushes()):
                break
            await self.round()
        for shard in self.shards:
            await shard.exchange(lambda: {**self._arguments(), "leave": True, "run": self.server.run_id})

    async def _pause(self) -> None:
        """Wait for news, at most a beat; then a moment for company unless it is urgent."""
        if not await self._news(self._beat()) or self._urgent:
            return
        until = self.now() + self.options.ack_wait
        while not self._urgent and (left := until - self.now()) > 0:
            self._event.clear()
            await self._news(left)

    async def _news(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):  # not wait_for, which in Python 3.11 may swallow a cancellation
                await self._event.wait()
        except TimeoutError:
            return False
        return True

    def _beat(self) -> float:
        """Seconds until the next exchange if nothing happens: sooner when a waiting host becomes ready."""
        soonest = min((t["soonest"] for t in self.totals if t.get("soonest", -1) >= 0), default=-1)
        if soonest >= 0 and self._wanted() and not self.draining:
            return min(self.options.beat, max(soonest / 1000, 0.005))
        return self.options.beat

    async def round(self) -> None:
        """One exchange with every shard. Pushes first, so that no ack overtakes a link of its page."""
        several = len(self.shards) > 1
        for index in range(len(self.shards)):
            while len(self.pushes[index]) > (0 if several else self.options.pushes_per_call):
                await self._exchange(index, self._take_pushes(index), last=False)
        for index in range(len(self.shards)):
            await self._exchange(index, self._take_pushes(index), last=True)

    def _take_pushes(self, index: int) -> list[Any]:
        """The next pushes of a shard, grouped by host."""
        grouped: dict[str, list[Any]] = {}
        queue = self.pushes[index]
        for _ in range(min(len(queue), self.options.pushes_per_call)):
            host, item = queue.popleft()
            grouped.setdefault(host, []).extend(item)
        return [part for pair in grouped.items() for part in pair]

    def _wanted(self) -> int:
        """How many more hosts this worker can use now."""
        if self.draining:
            return 0
        goal = self._slots() * 2  # as many again as run at once, so that none waits for a round trip
        ready = self.lines.runnable(self.now() + 0.1, goal)
        room = self.options.hosts - len(self.lines)
        return max(0, min(goal - ready, room, self.options.hosts_per_call))

    async def _exchange(self, index: int, pushes: list[Any], *, last: bool) -> None:
        shard = self.shards[index]
        mine = [line for line in self.lines.by_host.values() if self.shard_of(line.host) == index] if last else []
        take = [line.host for line in mine if line.taking and not line.held]
        more = [] if self.draining else self._more(mine)
        settle, settled = self._take_settled(index) if last else ([], 0)
        arguments = {
            **self._arguments(),
            "push": pushes,
            "settle": settle,
            "want": self._wanted() if last else 0,
            "more": more,
            "take": take,
        }
        self._sending = settled
        held = [host for host, line in self.lines.by_host.items() if line.held and self.shard_of(host) == index]
        given_up = [note[0] for note in settle if note[4]]

        def current() -> dict[str, Any]:
            """The arguments, and after a restart of Redis what we believe to hold."""
            if shard.run_id not in ("", self.server.run_id):
                return {**arguments, "run": self.server.run_id, "verify": held + given_up}
            return {**arguments, "run": self.server.run_id}

        reply = await shard.exchange(current)
        while reply[b"status"] == b"full":  # the lease is renewed with each answer; everything else waits
            await asyncio.sleep(self.options.beat)
            reply = await shard.exchange(current)
        if shard.run_id != self.server.run_id and reply[b"status"] != b"again":
            if shard.run_id:
                self.on_restart()
            shard.run_id = self.server.run_id
        self._sending = 0
        if reply[b"status"] == b"lost":
            self._lost(index, pushes)
            return
        self.totals[index] = {key.decode(): reply[key] for key in (b"queued", b"leased", b"pushed", b"soonest", b"now")}
        self._apply(reply, settle, take)
        if reply[b"control"] != shard.control:
            self.orders = await read_orders(shard.redis, shard.tag)
            shard.control = reply[b"control"]
            self._obey()

    def _arguments(self) -> dict[str, Any]:
        """An exchange that asks for nothing."""
        o = self.options
        return {
            "lease": int(o.lease * 1000), "delay": int(o.delay * 1000), "grace": int(o.grace * 1000), "cap": o.attempts,
            "suspects": o.concurrency, "batch": 16, "per": o.per_host, "push": [], "settle": [], "want": 0, "more": [],
            "take": [], "budget": [o.budget_pages, int(o.budget_seconds * 1000),
                                   o.budget_run_pages, int(o.budget_run_seconds * 1000)],
        }  # fmt: skip

    def _obey(self) -> None:
        """Give up what an operator's order forbids; nothing more of it begins."""
        for line in self.lines.by_host.values():
            if self.orders.forbid(line.host) or any(self.orders.stops(entry) for _, entry in line.entries):
                line.resting = True
                line.entries.clear()
        if self.orders.stop and not self.draining and not self.ending:
            self.draining = True
            self.on_stop()
        self.nudge(urgent=True)

    def _more(self, mine: list[Line]) -> list[Any]:
        """Hosts whose entries run out, with how many they could take; nothing for a host that rests or waits long."""
        soon = self.now() + 2.0  # a host that may not be asked for longer than this is better given up
        low = self.options.per_host // 4
        wanting: list[Any] = []
        for line in mine:
            small = len(line.entries) <= max(low, line.concurrency // 2)
            if line.held and line.top and small and not line.resting and not line.blocked and line.ready_at < soon:
                wanting += [line.host, max(self.options.per_host, line.concurrency) - len(line.entries)]
        return wanting

    def _take_settled(self, index: int) -> tuple[list[Any], int]:
        """What became of this shard's pages, with the state of their hosts' clocks; and how many pages that is."""
        now, notes, pages = self.now(), [], 0
        hosts = {h for h in self.settled if self.shard_of(h) == index}
        for held in list(self.lines.by_host.values()):
            if held.host in hosts or self.shard_of(held.host) != index or not held.held:
                continue
            if held.idle() or held.resting or held.blocked or self.draining:
                hosts.add(held.host)
        for host in hosts:
            line = self.lines.get(host)
            note = self.settled.pop(host, Settled())
            pages += len(note)
            if line is None or not line.held:
                continue
            release = self._release(line)
            line.held = release == 0  # while the answer is under way nothing may begin at a host that is given up
            if not (note.acked or note.failed or note.dead or release or line.blocked):
                continue
            wait = max(0, int((line.ready_at - now) * 1000) + 1)
            delay = int(max(line.delay, line.crawl_delay) * 1000)
            notes.append([host, note.acked, note.failed, note.dead, release, wait, delay, line.failures,
                          (release and line.blocked) or False])  # fmt: skip
        return notes, pages

    def _release(self, line: Line) -> int:
        """0 keep the host, 1 give it up with all that is left of it, 2 give it up unless it has more."""
        under_way = line.open or line.handed or line.transferring or line.wanting
        if (line.resting or line.blocked or self.draining) and not under_way:
            line.entries.clear()
            return 1
        if line.idle():
            return 2 if line.top and not line.resting else 1
        return 0

    def _apply(self, reply: dict[bytes, Any], settle: list[Any], take: list[str]) -> None:
        """Take in what Redis answered."""
        gained = {lease[0].decode() for lease in reply[b"leases"]}
        for note in settle:  # before the leases: a host that was given up may be among them again
            line = self.lines.get(note[0])
            if line and (note[4] == 1 or (note[4] == 2 and note[0] not in gained)):
                if line.wanting:
                    line.held, line.taking = False, True
                else:
                    self.lines.drop(line)
        for host_, delay, wait, failures, fields, entries in reply[b"leases"]:
            self._add(host_.decode(), delay / 1000, wait / 1000, failures, fields, entries)
        for host, wait in zip(take, reply[b"taken"], strict=False):
            line = self.lines.get(host)
            if line and wait == 0:
                line.held, line.taking = True, False
                self._wake_line(line)
        for host_ in reply[b"lost"]:
            line = self.lines.get(host_.decode())
            if line:
                self._forget(line)

    def _add(
        self, host: str, delay: float, wait: float, failures: int, fields: list[int], entries: list[bytes]
    ) -> None:
        line = self.lines.get(host)
        if line is None:
            line = Line(host, delay=self.options.delay, concurrency=self.options.concurrency, crawl_delay=0.0)
            line.crawl_delay = delay if delay > self.options.delay else 0.0
            line.failures = failures  # after its rest a host gets one try before it is rested again, for longer
            line.ready_at = self.now() + wait
            self.lines.by_host[host] = line
        line.held, line.taking = True, False
        for number, entry in zip(fields, entries, strict=True):
            if number > line.top:
                line.entries.append((number, entry))
                line.top = number
        self.lines.queue(line)

    def _wake_line(self, line: Line) -> None:
        for waiter in line.wanting:
            if not waiter.done():
                waiter.set_result(None)
                break
        self.lines.queue(line)

    def _forget(self, line: Line) -> None:
        """A host that is no longer ours: what was not begun is dropped, others have it."""
        line.entries.clear()
        self.settled.pop(line.host, None)
        self.on_stale(line.host)
        self.lines.drop(line)

    def _lost(self, index: int, pushes: list[Any]) -> None:
        """Our leases ran out and others took them: begin anew, keep what was to be pushed."""
        logger.warning("this worker was away longer than its lease; others have its pages now")
        for line in list(self.lines.by_host.values()):
            if self.shard_of(line.host) == index:
                self._forget(line)
        self.shards[index].renew_identity()
        for host, items in zip(pushes[::2], pushes[1::2], strict=True):
            for at in range(0, len(items), 5):
                self.pushes[index].append((host, items[at : at + 5]))
        self.nudge(urgent=True)
