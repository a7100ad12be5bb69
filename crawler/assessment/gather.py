"""A dossier → evidence and scope. Pure: reads no store, so that stored and generated storefronts are judged alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from crawler.assessment import links, presence, scale, standing, whole
from crawler.assessment.dossier import Dossier
from crawler.assessment.evidence import Evidence
from crawler.assessment.judge import Scope, judge
from crawler.assessment.means import Means
from crawler.assessment.rules import Rules
from crawler.indicators.flags import flag_storefront
from crawler.indicators.whole import Goods, Whole
from crawler.items import Flag, Storefront
from crawler.store.database import Document

EXAMPLES = 5  # flags named beside a piece of evidence; all of them are one query away
TITLES = 300  # that the indicators of a whole storefront look at
REFERENCES = 100  # versions named in an assessment; each flag names its own
CLAIMED = "brand.unauthorised"


@dataclass
class Tally:
    """One flag code over a storefront: on how many offers, of which brands, with which words."""

    subjects: set[str] = field(default_factory=set)
    brands: set[str] = field(default_factory=set)
    allegations: Counter[str] = field(default_factory=Counter)
    sentence: str = ""
    examples: list[str] = field(default_factory=list)

    @property
    def offers(self) -> int:
        """On how many offers it was raised."""
        return len(self.subjects)


@dataclass
class Gathered:
    """Everything the judge gets, and the figures a reader wants beside a verdict."""

    evidence: list[Evidence]
    scope: Scope
    unknown_codes: list[str]
    """Flag codes that the weights do not know: counted, and weighing nothing."""
    scale: Document
    register_versions: list[str]
    references: list[str]
    """Versions of the market references that raised flags rest on; ``scrapy market`` shows them."""


def gather(dossier: Dossier, means: Means) -> Gathered:
    """Turn what is known of one storefront into evidence."""
    rules = means.rules
    tallies = _tally(dossier.flags)
    known = {code: tally for code, tally in tallies.items() if code in rules.flags.table.flags}
    scope = _scope(dossier, rules)
    compared = len({row["_id"]["subject"] for row in dossier.flags if row.get("of_middle")})
    evidence = [
        _evidence(code, tally, scope, rules, _backed(code, known, rules), compared) for code, tally in known.items()
    ]
    brands = sorted({brand for tally in tallies.values() for brand in tally.brands})
    evidence += [_of_flag(flag, rules) for flag in _own_flags(dossier, means) if flag.code not in known]
    evidence += whole.evidence(dossier, scope, brands, rules)
    evidence += presence.evidence(dossier, scope, rules)
    evidence += standing.evidence(dossier, scope, rules)
    if dossier.shared:
        evidence += links.evidence(dossier, scope, rules, judge(evidence, scope, rules))
    return Gathered(
        evidence=evidence,
        scope=scope,
        unknown_codes=sorted(tallies.keys() - rules.flags.table.flags.keys()),
        scale=scale.of(dossier, brands),
        register_versions=sorted({v for flag in dossier.flags for v in flag["register_versions"] if v}),
        references=sorted(_references(dossier.flags))[:REFERENCES],
    )


def _references(rows: Iterable[Document]) -> set[str]:
    raised = (row for row in rows if row["_id"]["state"] == "raised")
    return {str(version) for row in raised for version in row.get("references") or () if version}


def _tally(rows: Iterable[Document]) -> dict[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    for row in rows:
        key = row["_id"]
        if key["state"] != "raised":
            continue
        tally = tallies[key["code"]]
        tally.subjects.add(key["subject"])
        tally.sentence = tally.sentence or row["sentence"]
        if key.get("brand"):
            tally.brands.add(key["brand"])
        if row["allegation"]:
            tally.allegations[row["allegation"]] += 1
        if len(tally.examples) < EXAMPLES:
            tally.examples.append(row["flag"])
    return dict(tallies)


def _backed(code: str, tallies: Mapping[str, Tally], rules: Rules) -> bool:
    """Whether an offer with this flag has one of another ground, too: two misreadings rarely meet in one offer."""
    own = rules.flags[code].family
    return any(
        tallies[code].subjects & other.subjects
        for name, other in tallies.items()
        if name in rules.table.strength.backed_by and rules.flags[name].family != own
    )


def _evidence(code: str, tally: Tally, scope: Scope, rules: Rules, backed: bool, compared: int) -> Evidence:
    rule, offers = rules.flags[code], scope.offers
    alone = not backed and rules.table.strength.single(tally.offers, offers)
    strength = rules.table.strength.of(tally.offers, offers, alone)
    strength = min(strength, rules.table.strength.among(code, tally.offers, compared))
    if rule.family in rules.table.lawful.families:
        strength *= rules.table.lawful.left(scope.lawful, scope.flagged)
    points = rules.weight(code) * strength
    if alone:
        points = min(points, rules.table.strength.single_at_most)
    allegation: Any = max(sorted(tally.allegations), key=lambda name: tally.allegations[name], default=rule.allegation)
    return Evidence(
        code=code,
        family=rule.family,
        points=round(points, 3),
        sentence=f"{tally.offers} of {max(offers, tally.offers)} offers: {tally.sentence}",
        allegation=allegation,
        values={"offers": tally.offers, "of": offers, "brands": sorted(tally.brands), "strength": round(strength, 3)},
        flags=tuple(tally.examples),
    )


def _own_flags(dossier: Dossier, means: Means) -> list[Flag]:
    """What domain and registration say of a storefront that sells goods of the register."""
    document = dossier.storefront
    claimed = Counter(
        row["_id"]["brand"]
        for row in dossier.flags
        if row["_id"]["code"] == CLAIMED and row["_id"]["state"] == "raised" and row["_id"].get("brand")
    )
    if not claimed:
        return []
    storefront = Storefront(
        id=document["_id"], key=document["key"], kind=document.get("kind") or "shop", url=document.get("url") or ""
    )
    titles = [" ".join([offer.get("title") or "", *(offer.get("category") or ())]) for offer in dossier.offers[:TITLES]]
    seen = document.get("last_seen")
    told = Whole(
        goods=Goods(offers=dossier.count, branded=dict(claimed), titles=tuple(titles)),
        registration=dossier.registration,
        seen_on=seen.date() if seen else None,
    )
    return [flag for flag in flag_storefront(storefront, means.context, told) if flag.state == "raised"]


def _of_flag(flag: Flag, rules: Rules) -> Evidence:
    return Evidence(
        code=flag.code,
        family=rules.flags[flag.code].family,
        points=rules.weight(flag.code),
        sentence=flag.sentence,
        allegation=flag.allegation,
        values=flag.values | {"seen": [place.text for place in flag.provenance]},
    )


def _scope(dossier: Dossier, rules: Rules) -> Scope:
    raised: set[str] = set()
    branded: set[str] = set()
    lawful: set[str] = set()
    reasons: dict[str, set[str]] = defaultdict(set)
    for row in dossier.flags:
        key = row["_id"]
        if key.get("brand"):
            branded.add(key["subject"])
        if key["state"] == "raised":
            raised.add(key["subject"])
        else:
            told = set(row["reasons"] or [row["sentence"]])
            lawful |= {key["subject"]} if key.get("brand") and told <= rules.table.lawful_reasons else set()
            for reason in told - rules.table.lawful_reasons:
                reasons[str(reason)].add(key["subject"])
    undecided = {subject for found in reasons.values() for subject in found} & branded - raised
    limiting = {why: len(found & undecided) for why, found in reasons.items() if found & undecided}
    return Scope(
        kind=dossier.storefront.get("kind") or "shop",
        offers=dossier.count,
        flagged=len(raised),
        branded=len(branded),
        undecided=len(undecided),
        lawful=len(lawful - raised),
        pages=dossier.pages,
        unreadable=dossier.unreadable,
        reasons=dict(sorted(limiting.items(), key=lambda item: (-item[1], item[0]))),
    )
