"""Evidence of whole storefronts, from dossiers made by hand: no store is needed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crawler.assessment.dossier import Dossier
from crawler.assessment.gather import gather
from crawler.assessment.judge import judge
from crawler.indicators.whole import Registration
from tests.assessment.build import MEANS
from tests.assessment.dossiers import codes, dossier, flag, mails, points, spoken_for


def test_one_sentence_among_many_offers_is_no_strong_ground() -> None:
    """It may be misread: two of them are another matter."""
    for offers, strong in ((1, False), (2, True)):
        said = tuple(flag(number, code) for number in range(offers) for code in ("wording.replica", "wording.quality"))
        found = gather(dossier(flags=(*dossier().flags, *said)), MEANS)
        points = judge(found.evidence, found.scope, MEANS.rules).families["wording"]
        assert (points >= MEANS.rules.table.strong_from) is strong


@pytest.mark.parametrize(("cheap", "strong"), [(0, True), (1, False)])
def test_one_offer_that_is_disguised_and_as_cheap_as_copies_is_no_misreading(cheap: int, strong: bool) -> None:
    """Beside another offer's price it may be one, still."""
    said = (flag(0, "brand.disguised"), flag(cheap, "price.far_below_range"))
    four = dossier(count=4, offers=dossier().offers[:4], flags=(*map(flag, range(4)), *said))
    found = gather(four, MEANS)
    points = judge(found.evidence, found.scope, MEANS.rules).families["brand"]
    assert (points >= MEANS.rules.table.strong_from) is strong


@pytest.mark.parametrize(
    ("deep", "least", "most"), [(1, 0.5, 0.8), (3, 0.8, 1.0), (5, 1.1, 1.2), (9, 1.6, 1.6), (10, 1.6, 1.6)]
)
def test_who_is_far_too_cheap_in_places_clears_a_stock(deep: int, least: float, most: float) -> None:
    compared = (flag(number) | {"of_middle": [0.3]} for number in range(10))
    flags = (*compared, *(flag(number, "price.far_below_range") for number in range(deep)))
    assert least <= points(dossier(flags=flags), "price.far_below_range") <= most


def test_prices_that_nobody_can_compare_take_nothing_from_those_that_are_far_too_low() -> None:
    compared = (flag(number) | {"of_middle": [0.2]} for number in range(4))
    unclear = (flag(number) for number in range(4, 10))
    flags = (*compared, *unclear, *(flag(number, "price.far_below_range") for number in range(4)))
    assert points(dossier(flags=flags), "price.far_below_range") == 1.6


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        (("info@shop.test",), set()),
        (("info@shop.test", "data@lawyers.test"), set()),  # a data protection officer
        (("x@gmail.com",), {"contact.free_mail"}),
        (("x@parent.test", "y@parent.test"), {"contact.elsewhere"}),
        (("x@gmail.com", "service@victim.test"), {"legal.contradictory"}),
        (("x@one.test", "y@two.test"), {"legal.contradictory"}),
        (("x@mail.shop.test",), set()),
    ],
)
def test_whose_addresses_are_named(addresses: tuple[str, ...], expected: set[str]) -> None:
    assert codes(dossier(identifiers=mails(*addresses))) == expected


def test_a_shop_without_any_number_of_a_company_says_so_where_goods_are_flagged() -> None:
    def said(found: Dossier) -> bool:
        return "legal.no_number" in {item.code for item in gather(found, MEANS).evidence}

    assert said(dossier())
    assert not said(dossier(identifiers=({"kind": "vat", "value": "DE1"},)))
    assert not said(dossier(flags=()))
    assert not said(dossier(pages=2))


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([0.85] * 4, {"price.under_usual"}),
        ([0.7, 0.8, 0.9, 1.2], {"price.under_usual"}),  # some of the dear articles of the line, some of the cheap ones
        ([0.001, 1.0, 1.0, 1.0, 1.0], set()),  # one misreading
        ([0.8, 0.8, 0.8, 0.8, 900.0], {"price.under_usual"}),  # one decoy
        ([0.95] * 9, set()),
        ([0.5] * 3, set()),
        ([], set()),
    ],
)
def test_what_a_whole_shop_costs_is_compared(shares: list[float], expected: set[str]) -> None:
    flags = tuple(flag(number) | {"of_middle": [share]} for number, share in enumerate(shares))
    assert codes(dossier(flags=flags + tuple(flag(number) for number in range(len(shares), 10)))) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"social_accounts": [], "social_nowhere": ["facebook"]}, {"social.dead"}),
        ({"social_accounts": ["x"], "social_nowhere": ["facebook"]}, set()),
        ({"social_accounts": [], "social_nowhere": []}, {"social.none"}),
        ({"social_accounts": None, "social_nowhere": None}, set()),  # nobody looked
        ({"skeleton_places": 14}, {"pages.thin"}),
        ({"payment_marks": ["visa"]}, {"payment.marks_only"}),
        ({"redirects_out": ["https://other.test/"]}, {"visitors.sent_away"}),
        ({"walls": ["some guard"]}, {"visitors.turned_away"}),
    ],
)
def test_presence(facts: dict[str, Any], expected: set[str]) -> None:
    assert codes(dossier(facts=facts, identifiers=mails("info@shop.test"))) == expected


