"""Which fault made a page be fetched again although it was durable, or a request be sent too soon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

STARVED = "starved past its lease"
"""A fault that nobody did: the machine gave a worker no time until others had its pages."""
AWAY = "away longer than its lease"  # what a worker says of it in its log
AFTERWARDS = 1.0  # seconds in which a worker that goes on, or meets a server again, stores what it had in hand
WAKING = 0.25  # seconds in which a worker that was halted before its send sends it, and finds that it was away


@dataclass(eq=False)
class Fault:
    """What the director did, and when; ``pid`` is the worker it was done to, None for a server."""

    kind: str
    began: float
    ended: float
    pid: int | None = None

    def concerns(self, worker: int) -> bool:
        """Whether it was done to this worker, or to a server that all use."""
        return self.pid in (None, worker)


def starved(log: Path, clock: float) -> list[Fault]:
    """The workers that found their lease gone, by their log; ``clock`` is monotonic time less seconds since 1970.

    Also after each fault that halted one: ``cause`` puts its repeats down to that fault, which began before.
    """
    said = (line.split(" ", 2) for line in log.read_text(errors="replace").splitlines() if AWAY in line)
    return [Fault(STARVED, float(at) + clock, float(at) + clock, int(pid)) for at, pid, _ in said]


def unexplained(too_soon: Iterable[float], away: Iterable[Fault]) -> list[float]:
    """The requests that came too soon but for those of workers that were halted before their send.

    A worker looks at its lease right before it sends; one that is halted just then sends when it wakes, and finds
    that it was away after that. Each such finding explains one request, sent within WAKING of it.
    """
    woken = sorted(fault.began for fault in away)
    left = []
    for at in sorted(too_soon):
        found = next((moment for moment in woken if abs(moment - at) <= WAKING), None)
        if found is None:
            left.append(at)
        else:
            woken.remove(found)
    return left


def cause(stored: float, worker: int, faults: Sequence[Fault]) -> Fault | None:
    """The fault that kept the ack of a page, stored then by this worker, from Redis.

    One that was going on, or had just ended; else the next one: an ack takes a fraction of a second. None if there was
    none in the worker's life: then the crawler repeats pages by itself.
    """
    mine = [fault for fault in faults if fault.concerns(worker) and stored <= fault.ended + AFTERWARDS]
    return min(mine, key=lambda fault: fault.began, default=None)


def by_fault(repeats: Iterable[tuple[float, int]], faults: Sequence[Fault]) -> Counter[Fault | None]:
    """Fault → how many repeats it caused; None for those without a fault."""
    return Counter(cause(stored, worker, faults) for stored, worker in repeats)
