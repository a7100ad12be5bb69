"""Evidence of whole storefronts, from dossiers made by hand: no store is needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from crawler.assessment import links
from crawler.assessment.dossier import Dossier, Shared
from crawler.assessment.gather import gather
from crawler.assessment.judge import judge
from crawler.indicators.whole import Registration
from tests.assessment.build import MEANS

SHOP = {
    "_id": "shop.test#1",
    "key": "shop.test",
    "kind": "shop",
    "url": "https://shop.test/",
    "last_seen": datetime(2026, 11, 1, tzinfo=UTC),
    "legal_pages": {"imprint": "/i", "returns": "/r"},
    "facts": {"social_accounts": ["x"], "social_nowhere": [], "skeleton_places": 90},
}


def flag(number: int, code: str = "brand.unauthorised", state: str = "raised") -> dict[str, Any]:
    key = {"subject": f"shop.test#1/{number}", "code": code, "brand": "Velmora", "state": state}
    return {"_id": key, "sentence": "It is so.", "reasons": [], "allegation": "trademark", "flag": str(number),
            "register_versions": ["r"]}  # fmt: skip


def dossier(**changes: Any) -> Dossier:
    titles = tuple({"title": f"Velmora Aurelia tote {number}"} for number in range(10))
    known = Dossier(storefront=SHOP, offers=titles, count=10, flags=tuple(map(flag, range(10))), pages=9)
    facts = changes.pop("facts", {})
    storefront = SHOP | changes.pop("storefront", {})
    return replace(known, storefront=storefront | {"facts": SHOP["facts"] | facts}, **changes)


def codes(found: Dossier) -> set[str]:
    """What speaks against it; missing authorisation and number apart, which most of these have."""
    return {item.code for item in gather(found, MEANS).evidence if item.points >= 0} - {
        "brand.unauthorised", "legal.no_number"}  # fmt: skip


def spoken_for(found: Dossier) -> set[str]:
    return {item.code for item in gather(found, MEANS).evidence if item.points < 0}


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


def mails(*addresses: str) -> tuple[dict[str, Any], ...]:
    return tuple({"kind": "email", "value": address} for address in addresses)


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


@pytest.mark.parametrize(
    ("shared", "expected"),
    [
        (Shared("analytics", "G-1", 2, ("bad#1", "worse#1")), {"links.account"}),
        (Shared("analytics", "G-1", 4, ("bad#1",)), set()),  # an agency with one bad client
        (Shared("analytics", "G-1", 3), set()),
        (Shared("analytics", "G-1", 1, ("bad#1",)), set()),  # which of the two took the other's pages?
        (Shared("analytics", "G-1", 2, ("bad#1",), 1), {"links.account"}),
        (Shared("iban", "DE1", 1, ("bad#1",)), {"links.account"}),
        (Shared("boilerplate", "ab", 2, ("bad#1", "worse#1")), {"links.text"}),
        (Shared("template", "skeleton:ab", 2, ("bad#1", "worse#1")), {"links.template"}),
        (Shared("favicon", "https://x/", 2, ("bad#1", "worse#1")), set()),  # what is served there may be anybody's
        (Shared("favicon", "sha256:ab", 2, ("bad#1", "worse#1")), {"links.icon"}),
        (Shared("email", "info@other.test", 2, ("bad#1", "worse#1")), {"links.account"}),
        (Shared("email", "info@shop.test", 2, ("bad#1", "worse#1")), set()),  # its own address, which somebody copied
        (Shared("email", "info@mail.shop.test", 2, ("bad#1", "worse#1")), set()),
    ],
)
def test_links(shared: Shared, expected: set[str]) -> None:
    assert codes(dossier(shared=(shared,), identifiers=mails("info@shop.test"))) == expected


BOTH = ("bad#1", "worse#1")
COPIED = (Shared("email", "info@shop.test", 2, BOTH), Shared("analytics", "G-1", 2, BOTH),
          Shared("template", "skeleton:ab", 2, BOTH), Shared("favicon", "sha256:ab", 2, BOTH))  # fmt: skip


def test_a_day_in_common_tells_nothing_on_servers_that_everybody_uses() -> None:
    day = Shared("registration", "2026-01-27, R, ns1.r.test, ns2.r.test", 2, BOTH)
    servers = Shared("name_servers", "ns1.r.test, ns2.r.test", 3, BOTH)  # of a hub nothing is told at all
    own = mails("info@shop.test")
    assert codes(dossier(shared=(day,), identifiers=own)) == set()
    assert codes(dossier(shared=(day, servers), identifiers=own)) == {"links.registration", "links.servers"}


def test_neighbours_at_a_hoster_say_nothing_of_the_goods() -> None:
    """A beginner without imprint on a small hoster's servers, on which two suspected shops are as well."""
    servers = Shared("name_servers", "ns1.small.test, ns2.small.test", 2, BOTH)
    found = gather(dossier(shared=(servers,), storefront={"legal_pages": {}}, registration=LATELY), MEANS)
    families = judge(found.evidence, found.scope, MEANS.rules).families
    assert families["likeness"] > 0
    assert not families.keys() & MEANS.rules.table.goods_families


