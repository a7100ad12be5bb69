"""The worlds that the lab serves, by name, and what is served of each: where a crawl begins, and its truth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from lab import web
from lab.cast import small_world
from lab.fair import fair
from lab.model import Plan
from lab.population import population
from lab.sites.feeds import FEEDS, Feed
from lab.truth import truth
from lab.world import World

ACCOUNTS = {"kanal.test": 25, "tooter.test": 25, "skies.test": 20, "rread.test": 25, "wall.test": 20}
LINKED_SHOPS = 30  # that posts point to


class Served(NamedTuple):
    """A world, the addresses where a crawl of it begins, and its truth."""

    world: World
    seeds: list[str]
    truth: dict[str, Any]


def plain(world: World) -> Served:
    """A world of which every home page is a seed."""
    return Served(world, [f"http://{host}/" for host in world.sites], truth(world))


def small(seed: str) -> Served:
    """The demo's."""
    return plain(World(seed, small_world))


def markets(seed: str) -> Served:
    """Three marketplaces."""
    return plain(World(seed, fair))


def social(seed: str) -> Served:
    """Five social sites, and the shops to which their posts point."""
    plans = web.shops(seed, LINKED_SHOPS)
    platforms = [Plan(host, "platform", "en", "EUR", (), 0, kind="platform") for host in FEEDS]
    world = World(seed, lambda _: [*plans, *platforms])
    hosts = [plan.host for plan in plans]
    feeds = {host: FEEDS[host](world.storefronts[host], count, hosts) for host, count in ACCOUNTS.items()}
    world.sites |= feeds
    return Served(
        world, [url for feed in feeds.values() for url in feed.seeds()], truth(world) | {"posts": _posts(feeds)}
    )


def linked(seed: str) -> Served:
    """Shops that link to each other."""
    plans = web.shops(seed)
    world, links = World(seed, lambda _: plans), web.links(plans, seed)
    world.sites = {host: web.Linked(site, links[host]) for host, site in world.sites.items()}
    return Served(world, web.seeds(plans, links, seed), truth(world) | {"links": links})


def sample(seed: str) -> Served:
    """Some hundred storefronts of the larger world; ``seed`` is ``SEED:COUNT:SHARE``, the share infringing."""
    name, count, share = seed.rsplit(":", 2)
    return plain(World(name, lambda _: population(name, int(count), float(share))))


def _posts(feeds: dict[str, Feed]) -> list[dict[str, Any]]:
    return [
        {"url": feed.url(post), "key": feed.key(post.account), "text": post.text, "language": post.language,
         "link": post.link, "offers": post.offers, "bystander": post.bystander}
        for feed in feeds.values() for post in feed.posts
    ]  # fmt: skip


WORLDS: dict[str, Callable[[str], Served]] = {
    "small": small, "markets": markets, "social": social, "linked": linked, "sample": sample,
}  # fmt: skip
