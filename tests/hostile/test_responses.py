"""Responses that want to exhaust a worker: each is refused under its own name, in bounded time and memory."""

import gzip
import itertools
import time
import zlib

import brotli
import pytest
import zstandard

from crawler.fetching.retries import POSTPONEMENTS_HOSTS
from tests.fetching.crawl import crawl
from tests.fetching.servers import Server, page, redirect

DEADLINE = 3  # seconds, in place of the 30 of production
MAXSIZE = 1_000_000  # bytes
ZEROS = b"\0" * 40_000_000


def head(headers=b"", status=b"200 OK"):
    return b"HTTP/1.1 %b\r\nContent-Type: text/html\r\n%b\r\n" % (status, headers)


def encoded(body, encoding):
    return page(body, headers=b"Content-Type: text/html\r\nContent-Encoding: %b\r\n" % encoding)


def dripping(start, piece, pause=0.2):
    def answer(connection):
        connection.sendall(start)
        for _ in range(200):
            connection.sendall(piece)
            time.sleep(pause)

    return answer


def endless(start, piece):
    def answer(connection):
        connection.sendall(start)
        for _ in range(2000):  # 130 MB with pieces of 64 kB
            connection.sendall(piece)

    return answer


def many_redirects():
    return {f"/hop{number}": redirect(f"/hop{number + 1}") for number in range(10_000)}


