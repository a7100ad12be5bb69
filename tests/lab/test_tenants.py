"""Sellers at marketplaces and accounts at social sites: every kind there, and pages that depend on nobody else."""

from __future__ import annotations

from collections import Counter

import pytest

from lab.population import PREVALENCE, population
from lab.sites.market import Market
from lab.sites.site import Request
from lab.sites.social import Social
from lab.styles import STYLES
from lab.tenants import ROOFS, tenants, with_roofs
from lab.world import World

COUNT = 1500


@pytest.fixture(scope="module", params=sorted(ROOFS))
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def plans(kind):
    return tenants("a seed", COUNT, kind)


def test_kinds_and_prevalence(plans, kind):
    roof = ROOFS[kind]
    bad = [plan for plan in plans if plan.style in roof.infringing]
    assert len({plan.key for plan in plans}) == COUNT
    assert len(bad) == round(COUNT * PREVALENCE)
    assert set(Counter(plan.style for plan in plans)) == roof.honest.keys() | roof.infringing.keys()
    assert {plan.kind for plan in plans} == {kind}
    assert sum(plan.size <= 4 for plan in plans) > 0.2 * COUNT  # private persons


def test_shares_add_up(kind):
    for shares, label in ((ROOFS[kind].honest, "honest"), (ROOFS[kind].infringing, "infringing")):
        assert sum(shares.values()) == pytest.approx(1)
        assert {STYLES[style].label for style in shares} == {label}


def test_pages_depend_on_nobody_else(plans):
    plan = next(plan for plan in plans[:100] if plan.size > 4)
    seen = []
    for some in (plans[:100], [plan]):
        world = World("a seed", lambda _, some=some: with_roofs(some))
        site, front = world.sites[plan.host], world.storefronts[plan.key]
        assert isinstance(site, Market | Social)
        own = f"/@{plan.account}" if isinstance(site, Social) else site.item_path(front, front.items[0])
        seen.append(site.answer(Request(own)))
    assert seen[0] == seen[1]
    assert seen[0].status == 200
    assert plan.account in seen[0].text


def test_accounts_lead_to_shops_honest_ones_to_bad_ones_too():
    shops = population("a seed", 600)
    label = {plan.key: STYLES[plan.style].label for plan in shops}
    led = [plan for plan in tenants("a seed", COUNT, "social_account", shops=shops) if plan.leads]
    found = Counter((STYLES[plan.style].label, label[key]) for plan in led for key in plan.leads)
    assert found["infringing", "infringing"] > 5
    assert found["honest", "infringing"] > 5
    assert found["honest", "honest"] > found["honest", "infringing"]
    assert any(len(plan.leads) > 2 for plan in led)
    world = World("a seed", lambda _: with_roofs(led[:20]))
    site = world.sites[led[0].host]
    assert f'href="http://{led[0].leads[0]}/"' in site.answer(Request(f"/@{led[0].account}")).text


def test_accounts_of_one_hand_speak_one_language_and_sell_from_one_stock(plans):
    hands = {}
    for plan in plans:
        if plan.owner:
            hands.setdefault(plan.owner, []).append(plan)
    assert any(len(some) > 1 for some in hands.values())
    assert all(len({plan.language for plan in some}) == 1 for some in hands.values())
    assert any(plan.feed for some in hands.values() for plan in some)
