"""What the store holds of one storefront → evidence and scope. Reads only; what it means is decided in ``judge``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pymongo.database import Database

from crawler.assessment.judge import Evidence, Scope
from crawler.assessment.rules import Rules
from crawler.assessment.whole import whole_shop
from crawler.store.database import Document

EXAMPLES = 5  # flags named beside a piece of evidence; all of them are one query away
READABLE = range(200, 400)  # statuses that brought a page


@dataclass
class Tally:
    """One flag code over a storefront: on how many offers, of which brands, with which words."""

    offers: int = 0
    brands: set[str] = field(default_factory=set)
    allegations: Counter[str] = field(default_factory=Counter)
    sentence: str = ""
    examples: list[str] = field(default_factory=list)


@dataclass
class Gathered:
    """Everything the judge gets, and the figures a reader wants beside a verdict."""

    evidence: list[Evidence]
    scope: Scope
    unknown_codes: list[str]
    """Flag codes that the weights do not know: counted, and weighing nothing."""
    scale: Document
    register_versions: list[str]


def gather(database: Database[Document], storefront: Document, rules: Rules) -> Gathered:
    """Read one storefront's offers, flags, pages and identifiers, and turn them into evidence."""
    owner = storefront["_id"]
    flags = list(database["flags"].aggregate(_flags_by_offer(owner)))
    offers = database["offers"].count_documents({"storefront": owner})
    tallies = _tally(flags)
    evidence = [
        _evidence(code, tally, offers, rules) for code, tally in tallies.items() if code in rules.flags.table.flags
    ]
    scope = _scope(database, owner, flags, offers, rules)
    brands = sorted({brand for tally in tallies.values() for brand in tally.brands})
    evidence += whole_shop(database, storefront, scope, brands, rules)
    return Gathered(
        evidence=evidence,
        scope=scope,
        unknown_codes=sorted(tallies.keys() - rules.flags.table.flags.keys()),
        scale=_scale(database, storefront, offers, brands),
        register_versions=sorted({version for flag in flags for version in flag["register_versions"] if version}),
    )


def _flags_by_offer(owner: str) -> list[Document]:
    """One row per offer, code and brand: seen on a list and on its own page, a flag is still one flag."""
    group: Document = {
        "_id": {"subject": "$subject", "code": "$code", "brand": "$brand", "state": "$state"},
        "sentence": {"$first": "$sentence"},
        "reasons": {"$addToSet": "$values.reason"},
        "allegation": {"$first": "$allegation"},
        "flag": {"$first": "$_id"},
        "register_versions": {"$addToSet": "$register_version"},
    }
    return [
        {"$match": {"storefront": owner, "ended_at": None}},
        {"$sort": {"subject": 1, "_id": 1}},  # so that the same store always gives the same example
        {"$group": group},
        {"$sort": {"_id": 1}},
    ]


def _tally(rows: Iterable[Document]) -> dict[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    subjects: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        key = row["_id"]
        if key["state"] != "raised":
            continue
        tally = tallies[key["code"]]
        subjects[key["code"]].add(key["subject"])
        tally.offers = len(subjects[key["code"]])
        tally.sentence = tally.sentence or row["sentence"]
        if key.get("brand"):
            tally.brands.add(key["brand"])
        if row["allegation"]:
            tally.allegations[row["allegation"]] += 1
        if len(tally.examples) < EXAMPLES:
            tally.examples.append(row["flag"])
    return dict(tallies)


def _evidence(code: str, tally: Tally, offers: int, rules: Rules) -> Evidence:
    rule = rules.flags[code]
    strength = rules.table.strength.of(tally.offers, offers)
    allegation: Any = max(sorted(tally.allegations), key=lambda name: tally.allegations[name], default=rule.allegation)
    return Evidence(
        code=code,
        family=rule.family,
        points=round(rule.weight * strength, 3),
        sentence=f"{tally.offers} of {max(offers, tally.offers)} offers: {tally.sentence}",
        allegation=allegation,
        values={"offers": tally.offers, "of": offers, "brands": sorted(tally.brands), "strength": round(strength, 3)},
        flags=tuple(tally.examples),
    )


def _scope(database: Database[Document], owner: str, flags: list[Document], offers: int, rules: Rules) -> Scope:
    raised: set[str] = set()
    branded: set[str] = set()
    reasons: dict[str, set[str]] = defaultdict(set)
    for row in flags:
        key = row["_id"]
        if key.get("brand"):
            branded.add(key["subject"])
        if key["state"] == "raised":
            raised.add(key["subject"])
        else:
            for reason in set(row["reasons"] or [row["sentence"]]) - rules.table.lawful_reasons:
                reasons[str(reason)].add(key["subject"])
    undecided = {subject for found in reasons.values() for subject in found} & branded - raised
    pages = database["pages"].count_documents({"storefronts": owner})
    readable = {"storefronts": owner, "status": {"$gte": READABLE.start, "$lt": READABLE.stop}}
    told = {why: len(found & undecided) for why, found in reasons.items() if found & undecided}
    return Scope(
        offers=offers,
        flagged=len(raised),
        branded=len(branded),
        undecided=len(undecided),
        pages=pages,
        unreadable=pages - database["pages"].count_documents(readable),
        reasons=dict(sorted(told.items(), key=lambda item: (-item[1], item[0]))),
    )


def _scale(database: Database[Document], storefront: Document, offers: int, brands: list[str]) -> Document:
    """Commercial scale as figures; whether that is commercial scale in law is for others to say."""
    owner = {"storefront": storefront["_id"]}
    return {
        "offers": offers,
        "in_stock": database["offers"].count_documents(
            owner | {"availability": {"$in": ["InStock", "LimitedAvailability"]}}
        ),
        "brands": brands,
        "currencies": sorted(filter(None, database["offers"].distinct("price.currency", owner))),
        "first_seen": storefront.get("first_seen"),
        "last_seen": storefront.get("last_seen"),
    }
