"""Which mongod runs on this machine, with the libraries that it needs; or why none does."""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
from pathlib import Path

from crawler.embedded import home, processes
from crawler.errors import ServerUnavailable

WORD = "mongod"


def find(work: Path) -> tuple[str, dict[str, str]]:
    """The first program that really runs, and the environment it needs: that of the folder ``work``, else
    PATH's, else the wheel's.

    Raises:
        ServerUnavailable: none does; the message names the fix.
    """
    candidates = [
        home.read_place(work).get("program"),
        shutil.which(WORD),
        Path(sysconfig.get_path("purelib")) / "fiftyone" / "db" / "bin" / WORD,
    ]
    found = [str(candidate) for candidate in candidates if candidate and shutil.which(candidate)]
    reason = ""
    for program in dict.fromkeys(found):
        environment = processes.clean_environment()
        reason = why_not(program, environment)
        if "libcurl" in reason:
            environment = _with_bundled_curl(work)
            reason = why_not(program, environment)
        if not reason:
            return program, environment
    raise ServerUnavailable(
        reason
        or "no mongod: the embedded one (`make setup`) is for Linux on x86-64; "
        "elsewhere put MongoDB 6, 7 or 8 on PATH, or set MONGO_URI"
    )


def why_not(program: str, environment: dict[str, str]) -> str:
    """Why this mongod does not run here, with the fix; empty when it runs."""
    try:
        done = subprocess.run(
            [program, "--version"], env=environment, capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{program} does not run on this machine ({error}): set MONGO_URI"
    if done.returncode == 0:
        return ""
    if done.returncode < 0:  # -4 is SIGILL: MongoDB 5 and later need AVX
        return f"{program} was ended by signal {-done.returncode}; a CPU without AVX cannot run it: set MONGO_URI"
    for library, package in (
        ("libcurl.so.4", "libcurl4"),
        ("libssl", "libssl3"),
        ("libcrypto", "libssl3"),
        ("liblzma", "liblzma5"),
    ):
        if library in done.stderr:
            return f"mongod misses {library}: apt-get install {package} (or set MONGO_URI)"
    return f"{program} does not run: {' '.join(done.stderr.split())[:200]}"


def _with_bundled_curl(work: Path) -> dict[str, str]:
    """An environment in which mongod finds the libcurl that the ``pycurl`` wheel brings, for a machine without one."""
    bundled = Path(sysconfig.get_path("platlib")) / "pycurl.libs"
    library = next(bundled.glob("libcurl-*.so.4*"), None)
    if library is None:
        return processes.clean_environment()
    links = home.make_folder(work / "lib")
    link = links / "libcurl.so.4"  # the name mongod asks for; the wheel's carries a hash
    link.unlink(missing_ok=True)
    link.symlink_to(library)
    return processes.clean_environment(LD_LIBRARY_PATH=f"{links}:{bundled}")
