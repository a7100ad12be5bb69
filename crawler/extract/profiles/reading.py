"""A page read by a profile: its rows, or its one item or seller, and what is not as the profile says."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.extract.profiles.places import Node, open_page
from crawler.extract.profiles.schema import At, FieldName, One, Profile, Rows
from crawler.extract.profiles.values import Value, read
from crawler.money import Hints
from crawler.urls import join

Row = dict[str, Value]
SAMPLE = 10  # rows below which a share says nothing: of three offers two may have no price


@dataclass(slots=True)
class Reading:
    """What a page gave."""

    rows: list[Row] = field(default_factory=list)
    one: Row = field(default_factory=dict)
    total: int | None = None
    following: str | None = None
    alarms: list[str] = field(default_factory=list)
    """What is below the profile's minimum counts: ``results.none``, ``results.few``, ``item.title``, …"""


def hints_of(profile: Profile) -> Hints:
    """What helps to read the profile's prices."""
    return Hints(declared=profile.currency, language=profile.language, host=profile.key)


def read_results(profile: Profile, body: bytes, url: str, content_type: str = "", before: int = 0) -> Reading:
    """A page of results; ``before`` are those of the pages before it, so that a last page may be short."""
    node = open_page(body, url, profile.form, content_type)
    if node is None:
        return Reading(alarms=["results.unreadable"])
    found = _rows(profile, profile.results, node, url, "results")
    if found.total is not None and before and found.total - before < profile.results.minimum:
        found.alarms = [alarm for alarm in found.alarms if alarm != "results.few"]
    return found


def read_item(profile: Profile, body: bytes, url: str, content_type: str = "") -> Reading:
    """The page of an item."""
    return _one(profile, profile.item, body, url, content_type, "item")


def read_seller(profile: Profile, body: bytes, url: str, content_type: str = "") -> Reading:
    """The page of a seller, with the items that stand on it where the profile says so."""
    found = _one(profile, profile.seller, body, url, content_type, "seller")
    node = open_page(body, url, profile.form, content_type)
    if node is not None and profile.seller is not None and profile.seller.lists == "page":
        listed = _rows(profile, profile.results, node, url, "seller")
        found.rows, found.following, found.total = listed.rows, listed.following, listed.total
    return found


def _one(profile: Profile, one: One | None, body: bytes, url: str, content_type: str, what: str) -> Reading:
    node = open_page(body, url, profile.form, content_type)
    if node is None or one is None:
        return Reading(alarms=[f"{what}.unreadable"])
    if one.root is not None:
        roots = node.rows(one.root, ()) if profile.form == "html" else [node]
        if not roots:
            return Reading(alarms=[f"{what}.none"])
        node = roots[0]
    found = _row(node, one.fields, url, hints_of(profile))
    return Reading(one=found, alarms=[f"{what}.{name}" for name in one.required if name not in found])


def _rows(profile: Profile, wanted: Rows, node: Node, url: str, what: str) -> Reading:
    hints = hints_of(profile)
    rows = [_row(one, wanted.fields, url, hints) for one in node.rows(wanted.rows, wanted.leave_out)]
    total = read(node, "seller.ratings", wanted.total, url, hints) if wanted.total else None
    following = next((join(url, one.text) for one in node.all(wanted.following)), None) if wanted.following else None
    found = Reading(rows=[row for row in rows if "id" in row], following=following)
    found.total = total.value if total else None
    if what == "results":
        found.alarms += _alarms(wanted, found, node, len(rows))
    return found


def _alarms(wanted: Rows, found: Reading, node: Node, rows: int) -> list[str]:
    """What is not as the profile says. A page that says itself how few there are is as it should be."""
    if not found.rows:
        nothing = found.total == 0 or bool(wanted.nothing and node.all(wanted.nothing))
        return [] if nothing else ["results.none"]
    few = len(found.rows) < wanted.minimum and (found.total is None or found.total >= wanted.minimum)
    alarms = ["results.few"] if few and (found.total is not None or found.following) else []
    for name, share in wanted.required.items():
        if (rows >= SAMPLE or share == 1) and sum(name in row for row in found.rows) < share * rows:
            alarms.append(f"results.{name}")
    return alarms


def _row(node: Node, fields: dict[FieldName, At], url: str, hints: Hints) -> Row:
    found = ((name, read(node, name, at, url, hints)) for name, at in fields.items())
    return {name: value for name, value in found if value is not None}
