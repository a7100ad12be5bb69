"""A real scrapyd in an environment like a deployment's: the wheel, its own folder, nothing of the working tree."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("crawler", "spiders", "pipelines", "settings")
PASSWORD = "of this test only"


def build_wheel(folder: Path) -> Path:
    """Build the project's wheel from a copy, for setuptools leaves folders behind; return where it was unpacked."""
    source, installed = folder / "source", folder / "installed"
    for name in PACKAGES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "setup.py", "README.md"):
        shutil.copy(ROOT / name, source)
    build = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", build, str(folder)], cwd=source, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(installed)
    shutil.rmtree(source)
    return installed


class Scrapyd:
    """A scrapyd with the files of deploy/scrapyd, on a free port, with a password of its own."""

    def __init__(self, folder: Path, installed: Path, environment: dict[str, str], password: str = PASSWORD):
        self.folder = folder / "scrapyd"
        self.log = folder / "scrapyd.log"
        self.password = password
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        shutil.copytree(ROOT / "deploy" / "scrapyd", self.folder)
        configuration = self.folder / "scrapyd.conf"
        text = configuration.read_text().replace("change-me", password).replace("6800", str(self.port))
        text = text.replace("/var/log/touchstone", str(folder / "logs"))
        configuration.write_text(text.replace("/var/lib/touchstone", str(folder / "lib")))
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONSAFEPATH": "1",
            "PYTHONPATH": str(installed),  # before site-packages, as an installed wheel would stand
            **environment,
        }

    def start(self) -> subprocess.Popen[bytes]:
        """Start it; whether it answers is for ``wait_until_up``."""
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "scrapyd"],
                cwd=self.folder,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,  # so that a crawl that outlived its scrapyd is found, and ended
            )
        return self.process

    def __enter__(self) -> Scrapyd:
        self.start()
        end = time.monotonic() + 30
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text()
            try:
                self.call("daemonstatus.json")
            except urllib.error.URLError:
                time.sleep(0.1)
            else:
                return self
        raise AssertionError(self.log.read_text())

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(90)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def call(self, service: str, **fields: Any) -> dict[str, Any]:
        """Call a service, with POST when there are fields, and return its JSON."""
        data = urllib.parse.urlencode(fields, doseq=True).encode() if fields else None
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/{service}", data)
        request.add_header("Authorization", "Basic " + base64.b64encode(f"operator:{self.password}".encode()).decode())
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.loads(response.read())

    def await_job(self, job: str, seconds: float = 90) -> str:
        """Wait until a job has ended; return its log."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            jobs = self.call("listjobs.json?project=touchstone")
            if job in [entry["id"] for entry in jobs["finished"]]:
                return self.logs()
            time.sleep(0.3)
        raise AssertionError(f"job {job} did not end in {seconds} s\n{self.logs()}")

    def logs(self) -> str:
        """What scrapyd and its crawls said."""
        logs = [self.log, *(self.folder.parent / "logs").rglob("*.log")]
        return "\n".join(path.read_text(errors="replace") for path in logs)
