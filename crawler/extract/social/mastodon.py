"""Mastodon's API and those that speak it (Pixelfed, Pleroma, GoToSocial, Friendica).

Statuses as documented at docs.joinmastodon.org/entities/Status: a list, one, search results (``statuses``), or a
thread, of which only the account's own part counts: whoever answers offers nothing.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode, urlsplit

from crawler.extract.model import PostReading
from crawler.extract.social.model import POSTS_LIMIT, AccountReading, SocialPage, rows_of, table_of, text_of, when
from crawler.extract.social.text import Rich, of_html, of_text
from crawler.urls import host, join

NAME = "mastodon"
PAGE = 40  # statuses of one answer; the most that the interface gives
PROFILE = re.compile(r"/@([\w.-]{1,60})(?:@[\w.-]+)?/?", re.ASCII)
TAG = re.compile(r"/(?:tags|discover/tags)/([^/?#]{1,100})/?")
SHORTCODE = re.compile(r":[A-Za-z0-9_]{2,40}:")
VISIBLE = frozenset({"public", "unlisted", ""})


def entry(url: str) -> str | None:
    """The interface's address behind a profile or hashtag page of an instance; None for other pages.

    Whether a site is an instance cannot be told from ``/@name`` alone: only the names that an instance has are taken.
    """
    parts = urlsplit(url)
    name = host(url) or ""
    if parts.path.startswith("/api/v1/") or not any(word in name for word in ("mastodon", "mstdn", "pixelfed", "toot")):
        return None
    if match := PROFILE.fullmatch(parts.path):
        return f"{parts.scheme}://{parts.netloc}/api/v1/accounts/lookup?{urlencode({'acct': match[1]})}"
    if match := TAG.fullmatch(parts.path):
        return f"{parts.scheme}://{parts.netloc}/api/v1/timelines/tag/{match[1]}?limit={PAGE}"
    return None


def recognises(data: Any, url: str) -> bool:
    """Whether an answer holds statuses or an account."""
    rows = _rows(data)
    return (
        any(_is_status(row) for row in rows)
        or _is_account(data)
        or (rows == [] and "/api/v1/" in url and "statuses" in url)
    )


def read(data: Any, url: str) -> SocialPage:
    """The statuses of an answer; boosts are the post of whom they boost."""
    page = SocialPage(NAME)
    if _is_account(data):
        page.accounts.append(_account(data, url))
        identity = str(data["id"])
        if identity.isalnum():
            page.lookups = (join(url, f"/api/v1/accounts/{identity}/statuses?limit={PAGE}&exclude_replies=true") or "",)
        return page
    rows = _rows(data)[:POSTS_LIMIT]
    for number, row in enumerate(rows):
        pointer = f"/{number}" if isinstance(data, list) else f"/statuses/{number}" if "statuses" in data else ""
        page.take(_post(table_of(row.get("reblog")) or row, pointer + ("/reblog" if row.get("reblog") else ""), url))
    last = str(rows[-1].get("id") or "") if rows else ""
    if last.isalnum() and isinstance(data, list) and len(rows) >= 5:
        page.following = _older(url, last)
    return page


def _rows(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, list):
        return rows_of(data)
    table = table_of(data)
    return [table] if _is_status(table) else rows_of(table.get("statuses"))


def _is_status(row: dict[str, Any]) -> bool:
    marks = row.keys() & {"media_attachments", "visibility", "reblog", "in_reply_to_id", "spoiler_text"}
    return isinstance(row.get("account"), dict) and "content" in row and len(marks) > 1  # forks leave some of them out


def _is_account(data: Any) -> bool:
    return isinstance(data, dict) and "acct" in data and "note" in data and "id" in data


def _older(url: str, last: str) -> str | None:
    parts = urlsplit(url)
    kept = [
        part for part in parts.query.split("&") if part and not part.startswith(("max_id=", "min_id=", "since_id="))
    ]
    return f"{parts.scheme}://{parts.netloc}{parts.path}?{'&'.join([*kept, f'max_id={last}'])}"


def _post(row: dict[str, Any], pointer: str, url: str) -> PostReading | str:
    account = table_of(row.get("account"))
    if not text_of(account.get("acct")):
        return "post.without_account"
    if text_of(row.get("visibility")) not in VISIBLE:
        return "post.not_public"
    if row.get("in_reply_to_id") and str(row.get("in_reply_to_account_id") or "") != str(account.get("id") or ""):
        return "post.answer_to_somebody"  # who answers is a bystander
    said = _text(row)
    who = _account(account, url)
    address = text_of(row.get("url")) or text_of(row.get("uri"))
    pictures = [
        text_of(one.get("url")) or text_of(one.get("preview_url")) for one in rows_of(row.get("media_attachments"))
    ]
    return PostReading(
        account=who.handle,
        account_url=who.url,
        url=join(url, address) or url,
        text=said.text,
        posted_at=when(row.get("created_at")),
        links=said.links,
        path=pointer or "/",
        platform=who.platform,
        name=who.name,
        language=text_of(row.get("language"))[:2].lower() or None,
        images=tuple(found for one in pictures[:20] if (found := join(url, one))),
    )


def _text(row: dict[str, Any]) -> Rich:
    """Warning, content and the card's address; custom emoji go, they are pictures."""
    body = of_html(text_of(row.get("content")))
    shown = [of_text(text_of(row.get("spoiler_text"))).text, body.text]
    shown += [of_text(text_of(one.get("title"))).text for one in rows_of(table_of(row.get("poll")).get("options"))]
    codes = {text_of(one.get("shortcode")) for one in rows_of(row.get("emojis"))}
    text = "\n".join(part for part in shown if part)
    if codes:
        text = SHORTCODE.sub(lambda match: " " if match[0].strip(":") in codes else match[0], text)
    card = join("", text_of(table_of(row.get("card")).get("url")))
    return Rich(text.strip(), tuple(dict.fromkeys([*body.links, *([card] if card else [])])))


def _account(row: dict[str, Any], url: str) -> AccountReading:
    """An account, under the host that keeps it: the same account seen through another instance is the same."""
    handle, _, home = text_of(row.get("acct")).partition("@")
    address = join(url, text_of(row.get("url")) or text_of(row.get("uri"))) or url
    about = of_html(text_of(row.get("note")))
    fields = [of_html(text_of(one.get("value"))) for one in rows_of(row.get("fields"))]
    links = [link for one in (about, *fields) for link in one.links]
    name = " ".join(SHORTCODE.sub(" ", text_of(row.get("display_name"))).split())[:100]
    place = home or _place(address) or _place(url)
    return AccountReading(place, handle, address, name or None, about.text, tuple(dict.fromkeys(links)))


def _place(url: str) -> str:
    parts = urlsplit(url)
    return (parts.hostname or "") + (f":{parts.port}" if parts.port else "")
