"""The closed loop: infringing storefronts found at the same budget of requests, ranked and in order of discovery.

A storefront is found when one of its offers is in the store with a raised flag: something to show to an investigator.
One whose home page alone was read is *seen*, and counts for neither side: whoever reads home pages only sees the most.

The peer is the same crawler with ``DISCOVERY_RANKED`` off: first found, first asked, as a breadth-first crawl does. A
weaker peer, which reads every page of every shop before it goes on, would flatter us.
"""

from __future__ import annotations

import json
from typing import Any

from bench.figures import figure

WORLDS = 3
BUDGET = 200  # requests of one crawl: a tenth of what these pages of every shop would take
PAGES = 8  # of one shop: home, icon, sitemap, who it is, and products enough to see what it does
ORDERS = {"ranked": "True", "breadth_first": "False"}


def evaluate_discovery(bench: Any) -> None:
    """Crawl the worlds both ways from the same five seeds."""
    rows: list[tuple[object, ...]] = []
    sums = {order: [0, 0, 0, 0] for order in ORDERS}  # infringing, seen, requests, hosts
    for number in range(WORLDS):
        for order, value in ORDERS.items():
            found = run(bench, f"{bench.seed}-{number}", order, value)
            sums[order] = [a + b for a, b in zip(sums[order], found, strict=True)]
            rows.append((number, order, *found, f"{100 * found[0] / max(1, found[2]):.1f}"))
            print(f"world {number}, {order}: {found[0]} found, {found[2]} requests", flush=True)
    bench.show("Discovery loop from 5 seeds, 240 linked shops",
               ("world", "order", "found", "seen", "requests", "hosts", "per 100 requests"), rows)  # fmt: skip
    rates = {order: infringing / max(1, requests) for order, (infringing, _, requests, _) in sums.items()}
    seen = {order: one[1] / max(1, one[2]) for order, one in sums.items()}
    figure("discover.infringing_per_100_requests", 100 * rates["ranked"])
    figure("discover.vs_breadth_first", rates["ranked"] / max(1e-9, rates["breadth_first"]))
    figure("discover.seen_vs_breadth_first", seen["ranked"] / max(1e-9, seen["breadth_first"]))
    figure("discover.hosts_per_seed", sums["ranked"][3] / (5 * WORLDS))


def run(bench: Any, seed: str, order: str, value: str) -> tuple[int, int, int, int]:
    """One crawl: infringing storefronts beyond the seeds that were found, and seen; requests, hosts asked."""
    database = f"evaluate_loop_{seed.replace('-', '_')}_{order}"
    bench.mongo.drop_database(database)
    with bench.lab("linked", seed) as (folder, truth):
        bench.crawl(folder, database, "storefront", "-a", f"seeds={folder / 'seeds.txt'}", DISCOVERY_RANKED=value,
                    DISCOVERY_BUDGET=500, DISCOVERY_DEPTH=10, DISCOVERY_AT_ONCE=2, MAX_PAGES=BUDGET,
                    MAX_PAGES_PER_STOREFRONT=PAGES, CONCURRENT_REQUESTS=4)  # fmt: skip
        log = [json.loads(line) for line in (folder / "requests.jsonl").read_text().splitlines()]
        seeds = {line.split("/")[2] for line in (folder / "seeds.txt").read_text().splitlines()}
    bad = {one["key"] for one in truth["storefronts"] if one["label"] == "infringing"} - seeds
    known = {one["key"] for one in bench.mongo[database]["storefronts"].find()}
    shown = {one["storefront"].rpartition("#")[0] for one in bench.mongo[database]["flags"].find({"state": "raised"})}
    bench.mongo.drop_database(database)
    pages = [entry for entry in log if not entry["path"].startswith(("/robots.txt", "/media/"))]
    return len(bad & shown), len(bad & known), len(pages), len({entry["host"] for entry in pages})