def test_whose_pages_were_taken_is_not_tied_to_the_thief() -> None:
    own = mails("info@shop.test")
    assert codes(dossier(shared=COPIED, identifiers=own)) == set()
    assert codes(dossier(shared=(*COPIED, Shared("iban", "DE1", 1, ("bad#1",))), identifiers=own)) == {"links.account"}
    another = Shared("analytics", "G-2", 2, ("b#1", "c#1"))  # do not name an address of this shop
    assert codes(dossier(shared=(COPIED[0], another), identifiers=own)) == {"links.account"}


def points(found: Dossier, code: str) -> float:
    return next(item.points for item in gather(found, MEANS).evidence if item.code == code)


def test_who_has_been_here_for_years_was_rather_copied_from() -> None:
    known = Registration("shop.test", date(2015, 1, 1))
    counter = Shared("analytics", "G-1", 2, BOTH, holders=BOTH)
    look = Shared("template", "skeleton:ab", 1, ("bad#1",), holders=("bad#1",))
    both = replace(look, others=2, holders=BOTH)
    paid = Shared("iban", "DE1", 1, ("bad#1",))
    settled = MEANS.rules.table.ties.settled
    for ties, less in (((counter, both), settled), ((counter, look), settled), ((counter,), 1.0), ((paid,), 1.0)):
        now, later = dossier(shared=ties), dossier(shared=ties, registration=known)
        assert points(later, "links.account") == pytest.approx(less * points(now, "links.account"))


LATELY = Registration("shop.test", date(2026, 3, 1))


@pytest.mark.parametrize(
    ("registration", "suspected", "code"),
    [
        (LATELY, BOTH, "links.icon_later"),
        (LATELY, ("bad#1",), "links.icon"),  # of a pair either may be the copy
        (Registration("shop.test", date(2023, 12, 1)), BOTH, "links.icon"),
        (None, BOTH, "links.icon"),
    ],
)
def test_who_came_lately_was_not_copied_from(
    registration: Registration | None, suspected: tuple[str, ...], code: str
) -> None:
    icon = Shared("favicon", "sha256:ab", 2, suspected, 2 - len(suspected))
    cheap = dossier(shared=(icon,), registration=registration, identifiers=mails("info@shop.test"), flags=UNDER)
    assert codes(cheap) & {"links.icon", "links.icon_later"} == {code}
    dear = codes(replace(cheap, flags=dossier().flags))  # a beginner, whose pages were taken
    assert dear & {"links.icon", "links.icon_later"} == {"links.icon"}


def test_of_the_shops_of_one_owner_none_is_tied_to_whoever_took_the_pages_of_one() -> None:
    """The sister shop is watched, too, and shows the same address."""
    for kind in ("email", "phone", "vat", "messenger"):
        shared = Shared(kind, "one", 2, ("thief#1",), 1)
        assert codes(dossier(shared=(shared,), identifiers=mails("info@shop.test"))) == set()


