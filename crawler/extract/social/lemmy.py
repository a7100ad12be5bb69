"""Lemmy's API v3 (join-lemmy.org/api: PostView, PersonView): posts of communities and people, never comments."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.extract.model import PostReading
from crawler.extract.social.model import POSTS_LIMIT, SocialPage, rows_of, table_of, text_of, when
from crawler.extract.social.text import of_text
from crawler.urls import host, join

NAME = "lemmy"
PAGE = 50  # the most that the interface gives
PLACE = re.compile(r"/(c|u)/([\w.@-]{2,120})/?", re.ASCII)
MARKDOWN_LINK = re.compile(r"!?\[([^\]]{0,300})\]\(\s*<?(https?://[^\s)>]{4,1000})>?[^)]{0,200}\)")


def entry(url: str) -> str | None:
    """The interface's address behind a community or person of an instance that names itself so; None otherwise."""
    parts = urlsplit(url)
    match = PLACE.fullmatch(parts.path) if "lemmy" in (host(url) or "") else None
    if match is None:
        return None
    base = f"{parts.scheme}://{parts.netloc}/api/v3"
    if match[1] == "c":
        return f"{base}/post/list?{urlencode({'community_name': match[2], 'sort': 'New', 'limit': PAGE})}"
    return f"{base}/user?{urlencode({'username': match[2], 'sort': 'New', 'limit': PAGE})}"


def recognises(data: Any, url: str) -> bool:
    """Whether an answer holds post views."""
    return any(_is_view(row) for row, _ in _views(table_of(data))) or (
        "/api/v3/post/list" in url and "posts" in table_of(data)
    )


def read(data: Any, url: str) -> SocialPage:
    """The posts of an answer."""
    page, table = SocialPage(NAME), table_of(data)
    for row, pointer in _views(table)[:POSTS_LIMIT]:
        page.take(_post(row, pointer, url))
    if page.posts:
        page.following = _next(url, text_of(table.get("next_page")))
    return page


def _views(table: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    found = [(one, f"/posts/{n}") for n, one in enumerate(rows_of(table.get("posts")))]
    found += [(one, f"/items/{n}") for n, one in enumerate(rows_of(table.get("items")))]  # newer servers
    found += [(one, f"/cross_posts/{n}") for n, one in enumerate(rows_of(table.get("cross_posts")))]
    single = table_of(table.get("post_view"))
    return [(single, "/post_view"), *found] if single else found


def _is_view(row: dict[str, Any]) -> bool:
    return isinstance(row.get("post"), dict) and isinstance(row.get("creator"), dict)


def _post(row: dict[str, Any], pointer: str, url: str) -> PostReading | str:
    if not _is_view(row):
        return "post.unreadable"
    post, creator = row["post"], row["creator"]
    if post.get("deleted") or post.get("removed") or creator.get("deleted") or creator.get("banned"):
        return "post.deleted"
    title, body = text_of(post.get("name")), text_of(post.get("body"))
    said = of_text(f"{title}\n{MARKDOWN_LINK.sub(lambda match: f'{match[1]} {match[2]}', body)}")
    target = join(url, text_of(post.get("url")))
    home = join(url, text_of(creator.get("actor_id"))) or url
    picture = join(url, text_of(post.get("thumbnail_url")))
    return PostReading(
        account=text_of(creator.get("name")),
        account_url=home,
        url=join(url, text_of(post.get("ap_id"))) or url,
        text=said.text,
        posted_at=when(post.get("published")),
        links=tuple(dict.fromkeys([*([target] if target else []), *said.links])),
        path=pointer,
        platform=host(home) or NAME,
        name=text_of(creator.get("display_name")) or None,
        images=(picture,) if picture else (),
    )


def _next(url: str, cursor: str) -> str:
    """The next page: by the cursor that newer servers give, by number for older ones."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    if cursor:
        query["page_cursor"] = cursor
    else:
        number = query.get("page", "1")
        query["page"] = str(int(number) + 1 if number.isdigit() and len(number) < 6 else 2)
    return f"{parts.scheme}://{parts.netloc}{parts.path}?{urlencode(query)}"
