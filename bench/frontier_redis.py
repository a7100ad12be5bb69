"""What the frontier costs Redis: cycles beside scrapy-redis's commands, bytes per address seen and per page queued."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import Any

import msgpack
from redis import Redis

from crawler.frontier.entry import NORMAL, pack
from crawler.frontier.options import Options
from crawler.frontier.shard import script

BATCH = Options.pushes_per_call
TAG, FRONTIER = "{bench:0}", "bench"


@dataclass
class Cost:
    """Per cycle of push, pop and ack: how many a second, and microseconds of Redis' processor."""

    cycles_per_second: float
    redis_us: float


def best(costs: list[Cost]) -> Cost:
    """The least of several runs: what the machine's other programs added is not the frontier's, nor scrapy-redis's."""
    return Cost(max(cost.cycles_per_second for cost in costs), min(cost.redis_us for cost in costs))


def cpu(redis: Redis) -> float:
    """Processor seconds that the server has used."""
    info: Any = redis.info("cpu")
    return float(info["used_cpu_user"] + info["used_cpu_sys"])


def theirs(redis: Redis, cycles: int) -> Cost:
    """scrapy-redis's own commands, one by one: SADD, ZADD, and ZRANGE with ZREMRANGEBYRANK; it has no ack."""
    redis.flushall()
    payload = b"x" * 350  # a pickled Request of a short address
    began, before = time.monotonic(), cpu(redis)
    for number in range(cycles):
        redis.sadd("bench:dupefilter", f"{number:040x}")
        redis.zadd("bench:requests", {payload + str(number).encode(): 0})
        if number % 2:  # keeps a queue, as a crawl does
            continue
        with redis.pipeline() as pipe:
            pipe.zrange("bench:requests", 0, 0)
            pipe.zremrangebyrank("bench:requests", 0, 0)
            pipe.execute()
    for _ in range(cycles // 2):
        with redis.pipeline() as pipe:
            pipe.zrange("bench:requests", 0, 0)
            pipe.zremrangebyrank("bench:requests", 0, 0)
            pipe.execute()
    seconds, used = time.monotonic() - began, cpu(redis) - before
    return Cost(cycles / seconds, used / cycles * 1e6)


class Client:
    """Our exchange, called synchronously."""

    def __init__(self, redis: Redis) -> None:
        self.run = redis.register_script(script("exchange"))
        self.number = 0
        self.longest = 0.0

    def exchange(self, **changes: Any) -> dict[bytes, Any]:
        """One numbered exchange."""
        self.number += 1
        arguments = {
            "lease": 30_000, "delay": 0, "grace": 0, "cap": 6, "suspects": 1, "batch": 16, "per": 8, "push": [],
            "settle": [], "want": 0, "more": [], "take": [], "budget": [20_000, 0, 0, 0], "run": "bench",
            "w": "bench", "n": self.number, **changes,
        }  # fmt: skip
        packed = msgpack.packb(arguments, use_bin_type=False)
        reply: Any = self.run(keys=[TAG], args=[FRONTIER, "", packed])
        return msgpack.unpackb(reply, raw=True, strict_map_key=False)  # type: ignore[no-any-return]


def pushes(start: int, count: int, hosts: int, where: int = 0, shop: str = "shop") -> list[Any]:
    """Arguments that push ``count`` pages, spread over hosts in runs of eight as a crawl's links are."""
    dice = random.Random(start)
    grouped: dict[str, list[Any]] = {}
    for number in range(start, start + count):
        host = f"{shop}{number // 8 % hosts}.example:443"
        entry = pack(host, f"https://{host[:-4]}/category/product-{number}.html", NORMAL, depth=3, callback="parse")
        grouped.setdefault(host, []).extend([NORMAL, where, dice.getrandbits(32), dice.getrandbits(32) - 2**31, entry])
    return [part for pair in grouped.items() for part in pair]


def ours(redis: Redis, cycles: int, batch: int = BATCH) -> Cost:
    """Our exchange, with batches as the largest of a worker: ``BATCH`` pages pushed, leased and acked in each."""
    redis.flushall()
    client = Client(redis)
    prepared = [pushes(start, batch, 4_000) for start in range(0, cycles, batch)]
    client.exchange()
    began, before, done = time.monotonic(), cpu(redis), 0
    held: list[tuple[bytes, list[int]]] = []
    rounds = 0
    while done < cycles:
        push = prepared[rounds] if rounds < len(prepared) else []
        rounds += 1
        settle = [[host, fields, [], [], 1, 0, 0, 0, False] for host, fields in held]
        done += sum(len(fields) for _, fields in held)
        reply = client.exchange(push=push, settle=settle, want=batch // 8)
        held = [(lease[0], lease[4]) for lease in reply[b"leases"]]
        if not push and not held:
            break
    seconds, used = time.monotonic() - began, cpu(redis) - before
    return Cost(done / seconds, used / done * 1e6)


def script_times(redis: Redis, cycles: int, rounds: int) -> list[float]:
    """Milliseconds of each exchange of such a run, sorted, from the server's slow log.

    The run is made several times, call for call the same, and a call's time is its least: what is above that was the
    machine's, which had other things to do. Runs of their own: the log also notes each command inside a script, which
    costs a fifth as much as they do.
    """
    redis.config_set("slowlog-log-slower-than", 50)  # µs: above all that is not a whole exchange
    redis.config_set("slowlog-max-len", 20_000)
    runs = [_script_times(redis, cycles) for _ in range(rounds)]
    redis.config_set("slowlog-log-slower-than", -1)
    return sorted(map(min, zip(*runs, strict=True)))


def _script_times(redis: Redis, cycles: int) -> list[float]:
    """Of each exchange of one run, in their order."""
    redis.slowlog_reset()
    ours(redis, cycles)
    entries: Any = redis.slowlog_get(20_000)
    return [entry["duration"] / 1000 for entry in reversed(entries) if b"EVALSHA" in entry["command"]]


def bytes_per_seen(redis: Redis, addresses: int) -> float:
    """Memory per address in the seen set. The host is blocked, so that nothing is queued."""
    redis.flushall()
    client = Client(redis)
    redis.hset(f"{TAG}:{FRONTIER}:blocked", "shop.example:443", "bench")
    client.exchange()
    before = memory(redis)
    dice = random.Random(1)
    step = 1_000
    for _ in range(0, addresses, step):
        items: list[Any] = []
        for _ in range(step):
            items += [1, 0, dice.getrandbits(32), dice.getrandbits(32) - 2**31, b""]
        client.exchange(push=["shop.example:443", items])
    return (memory(redis) - before) / addresses


def bytes_per_queued(redis: Redis, hosts: int, each: int = 10) -> float:
    """Memory per queued page at ten a host, with the host's keys and its place in line, without the seen set."""
    redis.flushall()
    client = Client(redis)
    client.exchange()
    before = memory(redis)
    for start in range(0, hosts, 50):
        push: list[Any] = []
        for number in range(start, min(hosts, start + 50)):
            host = f"shop{number}.example:443"
            items: list[Any] = []
            for page in range(each):
                url = f"https://shop{number}.example/category/product-{page}-of-{number}.html"
                items += [1, 1, 0, 0, pack(host, url, NORMAL, depth=3, callback="parse")]
            push += [host, items]
        client.exchange(push=push)
    return (memory(redis) - before) / (hosts * each)


def memory(redis: Redis) -> int:
    """Bytes that Redis has allocated."""
    info: Any = redis.info("memory")
    return int(info["used_memory"])
