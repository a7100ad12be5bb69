"""Redis and mongod of their own for a chaos run: started, killed, stopped for a while, started again."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1  # prctl(2)


def ends_with_parent() -> None:
    """Have the kernel kill this process when the one that started it is gone: a run that is itself killed must leave
    nobody behind who goes on crawling. For ``preexec_fn``, and for what was forked.
    """
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, seconds: float = 30.0) -> None:
    """Return when somebody listens on ``port``."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise SystemExit(f"nothing listens on port {port}")


class Service:
    """One server process with its data."""

    def __init__(self, folder: Path, command: list[str], port: int, environment: dict[str, str]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.command, self.port, self.environment, self.log = command, port, environment, folder / "log"
        self.start()

    def start(self) -> None:
        """Start, and wait until it listens."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, stdout=log, stderr=log, env=self.environment, preexec_fn=ends_with_parent
            )
        wait_for(self.port)

    def kill(self) -> None:
        """``kill -9``."""
        self.process.kill()
        self.process.wait()

    def freeze(self, seconds: float) -> None:
        """Answer nothing for a while."""
        self.process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it for good."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()


def redis(folder: Path, *, persist: bool = True) -> Service:
    """A Redis with its append-only file (unless not ``persist``), written every second as by default."""
    port = free_port()
    binary = shutil.which("redis-server") or str(Path(sys.executable).parent / "redis-server")
    command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", "",
               "--appendonly", "yes" if persist else "no", "--appendfsync", "everysec"]  # fmt: skip
    return Service(folder, command, port, dict(os.environ))


def mongod(folder: Path) -> Service:
    """A mongod with a journal."""
    port = free_port()
    libraries = Path(sysconfig.get_path("platlib"))
    binary = shutil.which("mongod") or str(libraries / "fiftyone" / "db" / "bin" / "mongod")
    environment = dict(os.environ)
    folder.mkdir(parents=True, exist_ok=True)
    bundled = next((libraries / "pycurl.libs").glob("libcurl-*.so.4*"), None)
    if bundled:  # mongod wants libcurl, which a bare system lacks
        link = folder / "libcurl.so.4"
        link.unlink(missing_ok=True)
        link.symlink_to(bundled)
        environment["LD_LIBRARY_PATH"] = f"{folder}:{bundled.parent}"
    data = folder / "data"
    data.mkdir(exist_ok=True)
    command = [binary, "--port", str(port), "--bind_ip", "127.0.0.1", "--dbpath", str(data), "--nounixsocket",
               "--wiredTigerCacheSizeGB", "0.25", "--networkMessageCompressors", "disabled"]  # fmt: skip
    return Service(folder, command, port, environment)
