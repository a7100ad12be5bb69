"""The judge: pure, so that the same evidence gives the same verdict wherever it is judged."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from crawler.assessment.evidence import Evidence
from crawler.assessment.judge import Scope, judge, own_verdict
from tests.assessment.build import READ, RULES, evidence

SUSPECTED, WATCH = RULES.scale("shop").suspected, RULES.scale("shop").watch


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        ([], "clear"),
        ([evidence("brand", 0.3)], "clear"),
        ([evidence("price", 1.6)], "watch"),
        ([evidence("price", 9.0)], "watch"),
        ([evidence("price", 1.6), evidence("brand", 0.3)], "watch"),
        ([evidence("price", 1.6), evidence("brand", 0.3), evidence("legal", 0.6)], "watch"),
        (
            [evidence("price", 1.6), evidence("brand", 0.3), evidence("legal", 0.6), evidence("contact", 0.6)],
            "watch",  # many weak ones, and light
        ),
        (
            [evidence("price", 1.6), evidence("brand", 0.3), evidence("legal", 0.75), evidence("contact", 0.75)],
            "suspected",
        ),
        ([evidence("wording", 2.5)], "watch"),  # one family is one ground, however strong
        ([evidence("wording", 2.5), evidence("brand", 0.3)], "suspected"),
        ([evidence("wording", 1.5), evidence("price", 1.6)], "suspected"),
        ([evidence("brand", 1.5), evidence("price", 1.6)], "suspected"),
    ],
)
def test_verdicts(found: list[Evidence], verdict: str) -> None:
    assert judge(found, READ, RULES).verdict == verdict


def test_a_beginner_without_imprint_and_accounts_is_watched_at_most() -> None:
    young = [evidence(name, 0.75) for name in ("domain", "legal", "presence", "range", "contact", "visitors")]
    assert judge([*young, evidence("brand", 0.3)], READ, RULES).verdict == "watch"
    assert judge([*young, evidence("brand", 0.3), evidence("price", 0.7)], READ, RULES).verdict == "suspected"


def test_nobody_is_watched_for_what_the_pages_lack_alone() -> None:
    bare = [evidence(name, 0.75) for name in ("legal", "contact", "presence", "visitors")]
    assert judge(bare, READ, RULES).verdict == "clear"
    assert judge(bare, replace(READ, offers=0), RULES).verdict == "abstain"
    assert judge([*bare, evidence("domain", 0.4)], READ, RULES).verdict == "watch"


def test_remaining_stock_under_a_name_that_somebody_gave_up_is_watched() -> None:
    found = [evidence("price", 1.6), evidence("domain", 0.975), evidence("brand", 0.3)]
    assert judge(found, READ, RULES).verdict == "watch"
    assert judge([*found, evidence("legal", 0.6)], READ, RULES).verdict == "suspected"


@pytest.mark.parametrize("family", ["price", "brand", "legal", "contact", "discount", "range"])
def test_no_single_family_suspects(family: str) -> None:
    assert judge([evidence(family, 5.0, code=f"{n}") for n in range(50)], READ, RULES).verdict != "suspected"


def test_price_and_missing_authorisation_never_suspect() -> None:
    codes = [code for code in RULES.flags.table.flags if code.startswith("price.")] + ["brand.unauthorised"]
    found = [
        evidence(RULES.flags[code].family, RULES.flags[code].weight, code=f"{code}{n}")
        for code, n in itertools.product(codes, range(10))
    ]
    assert judge(found, READ, RULES).verdict != "suspected"


def test_an_honest_resellers_theme_is_no_ground_to_suspect_it() -> None:
    """Themes are sold to everybody: beside a missing authorisation and a small shop's habits they leave it watched."""
    alike = [evidence("likeness", 1.5, code=code) for code in ("links.template", "links.icon", "links.catalogue")]
    small = [evidence("presence", 0.42), evidence("legal", 0.3), evidence("contact", 0.25)]
    assert judge([*alike, *small, evidence("brand", 0.3)], READ, RULES).verdict == "watch"
    found = judge([*alike, evidence("wording", 1.5), evidence("brand", 0.3)], READ, RULES)
    assert found.verdict == "suspected"
    assert own_verdict(found, READ, RULES) == "grounded"


def test_whose_pages_were_taken_by_many_is_no_suspect_by_what_they_share() -> None:
    """Counter, theme and icon come with pages: links, likeness and a missing authorisation together are no fault."""
    shared = [evidence("links", 2.0), evidence("likeness", 1.5)]
    assert judge([*shared, evidence("brand", 0.3)], READ, RULES).verdict == "watch"


def test_nothing_is_alleged_of_a_clear_storefront() -> None:
    """A brand's own site without accounts at networks was stored with points for a scam."""
    rule = RULES.table.evidence["social.none"]
    small = Evidence("social.none", rule.family, 0.42, "-", rule.allegation)
    assert judge([small], READ, RULES).allegations == {}
    assert "scam" in judge([small, evidence("price", 1.6)], READ, RULES).allegations


def test_a_tie_alleges_what_the_own_goods_say() -> None:
    """Scents named after a brand's are tied to sellers of copies, and are none."""
    own, tie = evidence("wording", 1.0, allegation="trademark"), evidence("links", 2.0)
    found = judge([own, tie, evidence("presence", 0.42, allegation="scam")], READ, RULES)
    assert {item.family: item.allegation for item in found.evidence}["links"] == "trademark"
    assert found.allegations == {"trademark": 3.0, "scam": 0.42}


