"""Answers that browsers show although they are wrong: read through a real crawl, compared with what was meant."""

import gzip
import zlib

import brotli
import pytest

from tests.fetching.crawl import crawl
from tests.fetching.servers import Server, page

BODY = b"<html><title>Velmora</title><p>Aurelia tote 1450,00 EUR</p></html>"
HTML = b"Content-Type: text/html\r\n"
LENGTH = b"Content-Length: %d\r\n" % len(BODY)


def answer(status_line=b"HTTP/1.1 200 OK", headers=HTML + LENGTH, body=BODY, newline=b"\r\n"):
    head = status_line + b"\r\n" + headers + b"\r\n"
    return head.replace(b"\r\n", newline) + body


def closing(data):
    def send(connection):
        connection.sendall(data)

    return send


CASES = {
    "plain": answer(),
    "no-phrase": answer(b"HTTP/1.1 200"),
    "two-spaces": answer(b"HTTP/1.1  200  OK"),
    "tab": answer(b"HTTP/1.1\t200\tOK"),
    "no-version": answer(b"HTTP 200 OK"),
    "lower-case": answer(b"http/1.1 200 ok"),
    "version-2": answer(b"HTTP/2 200 OK"),
    "no-code": answer(b"HTTP/1.1 OK"),
    "glued-phrase": answer(b"HTTP/1.1 200OK"),
    "no-space": answer(b"HTTP/1.1200 OK"),
    "phrase-in-latin-1": answer("HTTP/1.1 200 Trouvé".encode("latin-1")),
    "blank-line-first": b"\r\n" + answer(),
    "newlines-only": answer(newline=b"\n"),
    "interim": b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + answer(),
    "header-without-colon": answer(headers=b"garbage\r\n" + HTML + LENGTH),
    "header-with-spaces": answer(headers=b"X Bad Name: 1\r\nX-Space : 2\r\n" + HTML + LENGTH),
    "header-with-bytes": answer(headers=b"X-\xff\xfe: \x00\x01\r\n: nameless\r\n" + HTML + LENGTH),
    "folded-header": answer(headers=b"X-Long: a\r\n\tb\r\n c\r\n" + HTML + LENGTH),
    "continuation-of-nothing": answer(headers=b" X-First: 1\r\n" + HTML + LENGTH),
    "status-line-twice": answer(headers=b"HTTP/1.1 200 OK\r\n" + HTML + LENGTH),
    "length-twice": answer(headers=HTML + LENGTH + LENGTH),
    "transfer-encoding-identity": answer(headers=HTML + LENGTH + b"Transfer-Encoding: identity\r\n"),
    "chunked": answer(
        headers=HTML + b"Transfer-Encoding: chunked\r\n", body=b"%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY)
    ),
    "chunked-and-length": answer(
        headers=HTML + b"Content-Length: 7\r\nTransfer-Encoding: Chunked\r\n",
        body=b"%x;ext=1\r\n%b\r\n0\r\nX-Trailer: 1\r\n\r\n" % (len(BODY), BODY),
    ),
    "gzip": page(gzip.compress(BODY), headers=HTML + b"Content-Encoding: gzip\r\n"),
    "x-gzip": page(gzip.compress(BODY), headers=HTML + b"Content-Encoding: X-GZIP\r\n"),
    "deflate": page(zlib.compress(BODY), headers=HTML + b"Content-Encoding: deflate\r\n"),
    "raw-deflate": page(zlib.compress(BODY)[2:-4], headers=HTML + b"Content-Encoding: deflate\r\n"),
    "br": page(brotli.compress(BODY), headers=HTML + b"Content-Encoding: br\r\n"),
    "gzip-in-name-only": page(BODY, headers=HTML + b"Content-Encoding: gzip\r\n"),
    "deflate-in-name-only": page(BODY, headers=HTML + b"Content-Encoding: deflate\r\n"),
    "br-in-name-only": page(BODY, headers=HTML + b"Content-Encoding: br\r\n"),
    "zstd-in-name-only": page(BODY, headers=HTML + b"Content-Encoding: zstd\r\n"),
    "unknown-encoding": page(BODY, headers=HTML + b"Content-Encoding: utf-8\r\n"),
    "no-content-type": page(BODY, headers=b""),
    "octet-stream": page(BODY, headers=b"Content-Type: application/octet-stream\r\n"),
}
CLOSING = {
    "no-length": answer(headers=HTML),
    "http-1.0": answer(b"HTTP/1.0 200 OK", headers=HTML),
    "length-is-a-word": answer(headers=HTML + b"Content-Length: auto\r\n"),
    "length-is-negative": answer(headers=HTML + b"Content-Length: -1\r\n"),
    "lengths-differ": answer(headers=HTML + b"Content-Length: 3\r\n" + LENGTH),
    "length-too-long": answer(headers=HTML + b"Content-Length: 5000\r\n"),
    "chunks-break-off": answer(
        headers=HTML + b"Transfer-Encoding: chunked\r\n", body=b"%x\r\n%b\r\n" % (len(BODY), BODY)
    ),
    "chunk-size-is-garbage": answer(
        headers=HTML + b"Transfer-Encoding: chunked\r\n", body=b"%x\r\n%b\r\nzz\r\nnonsense" % (len(BODY), BODY)
    ),
    "unknown-transfer-encoding": answer(headers=HTML + b"Transfer-Encoding: rot13\r\n"),
    "text-after-gzip": page(gzip.compress(BODY) + b"trailing junk", headers=HTML + b"Content-Encoding: gzip\r\n"),
}


@pytest.fixture(scope="module")
def fetched():
    answers = {f"/{name}": data for name, data in CASES.items()}
    answers |= {f"/{name}": closing(data) for name, data in CLOSING.items()}
    with Server(answers) as server:
        urls = [server.url(path) for path in answers]
        result = crawl(urls, settings={"DOWNLOAD_TIMEOUT": 10})
    result["by_name"] = {response["url"].rpartition("/")[2]: response for response in result["responses"]}
    return result


@pytest.mark.parametrize("name", [*CASES, *CLOSING])
def test_the_page_is_read_as_it_was_meant(fetched, name):
    assert name in fetched["by_name"], fetched["errors"]
    response = fetched["by_name"][name]
    assert response["status"] == 200
    assert response["body"].encode("latin-1") == BODY


@pytest.mark.parametrize("name", ["length-too-long", "chunks-break-off", "chunk-size-is-garbage"])
def test_a_body_that_broke_off_says_so(fetched, name):
    assert "dataloss" in fetched["by_name"][name]["flags"]


def test_what_was_mended_is_counted(fetched):
    assert fetched["stats"]["fetching/undecodable_body"] >= 3
    assert fetched["stats"]["fetching/dataloss"] >= 3
