"""The recordings of real services, read completely: per file what is expected, and got. Skipped where they are absent."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.extract.post_offers import read_offers
from crawler.extract.social import sources
from crawler.extract.social.model import SocialPage
from crawler.money import Hints

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "real" / "social"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="no recordings in ../shared/real/social"),
]


def payloads(name: str) -> list[dict[str, Any]]:
    found = json.loads((FOLDER / name).read_bytes())
    return found if isinstance(found, list) else [found]


def page_of(name: str, url: str) -> SocialPage:
    return sources.read((FOLDER / name).read_bytes(), url, "text/html; charset=utf-8", name)


def offered(page: SocialPage) -> list[Any]:
    found = [read_offers(post, storefront="x:y#1", hints=Hints()) for post in page.posts]
    return [offer for one in found if one for offer in one.offers]


def test_mastodon_every_status_and_no_offer() -> None:
    tag, account = (sources.read(json.dumps(one["body"]).encode(), one["uri"]) for one in payloads("mastodon.json"))
    for answer, page in zip(payloads("mastodon.json"), (tag, account), strict=True):
        assert [post.url for post in page.posts] == [row["url"] for row in answer["body"]]
        assert all(post.posted_at and post.language and post.platform == "localhost:3000" for post in page.posts)
    assert [post.text for post in account.posts] == [f"Toot number {n}!" for n in (9, 8, 7, 6, 5)]
    assert {post.account for post in tag.posts} == {"mastodonpy_test_2"}
    assert {post.name for post in account.posts} == {"John Lennon"}
    assert tag.posts[0].text.startswith("Toot number 29! #fgiztsshw")
    assert tag.posts[0].posted_at == datetime(2026, 8, 1, 13, 52, 47, 767000, tzinfo=UTC)
    assert tag.following == payloads("mastodon.json")[0]["uri"] + "&max_id=117020581339834938"
    assert offered(tag) == offered(account) == []
    assert tag.problems == account.problems == {}


def test_reddit_every_link_post_and_no_offer() -> None:
    (answer,) = payloads("reddit.json")
    page = sources.read(json.dumps(answer["body"]).encode(), answer["uri"])
    rows = [child["data"] for child in answer["body"]["data"]["children"]]
    assert [post.text for post in page.posts] == [" ".join(row["title"].split()) for row in rows]
    assert [post.account for post in page.posts] == [row["author"] for row in rows]
    assert [post.links[0] for post in page.posts] == [row["url"] for row in rows]
    assert all(post.images and post.posted_at for post in page.posts)
    assert page.following == answer["uri"] + "&after=t3_5d7oj4"
    assert offered(page) == []


def test_telegram_post_is_one_offer_with_its_struck_price() -> None:
    page = page_of("telegram-post.html", "https://t.me/chollometro/28542")
    (post,) = page.posts
    assert (post.account, post.name, post.url) == ("chollometro", "Chollometro", "https://t.me/chollometro/28542")
    assert post.links == ("https://chollo.to/pj4t0",)
    assert len(post.images) == 1
    assert page.lookups == ("https://t.me/chollometro/28542?embed=1&mode=tme",)
    (offer,) = offered(page)
    assert (str(offer.price.amount), offer.price.currency, str(offer.list_price.amount)) == ("39.07", "EUR", "73")
    assert offer.language == "es"
    assert "Mankyky" not in offer.model_dump_json()


def test_telegram_channel_gives_the_account_and_where_its_posts_are() -> None:
    page = page_of("telegram-channel.html", "https://t.me/unlimitedhangout")
    (account,) = page.accounts
    assert (account.handle, account.name) == ("unlimitedhangout", "Unlimited Hangout")
    assert account.text.splitlines()[0] == "Investigative Journalist Whitney Webb"
    assert account.links == ("https://unlimitedhangout.com/",)
    assert page.lookups == ("https://t.me/s/unlimitedhangout",)
    assert page.posts == []


def test_instagram_profile_gives_the_account() -> None:
    page = page_of("instagram-profile.html", "file:///saved/instagram-profile.html")
    (account,) = page.accounts
    assert (account.platform, account.handle, account.name) == ("instagram", "pluto__travel", "Pluto")
    assert account.text.startswith("Home of travel")
    assert page.posts == []


def test_instagram_post_gives_text_day_and_account_and_a_giveaway_is_no_offer() -> None:
    page = page_of("instagram-post.html", "file:///saved/instagram-post.html")
    (post,) = page.posts
    assert (post.platform, post.account, post.name) == ("instagram", "willyrex", "Willyrex")
    assert post.url == "https://www.instagram.com/p/COn3M4TnRi1/"
    assert post.posted_at == datetime(2021, 5, 8, tzinfo=UTC)
    assert post.text.startswith("¿Listos? Nuevo #SORTEO")
    assert post.text.endswith("¡Mucha suerte amig@s!")
    assert len(post.images) == 1
    assert offered(page) == []
