"""What a storefront shares with others, and whose pages it shows, from dossiers made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from crawler.assessment import links
from crawler.assessment.dossier import Shared
from crawler.assessment.gather import gather
from crawler.assessment.judge import judge
from crawler.indicators.whole import Registration
from tests.assessment.build import MEANS
from tests.assessment.dossiers import codes, dossier, flag, mails, points


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


def test_links_without_goods_of_the_register_say_nothing() -> None:
    shared = (Shared("analytics", "G-1", 1, ("bad#1",)),)
    assert codes(dossier(shared=shared, flags=(), identifiers=mails("info@shop.test"))) == set()
