"""Seeds of the generators: from the commit, so that nobody tunes to one draw and everybody can repeat it."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent


def seeded(purpose: str) -> Random:
    """Return a generator for ``purpose``, seeded with the commit (without git: with the content of ``bench``)."""
    return Random(f"{commit()}:{purpose}")


def commit() -> str:
    """Return the hash of the commit, or of the files of ``bench`` outside a repository."""
    try:
        call = ["git", "rev-parse", "HEAD"]
        done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True, timeout=10)
        return done.stdout.strip()
    except (OSError, subprocess.SubprocessError):
        digest = hashlib.sha256()
        for path in sorted((ROOT / "bench").rglob("*.py")):
            digest.update(path.read_bytes())
        return digest.hexdigest()
