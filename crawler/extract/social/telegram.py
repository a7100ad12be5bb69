"""Public previews of Telegram channels: ``t.me/s/NAME``, ``t.me/NAME/NUMBER?embed=1`` and the pages around them.

The markup is that of the web preview as Telegram serves it to anybody. Forwarded posts are the first channel's; the
authors of replies, signatures, polls' voters and reactions are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from crawler.extract.document import Document, parse
from crawler.extract.model import PostReading
from crawler.extract.social.model import POSTS_LIMIT, AccountReading, SocialPage, when
from crawler.extract.social.text import Rich, of_element, of_text
from crawler.urls import host, join

NAME = "telegram"
HOSTS = frozenset({"t.me", "telegram.me", "telegram.dog"})
HOME = "https://t.me"
CHANNEL = re.compile(r"[A-Za-z]\w{3,31}", re.ASCII)
NO_CHANNEL = frozenset({"joinchat", "addstickers", "share", "iv", "proxy", "socks", "login", "setlanguage", "addtheme"})
PICTURE = re.compile(r"background-image:\s*url\((['\"]?)([^'\")]{5,2000})\1\)")
TEXTS = (
    "tgme_widget_message_text",
    "tgme_widget_message_poll_question",
    "tgme_widget_message_poll_option_text",
)
"""What a post says: its text or caption, and a poll's question and choices; who voted is not shown."""
APART = (
    "tgme_widget_message_reply",
    "tgme_widget_message_author",
    "tgme_widget_message_forwarded_from",
    "tgme_widget_message_link_preview",
    "tgme_widget_message_reactions",
    "tgme_widget_message_from_author",
)


def entry(url: str) -> str | None:
    """The public preview of a channel or post; None for what is no channel."""
    parts = urlsplit(url)
    if host(url) not in HOSTS:
        return None
    segments = [part for part in parts.path.split("/") if part and part != "s"]
    if not segments or not CHANNEL.fullmatch(segments[0]) or segments[0].lower() in NO_CHANNEL:
        return None
    if len(segments) > 1 and segments[-1].isdigit():
        return f"{HOME}/{segments[0]}/{segments[-1]}?embed=1&mode=tme"
    before = parse_qs(parts.query).get("before", [""])[0]
    return f"{HOME}/s/{segments[0]}" + (f"?before={before}" if before.isdigit() else "")


def recognises(body: str, url: str) -> bool:
    """Whether this is a page of the preview, wherever it is served."""
    return "tgme_" in body and ("tgme_widget_message" in body or "tgme_page" in body or "tgme_channel" in body)


def read(body: str, url: str) -> SocialPage:
    """The posts of a preview page, of an embedded post, or of the page around one."""
    document = parse(body, url, "")
    page = SocialPage(NAME)
    for block in _of_class(document.root, "tgme_widget_message")[:POSTS_LIMIT]:
        page.take(_post(block))
    page.posts.reverse()  # the page shows the newest last
    page.accounts += _channel(document, page)
    earlier = [str(e.get("href") or "") for e in document.root.iter("link") if e.get("rel") == "prev"]
    earlier += [str(e.get("href") or "") for e in _of_class(document.root, "tme_messages_more") if e.get("data-before")]
    page.following = next((found for one in earlier if (found := join(HOME, one))), None)
    if not page.posts:
        _around(document, page)
    return page


def _post(block: etree._Element) -> PostReading | str:
    place = str(block.get("data-post") or "")
    channel, _, number = place.partition("/")
    if not channel:
        return "post.deleted" if _of_class(block, "tgme_widget_message_error") else "post.without_place"
    if "service_message" in str(block.get("class") or ""):
        return "post.service_message"
    apart = frozenset(one for name in APART for one in _of_class(block, name))
    origin = next(iter(_links(_of_class(block, "tgme_widget_message_forwarded_from_name"))), "")
    said = [
        of_element(one, HOME)
        for name in TEXTS
        for one in _of_class(block, name)
        if not any(up in apart for up in one.iterancestors())
    ]
    previewed = _links(_of_class(block, "tgme_widget_message_link_preview"))
    buttons = _links(_of_class(block, "tgme_widget_message_inline_button"))
    text = Rich("\n".join(one.text for one in said if one.text), tuple(link for one in said for link in one.links))
    links = dict.fromkeys([*text.links, *previewed, *buttons])
    account, url = _origin(origin) or (channel, f"{HOME}/{channel}/{number}".rstrip("/"))
    stamp = next(
        (str(t.get("datetime") or "") for d in _of_class(block, "tgme_widget_message_date") for t in d.iter("time")), ""
    )
    owner = "" if origin else _said(block, "tgme_widget_message_owner_name")
    return PostReading(
        account=account,
        account_url=f"{HOME}/{account}",
        url=url,
        text=text.text,
        posted_at=when(stamp),
        links=tuple(links),
        path=str(block.getroottree().getpath(block)),
        platform=NAME,
        name=owner or None,
        images=_pictures(block, apart),
    )