ORIGIN = "origin.test#1"
TAKEN = (Shared("email", "info@origin.test", 1, holders=(ORIGIN,)),
         Shared("favicon", "sha256:ab", 1, holders=(ORIGIN,)))  # fmt: skip
UNDER = tuple(flag(number) | {"of_middle": [0.85]} for number in range(10))


@pytest.mark.parametrize(
    ("changes", "taken"),
    [
        ({}, True),
        ({"shared": TAKEN[:1]}, False),  # an address alone: whoever delivers for it, or a brand of its own
        ({"shared": TAKEN[1:]}, False),
        ({"shared": (replace(TAKEN[0], others=2, holders=(ORIGIN, "third.test#1")), TAKEN[1])}, False),  # three sisters
        (
            {
                "shared": (
                    Shared("email", "info@origin.test", 2, ("third.test#1",), holders=(ORIGIN, "third.test#1")),
                    TAKEN[1],
                )
            },
            True,
        ),
        ({"shared": (Shared("email", "info@free.test", 1, holders=(ORIGIN,)), TAKEN[1])}, False),  # whose is it?
        ({"shared": (*TAKEN, Shared("vat", "DE1", 1, holders=(ORIGIN,)))}, False),  # a second shop of one company
        ({"shared": (*TAKEN, Shared("iban", "DE1", 1, holders=(ORIGIN,)))}, False),
        ({"shared": (*TAKEN, Shared("name_servers", "ns1.small.test", 1, holders=(ORIGIN,)))}, False),
        ({"shared": (TAKEN[0], Shared("favicon", "sha256:ab", 1, holders=("third.test#1",)))}, False),
        ({"flags": tuple(map(flag, range(10)))}, False),  # nothing speaks against its goods
        ({"registration": None}, False),
        ({"registration": Registration("shop.test", date(2015, 1, 1))}, False),  # rather the origin
        ({"storefront": {"kind": "social_account"}}, False),
    ],
)
def test_pages_of_another_shop_are_taken(changes: dict[str, Any], taken: bool) -> None:
    known = {"flags": UNDER, "shared": TAKEN, "registration": LATELY, "identifiers": mails("info@origin.test")}
    assert ("links.taken" in codes(dossier(**known | changes))) is taken


def test_what_stands_on_anothers_pages_does_not_speak_for_whoever_took_them() -> None:
    named = (*mails("info@origin.test"), {"kind": "vat", "value": "DE1"})
    for shared, expected in ((TAKEN, set()), (TAKEN[:1], {"standing.accounts", "standing.business"})):
        found = gather(dossier(flags=UNDER, shared=shared, registration=LATELY, identifiers=named), MEANS)
        counted = judge(found.evidence, found.scope, MEANS.rules).evidence
        assert {item.code for item in counted if item.family == "standing"} == expected


def led_to(number: int, *, bad: bool) -> Shared:
    key = f"s{number}.test"
    return Shared("leads_to", key, 1, (f"{key}#1",) if bad else (), holders=(f"{key}#1",))


@pytest.mark.parametrize(("bad", "good", "counts"), [(1, 0, True), (1, 1, True), (1, 2, False), (0, 3, False)])
def test_who_sends_visitors_to_suspected_shops_is_tied_to_them(bad: int, good: int, counts: bool) -> None:
    """Who writes of many shops meets a bad one."""
    shared = tuple(led_to(number, bad=number < bad) for number in range(bad + good))
    account = {"storefront": {"kind": "social_account"}, "shared": shared}
    assert ("links.leads" in codes(dossier(**account))) is counts
    assert "links.leads" not in codes(dossier(flags=(), **account))  # nothing of the register is offered


TIED = ("a#1", "b#1", "c#1")


