"""Bodies in MongoDB, in the layout that every GridFS reader knows (``bodies.files``, ``bodies.chunks``).

The driver writes a file's chunks first and its document last; a writer that is killed in between leaves chunks that
make the next upload of the same id fail for ever. So chunks are written here, by upsert: a file's ``_id`` is the hash
of its compressed bytes, hence two writers of one id write the same chunks, and a repeat completes a half-written
file. The document comes last; its ``filename`` is the body's hash, and unique, so that a body is kept once even when
two versions of the compressor met.
"""

from __future__ import annotations

import asyncio
import hashlib
from datetime import UTC, datetime
from typing import Any

from bson import Int64
from gridfs import AsyncGridFSBucket
from gridfs.errors import CorruptGridFile, NoFile
from pymongo import UpdateOne, WriteConcern
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import BulkWriteError, DuplicateKeyError

from crawler.errors import EvidenceError
from crawler.evidence.frames import checked, pack, unpack
from crawler.store.retry import patiently
from crawler.store.values import text

CHUNK = 255 * 1024  # bytes: GridFS's own default, so that a chunk and its header fit one 256 kB page
DURABLE = WriteConcern(w="majority", j=True)
REMEMBERED = 10_000  # hashes of bodies known to be kept: error pages and the like come by the thousand
DUPLICATE_KEY = 11000
Document = dict[str, Any]


class GridBodies:
    """Bodies in the database of the store; see ``crawler.evidence.bodies.Bodies``."""

    def __init__(self, database: AsyncDatabase[Document]) -> None:
        self.database = database.with_options(write_concern=DURABLE)
        self.files: AsyncCollection[Document] = self.database["bodies.files"]
        self.chunks: AsyncCollection[Document] = self.database["bodies.chunks"]
        self.kept: set[str] = set()
        self._ready = False

    async def put(self, sha256: str, body: bytes, content_type: str = "") -> None:
        """See ``Bodies.put``."""
        if checked(sha256) in self.kept:
            return
        await patiently(lambda: self._put(sha256, body, content_type))
        if len(self.kept) >= REMEMBERED:
            self.kept.clear()
        self.kept.add(sha256)

    async def get(self, sha256: str) -> bytes:
        """See ``Bodies.get``."""
        frame = await patiently(lambda: self._read(checked(sha256)))
        return await asyncio.to_thread(unpack, sha256, frame)

    async def _put(self, sha256: str, body: bytes, content_type: str) -> None:
        await self._prepare()
        if await self.files.find_one({"filename": sha256}, {"_id": 1}):
            return
        frame = await asyncio.to_thread(pack, sha256, body)
        _id = hashlib.sha256(frame).hexdigest()
        await self._write_chunks(_id, frame)
        await self._write_file(_id, sha256, len(frame), {"contentType": text(content_type, 200), "size": len(body)})

    async def _write_chunks(self, _id: str, frame: bytes) -> None:
        parts = [frame[start : start + CHUNK] for start in range(0, len(frame), CHUNK)]
        operations = [
            UpdateOne({"files_id": _id, "n": n}, {"$setOnInsert": {"data": part}}, upsert=True)
            for n, part in enumerate(parts)
        ]
        try:
            await self.chunks.bulk_write(operations, ordered=False)
        except BulkWriteError as error:  # another writer was faster with a chunk; it wrote the same bytes
            if any(item["code"] != DUPLICATE_KEY for item in error.details["writeErrors"]):
                raise

    async def _write_file(self, _id: str, sha256: str, length: int, metadata: Document) -> None:
        document: Document = {"_id": _id, "filename": sha256, "length": Int64(length), "chunkSize": CHUNK}
        document |= {"uploadDate": datetime.now(UTC), "metadata": metadata | {"encoding": "zstd"}}
        try:
            await self.files.insert_one(document)
        except DuplicateKeyError:  # kept meanwhile by another writer
            return

    async def _read(self, sha256: str) -> bytes:
        bucket = AsyncGridFSBucket(self.database, bucket_name="bodies")
        try:
            stream = await bucket.open_download_stream_by_name(sha256)
            return await stream.read()
        except NoFile:
            raise EvidenceError(f"body {sha256} is not kept") from None
        except CorruptGridFile as error:
            raise EvidenceError(f"body {sha256} is damaged: {error}") from None

    async def _prepare(self) -> None:
        if not self._ready:
            await self.chunks.create_index([("files_id", 1), ("n", 1)], unique=True)
            await self.files.create_index("filename", unique=True)
            self._ready = True
