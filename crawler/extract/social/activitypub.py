"""The protocol below Mastodon, Pixelfed and their kin (W3C ActivityPub): outboxes and single notes.

Only what is addressed to the public is read. An ``Announce`` is a boost and names a post of somebody else by its
address alone; a note that answers somebody else's is left out.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from crawler.extract.model import PostReading
from crawler.extract.social.model import HANDLE_LIMIT, POSTS_LIMIT, SocialPage, rows_of, table_of, text_of, when
from crawler.extract.social.text import of_html
from crawler.urls import join

NAME = "activitypub"
NOTES = frozenset({"Note", "Article", "Question", "Image", "Video", "Page"})
PUBLIC = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")


def entry(url: str) -> str | None:
    """The interface of the servers is asked instead (``mastodon.py``)."""
    return None


def recognises(data: Any, url: str) -> bool:
    """Whether an answer holds activities or a note."""
    return any(_note(row) or row.get("type") == "Announce" for row, _ in _items(table_of(data)))


def read(data: Any, url: str) -> SocialPage:
    """The public notes of an outbox."""
    page, table = SocialPage(NAME), table_of(data)
    for row, pointer in _items(table)[:POSTS_LIMIT]:
        page.take(_post(row, pointer, url))
    page.following = join(url, text_of(table.get("next"))) if page.posts else None
    return page


def _items(table: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    first = table_of(table.get("first"))
    for holder, pointer in ((table, ""), (first, "/first")):
        for name in ("orderedItems", "items"):
            if rows := rows_of(holder.get(name)):
                return [(one, f"{pointer}/{name}/{n}") for n, one in enumerate(rows)]
    return [(table, "")] if _note(table) else []


def _note(row: dict[str, Any]) -> dict[str, Any]:
    """The note of an activity that made or changed one, or the note that this is; empty otherwise."""
    inner = table_of(row.get("object")) if row.get("type") in ("Create", "Update") else row
    return inner if inner.get("type") in NOTES and "attributedTo" in inner else {}


def _post(row: dict[str, Any], pointer: str, url: str) -> PostReading | str:
    note = _note(row)
    if not note:
        return "post.other_kind"
    home = join(url, _first(note.get("attributedTo")) or text_of(row.get("actor")))
    account = (home or "").rstrip("/").rpartition("/")[2].lstrip("@")[:HANDLE_LIMIT]
    if not home or not account:
        return "post.without_account"
    if not any(one in PUBLIC for name in ("to", "cc") for one in _all(note.get(name))):
        return "post.not_public"
    parent = text_of(note.get("inReplyTo"))
    if parent and not parent.startswith(f"{home}/"):
        return "post.answer_to_somebody"
    said = of_html("<br>".join(part for part in (text_of(note.get(n)) for n in ("name", "summary", "content")) if part))
    pictures = [_first(one.get("url")) for one in rows_of(note.get("attachment"))]
    place = urlsplit(home)
    return PostReading(
        account=account,
        account_url=home,
        url=join(url, _first(note.get("url")) or text_of(note.get("id"))) or url,
        text=said.text,
        posted_at=when(note.get("published")),
        links=said.links,
        path=f"{pointer}/object" if note is not row else pointer or "/",
        platform=(place.hostname or "") + (f":{place.port}" if place.port else ""),
        language=next(iter(table_of(note.get("contentMap"))), "")[:2].lower() or None,
        images=tuple(found for one in pictures[:20] if (found := join(url, one))),
    )


def _all(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _first(value: Any) -> str:
    """An address: a string, an object with one, or the first of several."""
    one = next(iter(_all(value)), None)
    return text_of(one) or text_of(table_of(one).get("href")) or text_of(table_of(one).get("id"))
