"""``python -m chaos``: kill what can be killed while real workers crawl, then count what was lost.

The director and the audit import nothing of the crawler: what they know is the site's log, the store and the truth.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from redis import Redis

from chaos import services
from chaos.audit import Result, audit
from chaos.causes import STARVED, Fault, by_fault, starved, unexplained
from chaos.site import address

LEASE = 3.0  # seconds; short, so that a run meets many leases' ends
FAULTS = {  # how often each happens, in parts
    "kill -9 worker": 40, "stop worker past its lease": 14, "stop worker briefly": 20, "SIGTERM worker": 10,
    "SIGINT worker": 6, "kill -9 redis": 5, "redis silent 2 s": 3, "kill -9 mongod": 2,
}  # fmt: skip
GROWN = 1.5  # seconds
ACK_BATCH = 8  # pages that a killed worker may make others repeat, on average over all kills


class Director:
    """Starts everything, does harm by a seeded dice, and waits for the end."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.o, self.folder, self.random = options, folder, random.Random(options.seed)
        self.faults: list[Fault] = []
        self.recoveries: list[float] = []
        self.ends: Counter[str] = Counter()
        self.alive: dict[int, float] = {}
        """Workers → when they started."""
        self.awaited = 0
        """Workers asked for, whose numbers were not read yet."""
        self.stopped: dict[int, Fault] = {}
        """Workers → what stopped them; they are left alone until they go on."""
        self.log = folder / "site.log"

    def start(self) -> None:
        """Site, servers, seeds, workers."""
        arguments = [sys.executable, "-m", "chaos.site", str(self.log), str(self.o.hosts), str(self.o.pages)]
        self.site = subprocess.Popen(
            arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=services.ends_with_parent
        )
        assert self.site.stdout
        self.port = int(self.site.stdout.readline())
        self.redis = services.redis(self.folder / "redis")
        self.mongod = services.mongod(self.folder / "mongod")
        with Redis(port=self.redis.port) as client:
            client.rpush("chaos:start_urls", *(f"http://{address(h)}:{self.port}/p0" for h in range(self.o.hosts)))
        overrides = {
            "REDIS_URL": f"redis://127.0.0.1:{self.redis.port}/0",
            "MONGO_URI": f"mongodb://127.0.0.1:{self.mongod.port}/",
            "HOST_DELAY": self.o.delay,
            "LEASE_SECONDS": LEASE,
            "MAX_PAGES_PER_STOREFRONT": 0,
            "CONCURRENT_REQUESTS": 16,
            "FRONTIER_NAME": "chaos",
            "RETRY_TIMES": 5,
            "LIGHT": not self.o.short,
        }
        command = [sys.executable, "-m", "chaos.worker", json.dumps(overrides), str(self.folder / "workers.log")]
        self.zygote = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, preexec_fn=services.ends_with_parent
        )
        self.selector = selectors.DefaultSelector()
        assert self.zygote.stdout
        os.set_blocking(self.zygote.stdout.fileno(), False)
        self.selector.register(self.zygote.stdout, selectors.EVENT_READ)
        self.pending = b""
        for _ in range(self.o.workers):
            self.hire()

    def hire(self) -> None:
        """Ask for a worker; it is known when its number is read."""
        assert self.zygote.stdin
        self.zygote.stdin.write(b"start\n")
        self.awaited += 1

    def listen(self, seconds: float) -> None:
        """Read who started and who ended."""
        if not self.selector.select(seconds):
            return
        assert self.zygote.stdout
        data = self.zygote.stdout.read()
        if not data:
            raise SystemExit("the workers' parent died; see workers.log")
        *lines, self.pending = (self.pending + data).split(b"\n")
        for line in lines:
            kind, pid, *rest = line.decode().split()
            if kind == "start":
                self.alive[int(pid)] = time.monotonic()
                self.awaited -= 1
            else:
                self.alive.pop(int(pid), None)
                self.ends[rest[0]] += 1

    def run(self) -> bool:
        """Harm until the work is done or time is up; whether it was done."""
        began, last_fault = time.monotonic(), time.monotonic()
        while time.monotonic() - began < self.o.seconds:
            self.listen(0.05)
            self.wake()
            if self.ends["finished"]:
                break
            self.replace_dead()
            enough = len(self.faults) >= self.o.faults
            begun = self._asked() > 40 * self.o.hosts  # about one line of the log a host
            if begun and not enough and time.monotonic() - last_fault >= self.o.every:
                self.harm()
                last_fault = time.monotonic()
        self.wake(everybody=True)
        until = time.monotonic() + 30
        while self.alive and time.monotonic() < until:
            self.listen(0.2)
            self.replace_dead(hire=False)
        return self.ends["finished"] > 0

    def replace_dead(self, *, hire: bool = True) -> None:
        """Hire for those that are gone."""
        for pid in [pid for pid in self.alive if not _exists(pid)]:
            del self.alive[pid]
            self.stopped.pop(pid, None)
        if hire and len(self.alive) + self.awaited < self.o.workers:
            self.hire()

    def wake(self, *, everybody: bool = False) -> None:
        """Let stopped workers go on whose time has come."""
        now = time.monotonic()
        for pid in [pid for pid, fault in self.stopped.items() if everybody or fault.ended <= now]:
            self.stopped.pop(pid).ended = now  # later than was meant when a server took long to come back
            _send(pid, signal.SIGCONT)

    def harm(self) -> None:
        """One fault."""
        kind = self.random.choices(list(FAULTS), list(FAULTS.values()))[0]
        if self.o.long_outage and len(self.faults) == self.o.faults // 3:
            kind = "redis silent 15 s"
        grown = time.monotonic() - GROWN  # a worker that has just begun has nothing to lose yet
        awake = sorted(pid for pid, since in self.alive.items() if since < grown and pid not in self.stopped)
        if "worker" in kind and not awake:
            return
        fault = Fault(kind, time.monotonic(), time.monotonic())
        self.faults.append(fault)
        if "worker" in kind:
            fault.pid = self.random.choice(awake)
            self._harm_worker(fault, fault.pid)
            return
        if kind.startswith("kill"):
            self._restart(self.redis if "redis" in kind else self.mongod)
        else:
            self.redis.freeze(15 if "15" in kind else 2)
        self._recovered()
        fault.ended = time.monotonic()

    def _harm_worker(self, fault: Fault, pid: int) -> None:
        kind = fault.kind
        if kind.startswith("stop"):
            fault.ended = fault.began + (LEASE * 1.5 if "past" in kind else self.random.uniform(0.1, 1.0))
            self.stopped[pid] = fault
            _send(pid, signal.SIGSTOP)
            return
        number = {"kill -9 worker": signal.SIGKILL, "SIGTERM worker": signal.SIGTERM, "SIGINT worker": signal.SIGINT}
        _send(pid, number[kind])
        self.alive.pop(pid, None)

    def _restart(self, service: services.Service) -> None:
        service.kill()
        time.sleep(self.random.uniform(0.0, 1.0))
        service.start()

    def _recovered(self) -> None:
        """Measure how long it takes until the site is asked again."""
        began, size = time.monotonic(), self._asked()
        while time.monotonic() - began < 20 and self._asked() <= size:
            self.listen(0.1)
            self.wake()
            self.replace_dead()
        self.recoveries.append(time.monotonic() - began)

    def _asked(self) -> int:
        return self.log.stat().st_size

    def finish(self) -> tuple[list[dict[str, Any]], int]:
        """End everything; what was stored, and how many dead letters there are."""
        with Redis(port=self.redis.port) as client:
            dead = int(client.llen("{touchstone:0}:chaos:dead"))
            print({k.decode(): int(v) for k, v in client.hgetall("{touchstone:0}:chaos:n").items()})
        with MongoClient[dict[str, Any]](port=self.mongod.port) as client_:
            documents = list(client_.chaos.pages.find())
        for pid in self.alive:
            _send(pid, signal.SIGKILL)
        for process in (self.zygote, self.site):
            assert process.stdin
            process.stdin.close()
            process.wait(20)
        self.redis.stop()
        self.mongod.stop()
        return documents, dead


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _send(pid: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def report(director: Director, result: Result, dead: int, done: bool, seconds: float) -> bool:
    """Print the table and the figures; whether all promises were kept."""
    away = starved(director.folder / "workers.log", time.monotonic() - time.time())
    gaps = len(unexplained(result.too_soon, away))
    repeats = by_fault(result.repeats, [*director.faults, *away])
    print(f"\n{'fault':28} {'times':>6} {'repeats each':>13} {'at most':>8}")
    kinds: dict[str, list[int]] = {}
    for fault in [*director.faults, *(fault for fault in away if repeats[fault])]:
        kinds.setdefault(fault.kind, []).append(repeats[fault])
    for kind, counts in sorted(kinds.items(), key=lambda pair: -len(pair[1])):
        print(f"{kind:28} {len(counts):>6} {sum(counts) / len(counts):>13.2f} {max(counts):>8}")
    print(f"\n{result.urls} pages on {director.o.hosts} hosts, {director.o.workers} workers, {seconds:.0f} s; "
          f"workers ended: {dict(director.ends)}")  # fmt: skip
    print(f"served {result.served}, fetched again {result.refetched}, of these already durable {len(result.repeats)}; "
          f"shortest gap {result.shortest_gap * 1000:.1f} ms for a delay of {director.o.delay * 1000:.0f} ms, "
          f"{result.overlaps} overlaps; dead letters {dead}; load {os.getloadavg()[0]:.1f}")  # fmt: skip
    kills = kinds.get("kill -9 worker", [0])
    servers = sum(sum(counts) for kind, counts in kinds.items() if "redis" in kind or "mongod" in kind)
    figures = {
        "urls": result.urls, "faults": len(director.faults), "lost": result.lost, "dead_letters": dead,
        "stored_twice": result.stored_twice, "repeats_per_kill": round(sum(kills) / len(kills), 3),
        "most_repeats_of_a_kill": max(kills), "repeats_by_server_faults": servers,
        "repeats_by_starvation": sum(kinds.get(STARVED, [0])), "repeats_without_a_fault": repeats[None],
        "gap_violations": gaps, "sent_on_waking": len(result.too_soon) - gaps,
        "recovery_seconds": round(max(director.recoveries, default=0.0), 2),
    }  # fmt: skip
    for name, value in figures.items():
        print(f"figure chaos.{name} {value}")
    kept = result.lost == result.stored_twice == gaps == dead == 0
    kept = kept and repeats[None] == 0 and max(kinds.get(STARVED, [0])) <= ACK_BATCH
    return kept and done and sum(kills) / len(kills) <= ACK_BATCH


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m chaos", description=__doc__)
    parser.add_argument("--short", action="store_true", help="a minute's run, for the test suite")
    parser.add_argument("--hosts", type=int, default=500)
    parser.add_argument("--pages", type=int, default=202, help="per host")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--delay", type=float, default=0.05, help="seconds between requests to a host")
    parser.add_argument("--faults", type=int, default=520)
    parser.add_argument("--every", type=float, default=0.8, help="seconds between faults")
    parser.add_argument("--seconds", type=float, default=1500, help="the longest that a run may take")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--long-outage", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--keep", action="store_true", help="leave the logs")
    options = parser.parse_args()
    if options.short:
        options.hosts, options.pages, options.workers, options.faults = 40, 50, 3, 14
        options.every, options.seconds, options.long_outage = 0.6, 120, False
    folder = Path(tempfile.mkdtemp(prefix="chaos-"))
    director, began = Director(options, folder), time.monotonic()
    director.start()
    try:
        done = director.run()
    finally:
        documents, dead = director.finish()
    result = audit(director.log, documents, options.hosts, options.pages, director.port, options.delay)
    kept = report(director, result, dead, done, time.monotonic() - began)
    if options.keep or not kept:
        print(f"logs: {folder}")
    else:
        subprocess.run(["rm", "-rf", str(folder)], check=False)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
