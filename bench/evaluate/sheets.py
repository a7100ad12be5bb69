"""Generated pages of one storefront → what they say together: a shop's own, a marketplace's, a social site's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from bench.evaluate.cases import NOON
from crawler.assessment import rebuild
from crawler.assessment.leads import CHOSEN
from crawler.assessment.rebuild import Seen, Sheet
from crawler.discovery import pointers
from crawler.discovery.listings import Listings
from crawler.extract import favicon
from crawler.extract.normalised import normalise
from crawler.extract.social import sources
from crawler.items import Capture, Observation
from crawler.money import Hints, Rates
from crawler.urls import storefront_key
from lab.model import Plan
from lab.sites.market import Market
from lab.sites.site import Page, Request
from lab.templates import frame
from lab.world import World

PRODUCTS = 8  # pages of goods that are read of a storefront, and one of its lists
LISTS = 1
ICON = "/favicon.ico"
AWAY = frozenset({301, 302, 303, 307, 308})
CURRENCY = "EUR"  # prices are compared in it


def sheet_of(world: World, plan: Plan, rates: Rates) -> Sheet:
    """What the pages say of the storefront of this plan."""
    made = {"marketplace_seller": _seller, "social_account": _account}.get(plan.kind, _shop)(world, plan, rates)
    made.storefront.setdefault("last_seen", NOON)
    return made


def _shop(world: World, plan: Plan, rates: Rates) -> Sheet:
    answers = list(pages(world, plan))
    seen = [_seen(url, page) for url, page in answers if page.status not in AWAY]
    made = rebuild.sheet(f"{plan.key}#1", "shop", f"http://{plan.key}/", seen, CURRENCY, rates)
    away = {dict(page.headers).get("Location", "") for _, page in answers if page.status in AWAY}
    out = sorted(place for place in away if place and storefront_key(place) != plan.key)
    if out:
        made.storefront["facts"]["redirects_out"] = out
        made.leads |= {storefront_key(place) for place in out}
    icon = world.sites[plan.key].answer(Request(ICON))
    if found := favicon.identifier(icon.body, icon.content_type):
        made.identifiers[found.kind, found.value] = found
    return made


def pages(world: World, plan: Plan) -> Iterator[tuple[str, Page]]:
    """The pages of a shop that are read, with their addresses."""
    site, front = world.sites[plan.key], world.storefronts[plan.key]
    urls = front.urls
    paths = ["/", *(urls.category(name) for name in front.categories[:LISTS])]
    paths += [path for path, _ in frame.legal_links(front)] + [urls.product(item) for item in front.items[:PRODUCTS]]
    for path in dict.fromkeys(paths):
        page = site.answer(Request(path))
        page = site.answer(Request(path)) if page.status >= 500 else page  # a crawler tries again
        yield urls.absolute(path), page


def _seller(world: World, plan: Plan, rates: Rates) -> Sheet:
    """The marketplace's pages of one seller: the seller's own, and those of the goods."""
    site, front = world.sites[plan.host], world.storefronts[plan.key]
    assert isinstance(site, Market)
    urls = world.storefronts[plan.host].urls
    paths = [site.seller_path(front), *(site.item_path(front, item) for item in front.items[:PRODUCTS])]
    seen = [_seen(urls.absolute(path), site.answer(Request(path)), platform=True) for path in paths]
    return rebuild.sheet(f"{plan.key}#1", "marketplace_seller", urls.absolute(paths[0]), seen, CURRENCY, rates)


def _account(world: World, plan: Plan, rates: Rates) -> Sheet:
    """The page of one account, with all its posts."""
    url = world.storefronts[plan.host].urls.absolute(f"/@{plan.account}")
    page = world.sites[plan.host].answer(Request(f"/@{plan.account}"))
    made = rebuild.blank(f"{plan.key}#1", "social_account", url)
    made.pages = 1
    posts = sources.read(page.body, url, page.content_type).posts
    capture = Capture(observation=_observation(url, page), body=page.body, content_type=page.content_type)
    Listings(None, lambda _: None).add(capture, posts, storefront_key(url), Hints())
    for owner in capture.storefronts:
        made.identifiers |= {(one.kind, one.value): one for one in owner.identifiers if owner.key == plan.key}
    for offer in capture.offers:
        if offer.storefront == made.storefront["_id"]:
            normalise(offer, CURRENCY, NOON.date(), rates)
            made.offers[offer.id] = offer
    led = (one for one in pointers.of_capture(capture) if one.how in CHOSEN)
    made.leads |= {one.target for one in led if one.source == made.storefront["_id"]}
    return made


def _observation(url: str, page: Page) -> Observation:
    digest = hashlib.sha256(page.body).hexdigest()
    return Observation(fetched_at=NOON, url=url, final_url=url, status=page.status, body_sha256=digest,
                       body_size=len(page.body))  # fmt: skip


def _seen(url: str, page: Page, *, platform: bool = False) -> Seen:
    return Seen(url, page.body, NOON, page.content_type, page.status, platform)
