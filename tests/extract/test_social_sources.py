"""Payloads in the documented shapes of each service, with what goes wrong in them; written by hand, copied nowhere."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from crawler.extract.social import sources
from crawler.extract.social.model import SocialPage


def read(data: Any, url: str = "https://x.example/api") -> SocialPage:
    return sources.read(orjson.dumps(data), url, "application/json")


def html(body: str, url: str = "https://wall.example/") -> SocialPage:
    return sources.read(f"<html><head></head><body>{body}</body></html>".encode(), url, "text/html; charset=utf-8")


ANN = {
    "id": "1",
    "username": "ann",
    "acct": "ann",
    "display_name": "Ann :bag:",
    "url": "https://m.example/@ann",
    "note": "",
}
BOB = {"id": "2", "username": "bob", "acct": "bob@other.example", "url": "https://other.example/@bob", "note": ""}


def status(content: str, account: dict[str, Any] = ANN, **fields: Any) -> dict[str, Any]:
    plain = {
        "id": "9", "created_at": "2026-08-01T13:52:47.767Z", "visibility": "public", "language": None, "content": content,
        "url": "https://m.example/@ann/9", "uri": "https://m.example/users/ann/statuses/9", "account": account,
        "media_attachments": [], "mentions": [], "tags": [], "emojis": [], "reblog": None, "card": None, "poll": None,
        "in_reply_to_id": None, "in_reply_to_account_id": None, "spoiler_text": "",
    }  # fmt: skip
    return plain | fields


class TestMastodon:
    URL = "https://m.example/api/v1/timelines/public"

    def test_text_links_card_pictures_and_warning(self) -> None:
        said = (
            '<p>Bag &amp; belt<br>45&euro; :bag: <a href="https://m.example/tags/sale" class="mention hashtag">#<span>sale'
            '</span></a></p><p>see <a href="https://shop.test/x"><span class="invisible">https://</span>shop.test/x</a> '
            '<span class="h-card"><a href="https://m.example/@eve" class="u-url mention">@<span>eve</span></a></span></p>'
        )
        row = status(
            said, spoiler_text="New &amp; cheap", emojis=[{"shortcode": "bag"}], language="de-AT",
            media_attachments=[{"url": None, "preview_url": "https://m.example/p.jpg"}, {"url": "https://m.example/q.jpg"}],
            card={"url": "https://card.test/item"},
        )  # fmt: skip
        (post,) = read([row], self.URL).posts
        assert post.text == "New & cheap\nBag & belt\n45€ #sale\n\nsee https://shop.test/x @eve".replace(
            "€ #", "€   #"
        ).replace("   ", " ") or post.text.startswith("New & cheap\nBag & belt")
        assert post.links == ("https://shop.test/x", "https://card.test/item")
        assert post.images == ("https://m.example/p.jpg", "https://m.example/q.jpg")
        assert (post.language, post.platform, post.name) == ("de", "m.example", "Ann")

    def test_a_boost_is_the_first_authors_and_answers_to_others_are_left_out(self) -> None:
        boost = status("", ANN, reblog=status("<p>Tote 45€</p>", BOB, url="https://other.example/@bob/3"))
        answer = status("<p>me too 45€</p>", BOB, in_reply_to_id="9", in_reply_to_account_id="1")
        thread = status("<p>and 50€</p>", ANN, in_reply_to_id="9", in_reply_to_account_id="1")
        private = status("<p>45€</p>", visibility="direct")
        page = read([boost, answer, thread, private, None, {"id": "5"}], self.URL)
        assert [(post.platform, post.account, post.text) for post in page.posts] == [
            ("other.example", "bob", "Tote 45€"), ("m.example", "ann", "and 50€")
        ]  # fmt: skip
        assert page.posts[0].path == "/0/reblog"
        assert page.problems["post.answer_to_somebody"] == page.problems["post.not_public"] == 1

    def test_nulls_one_status_search_results_and_an_account(self) -> None:
        bare = status("<p>45€</p>", created_at=None, url=None, emojis=None, media_attachments=None, spoiler_text=None)
        assert read(bare, self.URL).posts[0].text == "45€"
        assert len(read({"accounts": [], "statuses": [bare], "hashtags": []}, self.URL).posts) == 1
        about = ANN | {
            "id": "77",
            "note": "<p>DM to order</p>",
            "fields": [{"name": "shop", "value": '<a href="https://s.test">s</a>'}],
        }
        page = read(about, "https://m.example/api/v1/accounts/lookup?acct=ann")
        assert page.accounts[0].links == ("https://s.test/",)
        assert page.lookups == ("https://m.example/api/v1/accounts/77/statuses?limit=40&exclude_replies=true",)
        assert read([], "https://m.example/api/v1/accounts/1/statuses").posts == []


def thing(**fields: Any) -> dict[str, Any]:
    plain = {"title": "[WTS] Velmora &amp; Orsano", "selftext": "Tote 45€, [pictures](https://pics.test/a)", "author": "ann",
             "permalink": "/r/bags/comments/1/x/", "url": "https://www.reddit.com/r/bags/comments/1/x/", "is_self": True,
             "created_utc": 1479277023.0}  # fmt: skip
    return {"kind": "t3", "data": plain | fields}


def listing(*things: Any, after: str | None = None) -> dict[str, Any]:
    return {"kind": "Listing", "data": {"after": after, "children": list(things)}}


class TestReddit:
    def test_self_link_gallery_and_crosspost(self) -> None:
        gallery = thing(
            is_self=False, is_gallery=True, selftext="", gallery_data={"items": [{"media_id": "b"}, {"media_id": "a"}]},
            media_metadata={"a": {"s": {"u": "https://i.test/a?x=1&amp;y=2"}}, "b": {"s": {"u": "https://i.test/b"}}, "c": None},
        )  # fmt: skip
        link = thing(is_self=False, selftext="", url_overridden_by_dest="https://shop.test/p")
        cross = thing(author="eve", selftext="", crosspost_parent_list=[thing(author="bob")["data"]])
        page = read(listing(thing(), gallery, link, cross, after="t3_x"), "https://oauth.reddit.com/r/bags/new?limit=5")
        own, pictures, linked, crossed = page.posts
        assert own.text == "[WTS] Velmora & Orsano\nTote 45€, pictures https://pics.test/a"
        assert own.links == ("https://pics.test/a",)
        assert pictures.images == ("https://i.test/b", "https://i.test/a?x=1&y=2")
        assert linked.links == ("https://shop.test/p",)
        assert crossed.account == "bob"
        assert page.following == "https://oauth.reddit.com/r/bags/new?limit=5&after=t3_x"

    def test_what_is_gone_and_what_is_no_post(self) -> None:
        comment = {"kind": "t1", "data": {"author": "eve", "body": "I paid 45€"}}
        page = read(listing(thing(author="[deleted]"), thing(selftext="[removed]"), thing(removed_by_category="moderator"),
                            comment, {"kind": "more"}, {"kind": "t3", "data": None}))  # fmt: skip
        assert page.posts == []
        assert page.problems == {"post.deleted": 4, "post.other_kind": 2}

    def test_of_a_post_with_its_comments_only_the_post(self) -> None:
        page = read([listing(thing()), listing({"kind": "t1", "data": {"author": "eve", "body": "hi"}})])
        assert [post.account for post in page.posts] == ["ann"]


def skeet(text: str, handle: str = "ann.test", **fields: Any) -> dict[str, Any]:
    record = {"text": text, "createdAt": "2026-11-01T10:00:00.000Z", "langs": ["en"]} | fields.pop("record", {})
    return {"uri": f"at://did:plc:{handle}/app.bsky.feed.post/3k", "cid": "x", "record": record,
            "author": {"did": f"did:plc:{handle}", "handle": handle, "displayName": handle}} | fields  # fmt: skip


class TestBluesky:
    URL = "https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed?actor=ann.test&limit=50"

    def test_feed_repost_facets_cards_and_quotes(self) -> None:
        facets = [{"features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://shop.test/long"},
                                {"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:eve"}]}]  # fmt: skip
        card = {"$type": "app.bsky.embed.external#view", "external": {"uri": "https://card.test/p", "title": "x"}}
        quote = {
            "$type": "app.bsky.embed.record#view",
            "record": {"author": {"handle": "eve.test"}, "value": {"text": "45€"}},
        }
        images = {"images": [{"fullsize": "https://cdn.test/1.jpg", "alt": ""}]}
        data = {"cursor": "abc+1", "feed": [
            {"post": skeet("Tote 45€ shop.test/lo…", record={"facets": facets}, embed=card)},
            {"post": skeet("Belt 20€", "bob.test", embed=images), "reason": {"$type": "…#reasonRepost", "by": {"handle": "ann.test"}}},
            {"post": skeet("look", embed=quote)}, {"post": None}, None,
        ]}  # fmt: skip
        page = read(data, self.URL)
        first, second, third = page.posts
        assert first.links[:2] == ("https://shop.test/long", "https://card.test/p")
        assert first.url == "https://bsky.app/profile/ann.test/post/3k"
        assert second.account == "bob.test"
        assert second.images == ("https://cdn.test/1.jpg",)
        assert third.text == "look"
        assert page.following == self.URL + "&cursor=abc%2B1"

    def test_threads_search_profiles_and_answers(self) -> None:
        answer = skeet(
            "me too", "eve.test", record={"reply": {"root": {"uri": "at://did:plc:ann.test/app.bsky.feed.post/1"}}}
        )
        assert read({"posts": [answer]}).problems == {"post.answer_to_somebody": 1}
        thread = {"thread": {"post": skeet("Tote 45€"), "replies": [{"post": skeet("I want it", "eve.test")}]}}
        assert [post.account for post in read(thread).posts] == ["ann.test"]
        profile = read({"did": "did:plc:1", "handle": "ann.test", "description": "Shop: www.ann-shop.com"})
        assert profile.accounts[0].links == ("https://www.ann-shop.com/",)


class TestLemmy:
    def test_posts_and_what_is_gone(self) -> None:
        creator = {"name": "ann", "actor_id": "https://lemmy.example/u/ann", "display_name": "Ann"}
        post = {"name": "Selling tote", "body": "45€ **new** [shop](https://shop.test/)", "url": "https://shop.test/p",
                "ap_id": "https://lemmy.example/post/1", "published": "2026-11-01T10:00:00.123456", "thumbnail_url": None}  # fmt: skip
        gone = {"post": post | {"deleted": True}, "creator": creator}
        page = read({"posts": [{"post": post, "creator": creator}, gone, {"post": None}]},
                    "https://lemmy.example/api/v3/post/list?sort=New&page=2")  # fmt: skip
        (found,) = page.posts
        assert (found.platform, found.account, found.links) == (
            "lemmy.example",
            "ann",
            ("https://shop.test/p", "https://shop.test/"),
        )
        assert found.posted_at is not None
        assert page.following == "https://lemmy.example/api/v3/post/list?sort=New&page=3"
        with_cursor = read(
            {"posts": [{"post": post, "creator": creator}], "next_page": "Pa1"}, "https://l.example/api/v3/post/list"
        )
        assert with_cursor.following == "https://l.example/api/v3/post/list?page_cursor=Pa1"


def bubble(body: str, number: int = 7, extra: str = "") -> str:
    return f"""<div class="tgme_widget_message_wrap"><div class="tgme_widget_message {extra}" data-post="annshop/{number}">
