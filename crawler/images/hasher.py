"""Fingerprints made beside the reactor, in one process of its own that hostile bytes may kill."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from crawler.images.fingerprint import Fingerprint, Unreadable, fingerprint

MEMORY = 2_000_000_000  # bytes of address space; numpy alone maps half of it
SECONDS = 20.0  # for one picture; the largest allowed takes one
PICTURES = 2_000  # after which the process is replaced: what decoders leak goes with it


class Hasher:
    """One process, started at the first picture, started again when it dies or hangs."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._made = 0
        self._turn = asyncio.Lock()

    async def fingerprint(self, body: bytes) -> Fingerprint:
        """Return the fingerprint of a picture.

        Raises:
            Unreadable: also when the process died of it (``crashed``) or took too long (``slow``).
        """
        async with self._turn:
            try:
                task = asyncio.get_running_loop().run_in_executor(self._running(), fingerprint, body)
                return await asyncio.wait_for(task, SECONDS)
            except BrokenProcessPool:
                self._kill()
                raise Unreadable("crashed") from None
            except TimeoutError:
                self._kill()
                raise Unreadable("slow") from None

    def close(self) -> None:
        """End the process."""
        self._kill()

    def _running(self) -> ProcessPoolExecutor:
        self._made += 1
        if self._made > PICTURES:
            self._kill()
        if self._pool is None:
            # spawn: a fork would carry the reactor's sockets into the process that reads hostile bytes
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=spawn, initializer=_confine)
            self._made = 1
        return self._pool

    def _kill(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            for process in list((pool._processes or {}).values()):  # the executor has no public way to end a hung one
                process.kill()
            pool.shutdown(wait=False, cancel_futures=True)


def _confine() -> None:
    """In the process: bounded memory, no core dump of somebody's picture, and Ctrl-C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
