"""A leased page while Scrapy works on it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Leased:
    """A page that Scrapy works on, and what is known to have gone wrong with it."""

    host: str
    number: int
    reached_clock: bool = False
    arrived: bool = False
    """Its response was let in: it may become durable before its ack is confirmed."""
    failed: bool = False
    stale: bool = False
    """Others have it: settling it means nothing any more."""
    unfetched: bool = False
    """Let go of before its fetch began: it goes back to its place."""
    continued: bool = False
    """Its next hop or try is queued."""
    trouble: str | None = None
    """How the last transfer failed, None after one that did not."""
    reason: str | None = None
    """Why it is a dead letter."""
