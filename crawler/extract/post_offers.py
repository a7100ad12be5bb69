"""From a post to what it offers: a post with a price, or with words that ask for a message to get one."""

from __future__ import annotations

import hashlib
import re

from crawler.extract.model import PostReading, storable
from crawler.items import MATCHED_TEXT_LIMIT, Offer, Post, Provenance
from crawler.money import Hints, read_prices
from crawler.urls import canonical

TITLE_LIMIT = 200  # characters of a post that stand for a title
ASKED = ("price", "from", "low")
ASKING = re.compile(  # "ask me for the price", as sellers of several languages write it
    r"\b(?:dm|pm|inbox|whatsapp|telegram)\b|message me|for price|precio por|prix en (?:mp|dm)|preis (?:per|auf)|"
    r"в (?:лс|личку|директ)|私信|微信",
    re.IGNORECASE,
)


def to_post(post: PostReading, *, storefront: str) -> Post:
    """The post as it is stored; its id is a digest of account and address, else of the text."""
    return Post(
        id=f"{storefront}|{_digest(post)}",
        storefront=storefront,
        url=post.url,
        text=storable(post.text),
        posted_at=post.posted_at,
        links=post.links,
        provenance={"text": _provenance(post)},
    )


def to_post_offer(post: PostReading, *, storefront: str, hints: Hints) -> Offer | None:
    """What the post offers, or None when it offers nothing."""
    prices = [price for price in read_prices(post.text, hints) if price.money and price.role in ASKED]
    if not prices and not ASKING.search(post.text):
        return None
    provenance = _provenance(post)
    return Offer(
        id=f"{storefront}|post:{_digest(post)}",
        storefront=storefront,
        url=canonical(post.url) or post.url,
        title=storable(post.text)[:TITLE_LIMIT] or "…",
        description=storable(post.text),
        price=prices[0].money if prices else None,
        price_problem=None if prices else "on_request",
        provenance=dict.fromkeys(("title", "description", *(["price"] if prices else [])), provenance),
    )


def _digest(post: PostReading) -> str:
    """The same post on another page of the platform, or seen again, has the same digest."""
    return hashlib.sha256(f"{post.account}\n{post.text}".encode("utf-8", "replace")).hexdigest()[:32]


def _provenance(post: PostReading) -> Provenance:
    return Provenance(extractor="posts", path=post.path, text=storable(post.text)[:MATCHED_TEXT_LIMIT])