def _origin(url: str) -> tuple[str, str] | None:
    """Channel and address of a forwarded post's first place; None when it is a person's or hidden."""
    segments = [part for part in urlsplit(url).path.split("/") if part]
    if host(url) in HOSTS and segments and CHANNEL.fullmatch(segments[0]):
        return segments[0], f"{HOME}/{'/'.join(segments[:2])}"
    return None


def _pictures(block: etree._Element, apart: frozenset[etree._Element]) -> tuple[str, ...]:
    names = ("tgme_widget_message_photo_wrap", "tgme_widget_message_video_thumb")
    found = [
        PICTURE.search(str(one.get("style") or ""))
        for name in names
        for one in _of_class(block, name)
        if not any(up in apart for up in one.iterancestors())
    ]
    return tuple(dict.fromkeys(url for match in found if match and (url := join(HOME, match[2]))))[:20]


def _channel(document: Document, page: SocialPage) -> Iterator[AccountReading]:
    """What a channel says of itself beside its posts."""
    root = document.root
    name = _said(root, "tgme_channel_info_header_username") or _said(root, "tgme_page_extra")
    handle = next(
        (
            match[0]
            for one in _links(_of_class(root, "tgme_channel_info_header_username"))
            if (match := CHANNEL.search(urlsplit(one).path))
        ),
        name.lstrip("@"),
    )
    handle = handle if CHANNEL.fullmatch(handle) else (page.posts[0].account if page.posts else _domain(document)[0])
    about = _of_class(root, "tgme_channel_info_description") or _of_class(root, "tgme_page_description")
    said = of_element(about[0], HOME) if about else of_text(document.meta("og:description") if not page.posts else "")
    title = _said(root, "tgme_channel_info_header_title") or _said(root, "tgme_page_title") or document.meta("og:title")
    if handle and (about or not _domain(document)[1]):
        yield AccountReading(NAME, handle, f"{HOME}/{handle}", title or None, said.text, said.links)


def _around(document: Document, page: SocialPage) -> None:
    """The page that invites to open the app: what it shows of a post, and where the preview is."""
    channel, number = _domain(document)
    if not channel:
        return
    page.lookups = (f"{HOME}/{channel}/{number}?embed=1&mode=tme" if number else f"{HOME}/s/{channel}",)
    if not number:
        return
    said = of_text(document.meta("og:description"))
    picture = join(HOME, document.meta("og:image"))
    place = document.metas.get("og:description", [("", document.root)])[0][1]
    page.posts.append(
        PostReading(
            account=channel,
            account_url=f"{HOME}/{channel}",
            url=f"{HOME}/{channel}/{number}",
            text=said.text,
            posted_at=None,
            links=said.links,
            path=f"{place.getroottree().getpath(place)}/@content",
            platform=NAME,
            name=document.meta("og:title") or None,
            images=(picture,) if picture else (),
        )
    )


def _domain(document: Document) -> tuple[str, str]:
    """Channel and number of the post of an ``al:ios:url``: ``tg://resolve?domain=NAME&post=1``."""
    query = parse_qs(urlsplit(document.meta("al:ios:url") or document.meta("al:android:url")).query)
    channel, number = query.get("domain", [""])[0], query.get("post", [""])[0]
    return (channel, number if number.isdigit() else "") if CHANNEL.fullmatch(channel) else ("", "")


def _of_class(root: etree._Element, name: str) -> list[etree._Element]:
    """Elements that carry a class, in document order."""
    return [one for one in root.iter(etree.Element) if name in str(one.get("class") or "").split()]


def _said(root: etree._Element, name: str) -> str:
    found = _of_class(root, name)
    return " ".join("".join(map(str, found[0].itertext())).split())[:200] if found else ""


def _links(elements: list[etree._Element]) -> list[str]:
    """The addresses that elements of a kind link to, themselves or inside."""
    hrefs = [str(a.get("href") or "") for one in elements for a in one.iter("a")]
    return [found for href in hrefs if (found := join(HOME, href))]
