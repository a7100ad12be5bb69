"""Marketplaces: what is in the store of every listing and seller of the lab's three."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bench.figures import figure
from bench.real import ROOT

PROFILES = ROOT / "tests" / "pages" / "markets"
MARKETS = {"grandhall.test": "grandhall", "lotwerk.test": "lotwerk", "tradeloft.test": ""}
QUERIES = 120


def evaluate_markets(bench: Any) -> None:
    """Crawl all three, two by their profiles and one without, and compare."""
    rows, total = [], {"offers": 0, "found": 0, "sellers": 0, "known": 0, "priced": 0, "right": 0, "other": 0}
    with bench.lab("markets") as (folder, truth):
        for host, profile in MARKETS.items():
            database = f"evaluate_market_{bench.seed}_{host.partition('.')[0]}"
            bench.mongo.drop_database(database)
            what = f"profile={PROFILES / profile}.yaml" if profile else f"url=http://{host}/"
            code = bench.crawl(folder, database, "marketplace", "-a", what, MARKET_QUERIES=QUERIES)
            sellers = [one for one in truth["storefronts"] if one["key"].startswith(f"{host}:") and one["offers"]]
            counted = compare(bench.mongo[database], sellers)
            rows.append((host, profile or "none", code, *counted.values()))
            total = {name: total[name] + counted[name] for name in total}
            bench.mongo.drop_database(database)
    bench.show("Marketplaces", ("host", "profile", "exit", *total), rows)
    figure("market.listings", total["offers"])
    figure("market.offers", total["found"] / total["offers"])
    figure("market.sellers", total["known"] / total["sellers"])
    figure("market.price", total["right"] / max(1, total["priced"]))
    figure("market.false_offers", total["other"])


def compare(store: Any, sellers: list[dict[str, Any]]) -> dict[str, int]:
    """Listings and sellers that exist and were found; prices that were found and are right; offers that are none."""
    stored = {one["url"]: one for one in store["offers"].find()}
    owners = {one["_id"]: one for one in store["storefronts"].find({"kind": "marketplace_seller"})}
    wanted = {offer["url"]: offer for seller in sellers for offer in seller["offers"]}
    known = priced = right = 0
    for seller in sellers:
        mine = [stored[offer["url"]] for offer in seller["offers"] if offer["url"] in stored]
        keys = {owners[one["storefront"]]["_id"] for one in mine if one["storefront"] in owners}
        name = seller["key"].partition(":")[2]
        known += len(keys) == 1 and owners[next(iter(keys))]["name"].casefold() == name.casefold()
    for url, offer in wanted.items():
        if url in stored:
            priced += 1
            right += same(stored[url].get("price"), offer)
    return {"offers": len(wanted), "found": priced, "sellers": len(sellers), "known": known, "priced": priced,
            "right": right, "other": len(set(stored) - set(wanted))}  # fmt: skip


def same(price: dict[str, Any] | None, offer: dict[str, Any]) -> bool:
    """Whether amount and currency are those of the truth, or both say that there is none."""
    if price is None or offer["price"] is None:
        return price is None and offer["price"] is None
    return bool(price["amount"].to_decimal() == Decimal(offer["price"]) and price["currency"] == offer["currency"])