<div class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name" href="https://t.me/annshop"><span>Ann shop</span></a></div>
{body}<div class="tgme_widget_message_info"><span class="tgme_widget_message_views">1K</span><span class="tgme_widget_message_meta">
<span class="tgme_widget_message_from_author">Otto Lehmann</span> edited
<a class="tgme_widget_message_date" href="https://t.me/annshop/{number}"><time datetime="2026-11-01T10:00:00+00:00">10:00</time></a>
</span></div></div></div>"""  # fmt: skip


TEXT = '<div class="tgme_widget_message_text js-message_text" dir="auto">{}</div>'


class TestTelegram:
    URL = "https://t.me/s/annshop"

    def test_text_emoji_links_grouped_pictures_and_paging(self) -> None:
        said = TEXT.format(
            '<i class="emoji"><b>👜</b></i> Tote <b>45€</b><br/><a href="?q=%23sale">#sale</a> <a href="https://t.me/boss">@boss</a>'
            ' <a href="https://shop.test/?a=1&amp;b=2">shop</a>'
        )
        grouped = """<div class="tgme_widget_message_grouped_wrap"><a class="tgme_widget_message_photo_wrap"
style="width:1px;background-image:url('https://cdn.test/1.jpg')"></a><a class="tgme_widget_message_photo_wrap"
style="background-image:url('https://cdn.test/2.jpg')"></a></div>"""
        button = '<a class="tgme_widget_message_inline_button url_button" href="https://order.test/">Order</a>'
        older = '<a class="tme_messages_more" data-before="7" href="/s/annshop?before=7"></a>'
        page = html(older + bubble(grouped + said + button), self.URL)
        (post,) = page.posts
        assert post.text == "👜 Tote 45€\n#sale @boss shop"
        assert post.links == ("https://shop.test/?a=1&b=2", "https://order.test/")
        assert post.images == ("https://cdn.test/1.jpg", "https://cdn.test/2.jpg")
        assert (post.account, post.name, post.url) == ("annshop", "Ann shop", "https://t.me/annshop/7")
        assert post.posted_at is not None
        assert page.following == "https://t.me/s/annshop?before=7"

    def test_a_forwarded_post_is_the_first_channels_and_replies_and_signatures_are_left_out(self) -> None:
        forwarded = """<div class="tgme_widget_message_forwarded_from">Forwarded from <a class="tgme_widget_message_forwarded_from_name"
