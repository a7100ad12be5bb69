"""The larger world: as many infringing as were counted, every kind there, and the same people for the same seed."""

from __future__ import annotations

from collections import Counter

import pytest
import yaml

import lab
from lab.language import words
from lab.manners import ADAPTED, HONEST, PLAIN, ROTATING
from lab.population import (
    HONEST_KINDS,
    INFRINGING_KINDS,
    LANGUAGE_SHARES,
    NETWORKED,
    PREVALENCE,
    THEMES,
    authorised,
    population,
)
from lab.registry import answer
from lab.sites.site import Request
from lab.styles import STYLES
from lab.templates.registry import TEMPLATES
from lab.world import World

COUNT = 3000


@pytest.fixture(scope="module")
def plans():
    return population("a seed", COUNT)


def test_prevalence_kinds_and_languages(plans):
    bad = [plan for plan in plans if plan.style in INFRINGING_KINDS]
    assert len(plans) == COUNT
    assert len(bad) == round(COUNT * PREVALENCE)
    assert len({plan.key for plan in plans}) == COUNT
    kinds = Counter(plan.style for plan in plans)
    assert set(kinds) == HONEST_KINDS.keys() | INFRINGING_KINDS.keys()
    assert kinds["reseller"] >= 0.2 * (COUNT - len(bad))
    assert kinds["adapted"] >= 0.25 * len(bad)
    assert set(Counter(plan.language for plan in plans)) == set(LANGUAGE_SHARES)
    networked = sum(bool(plan.owner) for plan in bad) / len(bad)
    assert abs(networked - NETWORKED) < 0.25


NAMES = ("legal", "mail", "social", "domain")
HABITS = [getattr(one, name) for one in (HONEST, PLAIN, ADAPTED, ROTATING) for name in NAMES]


@pytest.mark.parametrize("shares", [HONEST_KINDS, INFRINGING_KINDS, LANGUAGE_SHARES, *HABITS])
def test_shares_add_up(shares):
    assert sum(shares.values()) == pytest.approx(1)


def test_styles_are_labelled_as_they_are_drawn():
    assert {STYLES[kind].label for kind in HONEST_KINDS} == {"honest"}
    assert {STYLES[kind].label for kind in INFRINGING_KINDS} == {"infringing"}
    assert set(THEMES) == set(TEMPLATES)


def test_a_part_of_the_world_is_the_same_as_the_whole(plans):
    """Slices are read in processes of their own: a shop must not depend on who else is there."""
    part = plans[:30]
    whole, alone = World("a seed", lambda _: plans[:60]), World("a seed", lambda _: part)
    for plan in part:
        urls = whole.storefronts[plan.key].urls
        for path in ("/", urls.page("contact"), urls.product(whole.storefronts[plan.key].items[0])):
            assert whole.sites[plan.key].answer(Request(path)) == alone.sites[plan.key].answer(Request(path))


def test_networks_share_and_careful_ones_less(plans):
    world = World("a seed", lambda _: [plan for plan in plans if plan.owner])
    shared = {True: [0, 0], False: [0, 0]}
    for key, front in world.storefronts.items():
        others = [other for other in world.storefronts.values()
                  if other.plan.owner == front.plan.owner and other.plan.key != key]  # fmt: skip
        count = shared[front.plan.style == "adapted"]
        count[0] += any(front.owner.analytics == other.owner.analytics for other in others)
        count[1] += 1
    plain, adapted = (shared[careful][0] / shared[careful][1] for careful in (False, True))
    assert plain > adapted > 0


def test_registries_answer_for_most_and_never_tell_who_infringes(plans):
    answers = [found for plan in plans if (found := answer(plan, "a seed"))]
    assert 0.7 < len(answers) / len(plans) < 0.9
    assert {event["eventAction"] for found in answers for event in found["events"]} == {
        "registration", "reregistration"}  # fmt: skip


def servers(found):
    return frozenset(server["ldhName"] for server in found["nameservers"])


def test_name_servers_tie_networks_and_some_who_never_met(plans):
    """Small hosters and accounts that met by chance: honest ones share servers with infringing ones, too."""
    holders = {}
    for plan in plans:
        if found := answer(plan, "a seed"):
            holders.setdefault(servers(found), []).append(plan)
    few = [some for some in holders.values() if 1 < len(some) <= 12]
    mixed = [some for some in few if len({STYLES[plan.style].label for plan in some}) == 2]
    assert len(mixed) > 8
    assert any(len(some) > 100 for some in holders.values())
    networks = [plan for plan in plans if plan.owner]
    tied = sum(any(plan.owner == other.owner and plan != other for some in few if plan in some for other in some)
               for plan in networks)  # fmt: skip
    assert 0.1 < tied / len(networks) < 0.8


def test_only_authorised_kinds_are_named_to_rights_holders(plans):
    named = {key for keys in authorised(plans).values() for key in keys}
    assert named
    assert {plan.style for plan in plans if plan.key in named} == {"authorised", "authorised_outlet"}


