"""Bodies in a local folder: ``ab/cd/abcd….zst``, readable with any zstd tool."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from crawler.errors import ConfigurationError, EvidenceError, ServerUnavailable
from crawler.evidence.frames import checked, pack, unpack


class FolderBodies:
    """Bodies under ``file:///folder``; see ``crawler.evidence.bodies.Bodies``.

    A file appears under its name only when its bytes are on the disk: written beside it, synced, then renamed.
    """

    def __init__(self, uri: str) -> None:
        address = urlsplit(uri)
        if address.netloc not in ("", "localhost") or not address.path.startswith("/"):
            raise ConfigurationError(f"EVIDENCE_URI {uri!r}: a folder is written file:///absolute/path")
        self.root = Path(unquote(address.path))

    async def put(self, sha256: str, body: bytes, content_type: str = "") -> None:  # noqa: ARG002
        """See ``Bodies.put``. The content type is kept in the store, with the page."""
        path = self._path(sha256)
        try:
            await asyncio.to_thread(_keep, path, sha256, body)
        except OSError as error:
            raise ServerUnavailable(f"cannot keep a body in {self.root}: {error.strerror}") from error

    async def get(self, sha256: str) -> bytes:
        """See ``Bodies.get``."""
        path = self._path(sha256)
        try:
            frame = await asyncio.to_thread(path.read_bytes)
        except FileNotFoundError:
            raise EvidenceError(f"body {sha256} is not kept in {self.root}") from None
        except OSError as error:
            raise ServerUnavailable(f"cannot read {path}: {error.strerror}") from error
        return await asyncio.to_thread(unpack, sha256, frame)

    def _path(self, sha256: str) -> Path:
        name = checked(sha256)
        return self.root / name[:2] / name[2:4] / f"{name}.zst"


def _keep(path: Path, sha256: str, body: bytes) -> None:
    if path.exists():
        return
    frame = pack(sha256, body)
    _make_folder(path.parent)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(frame)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each durable in its own parent."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
