"""Who else shows what a storefront shows, read for some storefronts at a time and bounded for each value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pymongo.database import Database

from crawler.assessment.dossier import HUB, LINKING, Said, Ties, Value
from crawler.assessment.taken import at_home
from crawler.store.database import Document

LINKS = 200  # identifiers of one storefront that are looked up; a shop has a few dozen
ENOUGH = HUB + 2
"""Holders of a value after which no more are read: one is the storefront itself, and one more than ``HUB`` is a hub."""


def ties(database: Database[Document], identifiers: Mapping[str, Sequence[Document]]) -> dict[str, Ties]:
    """Owner → the values that few others show, and who they are."""
    wanted = {owner: list(_linking(own)) for owner, own in identifiers.items()}
    holders = _holders(database, {value for own in wanted.values() for value in own})
    found: dict[str, Ties] = {}
    for owner, own in wanted.items():
        others = {value: holders.get(value, set()) - {owner} for value in own}
        found[owner] = {value: who for value, who in others.items() if 0 < len(who) <= HUB}
    return found


def verdicts(database: Database[Document], storefronts: Iterable[str]) -> dict[str, Said]:
    """What they are, as far as they were judged."""
    ids = sorted(storefronts)
    if not ids:
        return {}
    known = database["assessments"].find({"_id": {"$in": ids}}, {"own_verdict": 1, "verdict": 1})
    return {item["_id"]: Said(item.get("own_verdict") or "", item["verdict"]) for item in known}


def shown_elsewhere(own: Ties, key: str) -> bool:
    """Whether others show an address at the domain of the storefront ``key``: they may have its pages."""
    return any(at_home(*value, key) for value in own)


def siblings(found: Mapping[str, Ties], owners: Iterable[str]) -> set[str]:
    """The storefronts whose verdict may rest on that of ``owners``: those that share a value with one of them."""
    return set().union(*(others for owner in owners for others in found.get(owner, {}).values()))


def _linking(identifiers: Iterable[Document]) -> Iterator[Value]:
    found = [(item["kind"], item["value"]) for item in identifiers if item["kind"] in LINKING]
    return iter(found[:LINKS])


def _holders(database: Database[Document], values: Iterable[Value]) -> dict[Value, set[str]]:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, value in sorted(values):
        by_kind[kind].append(value)
    found: dict[Value, set[str]] = defaultdict(set)
    for kind, own in by_kind.items():
        for item in _rows(database, kind, own):
            found[kind, item["value"]].add(item["storefront"])
    return found


def _rows(database: Database[Document], kind: str, values: list[str]) -> list[Document]:
    """Who shows these, from the index alone. A value that thousands show takes no more reading than one that a dozen
    do: where it fills the answer, the question is halved.
    """
    limit = ENOUGH * len(values)
    wanted: Document = {"kind": kind, "value": {"$in": values}}
    found = list(database["identifiers"].find(wanted, {"_id": 0, "value": 1, "storefront": 1}).limit(limit))
    if len(found) < limit or len(values) == 1:
        return found
    middle = len(values) // 2
    return _rows(database, kind, values[:middle]) + _rows(database, kind, values[middle:])
