"""Bluesky's public API (docs.bsky.app: getAuthorFeed, searchPosts, getPostThread, getPosts; listRecords).

A repost is the first author's post; quoted and answered posts belong to others and are left out.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from crawler.extract.model import PostReading
from crawler.extract.social.model import (
    LINKS_LIMIT,
    POSTS_LIMIT,
    AccountReading,
    SocialPage,
    rows_of,
    table_of,
    text_of,
    when,
)
from crawler.extract.social.text import of_text
from crawler.urls import host, join

NAME = "bluesky"
API = "https://public.api.bsky.app/xrpc"
WEB = "https://bsky.app"
PAGE = 50
PROFILE = re.compile(r"/profile/([\w.:-]{3,260})/?", re.ASCII)
RECORD = re.compile(r"at://([^/]+)/app\.bsky\.feed\.post/([\w-]{1,40})")


def entry(url: str) -> str | None:
    """The public interface's address of a profile's posts; None for other pages."""
    match = PROFILE.fullmatch(urlsplit(url).path) if host(url) == "bsky.app" else None
    return f"{API}/app.bsky.feed.getAuthorFeed?{urlencode({'actor': match[1], 'limit': PAGE})}" if match else None


def recognises(data: Any, url: str) -> bool:
    """Whether an answer holds posts or a profile of the lexicon."""
    table = table_of(data)
    if isinstance(table.get("did"), str) and "handle" in table and "record" not in table:
        return True
    return any(_is_post(one) for one, _ in _posts(table)) or (
        "app.bsky." in url and bool({"feed", "posts", "thread"} & table.keys())
    )


def read(data: Any, url: str) -> SocialPage:
    """The posts of an answer."""
    page, table = SocialPage(NAME), table_of(data)
    if isinstance(table.get("did"), str) and "handle" in table:
        page.accounts.append(_account(table))
        page.lookups = (
            join(url, f"/xrpc/app.bsky.feed.getAuthorFeed?{urlencode({'actor': table['did'], 'limit': PAGE})}") or "",
        )
        return page
    for row, pointer in _posts(table)[:POSTS_LIMIT]:
        page.take(_post(row, pointer))
    cursor = text_of(table.get("cursor"))
    if cursor and page.posts:
        kept = [part for part in urlsplit(url).query.split("&") if part and not part.startswith("cursor=")]
        page.following = f"{url.partition('?')[0]}?{'&'.join([*kept, f'cursor={quote(cursor)}'])}"
    return page


def _posts(table: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    """The posts of an answer with their JSON pointers, whichever call it answers."""
    found = [(table_of(one.get("post")), f"/feed/{n}/post") for n, one in enumerate(rows_of(table.get("feed")))]
    found += [(one, f"/posts/{n}") for n, one in enumerate(rows_of(table.get("posts")))]
    found += [(_kept(one), f"/records/{n}") for n, one in enumerate(rows_of(table.get("records"))) if _kept(one)]
    thread = table_of(table.get("thread"))
    if thread:
        found.append((table_of(thread.get("post")), "/thread/post"))  # neither parents nor replies
    if _is_post(table):
        found.append((table, ""))
    return found


def _kept(row: dict[str, Any]) -> dict[str, Any]:
    """A record as its repository keeps it (com.atproto.repo.listRecords), as a post; empty for other records."""
    place = RECORD.fullmatch(text_of(row.get("uri")))
    return {"uri": row["uri"], "author": {"did": place[1]}, "record": row.get("value")} if place else {}


def _is_post(row: dict[str, Any]) -> bool:
    return isinstance(row.get("author"), dict) and isinstance(row.get("record"), dict)


def _post(row: dict[str, Any], pointer: str) -> PostReading | str:
    if not _is_post(row):
        return "post.deleted" if row.get("notFound") or row.get("blocked") or not row else "post.unreadable"
    record, who = row["record"], _account(row["author"])
    place = RECORD.fullmatch(text_of(row.get("uri")))
    parent = RECORD.match(text_of(table_of(table_of(record.get("reply")).get("root")).get("uri")))
    if parent and parent[1] != text_of(row["author"].get("did")):
        return "post.answer_to_somebody"
    said = of_text(text_of(record.get("text")))
    links = [*_facets(record), *_embedded(table_of(row.get("embed")) or table_of(record.get("embed"))), *said.links]
    languages = record.get("langs")
    language = text_of(languages[0])[:2].lower() if isinstance(languages, list) and languages else ""
    return PostReading(
        account=who.handle,
        account_url=who.url,
        url=f"{who.url}/post/{place[2]}" if place else who.url,
        text=said.text,
        posted_at=when(record.get("createdAt") or row.get("indexedAt")),
        links=tuple(dict.fromkeys(link for link in links if link))[:LINKS_LIMIT],
        path=pointer or "/",
        platform=NAME,
        name=who.name,
        language=language or None,
        images=_images(table_of(row.get("embed"))),
    )


def _facets(record: dict[str, Any]) -> list[str]:
    """Addresses behind shortened link texts; mentions are facets too, and are people."""
    features = [one for facet in rows_of(record.get("facets")) for one in rows_of(facet.get("features"))]
    return [found for one in features if (found := join("", text_of(one.get("uri"))))]


def _embedded(embed: dict[str, Any]) -> list[str]:
    media = table_of(embed.get("media"))
    cards = [table_of(embed.get("external")), table_of(media.get("external"))]
    return [found for card in cards if (found := join("", text_of(card.get("uri"))))]


def _images(embed: dict[str, Any]) -> tuple[str, ...]:
    rows = [*rows_of(embed.get("images")), *rows_of(table_of(embed.get("media")).get("images"))]
    found = [text_of(one.get("fullsize")) or text_of(one.get("thumb")) for one in rows]
    found.append(text_of(embed.get("thumbnail")))
    return tuple(url for one in found[:20] if (url := join("", one)))


def _account(row: dict[str, Any]) -> AccountReading:
    handle = text_of(row.get("handle"))
    if not handle or handle == "handle.invalid":
        handle = text_of(row.get("did"))
    about = of_text(text_of(row.get("description")))
    name = text_of(row.get("displayName"))[:100] or None
    return AccountReading(NAME, handle, f"{WEB}/profile/{handle}", name, about.text, about.links)
