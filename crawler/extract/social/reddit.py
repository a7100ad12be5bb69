"""Reddit's listings as JSON (reddit.com/dev/api: things of kind t3). Comments (t1), users and votes are left out.

A crosspost is the first author's post. Removed and deleted posts are counted and say nothing more.
"""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.extract.model import PostReading
from crawler.extract.social.lemmy import MARKDOWN_LINK
from crawler.extract.social.model import LINKS_LIMIT, POSTS_LIMIT, SocialPage, rows_of, table_of, text_of, when
from crawler.extract.social.text import of_text
from crawler.extract.social.wordings import says
from crawler.urls import host, join

NAME = "reddit"
API = "https://oauth.reddit.com"
WEB = "https://www.reddit.com"
PAGE = 100  # the most that a listing gives
PLACE = re.compile(r"/(r|u|user)/([\w-]{2,40})(?:/(?:new|hot|top|submitted))?/?", re.ASCII)
GONE = frozenset({"[deleted]", "[removed]", ""})
CREDENTIAL = ("oauth.reddit.com", "REDDIT_TOKEN", "Authorization", "Bearer {token}")


def entry(url: str) -> str | None:
    """The listing of a subreddit or user in the official interface, which needs ``REDDIT_TOKEN``."""
    name = host(url) or ""
    match = PLACE.fullmatch(urlsplit(url).path) if name == "reddit.com" or name.endswith("www.reddit.com") else None
    if match is None:
        return None
    path = f"r/{match[2]}/new" if match[1] == "r" else f"user/{match[2]}/submitted"
    return f"{API}/{path}?limit={PAGE}&raw_json=1"


def recognises(data: Any, url: str) -> bool:
    """Whether an answer is a listing, or the pair of listings of a post and its comments."""
    return any(table_of(one).get("kind") in ("Listing", "t3") for one in (data if isinstance(data, list) else [data]))


def read(data: Any, url: str) -> SocialPage:
    """The posts of a listing; of a post with its comments only the post."""
    page = SocialPage(NAME)
    listing, pointer = (data[0], "/0") if isinstance(data, list) and data else (data, "")
    table = table_of(listing)
    body = table_of(table.get("data"))
    things = rows_of(body.get("children")) if table.get("kind") == "Listing" else [table]
    for number, thing in enumerate(things[:POSTS_LIMIT]):
        if thing.get("kind") != "t3":
            page.problem("post.other_kind")  # comments, users, "more"
            continue
        place = f"{pointer}/data/children/{number}/data" if table.get("kind") == "Listing" else f"{pointer}/data"
        page.take(_post(table_of(thing.get("data")), place))
    after = text_of(body.get("after"))
    if after and page.posts:
        query = dict(parse_qsl(urlsplit(url).query)) | {"after": after}
        page.following = f"{url.partition('?')[0]}?{urlencode(query)}"
    return page


def _post(row: dict[str, Any], pointer: str) -> PostReading | str:
    parents = rows_of(row.get("crosspost_parent_list"))
    if parents:
        row, pointer = parents[0], f"{pointer}/crosspost_parent_list/0"
    author, body = text_of(row.get("author")), text_of(row.get("selftext"))
    if author in GONE or body in ("[removed]", "[deleted]") or row.get("removed_by_category"):
        return "post.deleted"
    flair = text_of(row.get("link_flair_text"))
    flair = flair if says("sells", flair) or says("wanted", flair) else ""  # "Selling", "WTB": the rest are topics
    title = html.unescape(text_of(row.get("title")))
    plain = MARKDOWN_LINK.sub(lambda match: f"{match[1]} {match[2]}", html.unescape(body))
    said = of_text("\n".join(part for part in (f"[{flair}] {title}" if flair else title, plain) if part))
    target = html.unescape(text_of(row.get("url_overridden_by_dest")) or text_of(row.get("url")))
    links = [*([target] if not row.get("is_self") and not row.get("is_gallery") else []), *said.links]
    found = (join(WEB, link) for link in links)
    return PostReading(
        account=author,
        account_url=f"{WEB}/user/{author}",
        url=join(WEB, text_of(row.get("permalink"))) or WEB,
        text=said.text,
        posted_at=when(row.get("created_utc")),
        links=tuple(dict.fromkeys(one for one in found if one))[:LINKS_LIMIT],
        path=pointer,
        platform=NAME,
        images=_images(row),
    )


def _images(row: dict[str, Any]) -> tuple[str, ...]:
    previews = rows_of(table_of(row.get("preview")).get("images"))
    found = [text_of(table_of(one.get("source")).get("url")) for one in previews]
    gallery = table_of(row.get("media_metadata"))
    order = [text_of(one.get("media_id")) for one in rows_of(table_of(row.get("gallery_data")).get("items"))]
    found += [text_of(table_of(table_of(gallery.get(name)).get("s")).get("u")) for name in order or list(gallery)]
    return tuple(url for one in found[:20] if (url := join("", html.unescape(one))))
