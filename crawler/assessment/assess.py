"""Judging storefronts from the store: those that changed, some, or all; one assessor at a time for each."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator

from pymongo.database import Database

from crawler.assessment import leases
from crawler.assessment.gather import Gathered, gather
from crawler.assessment.judge import Assessment, judge
from crawler.assessment.means import Means
from crawler.assessment.outcome import Outcome
from crawler.assessment.reading import read
from crawler.assessment.sitting import Sitting
from crawler.store.database import Document

AT_ONCE = 64
"""Storefronts leased and read together: a query and a durable write cost as much as judging one."""


def assess_changed(
    database: Database[Document],
    means: Means,
    among: list[str] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Outcome]:
    """Judge what waits, oldest change first, until nothing does or ``stop()``. Safe beside other assessors."""
    for outcomes in rounds(database, means, among, stop):
        yield from outcomes


def rounds(
    database: Database[Document],
    means: Means,
    among: list[str] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[list[Outcome]]:
    """The same, some at a time: each list is stored when it is given."""
    owner = f"{socket.gethostname()}:{os.getpid()}"
    while not stop() and (taken := leases.take(database, owner, among, AT_ONCE)):
        yield from Sitting(database, means, taken).judged(stop)


def assess_all(database: Database[Document], means: Means) -> Iterator[Outcome]:
    """Judge every storefront again. A run that is cut short is finished by the next ``assess_changed``."""
    leases.mark_all(database)
    yield from assess_changed(database, means)


def assess_storefronts(
    database: Database[Document], means: Means, ids: list[str], *, again: bool = False
) -> Iterator[Outcome]:
    """Judge these storefronts again, changed or not; ``again``: after flagging their offers again, where it is due."""
    leases.mark(database, ids, again=again)
    for at in range(0, len(ids), AT_ONCE):
        yield from assess_changed(database, means, among=ids[at : at + AT_ONCE])


def recompute(database: Database[Document], storefront: Document, means: Means) -> tuple[Assessment, Gathered]:
    """Judge a storefront from what is stored now, and store nothing."""
    gathered = gather(read(database, storefront, means.registration(storefront["key"])), means)
    return judge(gathered.evidence, gathered.scope, means.rules), gathered
