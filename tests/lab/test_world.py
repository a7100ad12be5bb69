"""The world as values: no server, no network."""

import gzip
import re
from decimal import Decimal
from html import unescape

import pytest

from lab.language import LANGUAGES, words
from lab.model import Plan
from lab.sites.site import Request
from lab.templates.registry import TEMPLATES
from lab.truth import truth
from lab.world import World

SEEDS = ("1", "a seed of words")
# Judgements and tools of judgement: none of these may stand on a page, in an address or in a header.
TELLING = ("infring", "allegation", "truth", "adapted", "deep_discount", "lab.", "second_hand", "authorised_outlet")


@pytest.fixture(scope="module", params=SEEDS)
def world(request):
    return World(request.param)


@pytest.fixture(scope="module")
def known(world):
    return truth(world)


@pytest.fixture(scope="module")
def pages(world):
    """Host → address → page, of every site but the one whose calendar has no end."""
    return {host: every_page(world, host) for host in world.sites if host != "gearnotes.test"}


def every_page(world, host, limit=400):
    """Follow every link of a site from its home page and sitemaps, as far as ``limit`` pages."""
    site, seen, todo = world.sites[host], {}, ["/", "/robots.txt", "/sitemap.xml"]
    while todo and len(seen) < limit:
        target = todo.pop(0)
        if target in seen:
            continue
        page = site.answer(Request(target))
        page = site.answer(Request(target)) if page.status == 503 else page  # some pages break once
        seen[target] = page
        body = gzip.decompress(page.body) if page.content_type.endswith("gzip") else page.body
        text = body.decode(page.charset, "replace")
        found = re.findall(r'(?:href|src)="(/[^"]*)"', text) + re.findall(
            rf"<loc>http://(?:staging\.)?{host}(/[^<]*)", text
        )
        todo += [unescape(link) for link in found]
    return seen


def test_every_language_says_everything():
    def paths(table, at=""):
        for key, value in table.items():
            yield from paths(value, f"{at}/{key}") if isinstance(value, dict) else [f"{at}/{key}"]

    assert len(LANGUAGES) >= 6
    for language in LANGUAGES:
        assert set(paths(words(language))) == set(paths(words("en"))), language


def test_same_seed_same_bytes():
    one, two = World("7"), World("7")
    assert truth(one) == truth(two)
    for host in one.sites:
        for target in list(every_page(one, host, 12)):
            pages = [world.sites[host].answer(Request(target)) for world in (one, two)]
            assert pages[0].body == pages[1].body or 503 in {page.status for page in pages}, (host, target)


def test_another_seed_changes_words_prices_and_styles():
    one, two = truth(World("7")), truth(World("8"))
    for value in ("title", "price", "url"):
        first, second = (
            {offer[value] for front in known["storefronts"] for offer in front["offers"]} for known in (one, two)
        )
        assert len(first & second) < len(first) / 2, value
    assert [front["template"] for front in one["storefronts"]] != [front["template"] for front in two["storefronts"]]


def test_the_cast_holds_all_kinds(world, known):
    fronts = known["storefronts"]
    assert len([front for front in fronts if front["kind"] == "shop"]) >= 18
    assert {front["kind"] for front in fronts} == {"shop", "site", "platform", "marketplace_seller", "social_account"}
    assert {front["label"] for front in fronts} == {"infringing", "honest", "not_a_shop"}
    assert len({front["language"] for front in fronts}) >= 5
    assert len({offer["currency"] for front in fronts for offer in front["offers"]}) >= 5
    infringing = [front for front in fronts if front["label"] == "infringing" and front["kind"] == "shop"]
    assert {front["template"] for front in infringing} == set(TEMPLATES)
    assert all(front["allegations"] for front in infringing)
    assert any(front["hard"] for front in infringing)


def test_two_shops_show_one_owner(world):
    first, second = (world.storefronts[key] for key in ("luxe-mirror.test", "maison-replik.test"))
    assert first.owner == second.owner
    assert first.template == second.template
    for trace in (first.owner.analytics, first.owner.email, first.owner.phone, first.owner.boilerplate):
        assert all(
            trace.encode() in world.sites[front.plan.host].answer(Request("/")).body for front in (first, second)
        )
    others = [front.owner for front in world.storefronts.values() if front.owner.id != first.owner.id]
    assert len({owner.analytics for owner in others}) == len(others)


def shown(page):
    """The digits that a reader of the page sees, without the marks between them."""
    text = unescape(re.sub(r"<[^>]+>", "", page.text))
    return text, re.sub(r"(?<=\d)[.,’\u202f\u00a0](?=\d)", "", text)


def test_the_offers_of_the_truth_stand_on_linked_pages(pages, known):
    session = pages["ofertas-pulso.test"]
    pages = pages | {"ofertas-pulso.test": {re.sub(r"[?&]osid=\w+", "", at): page for at, page in session.items()}}
    for front in known["storefronts"]:
        for offer in front["offers"]:
            host, _, path = offer["url"].removeprefix("http://").partition("/")
            assert pages[host][f"/{path}"].status == 200, offer["url"]
            text, digits = shown(pages[host][f"/{path}"])
            assert offer["title"] in text or host == "snapwall.test"
            assert offer["price"] is None or offer["price"].replace(".", "") in digits, offer


def test_nothing_that_is_served_tells_the_answer(world, pages):
    for host, found in (pages | {"gearnotes.test": every_page(world, "gearnotes.test", 20)}).items():
        for target, page in found.items():
            if page.content_type.startswith(("image", "application/x-gzip")):
                continue
            served = f"{target} {page.headers} {page.text}".lower()
            assert [word for word in TELLING if word in served] == [], (host, target)


def test_a_world_may_be_large_and_answers_without_a_server():
    def cast(_seed):
        styles = ("official", "adapted", "mixed")
        for number in range(3000):
            language = LANGUAGES[number % len(LANGUAGES)]
            yield Plan(f"shop-{number}.test", styles[number % 3], language, "EUR", ("Velmora", "Nuvix"), 40)

    large = World("1", lambda seed: list(cast(seed)))
    front = large.storefronts["shop-2999.test"]
    page = large.sites["shop-2999.test"].answer(Request(front.urls.product(front.items[39])))
    assert page.status == 200
    assert front.items[39].title in unescape(page.text)


@pytest.mark.parametrize("path", ["/truth.json", "/../truth.json", "/hosts", "/requests.jsonl", "/.git/config"])
def test_the_truth_is_not_served(world, path):
    assert {site.answer(Request(path)).status for site in world.sites.values()} == {404}


def test_prices_follow_the_style(known):
    for front in known["storefronts"]:
        for offer in front["offers"]:
            assert offer["price"] is None or Decimal(offer["price"]) > 0
            assert offer["brand_sold"] in {None, offer["brand_claimed"]}
            if front["label"] == "infringing":
                assert offer["brand_sold"] is None


def test_disguised_brands_are_not_written_plainly(world):
    front = world.storefronts["chic-vitrine.test"]
    hidden = [item for item in front.items if item.brand_claimed not in item.title]
    assert len(hidden) >= len(front.items) / 3


@pytest.mark.parametrize("key", ["second-closet.test", "corso-moda.test"])
def test_honest_shops_deny_copies(world, key):
    front = world.storefronts[key]
    home = world.sites[key].answer(Request("/")).text
    assert any(sentence in unescape(home) for sentence in words(front.plan.language)["negating"])
