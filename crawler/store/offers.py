"""What one look at an offer does to what is stored of it. Pure: decides, and leaves the writing to the writer.

An offer is met on several kinds of page (*views*): its own page, lists, search results. Each says the same thing in
its own words and leaves things out, so a change is a change against what the same view said before, and a list
neither overrules the offer's own page in what it leaves out nor in how it shortens a title.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pymongo import InsertOne, UpdateOne

from crawler.store.database import Document
from crawler.store.values import digest

ALIAS_LIMIT = 20  # URLs kept beside the first; a shop that gives every click a new URL must not grow the document
UNSTATED_PRICE = (None, "absent")  # price_problem values that say nothing; the others are statements of the page
PRESENT = {
    "revision": 1,
    "state": 1,
    "views": 1,
    "first_seen": 1,
    "last_seen": 1,
    "own_page": 1,
    "url": 1,
    "aliases": 1,
}
"""What ``plan`` needs to know of a stored offer."""


@dataclass
class Sight:
    """One look at one offer, as documents."""

    id: str
    at: datetime
    view: str
    own_page: bool
    """Whether the page is about this offer alone, and so has the last word on it."""
    said: dict[str, str | None]
    """``price``, ``availability``, ``title`` as comparable text; None where the page did not say."""
    stated: Document
    """The fields that make up the state: title, price, price_problem, converted, list_price, availability."""
    described: Document
    """The other fields that the page gave."""
    provenance: Document
    observation: Document
    flags: list[Document] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    stored: str | None = None
    """The observation that this look has already stored, when its first try met another writer."""


@dataclass(frozen=True)
class Plan:
    """What to write for one sight; ``update`` is None when nothing is left to do."""

    sight: Sight
    name: str
    """``new``, ``changed``, ``same``, or ``late``: a newer look is stored already."""
    update: UpdateOne | InsertOne[Document] | None = None
    observation: Document | None = None


def plan(sight: Sight, before: Document | None) -> Plan:
    """Decide what ``sight`` changes, given the stored offer (``PRESENT`` fields) or None."""
    if before is None:
        return _appeared(sight)
    if sight.at < before["last_seen"]:
        return Plan(sight, "late")
    said = _completed(sight, before)
    if before["views"].get(sight.view, {}).get("said") == digest(*_words(sight.said)):
        applied = before["views"][sight.view]["at"] == sight.at  # this very look, written again
        return Plan(sight, "same", None if applied else _touch(sight, before, said))
    if said == before["state"] or _only_a_fuller_title(sight, before, said):
        return Plan(sight, "same", _swap(sight, before, said, {}))
    return _changed(sight, before, said)


def late_observation(sight: Sight, history: list[Document]) -> Document | None:
    """The observation for a look that arrives after a newer one, or None when the history already tells it.

    ``history``: the offer's observations, oldest first, with ``fetched_at``, ``view`` and ``state``.
    """
    state = digest(*_words(sight.said))
    earlier = [seen for seen in history if seen["fetched_at"] <= sight.at]
    later = [seen for seen in history if seen["fetched_at"] > sight.at]
    beside = earlier[-1:] + later[:1] + [seen for seen in earlier if seen["view"] == sight.view][-1:]
    if any(seen["said"] == state for seen in beside):
        return None
    stamp = f"{int(sight.at.timestamp() * 1000)}"
    return {**sight.observation, "_id": f"{sight.id}|{stamp}|{state}", "said": state}


def _appeared(sight: Sight) -> Plan:
    observation = _observation(sight, 0, sight.said)
    fields = {**sight.stated, **sight.described, "provenance": sight.provenance}
    insert = InsertOne(
        {
            "_id": sight.id,
            **fields,
            "revision": 1,
            "state": sight.said,
            "views": {sight.view: _view(sight)},
            "observation": observation["_id"],
            "own_page": sight.own_page,
            "first_seen": sight.at,
            "last_seen": sight.at,
            "seen": sight.observation["seen"],
        }
    )
    return Plan(sight, "new", insert, observation)


def _changed(sight: Sight, before: Document, said: dict[str, str | None]) -> Plan:
    if sight.stored:
        return Plan(sight, "changed", _swap(sight, before, said, {"observation": sight.stored}))
    observation = _observation(sight, before["revision"], said)
    return Plan(sight, "changed", _swap(sight, before, said, {"observation": observation["_id"]}), observation)


def _swap(sight: Sight, before: Document, said: dict[str, str | None], more: Document) -> UpdateOne:
    """Change the state, only if nobody else did since it was read."""
    fields = _fields(sight, before, takes_state=True)
    fields |= {"revision": before["revision"] + 1, "state": said, f"views.{sight.view}": _view(sight)}
    return UpdateOne(
        {"_id": sight.id, "revision": before["revision"]}, _looked(sight, before, fields | more), upsert=False
    )


def _touch(sight: Sight, before: Document, said: dict[str, str | None]) -> UpdateOne:
    """Seen again, unchanged: needs no agreement with other writers."""
    return UpdateOne(
        {"_id": sight.id}, _looked(sight, before, _fields(sight, before, takes_state=said == before["state"]))
    )


def _looked(sight: Sight, before: Document, fields: Document) -> Document:
    update: Document = {"$max": {"last_seen": sight.at}, "$set": fields | {"seen": sight.observation["seen"]}}
    known = {before["url"], *before.get("aliases", ())}
    aliases = [url for url in sight.aliases if url not in known][: ALIAS_LIMIT - len(known) + 1]
    if aliases:
        update["$addToSet"] = {"aliases": {"$each": aliases}}
    return update


def _fields(sight: Sight, before: Document, takes_state: bool) -> Document:
    """The fields to set: a list adds nothing to an offer whose own page was read but its price and availability."""
    overruled = before["own_page"] and not sight.own_page
    stated = {name: value for name, value in sight.stated.items() if not overruled or value is not None}
    if overruled:
        stated.pop("title", None)
    described = {} if overruled else sight.described
    fields = {**(stated if takes_state else {}), **described}
    places = {name: place for name, place in sight.provenance.items() if name in fields}
    fields.pop("url", None)  # the first URL stays; others are aliases
    if sight.own_page:
        fields["own_page"] = True
    return fields | _paths(places, "provenance")


def _completed(sight: Sight, before: Document) -> dict[str, str | None]:
    """What holds after this look: what a list leaves out still holds."""
    if sight.own_page:
        return sight.said
    said = {name: before["state"].get(name) if value is None else value for name, value in sight.said.items()}
    if before["own_page"]:
        said["title"] = before["state"]["title"]
    return said


def _only_a_fuller_title(sight: Sight, before: Document, said: dict[str, str | None]) -> bool:
    """The offer's own page, seen for the first time, spells out what a list had shortened."""
    same = all(said[name] == before["state"][name] for name in ("price", "availability"))
    return sight.own_page and not before["own_page"] and same


def superseded(sight: Sight, before: Document | None) -> bool:
    """Whether a newer look at the same kind of page, or at the offer's own page, is stored: its flags stand."""
    views = before["views"] if before else {}
    return any(seen["at"] > sight.at and (name == sight.view or seen["own_page"]) for name, seen in views.items())


def _view(sight: Sight) -> Document:
    return {"said": digest(*_words(sight.said)), "at": sight.at, "own_page": sight.own_page}


def _observation(sight: Sight, revision: int, said: dict[str, str | None]) -> Document:
    """Keyed by the state it follows and the state it tells: two workers that see the same change store one."""
    _id = f"{sight.id}|{revision}|{digest(*_words(said))}"
    return {**sight.observation, "_id": _id, "said": digest(*_words(sight.said))}


def _words(said: dict[str, str | None]) -> tuple[str | None, ...]:
    return said["price"], said["availability"], said["title"]


def _paths(values: dict[str, Any], prefix: str) -> Document:
    return {f"{prefix}.{name}": value for name, value in values.items()}
