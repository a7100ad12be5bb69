"""What the witness saw, against what must be: lost, stored twice, repeated, too soon."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chaos.site import address

CLOCK_SLACK = 0.001  # seconds: below the resolution of two processes' view of one moment


@dataclass
class Result:
    """The audit's numbers."""

    urls: int
    served: int
    lost: int
    stored_twice: int
    repeats: list[tuple[float, int]]
    """Pages fetched again although they were durable: when they had been stored last before, and by which worker."""
    refetched: int
    """Pages fetched more than once, for whatever reason (a killed transfer must be made again)."""
    too_soon: list[float]
    """When visits began before the host's delay had passed."""
    shortest_gap: float
    overlaps: int


def audit(log: Path, documents: list[dict[str, Any]], hosts: int, pages: int, port: int, delay: float) -> Result:
    """Compare the site's log and the store with the truth."""
    truth = {f"http://{address(h)}:{port}/p{n}" for h in range(hosts) for n in range(pages)}
    stored = {document["url"]: sorted(map(tuple, document["stored"].values())) for document in documents}
    visits: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    fetches: dict[str, list[float]] = defaultdict(list)
    served = 0
    for line in log.read_text().splitlines():
        host, began, ended, _, path = line.split(" ", 4)
        visits[host].append((float(began), float(ended), path))
        fetches[f"http://{host}:{port}{path}"].append(float(began))
        served += 1
    pairs = [pair for seen in visits.values() for pair in _neighbours(sorted(seen))]
    gaps = [later[0] - earlier for later, earlier in pairs]
    return Result(
        urls=len(truth),
        served=served,
        lost=len(truth - stored.keys()),
        stored_twice=len(documents) - len(stored),
        repeats=_repeats(stored, fetches),
        refetched=sum(len(times) - 1 for url, times in fetches.items() if url in truth),
        too_soon=[later[0] for later, earlier in pairs if later[0] - earlier < delay - CLOCK_SLACK],
        shortest_gap=min(gaps, default=delay),
        overlaps=sum(1 for gap in gaps if gap < 0),
    )


def _repeats(stored: dict[str, list[tuple[float, int]]], fetches: dict[str, list[float]]) -> list[tuple[float, int]]:
    """The writes that did not keep their page from being fetched again: each counts once.

    A second fetch after the same write was made because the first one, by another worker, came to nothing.
    """
    repeats = []
    for url, writes in stored.items():
        before = [[write for write in writes if write[0] < began] for began in fetches[url]]
        repeats += {earlier[-1] for earlier in before if earlier}
    return repeats


def _neighbours(seen: list[tuple[float, float, str]]) -> list[tuple[tuple[float, float, str], float]]:
    """Each visit with the latest end of all before it."""
    pairs, latest = [], float("-inf")
    for visit in seen:
        if latest > float("-inf"):
            pairs.append((visit, latest))
        latest = max(latest, visit[1])
    return pairs
