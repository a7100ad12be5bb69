"""Networks by the addresses of their pages: whose a page is, and whether it is an account's own."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.urls import host, join

NETWORKS = {
    "instagram.com": "instagram",
    "facebook.com": "facebook",
    "tiktok.com": "tiktok",
    "x.com": "x",
    "twitter.com": "x",
    "vk.com": "vk",
    "vk.ru": "vk",
    "ok.ru": "ok",
    "threads.net": "threads",
    "threads.com": "threads",
    "pinterest.com": "pinterest",
    "youtube.com": "youtube",
    "weibo.com": "weibo",
    "tumblr.com": "tumblr",
    "linkedin.com": "linkedin",
    "snapchat.com": "snapchat",
}
ACCOUNT_PATH = re.compile(
    r"^/@?([\w.-]{1,60})(?:/(?:p|reel|tv|status|statuses|post|posts|video|videos|photo)/|/?$)", re.ASCII
)
WALL = re.compile(r"^/wall(-?)(\d{1,12})_\d+", re.ASCII)
"""VK's address of a post: of a community (``-``), which is also called ``club1``, or a person, ``id1``."""
NO_ACCOUNT = frozenset({
    "p", "reel", "reels", "tv", "explore", "stories", "watch", "share", "i", "post", "posts",
    "photo", "photos", "status", "story.php", "permalink.php", "video", "videos", "groups", "pin", "tag", "tags",
})  # fmt: skip
"""First parts of paths that name no account."""


def network_of(url: str) -> str:
    """The network that an address belongs to, empty for none."""
    labels = (host(url) or "").split(".")
    return next(
        (NETWORKS[".".join(labels[cut:])] for cut in range(len(labels)) if ".".join(labels[cut:]) in NETWORKS), ""
    )


def account_in(address: str) -> str:
    """The account that an address on a network names, as it is written there; empty for none."""
    if wall := _wall(address):
        return ("club" if wall[1] else "id") + wall[2]
    match = ACCOUNT_PATH.search(urlsplit(address).path)
    return match[1] if match and match[1].lower() not in NO_ACCOUNT else ""


def is_profile(address: str) -> bool:
    """Whether an address is an account's own page, not a post's."""
    if _wall(address):
        return False
    match = re.fullmatch(r"/@?([\w.-]{1,60})/?", urlsplit(address).path)
    return match is not None and match[1].lower() not in NO_ACCOUNT


def profile(address: str, account: str) -> str:
    """The address of an account on the network of ``address``."""
    sign = "@" if network_of(address) in ("tiktok", "threads", "youtube") else ""
    return join(address, f"/{sign}{account}") or address


def _wall(address: str) -> re.Match[str] | None:
    return WALL.match(urlsplit(address).path) if network_of(address) == "vk" else None
