"""Assessors killed with -9 at moments that nobody picked, two at a time: all ends as one alone would have it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from random import Random
from typing import Any

from crawler.assessment import leases
from crawler.assessment.assess import assess_changed
from tests.assessment.build import MEANS, Store, Write
from tests.assessment.test_sitting import BAD, MILD, page

ASSESSOR = """
import sys
from crawler.assessment import assess, leases
from crawler.assessment.means import load
from crawler.store.database import open_database

leases.LEASE_MS, assess.AT_ONCE = 400, 5
database = open_database(sys.argv[1], sys.argv[2])
while True:
    leases.mark_all(database)
    print("begun", flush=True)
    for _ in assess.assess_changed(database, load()):
        pass
"""
KILLS = 3


def said(store: Store) -> dict[str, Any]:
    """What stands of each storefront, times and fences apart."""
    fields = {"verdict": 1, "own_verdict": 1, "score": 1, "said": 1}
    return {item["_id"]: item for item in store["assessments"].find({}, fields)}


async def test_killed_assessors_leave_what_one_alone_would(write: Write, database: Store, mongo_uri: str) -> None:
    rng = Random(8)
    shops = [page(f"s{n}.test", BAD if n % 4 == 0 else MILD, shares=(f"{n // 4}@x.test",)) for n in range(24)]
    await write(*shops)
    for _ in range(KILLS):
        running = [
            subprocess.Popen([sys.executable, "-c", ASSESSOR, mongo_uri, database.name], stdout=subprocess.PIPE)
            for _ in range(2)
        ]
        for process in running:
            assert process.stdout
            assert process.stdout.readline() == b"begun\n"
        time.sleep(rng.uniform(0.0, 0.4))
        for process in running:
            process.send_signal(signal.SIGKILL)
            process.communicate()
    time.sleep(0.5)  # their leases run out
    list(assess_changed(database, MEANS))
    survived = said(database)
    assert not database["storefronts"].count_documents({"$or": [{"unassessed": {"$exists": True}}, {"owes": True}]})
    history = {(item["storefront"], item["said"]) for item in database["assessment_history"].find()}
    assert {(owner, item["said"]) for owner, item in survived.items()} <= history
    database["assessments"].drop()
    leases.mark_all(database)
    list(assess_changed(database, MEANS))
    assert said(database) == survived
    assert len(survived) == len(shops)
