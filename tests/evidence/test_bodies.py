"""A body comes back as it was received, or not at all."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import zstandard
from gridfs import AsyncGridFSBucket
from pymongo.database import Database

from crawler.errors import ConfigurationError, EvidenceError, ServerUnavailable
from crawler.evidence import grid
from crawler.evidence.bodies import Bodies, open_bodies
from crawler.store.database import Store, connect

PAGE = b"<html>" + b"a shop " * 3000
BODIES = {
    "a page": PAGE,
    "nothing": b"",
    "already compressed": gzip.compress(PAGE),
    "several chunks": os.urandom(800_000),
    "not text": bytes(range(256)),
}


def named(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


@pytest.fixture
async def store(mongo_uri: str, mongo_database: Database[dict[str, Any]]) -> AsyncIterator[Store]:
    opened = connect(mongo_uri, mongo_database.name)
    yield opened
    await opened.close()


@pytest.fixture(params=["gridfs:", "file", "memory"])
def bodies(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> Bodies:
    uris = {"file": f"{(tmp_path / 'with space').as_uri()}", "memory": f"memory://{tmp_path.name}"}
    return open_bodies(uris.get(request.param, request.param), store.database)


@pytest.mark.parametrize("name", BODIES)
async def test_what_was_put_comes_back(bodies: Bodies, name: str) -> None:
    body = BODIES[name]
    for _ in range(2):
        await bodies.put(named(body), body, "text/html")
    assert await bodies.get(named(body)) == body


async def test_a_wrong_name_is_refused(bodies: Bodies) -> None:
    with pytest.raises(EvidenceError, match="does not have the hash"):
        await bodies.put(named(b"other"), PAGE, "")
    with pytest.raises(EvidenceError, match="not kept"):
        await bodies.get(named(b"other"))


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
async def test_only_hashes_are_names(bodies: Bodies, name: str) -> None:
    with pytest.raises(EvidenceError, match="not a SHA-256"):
        await bodies.put(name, PAGE, "")
    with pytest.raises(EvidenceError, match="not a SHA-256"):
        await bodies.get(name)


async def test_many_at_once_keep_one(bodies: Bodies, store: Store) -> None:
    body = BODIES["several chunks"]
    others = [open_bodies("gridfs:", store.database) for _ in range(8)]
    await asyncio.gather(*(one.put(named(body), body, "") for one in [bodies, *others]))
    assert await bodies.get(named(body)) == body
    assert await store["bodies.files"].count_documents({}) == 1
    assert await store["bodies.chunks"].count_documents({}) == 4


async def test_a_half_written_file_is_completed(store: Store) -> None:
    """What a kill between the chunks and the file's document leaves."""
    body = BODIES["several chunks"]
    bodies = open_bodies("gridfs:", store.database)
    await bodies.put(named(body), body, "")
    await store["bodies.files"].delete_many({})
    await store["bodies.chunks"].delete_one({"n": 2})
    with pytest.raises(EvidenceError):
        await bodies.get(named(body))
    again = open_bodies("gridfs:", store.database)
    await again.put(named(body), body, "")
    assert await again.get(named(body)) == body


async def test_two_versions_of_the_compressor_do_not_mix(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    body = b"".join(os.urandom(500) + b"x" * 500 for _ in range(1500))

    def packed(level: int) -> Any:
        return lambda sha256, data: zstandard.ZstdCompressor(level=level).compress(data)

    for level in (1, 19):
        monkeypatch.setattr(grid, "pack", packed(level))
        await open_bodies("gridfs:", store.database).put(named(body), body, "")
    assert await open_bodies("gridfs:", store.database).get(named(body)) == body
    assert await store["bodies.files"].count_documents({"filename": named(body)}) == 1


@pytest.mark.parametrize("change", ["other", "cut", "bomb"])
async def test_a_changed_body_is_recognised(tmp_path: Path, change: str) -> None:
    bodies = open_bodies(tmp_path.as_uri())
    await bodies.put(named(PAGE), PAGE, "")
    (file,) = tmp_path.rglob("*.zst")
    frame = file.read_bytes()
    changed = {
        "other": zstandard.compress(PAGE + b"!"),
        "cut": frame[:-5],
        "bomb": zstandard.compress(bytes(300 * 2**20)),
    }
    file.write_bytes(changed[change])
    with pytest.raises(EvidenceError):
        await bodies.get(named(PAGE))


async def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ServerUnavailable, match="cannot keep a body"):
        await open_bodies((tmp_path / "file").as_uri()).put(named(PAGE), PAGE, "")


async def test_a_folder_shows_only_whole_files(tmp_path: Path) -> None:
    bodies = open_bodies(tmp_path.as_uri())
    await asyncio.gather(*(bodies.put(named(PAGE), PAGE, "") for _ in range(8)))
    assert [file.suffix for file in tmp_path.rglob("*") if file.is_file()] == [".zst"]


@pytest.mark.parametrize("uri", ["file://host/folder", "file:relative", "/no/scheme", "nonsense://x", "gridfs:"])
def test_addresses_that_cannot_be_used(uri: str) -> None:
    with pytest.raises(ConfigurationError):
        open_bodies(uri, None)


async def test_any_gridfs_reader_finds_it(store: Store) -> None:
    await open_bodies("gridfs:", store.database).put(named(PAGE), PAGE, "text/html")
    stream = await AsyncGridFSBucket(store.database, bucket_name="bodies").open_download_stream_by_name(named(PAGE))
    assert zstandard.decompress(await stream.read()) == PAGE
    assert stream.metadata == {"contentType": "text/html", "size": len(PAGE), "encoding": "zstd"}
