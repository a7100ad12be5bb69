"""Real crawls of a loopback host by worker processes with the project's own settings."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
import redis

from crawler.frontier.control import Control
from tests.command import command
from tests.frontier.site import PAGES, Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DELAY = 0.05
KEY = "tests:start_urls"
TAG = "{touchstone:0}"
pytestmark = pytest.mark.slow


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.close()


class Crawl:
    """Worker processes on one Redis, and what they stored."""

    def __init__(self, redis_url: str, client: redis.Redis, folder: Path) -> None:
        self.url, self.redis, self.store = redis_url, client, folder / "store"
        self.workers: list[subprocess.Popen[str]] = []

    def seed(self, *urls: str) -> None:
        self.redis.rpush(KEY, *urls)

    def start(self, **options: Any) -> subprocess.Popen[str]:
        settings = {"REDIS_URL": self.url, "HOST_DELAY": DELAY, "FRONTIER_NAME": "tests", **options.pop("settings", {})}
        given = json.dumps({"store": str(self.store), "settings": settings, **options})
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.frontier.crawl_worker", given], stdout=subprocess.PIPE, text=True
        )
        self.workers.append(worker)
        return worker

    def end(self, worker: subprocess.Popen[str], seconds: float = 60) -> dict[str, Any]:
        output, _ = worker.communicate(timeout=seconds)
        return json.loads(output.splitlines()[-1])  # type: ignore[no-any-return]

    def run(self, **options: Any) -> dict[str, Any]:
        return self.end(self.start(**options))

    def stored(self) -> list[str]:
        return [line.rsplit("/", 1)[1] for line in self.store.read_text().splitlines()] if self.store.exists() else []

    def counts(self) -> dict[str, int]:
        return {k.decode(): int(v) for k, v in self.redis.hgetall(f"{TAG}:tests:n").items()}  # type: ignore[union-attr]


@pytest.fixture
def crawl(redis_url: str, redis_client: redis.Redis, tmp_path: Path) -> Iterator[Crawl]:
    made = Crawl(redis_url, redis_client, tmp_path)
    yield made
    for worker in made.workers:
        if worker.poll() is None:
            worker.kill()
            worker.wait()
        if worker.stdout:
            worker.stdout.close()


def until(true: Callable[[], Any], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


@pytest.mark.parametrize("offer", [True, False])
def test_seeds_in_redis_are_crawled_to_an_exact_end(crawl: Crawl, site: Site, offer: bool) -> None:
    crawl.seed(json.dumps({"url": site.url("/p0"), "priority": 5, "source": "test"}), "no address", site.url("/secret"))
    stats = crawl.run(offer=offer)
    assert sorted(crawl.stored()) == sorted(f"p{n}" for n in range(PAGES))
    assert stats["finish_reason"] == "finished"
    assert stats["seeds/rejected"] == 1
    assert crawl.redis.lrange(f"{KEY}:rejected", 0, -1) == [b"no address"]
    assert site.paths() == {"/robots.txt": 1, **{f"/p{n}": 1 for n in range(PAGES)}}
    assert min(site.gaps()) >= DELAY
    left = {key.decode() for key in crawl.redis.scan_iter()}  # type: ignore[union-attr]
    assert not any(":s0:" in key or ":q:" in key or ":i:" in key for key in left), "nothing stays behind"
    assert stats["stall"] < 1.0


def test_everything_keeps_the_same_clock_and_robots_is_asked_once(crawl: Crawl, site: Site) -> None:
    site.extra = ["/redirect", "/flaky"]
    crawl.seed(site.url("/p0"))
    workers = [crawl.start(image=True) for _ in range(3)]
    for worker in workers:
        assert crawl.end(worker)["finish_reason"] == "finished"
    paths = site.paths()
    assert paths["/robots.txt"] == 1
    assert paths["/flaky"] == 2
    assert paths["/redirect"] == 1
    assert paths["/image.png"] >= PAGES
    assert min(site.gaps()) >= DELAY
    first = next(ended for _, ended, path in site.log if path == "/flaky")
    assert min(began for began, _, _ in site.log if began > first) - first >= 1.0, "Retry-After was not kept"
    counts = crawl.counts()
    assert counts["pushed"] == counts["acked"]


def test_crawl_delay_of_robots_is_kept(crawl: Crawl, site: Site) -> None:
    site.robots, site.pages = "User-agent: touchstone\nCrawl-delay: 0.4\n", 4
    crawl.seed(site.url("/p0"))
    crawl.run()
    assert sorted(crawl.stored()) == ["p0", "p1", "p2", "p3"]
    assert sorted(site.gaps())[1] >= 0.4  # the first page may follow robots.txt after the plain delay


def test_a_page_whose_items_were_not_stored_comes_again(crawl: Crawl, site: Site) -> None:
    crawl.seed(site.url("/p0"))
    stats = crawl.run(bad_store=True)
    assert sorted(crawl.stored()) == sorted(f"p{n}" for n in range(PAGES))
    assert site.paths()["/p2"] == 2
    assert stats["frontier/item_failed"] == 1


def test_what_fails_for_good_is_a_dead_letter_with_its_reason_and_can_be_retried(crawl: Crawl, site: Site) -> None:
    site.extra = ["/broken"]
    crawl.seed(site.url("/p0"))
    crawl.run(bad_callback=True, settings={"RETRY_TIMES": 1, "HOST_DELAY": 0.01})
    control = Control(crawl.redis, "tests")
    reasons = {letter["url"].rsplit("/", 1)[1]: letter["reason"] for letter in control.dead_letters()}
    assert reasons["broken"] == "status 500"
    assert reasons["p3"].startswith("callback: ValueError: this page is not as expected")
    assert control.retry_dead() == 2
    crawl.run()
    assert "p3" in crawl.stored()
    assert {letter["url"].rsplit("/", 1)[1] for letter in control.dead_letters()} == {"broken"}


def test_an_error_above_the_host_clock_is_a_dead_letter_and_a_refusal_is_not(crawl: Crawl, site: Site) -> None:
    crawl.seed(site.url("/p0"))
    crawl.run(broken_middleware=True)
    letters = list(Control(crawl.redis, "tests").dead_letters())
    assert [letter["url"].rsplit("/", 1)[1] for letter in letters] == ["p3"]
    assert letters[0]["reason"] == "KeyError: 'a defect'"
    assert not {"p3", "p4"} & set(crawl.stored())
    counts = crawl.counts()
    assert counts["pushed"] == counts["acked"] + counts["dead"]


def test_two_workers_share_few_hosts(crawl: Crawl) -> None:
    sites, control = [Site(pages=60) for _ in range(4)], Control(crawl.redis, "tests")
    settings = {"HOST_DELAY": 0.1, "FRONTIER_KEEP_WAITING": True}
    workers = [crawl.start(offer=True, settings=settings) for _ in range(2)]
    until(lambda: len(control.status().workers) == 2)
    crawl.seed(*(each.url("/p0") for each in sites))
    until(lambda: len(crawl.stored()) == 4 * 60, 60)
    control.stop()
    taken = [crawl.end(worker).get("scheduler/dequeued/redis", 0) for worker in workers]
    for each in sites:
        each.close()
        assert min(each.gaps()) >= 0.1
    assert min(taken) >= 0.2 * 4 * 60, f"one worker starved: {taken}"


def test_robots_that_cannot_be_had_forbids_and_loses_nothing(crawl: Crawl, site: Site) -> None:
    site.robots = ""
    crawl.seed(site.url("/p0"))
    crawl.run(settings={"HOST_FAILURES_MAX": 3})
    assert set(site.paths()) == {"/robots.txt"}
    counts = crawl.counts()
    assert counts["pushed"] == counts.get("blocked", 0) + counts.get("dead", 0) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_an_ended_worker_loses_nothing(crawl: Crawl, site: Site, number: int) -> None:
    crawl.seed(site.url("/p0"))
    worker = crawl.start()
    until(lambda: len(crawl.stored()) >= 3)
    os.kill(worker.pid, number)
    worker.wait(20)
    if number != signal.SIGKILL:
        counts = crawl.counts()
        assert counts["leased"] == 0, "what was not begun was given back"
        assert not crawl.redis.exists(f"{TAG}:W")
    crawl.run()
    assert set(crawl.stored()) == {f"p{n}" for n in range(PAGES)}
    assert sum(site.paths()[f"/p{n}"] for n in range(PAGES)) <= PAGES + (2 if number == signal.SIGKILL else 1)
    assert min(site.gaps()) >= DELAY


def test_a_worker_that_wakes_after_the_end_does_not_begin_it_anew(crawl: Crawl, site: Site) -> None:
    """What the run had seen is forgotten by then: the links of a page it still had in hand would all be new."""
    crawl.seed(site.url("/slow"))
    halted = crawl.start()
    until(lambda: site.asked["/slow"])
    os.kill(halted.pid, signal.SIGSTOP)
    try:
        assert crawl.run()["finish_reason"] == "finished"
        before = sum(site.paths().values())
        crawl.redis.set("{touchstone:discovered:tests}:spent", 3)  # by the next run, which may have begun
    finally:
        os.kill(halted.pid, signal.SIGCONT)
    assert crawl.end(halted)["finish_reason"] == "finished"
    assert sum(site.paths().values()) == before
    assert crawl.redis.get("{touchstone:discovered:tests}:spent") == b"3"
    assert crawl.counts()["queued"] == crawl.counts()["leased"] == 0


def test_a_page_that_others_have_by_now_is_not_fetched_once_its_robots_are_known(crawl: Crawl, site: Site) -> None:
    """Without a lease it would pass for a request without a page: that waits for its host, however long."""
    site.robots_take = 1.0
    crawl.seed(site.url("/p0"))
    waiting = {"FRONTIER_KEEP_WAITING": True}
    halted = crawl.start(settings=waiting)
    until(lambda: site.asked["/robots.txt"])
    os.kill(halted.pid, signal.SIGSTOP)
    try:
        other = crawl.start(settings=waiting)
        until(lambda: len(crawl.stored()) == PAGES)
    finally:
        os.kill(halted.pid, signal.SIGCONT)
    time.sleep(3)  # it learns that its lease is over, and takes the host that nobody holds now
    Control(crawl.redis, "tests").stop()
    for worker in (halted, other):
        crawl.end(worker)
    assert site.paths()["/p0"] == 1


def test_one_command_stops_all_workers_within_a_second(crawl: Crawl, site: Site) -> None:
    site.pages = 400
    crawl.seed(site.url("/p0"))
    workers = [crawl.start() for _ in range(2)]
    until(lambda: len(crawl.stored()) >= 3)
    control = Control(crawl.redis, "tests")
    control.stop("asked to by the prosecutor")
    said = time.monotonic()
    for worker in workers:
        assert crawl.end(worker, 20)["finish_reason"] == "stopped"
    assert max(began for began, _, _ in site.log) - said < 1.0
    assert control.status().stop == "asked to by the prosecutor"
    before = len(site.log)
    assert crawl.end(crawl.start(), 20)["finish_reason"] == "stopped"
    assert len(site.log) == before, "a new worker does not begin either"
    control.resume()
    site.pages = 4
    counts = crawl.counts()
    assert counts["leased"] == 0
    assert counts["queued"] == counts["pushed"] - counts["acked"]


def test_do_not_crawl_is_obeyed_within_a_second(crawl: Crawl, site: Site) -> None:
    site.pages = 400
    crawl.seed(site.url("/p0"))
    worker = crawl.start()
    until(lambda: len(crawl.stored()) >= 3)
    Control(crawl.redis, "tests").forbid("127.0.0.1")
    said = time.monotonic()
    assert crawl.end(worker, 20)["finish_reason"] == "finished"
    assert max(began for began, _, _ in site.log) - said < 1.0
    assert crawl.counts()["do_not_crawl"] > 300


def test_a_paused_host_waits_and_goes_on(crawl: Crawl, site: Site) -> None:
    site.pages = 30
    crawl.seed(site.url("/p0"))
    worker = crawl.start()
    until(lambda: len(crawl.stored()) >= 3)
    control, host = Control(crawl.redis, "tests"), f"127.0.0.1:{site.port}"
    control.pause(host)
    time.sleep(1.0)
    quiet = len(site.log)
    time.sleep(1.0)
    assert len(site.log) == quiet
    assert control.status().hosts[0].state == "paused"
    control.unpause(host)
    assert crawl.end(worker)["finish_reason"] == "finished"
    assert len(crawl.stored()) == 30


def test_hosts_of_one_address_share_its_clock_where_that_is_set(crawl: Crawl, site: Site) -> None:
    other = Site(pages=4)
    site.pages = 4
    crawl.seed(site.url("/p0"), other.url("/p0"))
    crawl.run(settings={"HOST_PER_ADDRESS": True, "HOST_DELAY": 0.1})
    site.log += other.log
    other.close()
    assert len(crawl.stored()) == 8
    assert min(site.gaps()) >= 0.1


def test_a_crawl_over_several_shards_ends_as_exactly(crawl: Crawl, site: Site) -> None:
    others = [Site(pages=4) for _ in range(3)]
    site.extra = [other.url("/p0") for other in others]
    crawl.seed(site.url("/p0"))
    stats = crawl.run(settings={"FRONTIER_SHARDS": 3})
    for other in others:
        other.close()
    assert stats["finish_reason"] == "finished"
    assert len(crawl.stored()) == PAGES + 3 * 4
    assert all(min(each.gaps()) >= DELAY for each in [site, *others])


def test_a_store_that_is_away_is_waited_for_and_no_page_is_blamed(crawl: Crawl, site: Site) -> None:
    crawl.seed(site.url("/p0"))
    stats = crawl.run(store_away=2.0, settings={"FRONTIER_ATTEMPTS": 2})
    assert sorted(crawl.stored()) == sorted(f"p{n}" for n in range(PAGES))
    assert 2 <= stats["frontier/item_failed"] <= 8, "it is asked for seldom"
    assert "dead" not in crawl.counts()


def test_the_commands_show_and_steer(crawl: Crawl, site: Site) -> None:
    def scrapy(*words: str) -> str:
        run = command(*words, environ={"REDIS_URL": crawl.url, "SCRAPY_SETTINGS_MODULE": "settings.base"})
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    assert "paused" in scrapy("frontier", "pause", "shop.example:443")
    assert b"shop.example:443" in crawl.redis.smembers(f"{TAG}:paused")
    assert "all workers stop" in scrapy("stop", "--reason", "a court said so")
    assert "STOPPED: a court said so" in scrapy("frontier", "status")
    assert "start" in scrapy("resume")
    assert "keys removed" in scrapy("frontier", "purge", "--yes")
