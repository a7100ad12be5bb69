"""Writing captures into MongoDB, beside a bare ``insert_many`` of the same documents into the same collections.

For pages of 1 and of 250 offers: seen first, seen again unchanged, seen with new prices. The bare peer inserts what the
first writing had stored (same documents, same durability, same indexes), collection after collection at once; it
compares nothing, replaces no flags and would store everything again on a repeat. ``figure store.write_vs_bare``: bare
time ÷ our time, for first writings of 250 offers; best round of several, sides in turn.

    python -m bench.store [--rounds N]       needs MONGO_URI, or `scrapy servers up`
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from pymongo.monitoring import CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent
from rich.console import Console
from rich.table import Table

from bench.figures import figure
from crawler import servers
from crawler.items import Capture, Flag, Money, Observation, Offer, Provenance, Storefront
from crawler.store.database import Store, connect
from crawler.store.writer import Writer

START = datetime(2026, 11, 1, tzinfo=UTC)
COLLECTIONS = ("pages", "observations", "flags", "offers", "storefronts")


class RoundTrips(CommandListener):
    """Counts commands, the connection's own greetings left out."""

    def __init__(self) -> None:
        self.count = 0

    def started(self, event: CommandStartedEvent) -> None:
        """Called by the driver."""
        self.count += event.command_name not in ("hello", "ismaster", "ping", "endSessions")

    def succeeded(self, event: CommandSucceededEvent) -> None:
        """Called by the driver."""

    def failed(self, event: CommandFailedEvent) -> None:
        """Called by the driver."""


def page(offers: int, serial: int, price: int, hours: float) -> Capture:
    """A list page of a shop of its own, with the fields and places that real pages give."""
    key = f"shop-{serial}.test"
    proof = Provenance(
        extractor="json_ld", path="/html/body/div[3]/script[2]#/0/offers/price", text="€ 129,00 incl. VAT"
    )
    seen = Observation(
        fetched_at=START + timedelta(hours=hours),
        url=f"https://{key}/list",
        final_url=f"https://{key}/list",
        status=200,
        server_address="127.0.0.2",
        body_sha256=f"{serial:064x}",
        body_size=18_000,
    )
    flag = Flag(
        code="brand.unauthorised", state="raised", weight=0.3, sentence="Goods are offered under the name Velmora.",
        brand="Velmora", allegation="trademark", values={"text": "Velmora", "field": "title"}, provenance=(proof,),
    )  # fmt: skip
    names = ("title", "price", "availability", "images", "sku", "brand", "description")
    found = [
        Offer(
            id=f"{key}#1/{n}", storefront=f"{key}#1", url=f"https://{key}/p/{n}", title=f"Velmora Aurelia tote no. {n}",
            price=Money(amount=Decimal(price + n), currency="EUR"), availability="InStock", images=(f"https://{key}/{n}.jpg",),
            sku=f"VM-{n}", brand="Velmora", description="A tote of soft leather, with a strap. " * 8,
            provenance=dict.fromkeys(names, proof), flags=(flag,),
        )
        for n in range(offers)
    ]  # fmt: skip
    shop = Storefront(id=f"{key}#1", key=key, kind="shop", url=f"https://{key}/")
    return Capture(observation=seen, body=b"", page_kind="list", storefronts=[shop], offers=found)


async def stored(store: Store, serial: int) -> dict[str, list[dict[str, Any]]]:
    """What writing one page has left, by collection, with ids that are still free."""
    owner = f"shop-{serial}.test#1"
    wheres = {"pages": "storefronts", "storefronts": "_id"}
    found: dict[str, list[dict[str, Any]]] = {}
    for name in COLLECTIONS:
        documents = await store[name].find({wheres.get(name, "storefront"): owner}).to_list()
        found[name] = [item | {"_id": f"bare {item['_id']}"} for item in documents]
    return found


async def insert_all(store: Store, documents: dict[str, list[dict[str, Any]]]) -> None:
    """The bare peer."""
    await asyncio.gather(*(store[where].insert_many(items) for where, items in documents.items()))


async def timed(trips: RoundTrips, call: Callable[[], Awaitable[Any]]) -> tuple[float, int]:
    """Milliseconds and round trips of one call."""
    before, begun = trips.count, time.perf_counter()
    await call()
    return (time.perf_counter() - begun) * 1000, trips.count - before


async def round_of(
    store: Store, writer: Writer, trips: RoundTrips, offers: int, serial: int
) -> dict[str, tuple[float, int]]:
    """One page written first, again, and with other prices; then the bare peer."""
    pages = {
        "first": page(offers, serial, 100, 0),
        "again": page(offers, serial, 100, 1),
        "new prices": page(offers, serial, 200, 2),
    }
    done: dict[str, tuple[float, int]] = {}
    for name, capture in pages.items():
        done[name] = await timed(trips, partial(writer.write, capture))
        if name == "first":
            documents = await stored(store, serial)
            done["bare insert_many"] = await timed(trips, partial(insert_all, store, documents))
    return done


async def measure(uri: str, rounds: int) -> dict[int, dict[str, tuple[float, int]]]:
    """The best of ``rounds`` for pages of 1 and of 250 offers, in a database that is dropped afterwards."""
    trips = RoundTrips()
    name = f"bench_store_{os.getpid()}"
    store = connect(uri, name, event_listeners=[trips])
    writer = Writer(store)
    try:
        await writer.write(page(1, 0, 1, 0))  # indexes, connections
        best: dict[int, dict[str, tuple[float, int]]] = {}
        for serial in range(1, rounds + 1):
            for offers in (1, 250):
                done = await round_of(store, writer, trips, offers, serial * 1000 + offers)
                kept = best.setdefault(offers, done)
                best[offers] = {case: min(kept[case], figures) for case, figures in done.items()}
        return best
    finally:
        await store.client.drop_database(name)
        await store.close()


def main() -> None:
    """Print the table and the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="the best of them counts (default: 7)")
    arguments = parser.parse_args()
    best = asyncio.run(measure(servers.mongo_uri(os.environ.get("MONGO_URI")), arguments.rounds))
    table = Table("Offers on the page", "Case", "ms", "Round trips", "Bare ÷ ours")
    for offers, cases in best.items():
        bare = cases["bare insert_many"][0]
        for case, (milliseconds, trips) in cases.items():
            table.add_row(str(offers), case, f"{milliseconds:.1f}", str(trips), f"{bare / milliseconds:.2f}")
    Console(width=100).print(table)
    figure("store.write_vs_bare", best[250]["bare insert_many"][0] / best[250]["first"][0])
    figure("store.write_vs_bare.one", best[1]["bare insert_many"][0] / best[1]["first"][0])
    figure("store.round_trips", best[250]["first"][1])


if __name__ == "__main__":
    main()
