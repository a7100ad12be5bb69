"""The reference pictures of the register: files that a rights holder supplied, as fingerprints."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.images.fingerprint import Fingerprint, Unreadable, distance
from crawler.images.hasher import Hasher
from crawler.register.loading import Register

logger = logging.getLogger(__name__)
OFFICIAL = 32
"""Bits of 256: an official picture with a mark on it differs in up to 28, the nearest of 11,175 pairs of drawn pictures
of different goods on white in 38 to 48 (``make evaluate-indicators``)."""


@dataclass(frozen=True)
class Official:
    """One reference picture."""

    brand: str
    line: str
    file: str
    fingerprint: Fingerprint


async def load_official(register: Register, folder: Path, hasher: Hasher) -> list[Official]:
    """Return the reference pictures that are files below ``folder``; what cannot be read is logged by name.

    Addresses are left out: the crawler asks nothing of rights holders' hosts.
    """
    found = []
    for brand, line, name in _named(register):
        try:
            body = _inside(folder, name).read_bytes()
            found.append(Official(brand, line, name, await hasher.fingerprint(body)))
        except (OSError, ValueError, Unreadable) as error:
            logger.warning("reference image %r of %s %s cannot be used: %s", name, brand, line, error)
    return found


def nearest(picture: Fingerprint, officials: Iterable[Official]) -> tuple[Official, int] | None:
    """Return the reference picture that ``picture`` shows, and in how many bits it differs; None if it shows none."""
    ranked = ((distance(picture, one.fingerprint), k, one) for k, one in enumerate(officials))
    best = min(ranked, default=None)
    return (best[2], best[0]) if best is not None and best[0] <= OFFICIAL else None


def _named(register: Register) -> Iterator[tuple[str, str, str]]:
    for entry in register.entries.values():
        for line in entry.brand.lines:
            for name in line.reference_images:
                if "://" not in name:
                    yield entry.name, line.name, name


def _inside(folder: Path, name: str) -> Path:
    """The file, if it lies in the register's folder: a register comes from outside the house."""
    base = folder.resolve()
    path = (base / name).resolve()
    if not path.is_relative_to(base):
        raise ValueError("a reference image lies below the folder of the register")
    return path
