"""Social listings: posts that offer something, whose links are followed, and nothing of anybody else."""

from __future__ import annotations

import asyncio
import json
import os
from collections import Counter
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from bench.figures import figure
from crawler.evidence.bodies import open_bodies
from crawler.store.database import connect

SHOP_PAGES = 3  # of each shop that posts point to: that it is asked at all is what counts


def evaluate_social(bench: Any) -> None:
    """Crawl five sites, then the shops to which they point, and compare."""
    database = f"evaluate_social_{bench.seed}"
    bench.mongo.drop_database(database)
    with bench.lab("social") as (folder, truth):
        code = bench.crawl(folder, database, "social", "-a", f"seeds={folder / 'seeds.txt'}")
        bench.crawl(folder, database, "storefront", DISCOVERY_BUDGET=500, MAX_PAGES_PER_STOREFRONT=SHOP_PAGES)
        asked = {json.loads(line)["host"] for line in (folder / "requests.jsonl").read_text().splitlines()}
    counted = compare(bench.mongo[database], truth["posts"], asked)
    names = {post["bystander"] for post in truth["posts"]}
    planted = names | {name.replace(" ", "_") for name in names}
    kept = everything(bench.mongo, database)
    seen = sorted(name for name in planted if name in kept)
    headings = ("host or platform", "offers", "found", "price right", "posts of no offer kept")
    rows = [(place, *row) for place, row in sorted(counted["places"].items())]
    bench.show(f"Social listings (exit code {code})", headings, rows)
    for name in seen[:10]:
        print(
            f"in the store although nobody sells under it: {name} …{kept[kept.index(name) - 80 : kept.index(name)]!r}"
        )
    offers, found, right = (sum(row[n] for row in counted["places"].values()) for n in range(3))
    figure("social.posts", len(truth["posts"]))
    figure("social.offers", found / offers)
    figure("social.price", right / max(1, found))
    figure("social.links_followed", counted["followed"] / max(1, counted["linked"]))
    figure("social.non_offers_kept", sum(row[3] for row in counted["places"].values()))
    figure("social.bystanders", len(seen))
    bench.mongo.drop_database(database)


def compare(store: Any, posts: list[dict[str, Any]], asked: set[str]) -> dict[str, Any]:
    """Per platform: offers, those found, prices that are right, posts of no offer that were kept; links followed."""
    by_url: dict[tuple[str, str], list[Any]] = {}
    for one in store["offers"].find():
        by_url.setdefault((one["storefront"].rpartition("#")[0], one["url"]), []).append(one.get("price"))
    places: dict[str, list[int]] = {}
    linked = set()
    for post in posts:
        row = places.setdefault(post["key"].partition(":")[0], [0, 0, 0, 0])
        got = by_url.get((post["key"], post["url"]), [])
        if not post["offers"]:
            row[3] += bool(got)
            if got:
                print(f"kept although it offers nothing: {post['text']!r}")
            continue
        if post["link"]:
            linked.add(urlsplit(post["link"]).hostname)
        wanted = Counter((None if amount is None else Decimal(amount), code) for amount, code in post["offers"])
        have = Counter(
            (None, post["offers"][0][1]) if p is None else (p["amount"].to_decimal(), p["currency"]) for p in got
        )
        row[0] += len(post["offers"])
        row[1] += min(len(got), len(post["offers"]))
        row[2] += sum((wanted & have).values())
        if len(got) != len(post["offers"]) or wanted != have:
            print(f"{post['key']}: wanted {dict(wanted)}, got {dict(have)}: {post['text']!r}")
    return {"places": places, "linked": len(linked), "followed": len(linked & asked)}


def everything(mongo: Any, database: str) -> str:
    """All that is stored, as one text: documents, and bodies unpacked."""
    said = [str(one) for name in mongo[database].list_collection_names() for one in mongo[database][name].find()
            if not name.startswith("bodies.")]  # fmt: skip
    hashes = {one["body_sha256"] for one in mongo[database]["pages"].find()}
    return "\n".join([*said, *asyncio.run(_bodies(database, hashes))])


async def _bodies(database: str, hashes: set[str]) -> list[str]:
    store = connect(os.environ["MONGO_URI"], database)
    try:
        bodies = open_bodies("gridfs:", store.database)
        return [(await bodies.get(one)).decode("utf-8", "replace") for one in sorted(hashes)]
    finally:
        await store.close()
