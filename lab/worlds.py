"""The worlds that the lab serves, by name, and what is served of each: where a crawl begins, and its truth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lab import web
from lab.cast import small_world
from lab.fair import fair
from lab.model import Plan
from lab.sites.feeds import FEEDS, Feed
from lab.truth import truth
from lab.world import World

ACCOUNTS = {"kanal.test": 25, "tooter.test": 25, "skies.test": 20, "rread.test": 25, "wall.test": 20}
LINKED_SHOPS = 30  # that posts point to


def small(seed: str) -> tuple[World, list[str], dict[str, Any]]:
    """The demo's."""
    world = World(seed, small_world)
    return world, [f"http://{host}/" for host in world.sites], truth(world)


def markets(seed: str) -> tuple[World, list[str], dict[str, Any]]:
    """Three marketplaces."""
    world = World(seed, fair)
    return world, [f"http://{host}/" for host in world.sites], truth(world)


def social(seed: str) -> tuple[World, list[str], dict[str, Any]]:
    """Five social sites, and the shops to which their posts point."""
    plans = web.shops(seed, LINKED_SHOPS)
    platforms = [Plan(host, "platform", "en", "EUR", (), 0, kind="platform") for host in FEEDS]
    world = World(seed, lambda _: [*plans, *platforms])
    hosts = [plan.host for plan in plans]
    feeds = {host: FEEDS[host](world.storefronts[host], count, hosts) for host, count in ACCOUNTS.items()}
    world.sites |= feeds
    return world, [url for feed in feeds.values() for url in feed.seeds()], truth(world) | {"posts": _posts(feeds)}


def linked(seed: str) -> tuple[World, list[str], dict[str, Any]]:
    """Shops that link to each other."""
    plans = web.shops(seed)
    world, links = World(seed, lambda _: plans), web.links(plans, seed)
    world.sites = {host: web.Linked(site, links[host]) for host, site in world.sites.items()}
    return world, web.seeds(plans, links, seed), truth(world) | {"links": links}


def _posts(feeds: dict[str, Feed]) -> list[dict[str, Any]]:
    return [
        {"url": feed.url(post), "key": feed.key(post.account), "text": post.text, "language": post.language,
         "link": post.link, "offers": post.offers, "bystander": post.bystander}
        for feed in feeds.values() for post in feed.posts
    ]  # fmt: skip


WORLDS: dict[str, Callable[[str], tuple[World, list[str], dict[str, Any]]]] = {
    "small": small, "markets": markets, "social": social, "linked": linked,
}  # fmt: skip
