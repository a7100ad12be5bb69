"""Where storefronts send their visitors: links in posts and listings, and redirects, that lead to known storefronts.

Whoever posts chooses where it leads; what the pages of a shop link to, others may have written.
"""

from __future__ import annotations

from collections.abc import Mapping

from pymongo.database import Database

from crawler.assessment.dossier import LEADS_TO, LED_FROM, Ties
from crawler.store.database import Document

CHOSEN = ("post", "listing", "redirect")
"""How a pointer came about that its source stands for."""
MOST = 1_000  # storefronts to which one leads, or that lead to one; what has more is a directory, or everybody's


def ties(database: Database[Document], keys: Mapping[str, str]) -> dict[str, Ties]:
    """Owner → those to whom it leads, and those who lead to it; ``keys``: the owners' keys."""
    out = _ends(database, "source", list(keys), "target")
    to = _ends(database, "target", sorted(set(keys.values())), "source")
    there = _present(database, set().union(*out.values()))
    found: dict[str, Ties] = {}
    for owner, key in keys.items():
        found[owner] = {(LEADS_TO, end): {there[end]} for end in out.get(owner, ()) if end in there}
        if sources := to.get(key, set()) - {owner}:
            found[owner][LED_FROM, key] = sources
    return found


def _ends(database: Database[Document], begin: str, names: list[str], end: str) -> dict[str, set[str]]:
    """Where the pointers of these begin → where they end, bounded for each, so that none hides those of another."""
    ends: Document = {"$minN": {"input": f"${end}", "n": MOST}}
    chosen: Document = {begin: {"$in": names}, "how": {"$in": CHOSEN}}
    rows = database["pointers"].aggregate([{"$match": chosen}, {"$group": {"_id": f"${begin}", "ends": ends}}])
    return {row["_id"]: set(row["ends"]) for row in rows}


def _present(database: Database[Document], keys: set[str]) -> dict[str, str]:
    """Key → its storefront in present hands."""
    if not keys:
        return {}
    known = database["storefronts"].find({"key": {"$in": sorted(keys)}}, {"key": 1}).sort([("key", 1), ("tenure", 1)])
    return {item["key"]: item["_id"] for item in known}
