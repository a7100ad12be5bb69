"""Make .venv from requirements.lock, with nothing but Python's standard library; called by bin/setup.

A second run with the same lock and the same Python returns at once. Two runs at once: one works, the other waits.
Whatever the machine misses is named as the Debian package that brings it.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / ".touchstone"


def main() -> None:
    """Set up, unless it is done already."""
    with (ROOT / ".setup.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another set-up of this folder is running, waiting for it")
            fcntl.flock(handle, fcntl.LOCK_EX)
        wanted = fingerprint()
        if is_done(wanted):
            return
        STAMP.unlink(missing_ok=True)
        create()
        install()
        name_what_is_missing()
        STAMP.write_text(wanted, encoding="ascii")
    say(f"{VENV} is ready")


def fingerprint() -> str:
    """What a set-up rests on: the lock, this script, the place of the folder, the Python that was asked for."""
    parts = (LOCK.read_bytes(), Path(__file__).read_bytes(), bytes(ROOT), os.environ.get("PYTHON", "").encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_done(wanted: str) -> bool:
    """Whether .venv was made from just this, and its Python is still there."""
    return STAMP.exists() and STAMP.read_text(encoding="ascii") == wanted and works()


def works() -> bool:
    """Whether .venv has a Python that runs: an upgrade of the system may have taken away what it stood on."""
    return PYTHON.exists() and capture([str(PYTHON), "-c", ""]).returncode == 0


def create() -> None:
    """An empty environment; without the package python3-venv (ensurepip) the system's pip serves it from outside.

    One that works stays, and is only brought up to date: somebody may be using it.
    """
    if works() and not os.environ.get("PYTHON"):
        return
    say(f"creating {VENV} with Python {platform.python_version()}")
    shutil.rmtree(VENV, ignore_errors=True)
    without_pip = importlib.util.find_spec("ensurepip") is None
    if without_pip and importlib.util.find_spec("pip") is None:
        stop("neither ensurepip nor pip is there: apt-get install python3-venv python3-pip")
    if importlib.util.find_spec("venv") is None:
        stop("the venv module is not there: apt-get install python3-venv")
    done = capture([sys.executable, "-m", "venv", *(["--without-pip"] if without_pip else []), str(VENV)])
    if done.returncode:
        stop(f"python -m venv failed ({last_line(done)}): apt-get install python3-venv")


def install() -> None:
    """Every package at the version and the hash of the lock; this folder itself through a .pth file."""
    say("installing the packages of requirements.lock (some minutes on a slow line)")
    command = [*pip(), "install", "-qq", "--disable-pip-version-check", "--no-input", "--use-pep517"]
    if subprocess.run([*command, "--require-hashes", "-r", str(LOCK)], cwd=ROOT, check=False).returncode:
        stop("pip could not install the packages: see its lines above (no connection? disk full?)")
    packages = capture([str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]).stdout.strip()
    (Path(packages) / "touchstone.pth").write_text(f"{ROOT}\n", encoding="utf-8")


def pip() -> list[str]:
    """The environment's own pip, else the system's pointed at it."""
    if capture([str(PYTHON), "-m", "pip", "--version"]).returncode == 0:
        return [str(PYTHON), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def name_what_is_missing() -> None:
    """A mongod that does not run here is told now, not in the middle of a crawl; no end: MONGO_URI may come later."""
    if os.environ.get("MONGO_URI"):
        return
    probe = "import pathlib; from crawler.embedded.mongod_program import find; find(pathlib.Path('.touchstone/mongo'))"
    done = capture([str(PYTHON), "-c", probe], cwd=ROOT)
    if done.returncode:
        say(f"warning: {last_line(done)}")


def capture(command: list[str], cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command and keep what it prints."""
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    """The last line a command printed: where Python puts the error."""
    return ((done.stderr + done.stdout).strip().splitlines() or ["it said nothing"])[-1]


def say(text: str) -> None:
    """One line for whoever waits."""
    print(f"setup: {text}", file=sys.stderr, flush=True)  # noqa: T201


def stop(text: str) -> None:
    """End with the reason."""
    say(text)
    sys.exit(1)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        stop("interrupted; run it again to go on")
    except OSError as error:
        stop(f"{error.strerror}: {error.filename}")
