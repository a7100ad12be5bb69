"""Answers at random, from a seed: whatever a server sends, a request ends with a response or a named error."""

import random

from tests.fetching.crawl import crawl
from tests.fetching.servers import Server

REQUESTS = 250
PIECES = [
    b"HTTP/1.1 ", b"HTTP/1.0 ", b"HTTP/9.9 ", b"HTTP", b"200", b"204", b"304", b"100", b"301", b"999", b" OK", b"\r\n",
    b"\n",
    b"\r\n\r\n", b"\n\n", b"Content-Length: ", b"Content-Length: 5\r\n", b"Content-Length: 0\r\n",
    b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: ,,\r\n", b"Content-Encoding: gzip\r\n",
    b"Content-Encoding: br, zstd\r\n", b"Content-Type: text/html; charset=\r\n", b"Content-Type: \xff\r\n",
    b"Location: http://\x00/\r\n", b"Location: //\r\n", b"Location: http://127.0.0.1:99999999/\r\n", b"Location: ?\r\n",
    b"Location: http://[::1\r\n", b"Refresh: 0\r\n", b"Set-Cookie: =;;=\r\n", b"Set-Cookie: a=\xff; Domain=.\r\n",
    b"Set-Cookie: a=b; Expires=never; Max-Age=x\r\n", b"Connection: close\r\n", b"Connection: upgrade\r\n",
    b"Retry-After: -1\r\n", b"Retry-After: Fri, 99 Foo\r\n", b"Retry-After: 99999999999999999999\r\n",
    b"5\r\nhello\r\n", b"0\r\n\r\n", b"ffffffffffffffff\r\n", b"-1\r\n", b":", b": x\r\n", b" \r\n", b"\t", b"\x00",
    b"\xff\xfe",
    b"<html>", b"<meta http-equiv=refresh content='0;url=http://['>", b"<meta http-equiv=refresh content=';;;'>",
    b"<meta charset=punycode>", b"<title>", b"\x1f\x8b\x08\x00", b"\x28\xb5\x2f\xfd",
]  # fmt: skip
NAMED = {"ResponseRefused", "DownloadFailedError", "DownloadTimeoutError", "IgnoreRequest", "NotAHostName",
         "AddressRefused", "HttpError"}  # fmt: skip


def garbage(seed):
    chance = random.Random(seed)
    start = b"HTTP/1.1 200 OK\r\n" if chance.random() < 0.6 else b""
    data = start + b"".join(chance.choices(PIECES, k=chance.randrange(1, 25)))

    def answer(connection):
        connection.sendall(data)

    return answer


def test_whatever_a_server_sends_a_request_ends_and_nothing_breaks():
    with Server({f"/{seed}": garbage(seed) for seed in range(REQUESTS)}) as server:
        urls = [server.url(f"/{seed}") for seed in range(REQUESTS)]
        result = crawl(urls, settings={"DOWNLOAD_TIMEOUT": 5, "RETRY_TIMES": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 16})
    strange = [error for error in result["errors"] if not NAMED & set(error["types"])]
    assert strange == []
    assert len(result["responses"]) + len(result["errors"]) == REQUESTS
    assert len(result["responses"]) > REQUESTS / 5
    assert "Unhandled" not in result["log"]
    assert "Traceback" not in result["log"]