def test_the_lab_copies_no_list_of_the_crawler():
    """Single words and buttons meet by nature; phrases that stand together in a list that judges would be copied."""
    from pathlib import Path

    def lists(value):
        if isinstance(value, dict):
            for item in value.values():
                yield from lists(item)
        elif isinstance(value, list):
            yield frozenset(str(item).casefold() for item in value)

    data = Path(lab.__file__).parents[1] / "crawler" / "data"
    judging = [
        *data.glob("wording/*.yaml"),
        *data.glob("lawful_use/*.yaml"),
        data / "piracy.yaml",
        data / "domain_words.yaml",
    ]
    theirs = [one for path in judging
              for one in lists(yaml.safe_load(path.read_text("utf-8"))) if len(one) > 2]  # fmt: skip
    for language in LANGUAGE_SHARES:
        for mine in lists({name: said for name, said in words(language).items() if name != "ui"}):
            phrases = {phrase for phrase in mine if " " in phrase}
            assert not any(len(phrases & other) > 2 for other in theirs), phrases


def groups(plans, name):
    found = {}
    for plan in plans:
        if getattr(plan, name):
            found.setdefault(getattr(plan, name), []).append(plan)
    return [some for some in found.values() if len(some) > 1]


def test_one_catalogue_gives_the_same_goods_at_prices_of_their_own(plans):
    fed = [plan for some in groups(plans, "feed") for plan in some]
    assert {"adapted", "deep_discount", "reseller"} <= {plan.style for plan in fed}
    world = World("a seed", lambda _: fed)
    alike = []
    for some in groups(fed, "feed"):
        one, other = (world.storefronts[plan.key] for plan in some[:2])
        if one.plan.language == other.plan.language and one.plan.brands == other.plan.brands:
            mine, theirs = ({item.sku for item in front.items} for front in (one, other))
            alike.append(len(mine & theirs) / min(len(mine), len(theirs)))
    assert len(alike) > 10
    assert sum(alike) / len(alike) > 0.8


def test_agencies_have_honest_clients_and_some_who_are_not():
    plans = population("a seed", COUNT, 0.3)
    world = World("a seed", lambda _: [plan for plan in plans if plan.agency])
    clients = groups(plans, "agency")
    styles = {plan.style for some in clients for plan in some}
    assert styles & INFRINGING_KINDS.keys()
    assert styles & HONEST_KINDS.keys()
    for some in clients[:20]:
        assert len({world.storefronts[plan.key].owner.analytics for plan in some}) == 1


def test_clones_show_what_came_with_their_victims_pages():
    plans = {plan.key: plan for plan in population("a seed", COUNT, 0.3)}
    pairs = [(plan, plans[plan.clone]) for plan in plans.values() if plan.clone]
    world = World("a seed", lambda _: [plan for pair in pairs for plan in pair])
    assert len(pairs) > 20
    assert 0 < sum(world.storefronts[thief.key].restyled for thief, _ in pairs) < len(pairs) / 2
    for thief, victim in pairs:
        assert (thief.style in INFRINGING_KINDS, victim.style in HONEST_KINDS) == (True, True)
        fronts = world.storefronts[thief.key], world.storefronts[victim.key]
        for meaning in () if fronts[0].restyled else ("title", "card", "foot"):
            assert fronts[0].css(meaning) == fronts[1].css(meaning)
        for name in ("analytics", "boilerplate") if fronts[0].restyled else ("analytics", "favicon", "boilerplate"):
            assert getattr(fronts[0].owner, name) == getattr(fronts[1].owner, name)
        assert fronts[0].owner.iban != fronts[1].owner.iban
        page = world.sites[thief.key].answer(Request(fronts[0].urls.page("terms")))
        assert fronts[1].owner.company.encode() in page.body
        assert fronts[0].victim.email == fronts[1].owner.email


def test_a_network_takes_the_pages_of_one_shop_again_and_again():
    plans = [plan for plan in population("a seed", 4 * COUNT, 0.3) if plan.clone and plan.owner]
    thieves = {}
    for plan in plans:
        thieves.setdefault((plan.owner, plan.language, plan.brands), set()).add(plan.clone)
    assert {len(victims) for victims in thieves.values()} == {1}
    assert any(len([plan for plan in plans if plan.clone == one.clone]) > 1 for one in plans)


def test_shops_of_one_honest_owner_may_have_one_address(plans):
    desked = groups(plans, "desk")
    world = World("a seed", lambda _: [plan for some in desked for plan in some])
    assert len(desked) > 3
    for some in desked:
        shown = {world.storefronts[plan.key].owner.email for plan in some if world.storefronts[plan.key].mail == "own"}
        assert shown <= {f"info@{some[0].desk}"}
        assert {plan.style for plan in some} <= HONEST_KINDS.keys()