CASES = {
    "/gzip": (encoded(gzip.compress(ZEROS), b"gzip"), "decompression_bomb"),
    "/deflate": (encoded(zlib.compress(ZEROS), b"deflate"), "decompression_bomb"),
    "/br": (encoded(brotli.compress(ZEROS, quality=1), b"br"), "decompression_bomb"),
    "/zstd": (encoded(zstandard.compress(ZEROS), b"zstd"), "decompression_bomb"),
    "/twice": (encoded(gzip.compress(gzip.compress(ZEROS)), b"gzip, gzip"), "decompression_bomb"),
    "/layers": (encoded(b"x", b"gzip, gzip, gzip, gzip"), "encoding_layers"),
    "/promised": (head(b"Content-Length: 99999999999\r\n"), "too_large"),
    "/chunks": (
        endless(head(b"Transfer-Encoding: chunked\r\n"), b"10000\r\n" + b"x" * 65536 + b"\r\n"),
        "too_large",
    ),
    "/stream": (endless(head(b"Connection: close\r\n"), b"y" * 65536), "too_large"),
    "/headers": (endless(b"HTTP/1.1 200 OK\r\n", b"X-Flood: 1\r\n" * 5000), "header_flood"),
    "/line": (endless(b"HTTP/1.1 200 OK\r\nX-Long: ", b"z" * 65536), "header_flood"),
    "/folded": (endless(b"HTTP/1.1 200 OK\r\nX-Folded: a\r\n", b" more\r\n" * 5000), "header_flood"),
    "/status": (endless(b"HTTP/1.1 200 ", b"z" * 65536), "header_flood"),
    "/interim": (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 3000), "header_flood"),
    "/blank": (endless(b"", b"\r\n" * 5000), "not_http"),
    "/image": (page(b"GIF89a", headers=b"Content-Type: image/gif\r\n"), "content_type"),
    "/image-empty": (page(b"", headers=b"Content-Type: image/gif\r\n"), "content_type"),
    "/image-unchanged": (b"HTTP/1.1 304 Not Modified\r\nContent-Type: image/gif\r\n\r\n", "content_type"),
    "/video": (endless(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n", b"v" * 65536), "content_type"),
    "/archive": (page(b"PK", headers=b"Content-Type: application/zip; charset=x\r\n"), "content_type"),
    "/redis": (b"-ERR wrong number of arguments\r\n\r\n", "not_http"),
    "/ssh": (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "not_http"),
    "/zero-nine": (b"<html>no head at all</html>\r\n\r\n", "not_http"),
    "/status-zero": (b"HTTP/1.1 000 Nothing\r\n\r\n", "not_http"),
    "/absurd": (b"HTTP/1.1 99999 Big\r\n\r\n", "not_http"),
}
PUNYCODE = b"<meta charset=punycode><p>" + b"ab-" * 300_000
PYTHONIC = ["punycode", "bz2", "base64", "rot13", "idna", "zlib", "hex", "unicode_escape", "undefined"]
ODD_ENCODINGS = [*PYTHONIC, "utf-7", "no-such", "mbcs", "x" * 500]
SLOW = {
    "/drip-body": dripping(head(b"Content-Length: 100000\r\n"), b"x"),
    "/drip-chunks": dripping(head(b"Transfer-Encoding: chunked\r\n"), b"1\r\nx\r\n"),
    "/drip-head": dripping(b"HTTP/1.1 200 OK\r\n", b"X-Slow: 1\r\n"),
    "/silence": dripping(b"", b""),
}


@pytest.fixture(scope="module")
def hostile():
    answers = {path: answer for path, (answer, _) in CASES.items()} | SLOW | many_redirects()
    answers["/loop"] = redirect("/loop")
    answers["/ping"], answers["/pong"] = redirect("/pong"), redirect("/ping")
    refresh = b"<meta http-equiv=refresh content='0; url=/refresh%d'><p>%d</p>"
    answers |= {f"/refresh{n}": page(refresh % (n + 1, n)) for n in range(100)}
    answers["/self"] = page(b"<meta http-equiv=refresh content='1; url=/self'><p>news</p>")
    answers["/to-long"] = redirect("/" + "u" * 3000)
    answers["/punycode"] = page(PUNYCODE)
    for number, name in enumerate(ODD_ENCODINGS):
        answers[f"/odd{number}"] = page(b"<p>text</p>", headers=f"Content-Type: text/html; charset={name}\r\n".encode())
    answers["/flaky"] = page(b"", status=b"503 Busy")
    with Server(answers) as server:
        paths = [*CASES, *SLOW, "/hop0", "/loop", "/ping", "/refresh0", "/self", "/flaky", "/to-long", "/punycode"]
        paths += [f"/odd{number}" for number in range(len(ODD_ENCODINGS))]
        settings = {
            "DOWNLOAD_TIMEOUT": DEADLINE,
            "DOWNLOAD_MAXSIZE": MAXSIZE,
            "RETRY_TIMES": 1,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
        }
        started = time.monotonic()
        result = crawl([server.url(path) for path in paths], settings=settings)
        result["seconds"] = time.monotonic() - started
        result["asked"] = list(server.requests)
        result["base"] = server.url("")
    return result


def errors_of(hostile, path):
    return [error for error in hostile["errors"] if error["url"] == hostile["base"] + path]


@pytest.mark.parametrize(("path", "reason"), [(path, reason) for path, (_, reason) in CASES.items()])
def test_it_is_refused_under_its_name_and_not_asked_for_again(hostile, path, reason):
    [error] = errors_of(hostile, path)
    assert "ResponseRefused" in error["types"]
    assert error["message"].startswith(f"response refused: {reason}")
    assert hostile["asked"].count(path) == 1


def test_every_reason_is_counted(hostile):
    counted = {name: count for name, count in hostile["stats"].items() if name.startswith("fetching/refused/")}
    reasons = sorted([*(reason for _, reason in CASES.values()), "url_too_long"])
    expected = {f"fetching/refused/{reason}": len(list(group)) for reason, group in itertools.groupby(reasons)}
    assert counted == expected
    assert hostile["stats"]["fetching/refused"] == len(reasons)


@pytest.mark.parametrize("path", SLOW)
def test_a_drip_ends_at_the_deadline_however_busy_it_looks(hostile, path):
    [error] = errors_of(hostile, path)
    assert error["types"][0] == "DownloadTimeoutError"
    tries = hostile["asked"].count(path) / 2  # RETRY_TIMES is 1
    assert tries in range(1, 2 + POSTPONEMENTS_HOSTS)  # more than one if nothing else was answered meanwhile


def test_redirects_are_followed_ten_times(hostile):
    hops = [path for path in hostile["asked"] if path.startswith("/hop")]
    assert len(hops) == 11
    assert hostile["asked"].count("/loop") <= 11
    assert hostile["stats"]["redirect/too_many"] == 4  # hops, loop, ping-pong, and the refreshing row


def test_a_row_of_refreshes_gives_its_last_page_and_a_reloading_page_itself(hostile):
    bodies = {response["url"].removeprefix(hostile["base"]): response["body"] for response in hostile["responses"]}
    assert "<p>10</p>" in bodies["/refresh10"]
    assert "<p>news</p>" in bodies["/self"]
    assert hostile["asked"].count("/self") == 1


def test_a_long_url_is_not_asked_for(hostile):
    assert "/to-long" in hostile["asked"]
    assert not any(path.startswith("/uuu") for path in hostile["asked"])


def test_a_busy_server_is_asked_again_and_then_left(hostile):
    assert hostile["asked"].count("/flaky") == 2


def test_all_of_it_ends_in_time_and_without_an_unhandled_error(hostile):
    assert hostile["seconds"] < 40
    assert "Unhandled" not in hostile["log"]
    assert "log_count/ERROR" not in hostile["stats"]


def test_no_declared_encoding_stops_a_page_or_the_worker(hostile):
    fetched = {response["url"].removeprefix(hostile["base"]) for response in hostile["responses"]}
    assert {"/punycode", *(f"/odd{number}" for number in range(len(ODD_ENCODINGS)))} <= fetched
    assert hostile["stats"]["fetching/encoding_refused"] == len(PYTHONIC) + 1
