"""Bodies in an object store, through fsspec: ``s3://bucket/prefix``, ``gs://…``, ``abfs://…``.

An object store shows an object only when all of it has arrived; a file system behind fsspec that does not is caught by
``get``, which compares the hash.
"""

from __future__ import annotations

import asyncio
from typing import Any

import fsspec

from crawler.errors import ConfigurationError, EvidenceError, ServerUnavailable
from crawler.evidence.frames import checked, pack, unpack


class ObjectBodies:
    """Bodies at an address of fsspec; see ``crawler.evidence.bodies.Bodies``."""

    def __init__(self, uri: str) -> None:
        try:
            self.files, root = fsspec.core.url_to_fs(uri)
        except (ImportError, ValueError) as error:
            raise ConfigurationError(f"EVIDENCE_URI {uri!r}: {error}") from None
        self.root = root.rstrip("/")

    async def put(self, sha256: str, body: bytes, content_type: str = "") -> None:  # noqa: ARG002
        """See ``Bodies.put``. The content type is kept in the store, with the page."""
        path = self._path(sha256)
        if not await self._ask(self.files.exists, path):
            await self._ask(self.files.pipe_file, path, await asyncio.to_thread(pack, sha256, body))

    async def get(self, sha256: str) -> bytes:
        """See ``Bodies.get``."""
        frame = await self._ask(self.files.cat_file, self._path(sha256))
        return await asyncio.to_thread(unpack, sha256, frame)

    def _path(self, sha256: str) -> str:
        name = checked(sha256)
        return f"{self.root}/{name[:2]}/{name[2:4]}/{name}.zst"

    async def _ask(self, call: Any, *arguments: Any) -> Any:
        try:
            return await asyncio.to_thread(call, *arguments)
        except FileNotFoundError:
            raise EvidenceError(f"{arguments[0]} is not kept") from None
        except OSError as error:
            raise ServerUnavailable(f"the object store of EVIDENCE_URI does not answer: {error}") from error
