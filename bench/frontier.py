"""``make bench-frontier``: every figure of the frontier beside its peer, in one run.

Starts a Redis of its own. ``--quick`` takes about a minute and a half, with the same figures from smaller numbers.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from redis import Redis

from bench import frontier_redis
from bench.figures import figure
from chaos import services
from chaos.site import address
from crawler.frontier.control import Control

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def site(module: str, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A site in a process of its own, and its port."""
    command = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=services.ends_with_parent
    )
    assert process.stdin
    assert process.stdout
    try:
        yield process, int(process.stdout.readline())
    finally:
        if not process.stdin.closed:
            process.stdin.close()
        process.wait(20)


def start(mode: str, seeds: list[list[str]], settings: dict[str, Any]) -> list[subprocess.Popen[str]]:
    """Start one worker for each list of seeds."""
    workers = []
    for own in seeds:
        options = json.dumps({"mode": mode, "seeds": own, "settings": settings})
        command = [sys.executable, "-m", "bench.frontier_crawl", options]
        workers.append(
            subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=services.ends_with_parent)
        )
    return workers


def results(workers: list[subprocess.Popen[str]]) -> list[dict[str, Any]]:
    """The numbers of workers that come to their end."""
    return [json.loads(worker.communicate(timeout=600)[0].splitlines()[-1]) for worker in workers]


def link_rich(mode: str, pages: int, redis_port: int) -> dict[str, float]:
    """Crawl the link-rich site once: pages a second between its first and last request, CPU ms and trips a page."""
    with Redis(port=redis_port) as redis:
        redis.flushall()
    with site("bench.frontier_site", str(pages)) as (process, port):
        settings = {"REDIS_URL": f"redis://127.0.0.1:{redis_port}/0"}
        (result,) = results(start(mode, [[f"http://127.0.0.1:{port}/p0"]], settings))
        assert process.stdin
        assert process.stdout
        process.stdin.close()
        first, last = map(float, process.stdout.readline().split())
    done = result["pages"]
    if done != pages:
        print(f"  {mode}: {done} of {pages} pages")
    return {
        "rate": done / (last - first),
        "cpu_ms": result["cpu"] / done * 1000,
        "trips": result["trips"] / done,
        "stall": result["stall"],
    }


