"""Public or saved pages of networks without an open interface, by what they say of themselves to be previewed.

A post's page names account and text in its OpenGraph elements or in JSON-LD (``SocialMediaPosting`` and its kin).
What such pages show besides (comments, "people also viewed") is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from crawler.extract.document import Document, parse
from crawler.extract.markup.json_ld import loads
from crawler.extract.model import PostReading
from crawler.extract.social.model import AccountReading, SocialPage, rows_of, table_of, text_of, when
from crawler.extract.social.text import Rich, of_html, of_text
from crawler.urls import host, join

NAME = "opengraph"
NETWORKS = {
    "instagram.com": "instagram",
    "facebook.com": "facebook",
    "tiktok.com": "tiktok",
    "x.com": "x",
    "twitter.com": "x",
    "vk.com": "vk",
    "vk.ru": "vk",
    "ok.ru": "ok",
    "threads.net": "threads",
    "threads.com": "threads",
    "pinterest.com": "pinterest",
    "youtube.com": "youtube",
    "weibo.com": "weibo",
    "tumblr.com": "tumblr",
    "linkedin.com": "linkedin",
    "snapchat.com": "snapchat",
}
QUOTED = re.compile(
    r"^(?P<head>.{0,200}?)(?:\son\s(?:Instagram|X|Twitter|Threads|Facebook)|\s?\(@[\w.]+\).{0,60}?)?\s?[:：]\s?[\"“„«](?P<text>.*)[\"”“»]\.?\s*$",
    re.DOTALL,
)
INSTAGRAM = re.compile(
    r"(?:^|\s-\s)(?P<account>[\w.]{1,30})\s(?:on|am|el|le|il|em|op|dnia)\s(?P<day>[^:\"“]{6,40})[:：]\s?[\"“„«](?P<text>.*)[\"”“»]\.?\s*$",
    re.DOTALL,
)
BIO = re.compile(r"\bon (?:Instagram|Threads|TikTok|Facebook)[:：]\s?[\"“](?P<text>.*)[\"”]\.?\s*$", re.DOTALL)
IN_BRACKETS = re.compile(r"\(@([\w.]{1,60})\)", re.ASCII)
ACCOUNT_PATH = re.compile(
    r"^/@?([\w.-]{1,60})(?:/(?:p|reel|tv|status|statuses|post|posts|video|videos|photo)/|/?$)", re.ASCII
)
WALL = re.compile(r"^/wall(-?)(\d{1,12})_\d+", re.ASCII)
"""VK's address of a post: of a community (``-``), which is also called ``club1``, or a person, ``id1``."""
NO_ACCOUNT = frozenset(
    {
        "p",
        "reel",
        "reels",
        "tv",
        "explore",
        "stories",
        "watch",
        "share",
        "i",
        "post",
        "posts",
        "photo",
        "photos",
        "status",
        "story.php",
        "permalink.php",
        "video",
        "videos",
        "groups",
        "pin",
        "tag",
        "tags",
    }
)
POSTINGS = frozenset({"SocialMediaPosting", "DiscussionForumPosting", "VideoObject", "ImageObject"})
COUNTS = re.compile(r"^\s*[\d.,KMkm]+ (?:Followers|Abonnés|seguidores|Follower|Likes?),", re.IGNORECASE)


def entry(url: str) -> str | None:
    """No page of a closed network is asked for: saved ones are read (``-a files=…``)."""
    return None


def recognises(body: str, url: str) -> bool:
    """Whether a page is one of a network, or declares a posting."""
    return "og:" in body or "twitter:" in body or any(kind in body for kind in ("SocialMediaPosting", "ForumPosting"))


def read(body: str, url: str) -> SocialPage:
    """The one post or account that the page is about."""
    document = parse(body, url, "")
    page = SocialPage(NAME)
    address = _address(document, url)
    platform = network_of(address)
    page.posts += list(_declared(document, address, platform))
    if page.posts or not platform:
        return page
    account = _account_in(document, address)
    if document.meta("og:type").lower() == "profile" or _is_profile(address):
        bio = _bio(document)
        if account:
            page.accounts.append(AccountReading(platform, account, address, _name(document), bio.text, bio.links))
        return page
    said, day, element = _said(document)
    account = account or (match["account"] if (match := INSTAGRAM.search(document.meta("og:description"))) else "")
    if not account:
        page.problem("post.without_account")
        return page
    picture = join(address, document.meta("og:image"))
    page.posts.append(
        PostReading(
            account=account,
            account_url=_profile(address, account),
            url=address,
            text=said.text,
            posted_at=day,
            links=said.links,
            path=f"{element.getroottree().getpath(element)}/@content",
            platform=platform,
            name=_name(document),
            images=(picture,) if picture else (),
        )
    )
    return page


def network_of(url: str) -> str:
    """The network that an address belongs to, empty for none."""
    labels = (host(url) or "").split(".")
    return next(
        (NETWORKS[".".join(labels[cut:])] for cut in range(len(labels)) if ".".join(labels[cut:]) in NETWORKS), ""
    )


def _address(document: Document, url: str) -> str:
    """The page's own address: as it calls itself where it was saved to a file or served from elsewhere."""
    named = [document.meta("og:url")]
    named += [str(e.get("href") or "") for e in document.root.iter("link") if e.get("rel") == "canonical"]
    found = (join("", one) for one in named)
    return next((one for one in found if one and network_of(one)), url)


