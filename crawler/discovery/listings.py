"""Posts that were read → what a capture keeps of them: offers, their accounts, and a body without bystanders.

The body of a social answer is full of people who offer nothing. What is kept as evidence is therefore a record of the
offering posts alone, as JSON, with the hash of the bytes that were received; places are JSON pointers into it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace

import orjson

from crawler.extract.model import PostReading
from crawler.extract.post_offers import Offered, contacts, read_offers
from crawler.extract.social.mentions import without_bystanders
from crawler.extract.social.model import AccountReading
from crawler.extract.social.selling import judge
from crawler.items import Capture, Identifier, Post, Storefront, storefront_id
from crawler.money import Hints
from crawler.register.matching import Matcher

Counter = Callable[[str], None]


class Listings:
    """Adds posts to captures. ``matcher`` names the brands; None: no register is asked."""

    def __init__(self, matcher: Matcher | None, count: Counter) -> None:
        self.matcher, self.count = matcher, count

    def add(self, capture: Capture, posts: Iterable[PostReading], key: str, hints: Hints) -> None:
        """Keep the posts that offer something, each once; ``key`` is the site's, for posts that name no platform."""
        records: list[dict[str, object]] = []
        seen = {post.id for post in capture.posts}
        known = {one.id: one for one in capture.storefronts}
        for reading in posts:
            account = account_of(reading, key)
            placed = replace(reading, path=f"/posts/{len(records)}/text")
            found = read_offers(placed, storefront=account.id, hints=hints)
            if found is None:
                self.count("posts/offer_nothing")
            elif found.post.id in seen:
                self.count("posts/repeated")
            else:
                seen.add(found.post.id)
                self._keep(capture, known, account, found)
                records.append(_record(reading, found.post))
        if records or capture.page_kind == "social":
            _replace_body(capture, records)

    def _keep(self, capture: Capture, known: dict[str, Storefront], account: Storefront, found: Offered) -> None:
        found.post.brands = self.brands(found.post.text, found.post.hashtags)
        if account.id not in known:
            known[account.id] = account
            capture.storefronts.append(account)
        owner = known[account.id]
        owner.identifiers = merged(owner.identifiers, found.post.identifiers)
        owner.language = owner.language or found.post.language
        capture.posts.append(found.post)
        capture.offers += found.offers
        self.count("posts/kept")

    def add_account(self, capture: Capture, reading: AccountReading) -> None:
        """Keep an account that introduces itself: when it offers something there or in a post of the capture."""
        key = f"{reading.platform}:{reading.handle.lower()}"
        identity = storefront_id(key)
        owner = next((one for one in capture.storefronts if one.id == identity), None)
        text, handles = without_bystanders(reading.text, reading.handle)
        if owner is None and not judge(text, reading.links, reading.url, Hints()).offers:
            self.count("accounts/offer_nothing")
            return
        if owner is None:
            owner = Storefront(id=identity, key=key, kind="social_account", name=reading.name, url=reading.url)
            capture.storefronts.append(owner)
        owner.name = owner.name or reading.name
        found = contacts(text, reading.links, reading.url, "/accounts/0/text", handles, reading.platform)
        owner.identifiers = merged(owner.identifiers, found)
        owner.facts = {**owner.facts, "about": text, "links": list(reading.links)}
        record: dict[str, object] = {
            "account": key,
            "url": reading.url,
            "name": reading.name,
            "text": text,
            "links": reading.links,
        }
        _replace_body(capture, None, [record])

    def brands(self, text: str, hashtags: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The register's names in a text and its hashtags, in whatever disguise."""
        if self.matcher is None:
            return ()
        found = [mention.brand for mention in self.matcher.find(text, where="description") if not mention.ambiguous]
        for tag in hashtags:
            found += [mention.brand for mention in self.matcher.find(tag, where="hashtag", context=text)]
        return tuple(dict.fromkeys(found))


def account_of(reading: PostReading, key: str) -> Storefront:
    """The storefront of a post's account, still without what it is reached by."""
    name = f"{reading.platform or key}:{reading.account.lower()}"
    return Storefront(
        id=storefront_id(name),
        key=name,
        kind="social_account",
        name=reading.name or reading.account,
        language=reading.language,
        url=reading.account_url,
    )


def merged(first: tuple[Identifier, ...], second: tuple[Identifier, ...]) -> tuple[Identifier, ...]:
    """Identifiers of both, each once."""
    return tuple({(one.kind, one.value): one for one in (*second, *first)}.values())


def _record(reading: PostReading, post: Post) -> dict[str, object]:
    return {
        "account": reading.account,
        "platform": reading.platform,
        "url": post.url,
        "text": post.text,
        "posted_at": post.posted_at,
        "language": post.language,
        "links": post.links,
        "images": post.images,
        "place": reading.path,
    }


def _replace_body(
    capture: Capture, posts: list[dict[str, object]] | None, accounts: list[dict[str, object]] | None = None
) -> None:
    """Put a record of what is kept in the place of the body, which names people who offer nothing."""
    seen = capture.observation
    if capture.content_type == RECORD_TYPE:
        table = orjson.loads(capture.body)
    else:
        table = {"received": {"sha256": seen.body_sha256, "size": seen.body_size, "url": seen.final_url}, "posts": []}
    if posts is not None:
        table["posts"] = posts
    if accounts is not None:
        table["accounts"] = accounts
    capture.body = orjson.dumps(table, option=orjson.OPT_INDENT_2)
    capture.content_type = RECORD_TYPE
    capture.observation = seen.model_copy(
        update={"body_sha256": hashlib.sha256(capture.body).hexdigest(), "body_size": len(capture.body)}
    )


RECORD_TYPE = "application/vnd.touchstone.posts+json"
"""Content type of the bodies that this file makes."""
