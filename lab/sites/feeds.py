"""Social sites in the markup of known services and in one of nobody's, full of people who offer nothing.

Every post has somebody who comments, answers or likes beside it; none of them sells.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from lab.sites.site import Page, Request, html
from lab.storefront import Storefront
from lab.talk import Posting, talk

PER_PAGE = 20


class Feed:
    """A social site. A subclass shows posts in its markup and names the addresses of accounts and posts."""

    def __init__(self, front: Storefront, accounts: int, shops: list[str]) -> None:
        self.front, self.host = front, front.plan.host
        self.posts = talk(front.seed, self.host, accounts, shops)
        self.by_account: dict[str, list[Posting]] = {}
        for post in self.posts:
            self.by_account.setdefault(post.account, []).append(post)

    def answer(self, request: Request) -> Page:
        """The page for a request."""
        if request.path == "/robots.txt":
            return Page(b"User-agent: *\nDisallow: /private\n", content_type="text/plain")
        return self.page(request) or Page(b'{"error":"not found"}', 404, "application/json")

    def page(self, request: Request) -> Page | None:
        """The page for a request, None when there is none."""
        raise NotImplementedError

    def seeds(self) -> list[str]:
        """Where a crawl of it begins."""
        raise NotImplementedError

    def url(self, post: Posting) -> str:
        """The address under which the service itself knows a post."""
        raise NotImplementedError

    def key(self, account: str) -> str:
        """Platform and account."""
        return f"{self.host}:{account}"


class Preview(Feed):
    """Channel previews as Telegram serves them: forwarded posts, answers, signatures."""

    def page(self, request: Request) -> Page | None:
        name = request.path.removeprefix("/s/")
        if name not in self.by_account:
            return None
        return html(f"""<html><head><meta property="og:title" content="{name}"></head><body class="tgme_channel">
<div class="tgme_channel_info"><div class="tgme_channel_info_header_title">{name}</div><div
class="tgme_channel_info_header_username"><a href="https://t.me/{name}">@{name}</a></div></div>
{"".join(map(self._post, self.by_account[name]))}</body></html>""")

    def _post(self, post: Posting) -> str:
        text = escape(post.text).replace("\n", "<br/>")
        if post.link:
            text = text.replace(post.link, f'<a href="{post.link}">{post.link}</a>')
        who = escape(post.bystander)
        return f"""<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="{post.account}/{post.number}">
<div class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name" href="https://t.me/{post.account}"><span>
{post.account}</span></a></div><a class="tgme_widget_message_reply" href="https://t.me/{post.account}/1"><span
class="tgme_widget_message_author_name">{who}</span><div class="tgme_widget_message_text">how much is it? {who}</div></a>
<div class="tgme_widget_message_text js-message_text">{text}</div><div class="tgme_widget_message_footer">
<span class="tgme_widget_message_from_author">{who}</span><a class="tgme_widget_message_date"
href="https://t.me/{post.account}/{post.number}"><time datetime="{post.day}">12:15</time></a></div></div></div>"""

    def seeds(self) -> list[str]:
        return [f"http://{self.host}/s/{name}" for name in self.by_account]

    def url(self, post: Posting) -> str:
        return f"https://t.me/{post.account}/{post.number}"

    def key(self, account: str) -> str:
        return f"telegram:{account}"


class Instance(Feed):
    """Mastodon's interface: pages by ``max_id``, boosts, answers of others."""

    def page(self, request: Request) -> Page | None:
        parts = request.path.split("/")
        if request.path.startswith("/api/v1/accounts/") and request.path.endswith("/statuses"):
            mine = next((rows for name, rows in self.by_account.items() if self._id(name) == parts[4]), [])
            rows = [row for row in reversed(mine) if row.number < int(request.query.get("max_id", "999999999"))]
            shown = [self._status(row) for row in rows[:PER_PAGE]]
            if shown and "max_id" not in request.query:
                shown.insert(1, self._answer(rows[0]))
                shown.insert(2, self._status(rows[0]) | {"id": "1", "content": "", "reblog": self._status(rows[-1])})
            return _json(shown)
        return None

    def _id(self, name: str) -> str:
        return str(1000 + list(self.by_account).index(name))

    def _account(self, name: str) -> dict[str, Any]:
        return {"id": self._id(name), "username": name, "acct": name, "display_name": name.title(), "note": "<p>hello</p>",
                "url": f"http://{self.host}/@{name}", "fields": []}  # fmt: skip

    def _status(self, post: Posting) -> dict[str, Any]:
        text = escape(post.text).replace("\n", "<br>")
        if post.link:
            text = text.replace(post.link, f'<a href="{post.link}" rel="nofollow"><span class="invisible">http://</span>'
                                f'<span>{post.link.removeprefix("http://")}</span></a>')  # fmt: skip
        return {"id": str(post.number), "created_at": post.day, "in_reply_to_id": None, "visibility": "public",
                "language": post.language, "uri": self.url(post), "url": self.url(post), "content": f"<p>{text}</p>",
                "reblog": None, "account": self._account(post.account), "media_attachments": [], "emojis": [], "card": None,
                "mentions": [{"id": "7", "username": post.bystander, "acct": post.bystander}], "spoiler_text": ""}  # fmt: skip

    def _answer(self, post: Posting) -> dict[str, Any]:
        somebody = {"id": "77", "acct": post.bystander.replace(" ", "_"), "username": "b",
                                                      "display_name": post.bystander, "note": "", "url": "http://b.test/@b"}  # fmt: skip
        return self._status(post) | {"id": "2", "content": "<p>Is it still there? 45€ ok?</p>", "account": somebody,
                                     "in_reply_to_id": str(post.number), "in_reply_to_account_id": "1"}  # fmt: skip

    def seeds(self) -> list[str]:
        return [
            f"http://{self.host}/api/v1/accounts/{self._id(name)}/statuses?limit={PER_PAGE}" for name in self.by_account
        ]

    def url(self, post: Posting) -> str:
        return f"http://{self.host}/@{post.account}/{post.number}"


