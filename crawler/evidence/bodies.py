"""The bodies of pages as received, kept at first sight and named by their hash, because shops vanish."""

from __future__ import annotations

from typing import Any, Protocol
from urllib.parse import urlsplit

from pymongo.asynchronous.database import AsyncDatabase

from crawler.errors import ConfigurationError
from crawler.evidence.folder import FolderBodies
from crawler.evidence.grid import GridBodies
from crawler.evidence.objects import ObjectBodies


class Bodies(Protocol):
    """Where bodies are kept. ``put`` returns when the body is durable; both may be called from many tasks at once."""

    async def put(self, sha256: str, body: bytes, content_type: str = "") -> None:
        """Keep a body; one that is there already is left alone.

        Raises:
            EvidenceError: the hash is not the body's.
            ServerUnavailable: it could not be made durable; the page must not be settled.
        """

    async def get(self, sha256: str) -> bytes:
        """The body as received.

        Raises:
            EvidenceError: it is missing, damaged, or not what its hash says.
            ServerUnavailable: the place where it is kept does not answer.
        """


def open_bodies(uri: str, database: AsyncDatabase[dict[str, Any]] | None = None) -> Bodies:
    """Open the place that ``EVIDENCE_URI`` names.

    ``gridfs:`` (default) keeps bodies in ``database``; ``file:///folder`` in a local folder; any other address in an
    object store that fsspec can reach (``s3://bucket/prefix`` needs s3fs installed).

    Raises:
        ConfigurationError: the address cannot be used.
    """
    scheme = urlsplit(uri).scheme if uri else "gridfs"
    if scheme == "gridfs":
        if database is None:
            raise ConfigurationError("EVIDENCE_URI gridfs: needs MONGO_URI")
        return GridBodies(database)
    if scheme == "file":
        return FolderBodies(uri)
    if not scheme:
        raise ConfigurationError(f"EVIDENCE_URI {uri!r} is no address; write gridfs:, file:///folder or s3://bucket")
    return ObjectBodies(uri)
