"""``make bench-assess``: how fast everything is assessed again, and how soon after the last offer a storefront is.

The peer of ``scrapy assess --all`` is what no assessor can avoid: the same documents (offers, flags, pages,
identifiers) read, and one document written for each storefront, with the same driver and durability and nothing else;
storefront by storefront, and, as the harder peer, all at once.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pymongo import UpdateOne
from pymongo.database import Database

from bench.evaluate.cases import NOON
from bench.evaluate.reading import Part, plans_of
from bench.evaluate.sheets import pages  # the same pages as ``make evaluate``
from bench.figures import figure
from crawler import servers
from crawler.assessment.assess import assess_all, assess_changed
from crawler.assessment.means import Means, load
from crawler.extract.offers import to_offers
from crawler.extract.page import read
from crawler.indicators.flags import flag_offer
from crawler.items import Capture, Observation, Storefront
from crawler.store.database import connect, open_database
from crawler.store.writer import Writer
from lab.world import World

COUNT = 120
HOME = Path(__file__).resolve().parents[1] / ".touchstone" / "bench-assess"
Store = Database[dict[str, Any]]


def captures(count: int, means: Means) -> Iterator[Capture]:
    """The captures that a crawl of ``count`` storefronts gives."""
    plans = plans_of(Part("bench-assess", count, 0))
    world = World("bench-assess", lambda _: plans)
    for plan in plans:
        context = means.context.at(plan.key)
        for url, page in pages(world, plan):
            if page.status == 200:
                yield _capture(plan.key, url, page, context)


def _capture(key: str, url: str, answer: Any, context: Any) -> Capture:
    page = read(answer.body, url, content_type=answer.content_type)
    shop = Storefront(id=f"{key}#1", key=key, kind="shop", url=f"http://{key}/", legal_pages=page.legal_pages,
                      identifiers=page.identifiers, facts=page.facts)  # fmt: skip
    offers, _ = to_offers(page, storefront=shop.id, url=url)
    for offer in offers:
        offer.flags = flag_offer(offer, context)
    seen = Observation(fetched_at=NOON, url=url, final_url=url, status=200, body_sha256="0" * 64, body_size=1)
    return Capture(observation=seen, body=b"", page_kind=page.kind, storefronts=[shop], offers=offers)


async def fill(uri: str, name: str, count: int, means: Means) -> None:
    """Write the captures as a crawl does."""
    store = connect(uri, name)
    writer = Writer(store)
    for capture in captures(count, means):
        await writer.write(capture)
    await store.close()


def bare(database: Store) -> float:
    """Seconds for reading every storefront's documents and writing one document for each."""
    begun = time.perf_counter()
    for storefront in database["storefronts"].find().sort("_id", 1):
        owner = {"storefront": storefront["_id"]}
        read = [list(database[name].find(owner)) for name in ("offers", "flags", "identifiers")]
        read.append(list(database["pages"].find({"storefronts": storefront["_id"]})))
        database["bare"].update_one({"_id": storefront["_id"]}, {"$set": {"read": sum(map(len, read))}}, upsert=True)
    return time.perf_counter() - begun


def together(database: Store) -> float:
    """The same documents in the fewest round trips: everything read at once, all written in one go."""
    begun = time.perf_counter()
    storefronts = list(database["storefronts"].find().sort("_id", 1))
    read = sum(len(list(database[name].find())) for name in ("offers", "flags", "identifiers", "pages"))
    writes = [UpdateOne({"_id": item["_id"]}, {"$set": {"read": read}}, upsert=True) for item in storefronts]
    database["bare"].bulk_write(writes, ordered=False)
    return time.perf_counter() - begun


def again(database: Store, means: Means) -> float:
    """Seconds for assessing everything again."""
    begun = time.perf_counter()
    for _ in assess_all(database, means):
        pass
    return time.perf_counter() - begun


def measure(database: Store, uri: str, means: Means, count: int) -> None:
    """Print the table and the figures."""
    asyncio.run(fill(uri, database.name, count, means))
    offers = database["offers"].count_documents({})
    begun = time.perf_counter()
    first = sum(1 for _ in assess_changed(database, means))
    each = (time.perf_counter() - begun) / first
    flagging = again(database, means)  # register and lists "changed": the flags say nothing of their version yet
    judging, peer = min(again(database, means) for _ in range(3)), min(bare(database) for _ in range(3))
    harder = min(together(database) for _ in range(3))
    print(f"{offers} offers of {first} storefronts")
    for name, seconds in (
        ("bare read and write", peer),
        ("bare, all at once", harder),
        ("assess --all", judging),
        ("assess --all, flagged again", flagging),
    ):
        print(f"{name:<32}{offers / seconds:>10.0f} offers/s{peer / seconds:>8.3f} of bare")
    print(f"a storefront is assessed {each * 1000:.1f} ms after its turn has come")
    figure("assess.vs_bare", peer / judging)
    figure("assess.vs_bare_at_once", harder / judging)
    figure("assess.flagged_again_vs_bare", peer / flagging)
    figure("assess.seconds_per_storefront", each)


def main() -> None:
    """Use the servers of the settings or start embedded ones, in a database of its own."""
    parser = argparse.ArgumentParser("make bench-assess", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT, help=f"storefronts (default {COUNT})")
    arguments = parser.parse_args()
    given = os.environ.get("MONGO_URI")
    if not given:
        servers.up(HOME, owner=os.getpid())  # ends with this process
    uri = servers.mongo_uri(given, HOME)
    database = open_database(uri, f"bench_assess_{secrets.token_hex(4)}")
    try:
        measure(database, uri, load(), arguments.count)
    finally:
        database.client.drop_database(database.name)
        database.client.close()


if __name__ == "__main__":
    main()
