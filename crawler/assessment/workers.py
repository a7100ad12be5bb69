"""Several assessors on one machine: leases share the work, so a process more is only a process more."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import get_context

from crawler.assessment.assess import rounds
from crawler.assessment.means import load
from crawler.assessment.outcome import Outcome
from crawler.store.database import answering, open_database


@dataclass(frozen=True)
class Place:
    """Where the store, the register and the registries' answers are."""

    mongo_uri: str
    database: str
    register: str = ""
    rdap: str = ""


def assess_in(place: Place, workers: int) -> Iterator[Outcome]:
    """Judge what waits in ``workers`` processes; a process that dies leaves its storefronts to the others' next run.

    Raises:
        ServerUnavailable: the store went away.
    """
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:  # a fork would share connections
        running = {pool.submit(_some, place) for _ in range(workers)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                outcomes = future.result()
                yield from outcomes
                if outcomes:
                    running.add(pool.submit(_some, place))


def _some(place: Place) -> list[Outcome]:
    database = open_database(place.mongo_uri, place.database)
    try:
        with answering():
            return next(filter(None, rounds(database, load(place.register, place.rdap))), [])
    finally:
        database.client.close()