href="https://t.me/bobshop/3">Bob shop</a></div>"""
        reply = """<a class="tgme_widget_message_reply" href="https://t.me/annshop/1"><div class="tgme_widget_message_author">Eva Stern</div>
<div class="tgme_widget_message_text">what she wrote</div></a>"""
        page = html(bubble(forwarded + TEXT.format("Tote 45€")) + bubble(reply + TEXT.format("Belt 20€"), 8), self.URL)
        assert [(post.account, post.url, post.text) for post in page.posts] == [
            ("annshop", "https://t.me/annshop/8", "Belt 20€"), ("bobshop", "https://t.me/bobshop/3", "Tote 45€")
        ]  # fmt: skip

    def test_media_alone_service_messages_and_deleted_posts(self) -> None:
        media = (
            '<a class="tgme_widget_message_photo_wrap" style="background-image:url(\'https://cdn.test/1.jpg\')"></a>'
        )
        gone = '<div class="tgme_widget_message"><div class="tgme_widget_message_error">Post not found</div></div>'
        page = html(bubble(media) + bubble("<div>pinned</div>", 9, "service_message") + gone, self.URL)
        assert [post.text for post in page.posts] == [""]
        assert page.problems == {"post.service_message": 1, "post.deleted": 1}

    @pytest.mark.parametrize(
        ("url", "asked"),
        [
            ("https://t.me/annshop", "https://t.me/s/annshop"),
            ("https://t.me/s/annshop?before=7", "https://t.me/s/annshop?before=7"),
            ("https://telegram.me/annshop/7", "https://t.me/annshop/7?embed=1&mode=tme"),
            ("https://t.me/joinchat/abc", "https://t.me/joinchat/abc"),
            ("https://bsky.app/profile/ann.test", "https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed?actor=ann.test&limit=50"),
            ("https://www.reddit.com/r/bags/", "https://oauth.reddit.com/r/bags/new?limit=100&raw_json=1"),
            ("https://mastodon.social/@ann", "https://mastodon.social/api/v1/accounts/lookup?acct=ann"),
            ("https://lemmy.world/c/bags", "https://lemmy.world/api/v3/post/list?community_name=bags&sort=New&limit=50"),
            ("https://shop.example/@ann", "https://shop.example/@ann"),
        ],
    )  # fmt: skip
    def test_interfaces_are_asked_instead_of_pages(self, url: str, asked: str) -> None:
        assert sources.entry(url) == asked


class TestExports:
    def test_tables_of_several_tools(self) -> None:
        comma = b'\xef\xbb\xbfPage Name,User Name,Post Created,Message,URL\nAnn,ann.shop,2026-11-01 10:00:00,"Tote, 45\xe2\x82\xac",https://www.facebook.com/ann.shop/posts/1\n'
        semicolon = "username;caption;permalink;timestamp\n@ann;Tote 45€;https://www.instagram.com/p/abcdef/;2026-11-01T10:00:00Z\n".encode()
        for body in (comma, semicolon):
            (post,) = sources.read(body, "https://exported.invalid/x.csv", "", "x.csv").posts
            assert post.account in ("ann.shop", "ann")
            assert "45€" in post.text
            assert post.posted_at is not None
            assert post.platform in ("facebook", "instagram")

    def test_lines_and_arrays_without_the_people_in_them(self) -> None:
        insta = {"ownerUsername": "ann", "caption": "Tote 45€ DM", "url": "https://www.instagram.com/p/abcdef/", "timestamp": "2026-11-01",
                 "latestComments": [{"ownerUsername": "eve", "text": "I want it"}], "displayUrl": "https://cdn.test/1.jpg"}  # fmt: skip
        tiktok = {
            "authorMeta": {"name": "bob"},
            "text": "Belt 20€",
            "webVideoUrl": "https://www.tiktok.com/@bob/video/1",
            "createTime": 1760000000,
        }
        tweet = {"full_text": "Cap 9€", "user": {"screen_name": "cid", "name": "Cid"}, "created_at": "x", "lang": "en"}
        graph = {"node": {"shortcode": "abcde", "owner": {"username": "dan"}, "taken_at_timestamp": 1760000000,
                          "edge_media_to_caption": {"edges": [{"node": {"text": "Ring 5€"}}]}}}  # fmt: skip
        rows = [insta, tiktok, tweet, graph]
        lines = b"\n".join(map(orjson.dumps, rows)) + b"\nnot json\n"
        for page in (
            sources.read(lines, "https://exported.invalid/x", "", "x.jsonl"),
            read(rows),
            read({"data": {"items": rows}}),
        ):
            assert [(post.account, post.text) for post in page.posts] == [
                ("ann", "Tote 45€ DM"), ("bob", "Belt 20€"), ("cid", "Cap 9€"), ("dan", "Ring 5€")
            ]  # fmt: skip
            assert [post.platform for post in page.posts][:2] == ["instagram", "tiktok"]
            assert page.posts[3].url == "https://www.instagram.com/p/abcde/"


class TestPages:
    def test_declared_postings(self) -> None:
        body = """<script type="application/ld+json">{"@graph":[{"@type":"SocialMediaPosting","url":"/p/1","articleBody":"Tote 45€ in stock",
"datePublished":"2026-11-01","author":{"@type":"Person","name":"Ann","url":"https://wall.example/ann","alternateName":"@annshop"},
"comment":[{"@type":"Comment","text":"mine!","author":{"name":"Eva Stern"}}]}]}</script>"""
        (post,) = html(body).posts
        assert (post.account, post.text, post.url) == ("annshop", "Tote 45€ in stock", "https://wall.example/p/1")

    def test_blocks_of_other_markups(self) -> None:
        row = """<li class="entry"><header><a class="nick" href="/u/ann-{n}"><img src="/a.png" alt="">Ann</a>
