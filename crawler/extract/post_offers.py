"""From a post to what it offers: nothing, one thing, or several."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from crawler.extract.document import parse
from crawler.extract.facts import collect
from crawler.extract.facts.page import Page as FactsPage
from crawler.extract.model import PostReading, storable
from crawler.extract.social.listed import Listed, several, sizes_of
from crawler.extract.social.mentions import without_bystanders
from crawler.extract.social.selling import judge, prices_of
from crawler.items import MATCHED_TEXT_LIMIT, Identifier, Offer, Post, Provenance, Variant
from crawler.language import language_of
from crawler.money import Hints, Money
from crawler.urls import canonical

TITLE_LIMIT = 200  # characters of a post that stand for a title
HASHTAG = re.compile(r"(?<![\w&/])[#＃]([^\W_][\w]{1,99})")
HASHTAGS_LIMIT = 50
ADDRESSES = ("http://", "https://")


class Offered(NamedTuple):
    """A post that offers something, and its offers."""

    post: Post
    offers: list[Offer]


def read_offers(post: PostReading, *, storefront: str, hints: Hints) -> Offered | None:
    """The post and what it offers, or None when it offers nothing. Names of bystanders are cut out first."""
    text, handles = without_bystanders(storable(post.text), post.account)
    language = post.language or language_of(text) or hints.language
    hints = Hints(declared=hints.declared, language=language, host=hints.host, country=hints.country)
    found = judge(text, post.links, post.url, hints)
    if not found.offers:
        return None
    was = tuple(one for one in prices_of(text, hints) if one.role == "was" and one.money)
    listed = several(text, found.prices, was)
    if not listed:
        price = found.prices[0].money if found.prices else None
        listed = [Listed("", price, was[0].money if was and price else None)]
    kept = _post(post, text, storefront, language, handles)
    offers = [_offer(post, kept, one, number, len(listed)) for number, one in enumerate(listed)]
    return Offered(kept, offers)


def _post(post: PostReading, text: str, storefront: str, language: str | None, handles: tuple[str, ...]) -> Post:
    return Post(
        id=f"{storefront}|{digest(post.account, text, post.images)}",
        storefront=storefront,
        url=post.url,
        text=text,
        language=language,
        posted_at=post.posted_at,
        images=post.images,
        links=post.links,
        hashtags=tuple(dict.fromkeys(tag.lower() for tag in HASHTAG.findall(text)))[:HASHTAGS_LIMIT],
        sizes=sizes_of(text),
        identifiers=contacts(text, post.links, post.url, post.path, handles, post.platform),
        provenance={"text": Provenance(extractor="posts", path=post.path, text=text[:MATCHED_TEXT_LIMIT])},
    )


def _offer(reading: PostReading, post: Post, thing: Listed, number: int, of: int) -> Offer:
    place = post.provenance["text"]
    if thing.title:
        place = Provenance(extractor="posts", path=place.path, text=storable(thing.title)[:MATCHED_TEXT_LIMIT])
    end = post.id.rpartition("|")[2]
    set_: dict[str, object] = {"title": True, "description": True, "price": thing.price, "list_price": thing.list_price}
    set_["images"] = reading.images
    return Offer(
        id=f"{post.storefront}|post:{end}" + (f":{number + 1}" if of > 1 else ""),
        storefront=post.storefront,
        url=canonical(post.url) or post.url,
        title=(" ".join(thing.title.split()) or _named(post.text))[:TITLE_LIMIT] or "…",
        description=post.text,
        price=thing.price,
        list_price=_above(thing.list_price, thing.price),
        price_problem=None if thing.price else "on_request",
        language=post.language,
        images=reading.images,
        variants=tuple(Variant(id=size, title=size) for size in post.sizes) if of == 1 else (),
        provenance={name: place for name, value in set_.items() if value},
    )


def _named(text: str) -> str:
    """The text of a post as a title: without addresses, and without the hashtags behind it."""
    words = text.split()
    said = [word for word in words if not word.startswith(ADDRESSES)]
    while said and said[-1].startswith(("#", "＃")):
        said.pop()
    return " ".join(said or words)


def _above(was: Money | None, price: Money | None) -> Money | None:
    """A struck-out price, when it is one: above the price, in its currency."""
    fits = was and price and was.currency == price.currency and was.amount > price.amount
    return was if fits else None


def digest(account: str, text: str, images: tuple[str, ...] = ()) -> str:
    """The same text of the same account is the same post, wherever and whenever it is shown again."""
    said = " ".join(text.split()).casefold() or " ".join(images)
    return hashlib.sha256(f"{account.casefold()}\n{said}".encode("utf-8", "replace")).hexdigest()[:32]


def contacts(
    text: str, links: tuple[str, ...], url: str, path: str, handles: tuple[str, ...] = (), platform: str = ""
) -> tuple[Identifier, ...]:
    """Ways to reach who wrote a text: e-mail, phone, messengers, accounts, wallets."""
    rows = "".join(f'<a href="{_escaped(link)}">.</a>' for link in links)
    paragraphs = "".join(f"<p>{_escaped(line)}</p>" for line in text.split("\n"))
    found = collect.identifiers(FactsPage(parse(f"<html><body>{paragraphs}{rows}</body></html>", url, "")))
    own = [_placed(one, path) for one in found if one.kind in collect.PERSONAL]
    service, kind = (platform, "messenger") if platform == "telegram" else (platform, "social")
    for handle in handles if service else ():
        place = Provenance(extractor="posts.handle", path=path, text=f"@{handle}")
        own.append(Identifier(kind=kind, value=f"{service}:{handle}", provenance=place))
    unique = {(one.kind, one.value): one for one in own}
    return tuple(unique.values())


def _placed(one: Identifier, path: str) -> Identifier:
    """The identifier with the post's place: its own is one in a page that was made of the text."""
    place = Provenance(extractor=one.provenance.extractor, path=path, text=one.provenance.text)
    return one.model_copy(update={"provenance": place})


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
