"""A worker's side of the frontier: the one task that talks to Redis, and what others leave for it.

Nobody else is ever kept waiting. ``holding`` keeps the leases, ``scheduler`` puts Scrapy's interface before it,
``crawler.fetching.host_clock`` its politeness.
"""

from __future__ import annotations

import asyncio
import logging
import time
import zlib
from collections import deque
from typing import TYPE_CHECKING, Any

from redis.exceptions import RedisError

from crawler.frontier.holding import Holding
from crawler.frontier.orders import Orders, read_orders
from crawler.frontier.shard import Shard

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from crawler.frontier.connection import Server
    from crawler.frontier.holding import Report
    from crawler.frontier.lines import Line, Lines
    from crawler.frontier.options import Options
    from crawler.frontier.seen import Fingerprint

logger = logging.getLogger(__name__)

BACK, FRONT, AGAIN = 0, 1, 2  # where a push goes: behind, before, behind even if it was seen
TOTALS = (b"queued", b"leased", b"pushed", b"soonest", b"now", b"epoch")
LAST_ROUNDS = 50  # exchanges that a leaving worker makes at most for its last acks and pushes


class Worker:
    """Leases, settles and pushes for one process."""

    def __init__(self, server: Server, frontier: str, options: Options, *, wake: Callable[[], None],
                 slots: Callable[[], int], now: Callable[[], float] = time.monotonic) -> None:  # fmt: skip
        self.options, self.now, self._wake, self._slots = options, now, wake, slots
        self.server = server
        self.shards = [Shard(server.redis, f"{{{options.prefix}:{n}}}", frontier) for n in range(options.shards)]
        self.holding = Holding(options, now)
        self.pushes: list[deque[tuple[str, list[Any]]]] = [deque() for _ in self.shards]
        self._sending = 0
        self.totals: list[dict[str, Any]] = [{} for _ in self.shards]
        self.orders = Orders()
        self.draining = False
        """Nothing new begins; what is under way ends."""
        self.outlived = False
        """The run ended without this worker: whatever it still says belongs to no run."""
        self.ending = False
        self._event = asyncio.Event()
        self._urgent = False
        self.between: Callable[[], Awaitable[None]] | None = None
        self.on_restart: Callable[[], None] = lambda: None
        self.on_stop: Callable[[], None] = lambda: None
        self.on_outlived: Callable[[], None] = lambda: None

    # --- what others leave here ---------------------------------------------------------------------------------
    @property
    def lines(self) -> Lines:
        """The hosts that this worker holds or asks for."""
        return self.holding.lines

    def shard_of(self, host: str) -> int:
        """The shard a host lives in; all its keys are there."""
        return zlib.crc32(host.encode()) % len(self.shards) if len(self.shards) > 1 else 0

    def tag_of(self, host: str) -> str:
        """What all keys of a host's shard begin with."""
        return self.shards[self.shard_of(host)].tag

    def line(self, host: str) -> Line:
        """The line of a host; one that this worker does not hold is asked for with the next exchange."""
        return self.holding.line(host)

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
        if self.outlived:
            return
        self.pushes[self.shard_of(host)].append((host, [band, where, mark.high, mark.low, entry]))

    def settle(self, host: str, number: int, reason: str | None = None, *, failed: bool = False) -> None:
        """A leased page is done: acked, or to be tried again (``failed``), or dead for a ``reason``."""
        if self.holding.settle(host, number, reason, failed=failed):
            self.nudge(urgent=self.unsettled >= self.options.ack_batch)

    def give_back(self, host: str, number: int) -> None:
        """A leased page was let go of without a fetch: it goes back when its host is given up."""
        if self.holding.give_back(host, number):
            self.nudge()

    @property
    def unsettled(self) -> int:
        """Pages that are done, and whose ack Redis has not confirmed."""
        return self._sending + sum(map(len, self.holding.settled.values()))

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
        for _ in range(LAST_ROUNDS):
            if not (self.unsettled or self.pending_pushes()):
                break
            await self.round()
        for shard in self.shards:
            left = 1
            while left:
                reply = await shard.exchange(
                    lambda: {**self.options.exchange(), "leave": True, "run": self.server.run_id}
                )
                left = reply.get(b"left", 0 if reply[b"status"] == b"lost" else 1)

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

    # --- exchanges ----------------------------------------------------------------------------------------------
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

    def _hosts(self, index: int) -> list[Line]:
        return [line for line in self.lines.by_host.values() if self.shard_of(line.host) == index]

    async def _exchange(self, index: int, pushes: list[Any], *, last: bool) -> None:
        shard = self.shards[index]
        mine = self._hosts(index) if last else []
        arguments = {**self.options.exchange(), "push": pushes, "epoch": self.totals[index].get("epoch", -1)}
        take = [line.host for line in mine if line.taking and not line.held]
        more = [] if self.draining else self.holding.more(mine)
        report = self.holding.report(mine, draining=self.draining)
        arguments |= {"settle": report.notes, "more": more, "take": take, "want": self._wanted() if last else 0}
        self._sending = report.pages
        reply = await self._ask(index, arguments, report)
        self._sending = 0
        if reply[b"status"] == b"lost":
            self._lost(index, pushes)
        if reply[b"status"] == b"over" or reply[b"epoch"] != arguments["epoch"] >= 0:
            self._outlive(index, reply[b"epoch"])
        if reply[b"status"] in (b"lost", b"over"):
            return
        self.totals[index] = {key.decode(): reply[key] for key in TOTALS}
        self.holding.apply(reply, report, take)
        if reply[b"share"] >= 0:
            self.holding.share(self._hosts(index), reply[b"share"])
        if reply[b"control"] != shard.control:
            self.orders = await read_orders(shard.redis, shard.tag)
            shard.control = reply[b"control"]
            self._obey()

    async def _ask(self, index: int, arguments: dict[str, Any], report: Report) -> dict[bytes, Any]:
        """The answer to an exchange, however long Redis is away or full."""
        shard = self.shards[index]
        believed = [line.host for line in self._hosts(index) if line.held] + report.given_up()

        def current() -> dict[str, Any]:
            """The arguments, and after a restart of Redis what we believe to hold."""
            if shard.run_id not in ("", self.server.run_id):
                return {**arguments, "run": self.server.run_id, "verify": believed}
            return {**arguments, "run": self.server.run_id}

        reply = await shard.exchange(current)
        while reply[b"status"] == b"full":  # the lease is renewed with each answer; everything else waits
            await asyncio.sleep(self.options.beat)
            reply = await shard.exchange(current)
        if shard.run_id != self.server.run_id and reply[b"status"] != b"again":
            if shard.run_id:
                self.on_restart()
            shard.run_id = self.server.run_id
        return reply

    def _obey(self) -> None:
        """Give up what an operator's order forbids; nothing more of it begins."""
        for line in self.lines.by_host.values():
            if self.orders.forbid(line.host) or any(self.orders.stops(entry) for _, entry in line.entries):
                line.give_up()
        if self.orders.stop and not self.draining and not self.ending:
            self.draining = True
            self.on_stop()
        self.nudge(urgent=True)

    def _lost(self, index: int, pushes: list[Any]) -> None:
        """Our leases ran out and others took them: begin anew, keep what was to be pushed."""
        logger.warning("this worker was away longer than its lease; others have its pages now")
        for line in self._hosts(index):
            self.holding.forget(line.host)
        self.shards[index].renew_identity()
        for host, items in zip(pushes[::2], pushes[1::2], strict=True):
            for at in range(0, len(items), 5):
                self.pushes[index].append((host, items[at : at + 5]))
        self.nudge(urgent=True)

    def _outlive(self, index: int, epoch: int) -> None:
        """The run has ended, and what it had seen is forgotten: our links would begin it anew."""
        logger.info("the run ended without this worker")
        self.totals[index]["epoch"] = epoch
        for queue in self.pushes:
            queue.clear()
        self.on_outlived()
