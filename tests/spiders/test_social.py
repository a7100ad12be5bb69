"""Social listings over real HTTP into the real store: pages that follow each other, tokens, limits, exported files."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson
import pytest
import zstandard

from tests.extract.test_social_sources import ANN, BOB, status

BYSTANDERS = ("eva stern", "otto", "maria_k", "bob@other")


class Instance:
    """A server that speaks a little of Mastodon's interface, and remembers who asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[float, str, str]] = []
        self.url = ""

    def answer(self, path: str) -> tuple[int, dict[str, str], Any]:
        rows = [
            status("<p>Velmora Aurelia tote 45€, DM to order. Thanks @maria_k!</p>", id="30", language="en"),
            status("<p>Nice weather with @eva stern today</p>", id="29"),
            status("<p>I paid 45€, too</p>", BOB, id="28", in_reply_to_id="30", in_reply_to_account_id="1"),
            status(
                "",
                BOB | {"acct": "otto"},
                id="27",
                reblog=status("<p>Belt 20€ at http://belt-shop.test/x</p>", id="12"),
            ),
            status("<p>hello</p>", id="26"),
        ]
        if path == "/robots.txt":
            return 404, {}, ""
        if "max_id" in path:
            return (
                200,
                {},
                [
                    status("<p>Velmora Aurelia tote 45€,  DM to order. Thanks @maria_k!</p>", id="2"),
                    status("<p>Cap 9€</p>", ANN, id="1"),
                ],
            )
        return (
            200,
            {
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Reset": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 2.6)),
            },
            rows,
        )


@pytest.fixture
def instance() -> Iterator[Instance]:
    served = Instance()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append((time.time(), self.path, self.headers.get("Authorization") or ""))
            code, headers, data = served.answer(self.path)
            body = orjson.dumps(data) if data else b""
            self.send_response(code)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(len(body)),
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        served.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()


def everything(database: Any) -> str:
    """All that the store holds, bodies unpacked: what a search for a name would look through."""
    parts = [repr(list(database[name].find())) for name in database.list_collection_names()]
    for row in database["bodies.chunks"].find():
        data = bytes(row["data"])
        for unpack in (zstandard.ZstdDecompressor().decompress, gzip.decompress):
            try:
                parts.append(unpack(data).decode("utf-8", "replace"))
            except Exception:
                continue
    return "\n".join(parts)


def test_posts_that_offer_are_kept_and_nobody_else(crawl, instance, mongo_database) -> None:
    done = crawl("social", "-a", f"url={instance.url}/api/v1/timelines/public?limit=5", SOCIAL_PAGES="3")
    assert done.returncode == 0, done.stderr
    offers = list(mongo_database.offers.find())
    assert sorted(str(offer["price"]["amount"]) for offer in offers) == ["20", "45", "9"]
    fronts = {front["key"]: front for front in mongo_database.storefronts.find()}
    assert set(fronts) == {"m.example:ann"}
    assert fronts["m.example:ann"]["kind"] == "social_account"
    tote = mongo_database.posts.find_one({"brands": "Velmora"})
    assert tote["language"] == "en"
    assert tote["links"] == []
    assert mongo_database["bodies.files"].count_documents({"filename": tote["provenance"]["text"]["body_sha256"]}) == 1
    held = everything(mongo_database).lower()
    assert "belt 20" in held
    assert not [name for name in BYSTANDERS if name in held]
    pages = [at for at, path, _ in instance.asked if path.startswith("/api")]
    assert len(pages) == 2
    assert pages[1] - pages[0] >= 1.4, "the limit's reset was not waited for"


def test_exported_files_are_read_without_a_request(crawl, mongo_database, tmp_path) -> None:
    (tmp_path / "a.csv").write_text(
        'platform,username,caption,url\ninstagram,ann,"Velmora tote 45€, DM",https://www.instagram.com/p/abcdef/\n'
        "instagram,eva_stern,what a day,https://www.instagram.com/p/ghijkl/\n"
    )
    page = '<meta property="og:url" content="https://www.tiktok.com/@bob/video/1"><meta property="og:description" content="Belt 20€ order now">'
    (tmp_path / "b.html").write_text(f"<html><head>{page}</head><body>eva_stern: mine!</body></html>")
    done = crawl("social", "-a", f"files={tmp_path}")
    assert done.returncode == 0, done.stderr
    assert {front["key"] for front in mongo_database.storefronts.find()} == {"instagram:ann", "tiktok:bob"}
    assert mongo_database.offers.count_documents({}) == 2
    assert "eva_stern" not in everything(mongo_database)


def test_a_file_that_is_not_there_is_said(crawl) -> None:
    done = crawl("social", "-a", "files=/nowhere/x.csv")
    assert done.returncode == 1
    assert "no file or folder /nowhere/x.csv" in done.stderr.strip().splitlines()[-1]
