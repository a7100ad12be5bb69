"""Walls, retries and redirects on the real frontier: what one response says is obeyed by the whole run."""

import itertools
import re
import socket
import time

import pytest

from crawler.fetching.resolver import NO_NAME
from crawler.fetching.robots import AGAIN_AFTER
from tests.fetching.crawl import crawl
from tests.fetching.servers import Server, page, redirect

pytestmark = pytest.mark.services
DELAY = 0.2  # seconds


def settings(redis_url, **extra):
    return {"REDIS_URL": redis_url, "HOST_DELAY": DELAY, "FRONTIER_PREFIX": "fetching", **extra}


def test_a_bot_wall_empties_the_queue_of_its_host_and_the_run_ends(redis_url, redis_client):
    wall = page(b"<title>Just a moment...</title><script>_cf_chl_opt</script>", status=b"403 Forbidden")
    with Server(default=wall) as walled, Server(default=page(b"fine")) as other:
        urls = [walled.url(f"/{number}") for number in range(30)] + [other.url(f"/{number}") for number in range(3)]
        result = crawl(urls, settings=settings(redis_url), with_frontier=True)
        pages = [path for path in walled.requests if path != "/robots.txt"]
        assert len(pages) == 1
        assert sorted(path for path in other.requests if path != "/robots.txt") == ["/0", "/1", "/2"]
    assert result["stats"]["wall/hosts_ended"] == 1
    assert result["stats"]["frontier/hosts_blocked"] == 1


def test_a_server_that_asks_for_time_gets_it(redis_url, redis_client):
    asked = []

    def later(connection):
        asked.append(time.monotonic())
        busy = page(b"busy", b"429 Too Many Requests", b"Retry-After: 2\r\nContent-Type: text/html\r\n")
        connection.sendall(busy if len(asked) == 1 else page(b"fine"))

    with Server({"/": later}) as server:
        result = crawl([server.url()], settings=settings(redis_url), with_frontier=True)
    assert [response["body"] for response in result["responses"]] == ["fine"]
    assert asked[1] - asked[0] >= 2


def test_a_host_that_is_busy_for_many_tries_loses_no_page(redis_url, redis_client):
    """A shop whose first page was refused six times, three tries in a row and three more, was lost whole."""
    asked = []

    def busy(connection):
        asked.append(time.monotonic())
        refused = page(b"busy", (b"503 Busy", b"429 Slow down")[len(asked) % 2], b"Content-Type: text/html\r\n")
        connection.sendall(refused if len(asked) <= 7 else page(b"fine"))

    with Server({"/": busy}) as server:
        result = crawl([server.url()], settings=settings(redis_url, HOST_REST_MAX=1), with_frontier=True)
    assert [response["body"] for response in result["responses"] if response["status"] == 200] == ["fine"]


def test_every_hop_of_a_redirect_waits_for_the_host(redis_url, redis_client):
    times = []

    def hop(target):
        def answer(connection):
            times.append(time.monotonic())
            connection.sendall(redirect(target) if target else page(b"there"))

        return answer

    answers = {"/": hop("/a"), "/a": hop("/b"), "/b": hop("/c"), "/c": hop(None)}
    with Server(answers) as server:
        result = crawl([server.url()], settings=settings(redis_url), with_frontier=True)
    assert [response["body"] for response in result["responses"]] == ["there"]
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert min(gaps) >= DELAY


def test_a_wall_that_sets_a_cookie_and_sends_back_is_passed_once(redis_url, redis_client):
    """A shop's links are asked for without ``dont_filter``: the way back to a page must not pass for a page known."""

    def gate(connection):
        agreed = "consent=1" in server.heads[-1]
        connection.sendall(page(b"inside") if agreed else redirect("/consent"))

    back = page(b"", b"302 Found", b"Location: /goods\r\nSet-Cookie: consent=1; Path=/\r\n")
    with Server({"/goods": gate, "/consent": back}) as server:
        result = crawl([server.url("/goods")], settings=settings(redis_url), with_frontier=True, filtered=True)
        asked = list(server.requests)
    assert [response["body"] for response in result["responses"]] == ["inside"]
    assert asked.count("/goods") == 2


def test_redirects_in_a_circle_end(redis_url, redis_client):
    with Server({"/a": redirect("/b"), "/b": redirect("/a")}) as server:
        result = crawl([server.url("/a")], settings=settings(redis_url), with_frontier=True, filtered=True)
        asked = list(server.requests)
    assert result["responses"] == []
    assert asked.count("/a") <= 3


def test_a_name_that_does_not_exist_is_not_waited_for_as_a_machine_that_is_down(redis_url, redis_client):
    """Seeds and links name shops that are gone: with the rests of a dead machine a run would wait most of an hour."""
    name = "no-such-shop-7f3c.nowhere-at-all"
    try:
        socket.getaddrinfo(f"{name}.", None)
    except socket.gaierror as error:
        if error.errno not in NO_NAME:
            pytest.skip("nobody answers for names on this machine")
    begun = time.monotonic()
    with Server(default=page(b"fine")) as other:
        urls = [f"http://{name}/", f"http://{name}/second", other.url("/")]
        result = crawl(urls, settings=settings(redis_url), with_frontier=True)
    assert [response["body"] for response in result["responses"]] == ["fine"]
    assert result["stats"]["frontier/hosts_blocked"] == 1
    assert time.monotonic() - begun < 60
    assert "does not exist in DNS" in result["log"]


def test_the_log_says_which_host_a_run_waits_for_and_when_it_is_left_alone(redis_url, redis_client):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        dead = closed.getsockname()[1]
    more = {"HOST_FAILURES_MAX": 4, "RETRY_TIMES": 3}
    result = crawl([f"http://127.0.0.1:{dead}/"], settings=settings(redis_url, **more), with_frontier=True)
    rests = rf"127.0.0.1:{dead} failed 3 times in a row, at last: .*refused.*; asked again in 2 s \(HOST_F"
    assert re.search(rests, result["log"])
    assert re.search(rf"127.0.0.1:{dead} failed 4 times in a row, at last: .*; left alone for this run", result["log"])


def test_a_worker_without_work_says_what_would_give_it_some(redis_url, redis_client):
    assert "found nothing to fetch: -a url=" in crawl([], settings=settings(redis_url), with_frontier=True)["log"]
    with Server(default=page(b"fine")) as server:
        result = crawl([server.url()], settings=settings(redis_url), with_frontier=True)
    assert "found nothing to fetch" not in result["log"]


def test_what_robots_txt_says_is_asked_for_once_the_name_leads_somewhere(redis_url, redis_client, tmp_path):
    """A name that led nowhere was taken for a host without a robots.txt, by all workers, for a day."""
    hosts = tmp_path / "hosts"
    hosts.write_text("other.test 127.0.0.1:9999\n")
    rules = page(b"User-agent: *\nDisallow: /closed", b"200 OK", b"Content-Type: text/plain\r\n")
    with Server({"/robots.txt": rules}, default=page(b"fine")) as server:
        urls = [f"http://shop.test:{server.port}/{path}" for path in ("open", "closed")]
        known = settings(redis_url, RESOLVER_HOSTS=str(hosts), ROBOTSTXT_OBEY=True)
        assert crawl(urls, settings=known, with_frontier=True)["responses"] == []
        hosts.write_text(f"shop.test 127.0.0.1:{server.port}\n")
        for key in redis_client.scan_iter("*:robots:*"):
            assert redis_client.ttl(key) <= AGAIN_AFTER
            redis_client.delete(key)  # as if that had passed
        crawl(urls, settings=known, with_frontier=True)
        assert server.requests == ["/robots.txt", "/open"]