def test_what_speaks_for_a_storefront_buys_off_no_admission() -> None:
    clean = [evidence("standing", -0.8, code=f"standing.{n}") for n in range(20)]
    admitted = [evidence("wording", 3.0), evidence("brand", 1.5), *clean]
    assert judge(admitted, READ, RULES).verdict == "suspected"
    assert judge(clean, READ, RULES).score == 0.0
    assert judge([evidence("price", 1.0), *clean], READ, RULES).score == pytest.approx(0.2)


def test_correlated_evidence_is_not_counted_twice() -> None:
    one = judge([evidence("wording", 1.0)], READ, RULES)
    two = judge([evidence("wording", 1.0), evidence("wording", 1.0, code="again")], READ, RULES)
    apart = judge([evidence("wording", 1.0), evidence("brand", 1.0)], READ, RULES)
    assert one.score == 1.0
    assert two.score == pytest.approx(1.0 + RULES.table.damping)
    assert apart.score == 2.0
    many = judge([evidence("price", 1.0, code=f"{n}") for n in range(100)], READ, RULES)
    assert many.score <= RULES.families["price"].at_most


def test_the_order_of_evidence_does_not_matter() -> None:
    found = [
        evidence("wording", 1.0),
        evidence("wording", 1.0, code="b"),
        evidence("price", 0.7),
        evidence("brand", 0.3),
    ]
    results = {repr(judge(order, READ, RULES)) for order in itertools.permutations(found)}
    assert len(results) == 1


def test_reasons_come_strongest_first_and_allegations_stay_apart() -> None:
    found = [
        evidence("brand", 0.3, allegation="trademark"),
        evidence("wording", 2.5, allegation="counterfeit"),
        evidence("price", 1.6, allegation="counterfeit"),
    ]
    said = judge(found, READ, RULES)
    assert [item.family for item in said.evidence] == ["wording", "price", "brand"]
    assert list(said.allegations.items()) == [("counterfeit", 4.1), ("trademark", 0.3)]


@pytest.mark.parametrize(
    ("scope", "reason"),
    [
        (Scope(), "No offer could be read."),
        (replace(READ, offers=1), "Only 1 offer was read."),
        (replace(READ, offers=2), "Only 2 offers were read."),
        (replace(READ, pages=10, unreadable=6), "6 of 10 pages could not be read."),
        (
            replace(READ, branded=10, undecided=5, reasons={"no price": 5}),
            "5 of 10 offers with a brand could not be judged: no price (5).",
        ),
    ],
)
def test_cannot_tell_is_an_answer(scope: Scope, reason: str) -> None:
    said = judge([], scope, RULES)
    assert (said.verdict, said.abstained) == ("abstain", (reason,))


def test_who_sells_one_used_thing_is_clear() -> None:
    """Each offer of an account was understood as a lawful use; of a shop so little tells nothing."""
    person = replace(READ, kind="social_account", offers=1, flagged=0, branded=1, lawful=1)
    assert judge([], person, RULES).verdict == "clear"
    assert judge([], replace(person, lawful=0), RULES).verdict == "abstain"
    assert judge([], replace(person, kind="shop"), RULES).verdict == "abstain"


def test_what_was_seen_is_not_hidden_by_what_was_not() -> None:
    """A shop that admits and is half behind a wall stays suspected; its limits are told."""
    found = [evidence("wording", 2.5), evidence("brand", 0.3)]
    said = judge(found, replace(READ, unreadable=59), RULES)
    assert said.verdict == "suspected"
    assert said.abstained


def test_it_says_what_the_verdict_turns_on() -> None:
    said = judge([evidence("wording", 2.5), evidence("brand", 0.3)], READ, RULES)
    assert said.turns_on == (
        "Without what the seller says of it the verdict would be clear.",
        "Without who uses the name the verdict would be watch.",
    )


@pytest.mark.parametrize(
    ("flagged", "offers", "low", "high"),
    [
        (1, 1000, 0.35, 0.4),  # a misreading
        (1, 1, 1, 1),
        (30, 100, 1, 1),
        (10, 100, 0.5, 0.75),
        (20, 1000, 1, 1),  # twenty replicas among a thousand articles
        (20, 1_000_000, 0.35, 0.36),  # twenty misreadings among a million
        (5, 0, 1, 1),
    ],
)
def test_strength(flagged: int, offers: int, low: float, high: float) -> None:
    assert low <= RULES.table.strength.of(flagged, offers, RULES.table.strength.single(flagged, offers)) <= high


@pytest.mark.parametrize("kind", sorted(RULES.calibration.kinds))
def test_price_alone_and_with_missing_authorisation_is_not_suspected(kind: str) -> None:
    scope = replace(READ, kind=kind)
    found = [evidence("price", 9.0), evidence("brand", 0.3), evidence("discount", 9.0)]
    assert judge(found, scope, RULES).verdict != "suspected"


def test_links_alone_are_not_suspected_and_do_not_count_for_others() -> None:
    assert judge([evidence("links", 9.0), evidence("brand", 0.3)], READ, RULES).verdict != "suspected"
    found = judge([evidence("links", 9.0), evidence("brand", 1.5), evidence("price", 0.5)], READ, RULES)
    assert (found.verdict, own_verdict(found, READ, RULES)) == ("suspected", "watch")