class Skies(Feed):
    """Bluesky's interface: facets, quoted posts of others, cursors."""

    def page(self, request: Request) -> Page | None:
        mine = self.by_account.get(request.query.get("actor", "").removesuffix(".sky.test"))
        if request.path != "/xrpc/app.bsky.feed.getAuthorFeed" or mine is None:
            return None
        first = int(request.query.get("cursor", "0"))
        shown = [{"post": self._post(post)} for post in mine[first : first + PER_PAGE]]
        more = {"cursor": str(first + PER_PAGE)} if first + PER_PAGE < len(mine) else {}
        return _json({"feed": shown, **more})

    def _post(self, post: Posting) -> dict[str, Any]:
        raw = post.text.encode()
        at = raw.find(post.link.encode()) if post.link else -1
        facets = [] if at < 0 else [{"index": {"byteStart": at, "byteEnd": at + len(post.link)}, "features": [
            {"$type": "app.bsky.richtext.facet#link", "uri": post.link}]}]  # fmt: skip
        who = {"did": "did:plc:other", "handle": "other.sky.test", "displayName": post.bystander}
        quoted = {
            "$type": "app.bsky.embed.record#view",
            "record": {"author": who, "value": {"text": f"mine is 20€, {post.bystander}"}},
        }
        return {"uri": f"at://did:plc:{post.account}/app.bsky.feed.post/{post.number}", "cid": "c",
                "author": {"did": f"did:plc:{post.account}", "handle": f"{post.account}.sky.test", "displayName": post.account},
                "record": {"$type": "app.bsky.feed.post", "text": post.text, "createdAt": post.day, "langs": [post.language],
                           "facets": facets}, "embed": quoted, "likeCount": 3, "indexedAt": post.day}  # fmt: skip

    def seeds(self) -> list[str]:
        return [f"http://{self.host}/xrpc/app.bsky.feed.getAuthorFeed?actor={name}.sky.test&limit={PER_PAGE}"
                for name in self.by_account]  # fmt: skip

    def url(self, post: Posting) -> str:
        return f"https://bsky.app/profile/{post.account}.sky.test/post/{post.number}"

    def key(self, account: str) -> str:
        return f"bluesky:{account}.sky.test"


class Communities(Feed):
    """Reddit's listings: one community of many accounts, comments' counts, crossposts."""

    def page(self, request: Request) -> Page | None:
        if request.path != "/r/market/new.json":
            return None
        first = int(request.query.get("after", "t3_0").removeprefix("t3_"))
        shown = self.posts[first : first + 100]
        after = f"t3_{first + 100}" if first + 100 < len(self.posts) else None
        rows: list[dict[str, Any]] = [{"kind": "t3", "data": self._post(post)} for post in shown]
        rows.append(
            {
                "kind": "t1",
                "data": {"author": "somebody", "body": f"{shown[0].bystander} sells it for 12€" if shown else ""},
            }
        )
        return _json({"kind": "Listing", "data": {"after": after, "children": rows}})

    def _post(self, post: Posting) -> dict[str, Any]:
        title, _, body = post.text.partition("\n")
        return {"id": str(post.number), "author": post.account, "title": title, "selftext": body, "is_self": True, "url": "",
                "permalink": f"/r/market/comments/{post.number}/x/", "created_utc": 1793000000 + post.number, "over_18": False,
                "subreddit": "market", "num_comments": 2, "approved_by": post.bystander}  # fmt: skip

    def seeds(self) -> list[str]:
        return [f"http://{self.host}/r/market/new.json?limit=100"]

    def url(self, post: Posting) -> str:
        return f"https://www.reddit.com/r/market/comments/{post.number}/x/"

    def key(self, account: str) -> str:
        return f"reddit:{account}"


class Wall(Feed):
    """A site of nobody's markup: hashed class names, comments under every post."""

    def page(self, request: Request) -> Page | None:
        name = request.path.removeprefix("/u/")
        if request.path == "/":
            return html("".join(f'<a href="/u/{one}">{one}</a> ' for one in self.by_account))
        if name not in self.by_account:
            return None
        return html(f"<html><body><h1>{name}</h1>{''.join(map(self._post, self.by_account[name]))}</body></html>")

    def _post(self, post: Posting) -> str:
        text = escape(post.text).replace("\n", "<br>")
        if post.link:
            text = text.replace(post.link, f'<a href="{post.link}">{post.link}</a>')
        return (f'<section class="_k3x"><div><a class="_a1" href="/u/{post.account}">@{post.account}</a> <a href="/n/{post.number}">'
                f'<time datetime="{post.day}">{post.day[:10]}</time></a></div><p class="_t">{text}</p><ul class="comments"><li>'
                f'<a href="/u/x{post.number}">@x{post.number}</a> {escape(post.bystander)}: 30€?</li></ul></section>')  # fmt: skip

    def seeds(self) -> list[str]:
        return [f"http://{self.host}/u/{name}" for name in self.by_account]

    def url(self, post: Posting) -> str:
        return f"http://{self.host}/n/{post.number}"


FEEDS: dict[str, type[Feed]] = {
    "kanal.test": Preview, "tooter.test": Instance, "skies.test": Skies, "rread.test": Communities, "wall.test": Wall,
}  # fmt: skip


def _json(value: Any) -> Page:
    return Page(json.dumps(value, ensure_ascii=False).encode(), 200, "application/json; charset=utf-8")