def together(workers: int, pages: int, redis_port: int, hosts: int = 8) -> dict[str, float]:
    """CPU ms a page of a crew on ``hosts`` link-rich hosts, and the smallest part of the pages that one did."""
    with Redis(port=redis_port) as redis, site("bench.frontier_site", str(pages // hosts)) as (_, port):
        seeds = [f"http://127.0.0.{host + 1}:{port}/p0" for host in range(hosts)]
        done = results(crew(redis, workers, seeds, pages // hosts * hosts, {}))
    fetched = sum(result["pages"] for result in done)
    return {
        "cpu_ms": sum(result["cpu"] for result in done) / fetched * 1000,
        "least": min(result["pages"] for result in done) / fetched,
    }


def crew(
    redis: Redis, workers: int, seeds: list[str], pages: int, settings: dict[str, Any]
) -> list[subprocess.Popen[str]]:
    """Workers that crawled ``pages`` and end: seeded when all are there, stopped when all is done."""
    redis.flushall()
    address_ = f"redis://127.0.0.1:{redis.connection_pool.connection_kwargs['port']}/0"
    settings = {"REDIS_URL": address_, "FRONTIER_KEEP_WAITING": True, **settings}
    started, control = start("ours", [[] for _ in range(workers)], settings), Control(redis, "bench")
    _until(lambda: len(control.status().workers) == workers)
    redis.rpush("bench:start_urls", *seeds)
    _until(lambda: control.status().totals.get("acked", 0) >= pages)
    control.stop()
    return started


def polite(hosts: int, workers: int, delay: float, pages: int, redis_port: int) -> tuple[float, float]:
    """Crawl ``hosts`` polite hosts: pages a second over all, and the shortest gap over the delay."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    log = folder / "log"
    with Redis(port=redis_port) as redis, site("chaos.site", str(log), str(hosts), str(pages)) as (_, port):
        settings = {
            "HOST_DELAY": delay,
            "HOST_CONCURRENCY": 1,
            "BENCH_LINKS": "a::attr(href)",
        }  # its links have no class
        seeds = [f"http://{address(host)}:{port}/p0" for host in range(hosts)]
        results(crew(redis, workers, seeds, hosts * pages, settings))
    visits = sorted(tuple(line.split(" ", 4)) for line in log.read_text().splitlines())
    times = [(host, float(began), float(ended)) for host, began, ended, _, _ in visits]
    log.unlink()
    folder.rmdir()
    gaps = [later[1] - earlier[2] for earlier, later in pairwise(times) if earlier[0] == later[0]]
    starts = sorted(began for _, began, _ in times)
    cut = starts[len(starts) * 8 // 10]  # the end, when some hosts are done, is not the pace
    rate = (sum(1 for began in starts if began <= cut) - 1) / (cut - starts[0])
    return rate, min(gaps) / delay


def _until(true: Callable[[], bool], seconds: float = 300.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise SystemExit("the workers did not come, or did not end")
        time.sleep(0.2)


def main() -> None:
    """Everything, with its peers."""
    parser = argparse.ArgumentParser(prog="python -m bench.frontier", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", choices=("redis", "crawl", "stall", "polite"), help="one part")
    parser.add_argument("--workers", type=int, default=8, help="the most at one host; up to 32, each needs 90 MB")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = services.redis(Path(folder), persist=False)
        try:
            with Redis(port=server.port) as redis:
                if options.only in (None, "redis"):
                    in_redis(redis, quick=options.quick)
                if options.only in (None, "crawl"):
                    crawls(server.port, quick=options.quick)
                if options.only in (None, "stall"):
                    stalls(server, quick=options.quick)
                if options.only in (None, "polite"):
                    politeness(server.port, options.workers, quick=options.quick)
        finally:
            server.stop()
    print(f"load of the machine at the end: {os.getloadavg()[0]:.1f}")


def in_redis(redis: Redis, *, quick: bool) -> None:
    """Cycles, processor time, bytes."""
    cycles, rounds = (2_000, 3) if quick else (4_000, 9)  # in turns, so that both meet the machine's same moments
    pairs = [(frontier_redis.theirs(redis, cycles), frontier_redis.ours(redis, cycles * 6)) for _ in range(rounds)]
    theirs, ours = (frontier_redis.best(list(side)) for side in zip(*pairs, strict=True))
    times = frontier_redis.script_times(redis, cycles * 20, rounds)
    print(f"best of {rounds} rounds in turns")
    print(f"{'push + pop + ack':34} {'cycles/s':>10} {'Redis µs':>9}")
    print(f"{'scrapy-redis commands, one by one':34} {theirs.cycles_per_second:>10.0f} {theirs.redis_us:>9.1f}")
    print(f"{f'exchange, {frontier_redis.BATCH} pages each':34} {ours.cycles_per_second:>10.0f} {ours.redis_us:>9.1f}")
    figure("frontier.cycles_vs_scrapy_redis", ours.cycles_per_second / theirs.cycles_per_second)
    figure("frontier.redis_cpu_vs_scrapy_redis", ours.redis_us / theirs.redis_us)
    half, most = (times[len(times) * percent // 100] for percent in (50, 99))
    print(f"{len(times)} exchanges of {frontier_redis.BATCH} pages, the least of {rounds} times each: "
          f"half within {half:.2f} ms, 99 of 100 within {most:.2f} ms, all within {times[-1]:.2f} ms")  # fmt: skip
    figure("frontier.script_ms_p99", most)
    figure("frontier.longest_script_ms", times[-1])
    sizes = (100_000, 1_000_000) if quick else (1_000_000, 10_000_000)
    for size in sizes:
        value = frontier_redis.bytes_per_seen(redis, size)
        print(f"seen set of {size:,}: {value:.2f} bytes per address")
    figure("frontier.bytes_per_seen", value)
    figure("frontier.bytes_per_queued", frontier_redis.bytes_per_queued(redis, 2_000 if quick else 100_000))
    redis.flushall()


def crawls(port: int, *, quick: bool) -> None:
    """Crawls of link-rich pages, one worker, then two."""
    pages, rounds = (2_000, 2) if quick else (6_000, 3)
    best: dict[str, dict[str, float]] = {}
    for _ in range(rounds):
        for mode in ("memory", "scrapy_redis", "memory_same", "ours"):
            result = link_rich(mode, pages, port)
            if mode not in best or result["rate"] > best[mode]["rate"]:
                best[mode] = result
    longer = 3 * pages  # a worker's start and end cost as much as 200 pages
    crews = [(together(1, longer, port), together(2, longer, port)) for _ in range(rounds)]
    one, two = (min(side, key=lambda result: result["cpu_ms"]) for side in zip(*crews, strict=True))
    print(f"{'crawl, one worker':34} {'pages/s':>10} {'CPU ms':>9} {'trips':>7} {'stall ms':>9}")
    for mode, result in best.items():
        print(f"{mode:34} {result['rate']:>10.0f} {result['cpu_ms']:>9.2f} {result['trips']:>7.2f} "
              f"{result['stall'] * 1000:>9.0f}")  # fmt: skip
    ours = best["ours"]
    figure("frontier.crawl_vs_scrapy_redis", ours["rate"] / best["scrapy_redis"]["rate"])
    figure("frontier.crawl_vs_memory_defaults", ours["rate"] / best["memory"]["rate"])
    figure("frontier.crawl_vs_memory_same", ours["rate"] / best["memory_same"]["rate"])
    print("CPU a page, which a busy machine moves less than pages a second:")
    figure("frontier.cpu_vs_memory_same", ours["cpu_ms"] / best["memory_same"]["cpu_ms"])
    print(f"8 hosts: one worker {one['cpu_ms']:.2f} CPU ms a page, two {two['cpu_ms']:.2f}; "
          f"the lesser of the two did {two['least']:.0%} of the pages")  # fmt: skip
    figure("frontier.cpu_two_vs_one", two["cpu_ms"] / one["cpu_ms"])
    figure("frontier.roundtrips_per_page", ours["trips"])


def stalls(server: services.Service, *, quick: bool) -> None:
    """The longest stall of the reactor in a crawl whose Redis says nothing for 6 s, longer than a client waits."""
    freezing = threading.Timer(4.0, server.freeze, [6.0])
    freezing.start()
    with Redis(port=server.port) as redis:
        redis.flushall()
    result = link_rich("ours", 3_000 if quick else 6_000, server.port)
    freezing.join()
    print(f"with Redis silent for 6 s: the reactor's longest stall {result['stall'] * 1000:.0f} ms")
    figure("frontier.stall_ms_redis_silent", result["stall"] * 1000)


def politeness(port: int, most: int, *, quick: bool) -> None:
    """Twenty hosts at once; one host with more and more workers."""
    delay = 0.25
    rate, _ = polite(20, 1, delay, 25 if quick else 60, port)
    print(f"20 hosts at {delay} s: {rate:.1f} pages/s of {20 / delay:.0f}")
    figure("frontier.fairness", rate * delay / 20)
    for workers in (n for n in (1, 2, 4, 8, 16, 32) if n <= most):
        began = time.monotonic()
        rate, gap = polite(1, workers, delay, 20 if quick else 60, port)
        print(f"1 host, {workers} workers: {rate:.2f} pages/s of {1 / delay:.0f}; shortest gap {gap:.2f} delays; "
              f"{time.monotonic() - began:.0f} s")  # fmt: skip
        figure(f"frontier.politeness_{workers}", rate * delay)


if __name__ == "__main__":
    main()
