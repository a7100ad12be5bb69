"""Messenger handles: WhatsApp, Telegram, WeChat, QQ, Skype, Viber, LINE, Zalo, KakaoTalk, Messenger, Discord."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import parse_qs, unquote, urlsplit

from crawler.extract.facts.contacts import table
from crawler.extract.facts.page import Page, identifier
from crawler.extract.facts.phones import parse
from crawler.items import Identifier

_BY_PHONE = frozenset({"whatsapp", "viber", "zalo", "signal"})
_HANDLE = r"@?[A-Za-z0-9][\w.-]{3,31}|\+?\d[\d ()-]{4,20}\d"
_MAYBE = re.compile(  # most links lead to products: one look spares them the parsing
    r"whatsapp|wa\.me|viber|telegram|t\.me/|tg:|m\.me|discord|line\.me|lin\.ee|zalo|kakao|signal|wechat|qq\.com|tencent:|skype:",
    re.IGNORECASE,
)
_PLACES: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (name, host, re.compile(pattern))
    for name, host, pattern in (
        ("whatsapp", "wa.me", r"^/\+?(\d{7,15})"),
        ("whatsapp_group", "chat.whatsapp.com", r"^/(?:invite/)?(\w{20,24})"),
        ("whatsapp_catalogue", "wa.me", r"^/(?:c|message|qr)/(\w{6,40})"),
        ("telegram", "t.me", r"^/(?:s/)?([A-Za-z]\w{4,31})/?(?:$|\?)"),
        ("telegram_invite", "t.me", r"^/(?:joinchat/|\+)([\w-]{16,24})"),
        ("telegram", "telegram.me", r"^/([A-Za-z]\w{4,31})/?(?:$|\?)"),
        ("messenger", "m.me", r"^/([\w.]{3,60})"),
        ("discord", "discord.gg", r"^/([\w-]{4,30})"),
        ("discord", "discord.com", r"^/invite/([\w-]{4,30})"),
        ("line", "line.me", r"^/(?:R/)?ti/p/(?:~|%40|@)?([\w.-]{3,30})"),
        ("line", "lin.ee", r"^/(\w{5,12})"),
        ("zalo", "zalo.me", r"^/(?:g/)?(\w{5,24})"),
        ("kakaotalk", "pf.kakao.com", r"^/(_\w{3,12})"),
        ("kakaotalk", "open.kakao.com", r"^/(?:o|me)/(\w{4,20})"),
        ("signal", "signal.me", r"#p/\+?(\d{7,15})"),
        ("wechat", "u.wechat.com", r"^/([\w-]{10,40})"),
    )
)


@cache
def _nobody() -> frozenset[str]:
    return frozenset(map(str, table()["not_handles"]))


_INTRODUCED = re.compile(
    rf"(?:[ ]?(?:id|no|number|account|号|号码|客服))?\.?\s{{0,2}}[:：]\s{{0,3}}(?P<handle>{_HANDLE})", re.IGNORECASE
)


def find(page: Page) -> Iterator[Identifier]:
    """Yield messenger handles as ``service:handle``; numbers in E.164 without the plus."""
    for element, href in page.links:
        for linked in _linked(href):
            yield identifier("messenger", linked, "facts.messenger", page.path(element) + "/@href", href)
    for service, end in page.labels:
        match = _INTRODUCED.match(page.business_text, end) if service != "phone" else None
        written = _written(service, match["handle"]) if match else None
        if match and written:
            path = page.path_at(match.start("handle"))
            yield identifier("messenger", written, "facts.messenger", path, service + match[0])


def _linked(href: str) -> Iterator[str]:
    if not _MAYBE.search(href):
        return
    try:
        parts = urlsplit(href)
        query = {key.lower(): values[0].strip() for key, values in parse_qs(parts.query, max_num_fields=40).items()}
    except ValueError:
        return
    host = (parts.hostname or "").removeprefix("www.")
    number = re.sub(r"\D", "", query.get("phone", query.get("number", "")))
    if 7 <= len(number) <= 15 and (host.endswith("whatsapp.com") or parts.scheme in ("whatsapp", "viber")):
        yield f"{'viber' if parts.scheme == 'viber' else 'whatsapp'}:{number}"
    if host.endswith("qq.com") or parts.scheme == "tencent":
        if re.fullmatch(r"\d{5,12}", uin := query.get("uin", "")):
            yield f"qq:{uin}"
    elif parts.scheme == "skype" and re.fullmatch(r"[\w.:-]{3,40}", name := unquote(parts.path)):
        yield f"skype:{name.lower()}"
    elif parts.scheme == "tg" and re.fullmatch(r"\w{5,32}", name := query.get("domain", "")):
        yield f"telegram:{name.lower()}"
    yield from _placed(host, f"{parts.path}{'#' + parts.fragment if parts.fragment else ''}")


def _placed(host: str, path: str) -> Iterator[str]:
    for name, place, pattern in _PLACES:
        match = pattern.search(path) if host == place else None
        if match and match[1].lower() not in _nobody():
            keeps_case = name in ("whatsapp_group", "telegram_invite", "discord", "wechat", "kakaotalk")
            yield f"{name}:{match[1] if keeps_case else match[1].lower()}"


def _written(service: str, handle: str) -> str | None:
    """Return the value for a handle in a text, or None for a word that only stands behind the name."""
    digits = re.sub(r"\D", "", handle)
    if service in _BY_PHONE:
        international = handle if handle.startswith("+") else f"+{handle}"
        return f"{service}:{digits}" if 9 <= len(digits) <= 15 and parse(international, None) else None
    if service == "qq":
        return f"qq:{digits}" if re.fullmatch(r"[1-9]\d{4,11}", handle.strip()) else None
    name = handle.strip().lstrip("@").rstrip(".-").lower()
    if name in _nobody() or " " in name or len(name) < 4:
        return None
    return f"{service}:{name}" if service != "telegram" or re.fullmatch(r"[a-z]\w{4,31}", name) else None
