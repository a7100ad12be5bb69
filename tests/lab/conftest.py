"""Labs as real processes on loopback."""

import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass
class Lab:
    """A running lab and its folder."""

    process: subprocess.Popen
    folder: Path

    @property
    def hosts(self) -> dict[str, tuple[str, int]]:
        rows = (line.split() for line in (self.folder / "hosts").read_text().splitlines())
        return {name: (place.rpartition(":")[0], int(place.rpartition(":")[2])) for name, place in rows}

    def get(self, url: str, *head: str) -> tuple[int, dict[str, str], bytes]:
        """One request over a socket of its own: status, headers, body."""
        host, _, path = url.removeprefix("http://").partition("/")
        lines = [f"GET /{path} HTTP/1.1", f"Host: {host}", "User-Agent: lab-test", "Connection: close", *head]
        with socket.create_connection(self.hosts[host], timeout=5) as connection:
            connection.sendall("\r\n".join([*lines, "", ""]).encode())
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        top, _, body = answer.partition(b"\r\n\r\n")
        first, *rest = top.decode("latin-1").split("\r\n")
        return int(first.split()[1]), dict(line.split(": ", 1) for line in rest), body


def start(folder: Path, seed: str) -> Lab:
    command = [sys.executable, "-m", "lab", "serve", "--seed", seed, "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if process.stdout.readline() != "ready\n":
        pytest.fail(f"the lab did not start: {process.communicate(timeout=5)[1]}")
    return Lab(process, folder)


def stop(lab: Lab) -> int:
    lab.process.terminate()
    lab.process.communicate(timeout=5)
    return lab.process.returncode


@pytest.fixture(scope="session")
def labs(tmp_path_factory):
    """Two labs of different seeds, side by side."""
    running = [start(tmp_path_factory.mktemp("lab"), seed) for seed in ("1", "2")]
    yield running
    for lab in running:
        stop(lab)


@pytest.fixture(scope="session")
def lab(labs):
    return labs[0]


@pytest.fixture(scope="session")
def started():
    """Start a further lab: for tests that end it themselves."""
    return start