@pytest.mark.parametrize(
    ("shared", "verdict"),
    [
        (Shared("iban", "DE1", 3, tied=TIED), "watch"),
        (Shared("email", "info@other.test", 3, tied=TIED), "watch"),
        (Shared("iban", "DE1", 1, tied=TIED[:1]), "clear"),
        (Shared("iban", "DE1", 9, tied=TIED), "clear"),  # who pays out for many
        (Shared("analytics", "G-1", 3, tied=TIED), "clear"),  # an agency's clients
    ],
)
def test_who_is_tied_to_those_that_are_suspected_for_ties_is_watched(shared: Shared, verdict: str) -> None:
    """And is suspected with no other ground: the first tie is not proof of the second."""
    found = gather(dossier(shared=(shared,), flags=UNDER), MEANS)
    assert judge(found.evidence, found.scope, MEANS.rules).verdict == verdict
    without = judge([item for item in found.evidence if item.family != "beyond"], found.scope, MEANS.rules)
    assert without.verdict == "clear"


def test_nobody_is_suspected_for_ties_to_those_that_are_suspected_for_ties() -> None:
    tied = Shared("iban", "DE1", 3, tied=TIED)
    flags = (*UNDER, *(far_below(number) for number in range(10)))
    found = gather(dossier(shared=(tied,), flags=flags, identifiers=mails("a@b.test", "c@d.test")), MEANS)
    judged = judge(found.evidence, found.scope, MEANS.rules)
    assert judged.score >= MEANS.rules.scale("shop").suspected
    assert judged.verdict == "watch"


def far_below(number: int) -> dict[str, Any]:
    return flag(number, "price.far_below_range")


BESIDE = ("a#1", "b#1")
PAID = Shared("merchant_id", "paypal:X", 2, (), 2, BESIDE)
CHEAP = tuple(far_below(number) for number in range(10))


@pytest.mark.parametrize(
    ("changes", "tied"),
    [
        ({}, True),
        ({"flags": tuple(flag(number) for number in range(10))}, False),  # nothing of its own goods speaks against it
        ({"shared": (Shared("merchant_id", "paypal:X", 1, (), 1, ("a#1",)),)}, False),  # two clearances of one owner
        ({"shared": (Shared("merchant_id", "paypal:X", 2, (), 2, ("a#1",)),)}, False),
        ({"shared": (Shared("merchant_id", "paypal:X", 9, (), 2, BESIDE),)}, False),  # who pays out for many
        ({"shared": (Shared("analytics", "G-1", 2, (), 2, BESIDE),)}, False),  # an agency's clients
        ({"shared": (Shared("vat", "DE1", 2, (), 2, BESIDE),)}, False),  # two who took the same honest shop's pages
        ({"identifiers": ({"kind": "vat", "value": "DE1"},)}, False),  # says whose shops they are
        ({"registration": Registration("shop.test", date(2015, 1, 1))}, False),
        ({"storefront": {"kind": "social_account"}}, False),  # one seller at three networks
    ],
)
def test_shops_that_are_watched_speak_for_each_other_where_the_money_goes(changes: dict[str, Any], tied: bool) -> None:
    found = dossier(**{"flags": (*CHEAP, *(flag(n) for n in range(10))), "shared": (PAID,)} | changes)
    assert ("links.together" in codes(found)) is tied


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


ORDER = [
    Shared("analytics", "G-1", 8, ("a#1",)),  # an agency with one bad client
    Shared("phone", "+49", 2, ("a#1",), 1),
    Shared("iban", "DE1", 1, ("a#1",)),  # nobody has another's account
]


def test_a_tie_counts_by_who_shows_the_value() -> None:
    counted = [links.strength(item, MEANS.rules) for item in ORDER]
    assert counted == sorted(counted)
    assert (counted[0], counted[-1]) == (0.0, 1.0)
    half = Shared("analytics", "G-1", 8, tuple(f"{n}#1" for n in range(4)))
    assert links.strength(half, MEANS.rules) > 0.9  # half of a dozen shops suspected: no agency has such clients


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


def test_links_without_goods_of_the_register_say_nothing() -> None:
    shared = (Shared("analytics", "G-1", 1, ("bad#1",)),)
    assert codes(dossier(shared=shared, flags=(), identifiers=mails("info@shop.test"))) == set()


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
