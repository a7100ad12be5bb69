"""A real Chromium: without one these tests are skipped on a developer's machine, and fail where CI is set."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from crawler.rendering.browser import NAMES
from tests.spiders.conftest import crawl, scrapy, shop

__all__ = ["crawl", "scrapy", "shop"]


@pytest.fixture(scope="session")
def chromium() -> str:
    path = next(filter(None, map(shutil.which, NAMES)), "")
    if not path:
        said = "no Chromium: apt-get install chromium"
        pytest.fail(f"CI must have it: {said}", pytrace=False) if os.environ.get("CI") else pytest.skip(said)
    return path


@dataclass
class Listener:
    """A port of this machine that nobody in a browser may reach; counts who did."""

    port: int
    reached: list[bytes] = field(default_factory=list)


@pytest.fixture
def listener() -> Iterator[Listener]:
    with socket.socket() as server, socket.socket(type=socket.SOCK_DGRAM) as datagrams:
        server.bind(("127.0.0.1", 0))
        server.listen()
        found = Listener(server.getsockname()[1])
        datagrams.bind(("127.0.0.1", found.port))
        datagrams.settimeout(0.2)
        server.settimeout(0.2)
        ended = threading.Event()

        def tcp() -> None:
            while not ended.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                found.reached.append(b"tcp")
                connection.close()

        def udp() -> None:
            while not ended.is_set():
                try:
                    datagrams.recvfrom(100)
                except TimeoutError:
                    continue
                found.reached.append(b"udp")

        threads = [threading.Thread(target=tcp), threading.Thread(target=udp)]
        for thread in threads:
            thread.start()
        yield found
        ended.set()
        for thread in threads:
            thread.join()