def test_a_sellers_pages_are_the_marketplaces() -> None:
    seller = {"_id": "m.test:a#1", "key": "m.test:a", "kind": "marketplace_seller", "legal_pages": {}}
    assert codes(dossier(storefront=seller, facts={"social_accounts": [], "skeleton_places": 3})) == set()


def used(number: int) -> dict[str, Any]:
    return flag(number, state="abstained") | {"reasons": ["second-hand"]}


@pytest.mark.parametrize(("lawful", "points"), [(0, 0.3), (1, 0.3), (5, 0.15), (9, 0.03)])
def test_lawful_uses_lessen_what_the_other_offers_are_flagged_for(lawful: int, points: float) -> None:
    flags = (*(used(number) for number in range(lawful)), *(flag(number) for number in range(lawful, 10)))
    (claimed,) = (item for item in gather(dossier(flags=flags), MEANS).evidence if item.code == "brand.unauthorised")
    strength = MEANS.rules.table.strength.of(10 - lawful, 10, alone=lawful == 9)
    assert claimed.points == pytest.approx(points * strength, abs=0.01)
    admitted = (*(used(number) for number in range(lawful)), *(flag(n, "wording.replica") for n in range(lawful, 10)))
    (said,) = (item for item in gather(dossier(flags=admitted), MEANS).evidence if item.code == "wording.replica")
    most = MEANS.rules.table.strength.single_at_most if lawful == 9 else 9.0
    assert said.points == pytest.approx(
        min(most, 2.5 * strength), abs=0.01
    )  # an admission is one whatever else is sold


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"standing.accounts"}),
        ({"flags": ()}, set()),  # nothing speaks against it
        ({"facts": {"social_accounts": []}}, set()),
        ({"identifiers": ({"kind": "vat", "value": "DE1"},)}, {"standing.accounts", "standing.business"}),
        ({"registration": Registration("shop.test", date(2015, 1, 1))}, {"standing.accounts", "standing.long_held"}),
        ({"registration": Registration("shop.test", date(2015, 1, 1), date(2026, 1, 1))}, {"standing.accounts"}),
        ({"registration": Registration("shop.test")}, {"standing.accounts"}),
        ({"storefront": {"kind": "marketplace_seller"}}, set()),
    ],
)
def test_what_speaks_for_a_shop(changes: dict[str, Any], expected: set[str]) -> None:
    assert spoken_for(dossier(**changes)) == expected


def test_registration_and_domain_are_looked_at() -> None:
    lapsed = Registration("shop.test", date(2010, 1, 1), date(2026, 9, 1), registrar="R", source="f.json")
    assert codes(dossier(registration=lapsed, identifiers=mails("info@shop.test"))) == {"domain.registered_again"}
    unrelated = {"_id": "smithdental.test#1", "key": "smithdental.test", "url": "https://smithdental.test/"}
    found = codes(dossier(storefront=unrelated, identifiers=mails("info@smithdental.test")))
    assert found == {"domain.unrelated_name"}


def test_sentences_are_safe_to_show() -> None:
    hostile = "\u202eevil\x1b[31m" + "x" * 500
    (item,) = [
        item
        for item in gather(dossier(facts={"redirects_out": [hostile]}), MEANS).evidence
        if item.code == "visitors.sent_away"
    ]
    assert item.sentence.isprintable()
    assert len(item.sentence) < 300