def _said(document: Document) -> tuple[Rich, Any, etree._Element]:
    """The words of the post, without what the network says about them, its day, and the element that holds them."""
    for key in ("og:title", "og:description", "twitter:description", "description", "twitter:title"):
        for content, element in document.metas.get(key, ())[:1]:
            if match := INSTAGRAM.search(content) or QUOTED.search(content):
                return of_text(match["text"]), _day(document), element
    for key in ("og:description", "description", "twitter:description", "og:title"):
        for content, element in document.metas.get(key, ())[:1]:
            if content.strip() and not COUNTS.match(content):
                return of_text(content), _day(document), element
    return Rich("", ()), None, document.root


def _day(document: Document) -> Any:
    found = when(document.meta("article:published_time") or document.meta("og:published_time"))
    if found is None and (match := INSTAGRAM.search(document.meta("og:description") or document.meta("description"))):
        for form in ("%B %d, %Y", "%d %B %Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(match["day"].strip(), form).replace(tzinfo=UTC)
            except ValueError:
                continue
    return found


def _bio(document: Document) -> Rich:
    for key in ("description", "og:description", "twitter:description"):
        if match := BIO.search(document.meta(key)):
            return of_text(match["text"])
    plain = document.meta("og:description")
    return of_text("" if COUNTS.match(plain) else plain)


def _name(document: Document) -> str | None:
    title = document.meta("og:title") or document.meta("twitter:title")
    name = re.split(r"\s(?:on|•|\||-|\(@)", title.partition(":")[0].partition(" (@")[0])[0].strip()
    return name[:100] or None


def _account_in(document: Document, address: str) -> str:
    """The handle: of the address, of a ``(@handle)`` in a title, or of the creator's meta element."""
    if wall := _wall(address):
        return ("club" if wall[1] else "id") + wall[2]
    match = ACCOUNT_PATH.search(urlsplit(address).path)
    if match and match[1].lower() not in NO_ACCOUNT:
        return match[1].lower()
    for key in ("og:title", "twitter:title", "og:description", "description"):
        if found := IN_BRACKETS.search(document.meta(key)):
            return found[1].lower()
    creator = document.meta("twitter:creator") or document.meta("profile:username")
    if creator:
        return creator.lstrip("@").lower()
    described = INSTAGRAM.search(document.meta("og:description") or document.meta("description"))
    return described["account"].lower() if described else ""


def _wall(address: str) -> re.Match[str] | None:
    return WALL.match(urlsplit(address).path) if network_of(address) == "vk" else None


def _is_profile(address: str) -> bool:
    if _wall(address):
        return False
    match = re.fullmatch(r"/@?([\w.-]{1,60})/?", urlsplit(address).path)
    return match is not None and match[1].lower() not in NO_ACCOUNT


def _profile(address: str, account: str) -> str:
    sign = "@" if network_of(address) in ("tiktok", "threads", "youtube") else ""
    return join(address, f"/{sign}{account}") or address


def _declared(document: Document, address: str, platform: str) -> Iterator[PostReading]:
    """Posts that JSON-LD declares."""
    for script in document.scripts:
        if script.kind != "application/ld+json":
            continue
        for node in _nodes(loads(script.text)[0]):
            post = _posting(node, address, platform, script.element)
            if post is not None:
                yield post


def _nodes(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    for one in data if isinstance(data, list) else [data]:
        table = table_of(one)
        kinds = table.get("@type")
        if POSTINGS.intersection(kinds if isinstance(kinds, list) else [kinds] if isinstance(kinds, str) else []):
            yield table
            continue
        for name in ("@graph", "mainEntity", "itemListElement", "item", "hasPart", "blogPost"):
            if table.get(name):
                yield from _nodes(table[name], depth + 1)


def _posting(node: dict[str, Any], base: str, platform: str, element: etree._Element) -> PostReading | None:
    author = next(iter(rows_of(node["author"]) if isinstance(node.get("author"), list) else [node.get("author")]), None)
    person = table_of(author)
    home = join(base, text_of(person.get("url")) or text_of(person.get("@id")) or text_of(person.get("sameAs")))
    handle = (
        text_of(person.get("alternateName"))
        or text_of(person.get("identifier"))
        or (home or "").rstrip("/").rpartition("/")[2]
    )
    handle = (handle or text_of(person.get("name")) or text_of(author)).lstrip("@")
    body = (
        text_of(node.get("articleBody"))
        or text_of(node.get("text"))
        or text_of(node.get("sharedContent"))
        or text_of(node.get("caption"))
    )
    head = text_of(node.get("headline"))
    if not handle or not (body or head):
        return None
    text = body if not head or head.rstrip("…. ")[:60] in body else f"{head}\n{body}"
    said = of_html(text) if "<" in text else of_text(text)
    url = join(base, text_of(node.get("url")) or text_of(node.get("@id")) or text_of(node.get("mainEntityOfPage")))
    images = [
        text_of(one) or text_of(table_of(one).get("url"))
        for one in (node["image"] if isinstance(node.get("image"), list) else [node.get("image")])
    ]
    return PostReading(
        account=handle[:100],
        account_url=home or base,
        url=url or base,
        text=said.text,
        posted_at=when(node.get("datePublished") or node.get("dateCreated") or node.get("uploadDate")),
        links=said.links,
        path=f"{element.getroottree().getpath(element)}#",
        platform=platform,
        name=text_of(person.get("name")) or None,
        language=text_of(node.get("inLanguage"))[:2].lower() or None,
        images=tuple(found for one in images[:20] if (found := join(base, one))),
    )
