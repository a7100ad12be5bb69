"""Where storefronts send their visitors: links in posts and listings, and redirects, that lead to known storefronts.

Whoever posts chooses where it leads; what the pages of a shop link to, others may have written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from pymongo.database import Database

from crawler.assessment.dossier import LEADS_TO, LED_FROM, Ties
from crawler.store.database import Document

CHOSEN = ("post", "listing", "redirect")
"""How a pointer came about that its source stands for."""
MOST = 200  # pointers of one storefront; what leads to more is a directory


def ties(database: Database[Document], keys: Mapping[str, str]) -> dict[str, Ties]:
    """Owner → those to whom it leads, and those who lead to it; ``keys``: the owners' keys."""
    way = {"source": 1, "target": 1}
    limit, chosen = MOST * len(keys), {"how": {"$in": CHOSEN}}
    pointers = database["pointers"]
    out = list(pointers.find({"source": {"$in": list(keys)}, **chosen}, way).limit(limit))
    to = list(pointers.find({"target": {"$in": sorted(set(keys.values()))}, **chosen}, way).limit(limit))
    there = _present(database, {item["target"] for item in out})
    found: dict[str, Ties] = defaultdict(dict)
    for item in out:
        if target := there.get(item["target"]):
            found[item["source"]].setdefault((LEADS_TO, item["target"]), set()).add(target)
    sources: dict[str, set[str]] = defaultdict(set)
    for item in to:
        sources[item["target"]].add(item["source"])
    for owner, key in keys.items():
        if key in sources:
            found[owner][LED_FROM, key] = sources[key] - {owner}
    return found


def _present(database: Database[Document], keys: set[str]) -> dict[str, str]:
    """Key → its storefront in present hands."""
    if not keys:
        return {}
    known = database["storefronts"].find({"key": {"$in": sorted(keys)}}, {"key": 1}).sort([("key", 1), ("tenure", 1)])
    return {item["key"]: item["_id"] for item in known}
