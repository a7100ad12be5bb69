"""Public or saved pages of networks without an open interface, by what they say of themselves to be previewed.

A post's page names account and text in its OpenGraph elements or in JSON-LD (``SocialMediaPosting`` and its kin).
What such pages show besides (comments, "people also viewed") is not looked at.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from crawler.extract.document import Document, parse
from crawler.extract.model import PostReading
from crawler.extract.social.model import AccountReading, SocialPage, when
from crawler.extract.social.networks import account_in, is_profile, network_of, profile
from crawler.extract.social.postings import declared
from crawler.extract.social.text import Rich, of_text
from crawler.urls import join

NAME = "opengraph"
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
    page.posts += list(declared(document, address, platform))
    if page.posts or not platform:
        return page
    account = _account_in(document, address)
    if document.meta("og:type").lower() == "profile" or is_profile(address):
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
            account_url=profile(address, account),
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
    if named := account_in(address):
        return named.lower()
    for key in ("og:title", "twitter:title", "og:description", "description"):
        if found := IN_BRACKETS.search(document.meta(key)):
            return found[1].lower()
    creator = document.meta("twitter:creator") or document.meta("profile:username")
    if creator:
        return creator.lstrip("@").lower()
    described = INSTAGRAM.search(document.meta("og:description") or document.meta("description"))
    return described["account"].lower() if described else ""