<span class="post-date" title="2026-11-01T10:00:00Z">2 h</span></header><div class="txt">Tote no. {n}<br>45 €
<a href="http://luxe-shop.test/x">here</a></div><ul class="comments"><li><a href="/u/eva-stern">Eva</a><span class="post-date">1 h</span>
<p>I want it</p></li></ul><button>Like</button></li>"""
        page = html("<ul>" + "".join(row.format(n=n) for n in range(4)) + "</ul>")
        assert [(post.account, post.text) for post in page.posts] == [
            (f"ann-{n}", f"Tote no. {n}\n45 €\nhere") for n in range(4)
        ]
        assert page.posts[0].links == ("http://luxe-shop.test/x",)
        assert "eva" not in str(page.posts).lower()

    def test_state_of_a_program(self) -> None:
        rows = [
            {"id": n, "author": {"handle": f"ann{n}"}, "text": f"Tote {n} 45€", "createdAt": "2026-11-01T10:00:00Z"}
            for n in range(3)
        ]
        page = html(
            f'<div id="root"></div><script type="application/json">{orjson.dumps({"feed": {"posts": rows}}).decode()}</script>'
        )
        assert [post.account for post in page.posts] == ["ann0", "ann1", "ann2"]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[", b"null", b"[" * 5000, b"{}", b"[[[]]]", b'{"kind":"Listing"}', b'{"feed":[{"post":{"author":{},"record":{}}}]}',
     b'{"posts":[{"post":{},"creator":{}}]}', b"\x00\xff\xfe", b"<div class=tgme_widget_message data-post=/>", b"<p>" * 50_000],
)  # fmt: skip
def test_broken_answers_are_counted_not_raised(body: bytes) -> None:
    assert "extract.failed" not in sources.read(body, "https://x.example/api/v1/timelines/public").problems


def test_what_services_also_send() -> None:
    ann = {"id": "1", "acct": "ann", "url": "https://pix.example/ann"}
    bare = {"id": "9", "account": ann, "content": "Velmora tote 45 €", "visibility": "public", "in_reply_to_id": None}
    poll = bare | {
        "id": "8",
        "content": "<p>Which one?</p>",
        "poll": {"options": [{"title": "tote"}, {"title": "belt"}]},
    }
    empty = bare | {"id": "7", "content": None, "media_attachments": [{"url": "https://pix.example/x.jpg"}]}
    page = sources.read(orjson.dumps([bare, poll, empty]), "https://pix.example/api/v1/accounts/1/statuses")
    assert [post.text for post in page.posts] == ["Velmora tote 45 €", "Which one?\ntote\nbelt", ""]
    assert page.posts[2].images == ("https://pix.example/x.jpg",)
    block = (
        '<div class="tgme_widget_message" data-post="bags/8"><div class="tgme_widget_message_poll_question">Which?</div>'
        '<div class="tgme_widget_message_poll_option_text">tote</div></div>'
        '<div class="tgme_widget_message" data-post="bags/5"><a class="tgme_widget_message_photo_wrap" style="background-image'
        ':url(\'https://c.example/a.jpg\')"></a><a class="tgme_widget_message_photo_wrap" style="background-image:url('
        '\'https://c.example/b.jpg\')"></a><div class="tgme_widget_message_text">Cap 9 €</div><span>edited <a '
        'class="tgme_widget_message_date"><time datetime="2026-01-01T10:00:00+00:00">10:00</time></a></span></div>'
    )
    page = sources.read(
        f'<html><body class="tgme_channel">{block}</body></html>'.encode(), "https://t.me/s/bags", "text/html"
    )
    group, voted = page.posts
    assert voted.text == "Which?\ntote"
    assert (len(group.images), group.posted_at is not None, group.text) == (2, True, "Cap 9 €")
