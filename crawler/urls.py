"""URLs: one spelling per page, one key per storefront, and a form that is safe to print.

Everything here is total: hostile input gives ``None`` (or ``""`` for a key), never an exception. A URL is what
browsers take for one (WHATWG, through can_ada), with http or https; anything else is not a page.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from ipaddress import ip_address
from typing import Any
from urllib.parse import unquote_plus, urljoin

import can_ada
from publicsuffixlist import PublicSuffixList

from crawler import tabular

MAX_LENGTH = 8192  # characters; Apache and nginx refuse longer request lines by default
LOG_LENGTH = 300  # characters of a URL in a log line
_DEFAULT_PORTS = {"http:": "80", "https:": "443"}

_EDGES = "".join(map(chr, range(0x21)))  # C0 controls and the space, which browsers strip from both ends of an href
_INSIDE = re.compile(r"[\t\n\r]")  # and these wherever they are
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,31}:")
_ESCAPE = re.compile(r"(?<!%)(?<!%[0-9A-Fa-f])%([0-9A-Fa-f]{2})")  # not one that a decoded neighbour could complete
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~.")
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;?]{0,200}|/\(S\([a-z0-9]{24}\)\)(?=/)", re.I)
_RANDOM = re.compile(r"(?=.{0,200}\d)[A-Za-z0-9,_-]{16,200}")  # PHP's shortest session id has 22, ASP.NET's 24


@cache
def _tables() -> dict[str, Any]:
    text = resources.files("crawler.data").joinpath("urls.yaml").read_text("utf-8")
    tables: dict[str, Any] = tabular.parsed(text)
    for name in ("tracking", "sessions", "session_like", "tenant_suffixes"):
        tables[name] = frozenset(tables[name])
    tables["tracking_prefixes"] = tuple(tables["tracking_prefixes"])
    return tables


@cache
def public_suffixes() -> PublicSuffixList:
    """The public suffix list, parsed once a process (0.2 s)."""
    return PublicSuffixList()


def _parse(url: str) -> can_ada.URL | None:
    if len(url) > MAX_LENGTH:
        return None
    try:
        parsed = can_ada.parse(url)
    except (ValueError, TypeError):  # TypeError: a lone surrogate, which has no UTF-8
        return None
    return parsed if parsed.protocol in _DEFAULT_PORTS and parsed.hostname else None


def canonical(url: str) -> str | None:
    """Return the one spelling of a page's URL, or None if it is no http(s) URL.

    Taken out: credentials, the fragment, tracking parameters and session ids of ``data/urls.yaml``, needless
    escapes, the root's dot after a host. Parameters are sorted by name, stably, so that repeated ones keep their
    order: shops link one page with its parameters in any order, and no platform we know reads the order of
    *named* ones. A query with a nameless part (``?12&red``) may be positional, and is left as it is. Idempotent.
    """
    parsed = _parse(url)
    if parsed is None:
        return None
    query = _canonical_query(parsed.search[1:])
    path = _ESCAPE.sub(_plain, _PATH_SESSION.sub("", parsed.pathname)) or "/"
    hostname = parsed.hostname.rstrip(".")
    port = f":{parsed.port}" if parsed.port else ""
    text = f"{parsed.protocol}//{hostname}{port}{path}" + (f"?{query}" if query else "")
    again = _parse(text)  # taking something out can leave what the parser would write differently, such as /./
    return again.href if again else None


def _plain(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()


def _canonical_query(query: str) -> str:
    parts = [part for part in query.split("&") if part and not _carries_no_page(part)]
    if all("=" in part for part in parts):
        parts.sort(key=lambda part: part.partition("=")[0])
    return _ESCAPE.sub(_plain, "&".join(parts))


def _carries_no_page(part: str) -> bool:
    name, _, value = part.partition("=")
    name, tables = unquote_plus(name).lower(), _tables()
    if name in tables["tracking"] or name in tables["sessions"] or name.startswith(tables["tracking_prefixes"]):
        return True
    return name in tables["session_like"] and _RANDOM.fullmatch(value) is not None


def join(base: str, href: str) -> str | None:
    """Resolve a link of the page at ``base``: an absolute http(s) URL without fragment, or None.

    None stands for what leads to no page: ``javascript:``, ``mailto:``, ``data:``, an empty or broken link.
    """
    link = _INSIDE.sub("", href.strip(_EDGES))
    if not link or len(link) > MAX_LENGTH or link.startswith("#"):
        return None
    scheme = _SCHEME.match(link)
    if scheme and scheme[0].lower() not in ("http:", "https:"):
        return None
    before, mark, query = link.partition("?")
    link = before.replace("\\", "/") + mark + query
    try:
        parsed = _parse(link if scheme and "//" in link[:8] else urljoin(base, link))
    except ValueError:  # urljoin refuses some malformed bracketed hosts
        return None
    return parsed.href.partition("#")[0] if parsed else None


def host(url: str) -> str | None:
    """Return the lower-case ASCII (punycode) host of a URL, without port and final dot, or None."""
    parsed = _parse(url if "://" in url else f"http://{url}")
    return parsed.hostname.rstrip(".") if parsed else None


def storefront_key(url: str) -> str:
    """Return who sells at a URL: ``shop.test``, ``x.myshopify.com``, ``10.1.2.3:8080``, ``sites.google.com/view/x``.

    The registrable domain by the public suffix list with its private section, so that a platform's tenants stay
    apart; a host that is an address, or has a single label, with its port. ``""`` for what is no URL.
    """
    parsed = _parse(url if "://" in url else f"http://{url}")
    if parsed is None:
        return ""
    name = parsed.hostname.rstrip(".")
    if _is_address(name):
        return f"{name}:{parsed.port or _DEFAULT_PORTS[parsed.protocol]}"
    if "." not in name:
        return f"{name}:{parsed.port}" if parsed.port else name
    return _tenant_path(name, parsed.pathname) or _tenant_name(name)


def _is_address(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _tenant_path(name: str, path: str) -> str | None:
    depth: int = _tables()["tenant_paths"].get(name.removeprefix("www."), 0)
    segments = [segment for segment in path.split("/") if segment][:depth]
    return "/".join([name.removeprefix("www."), *segments]) if depth and len(segments) == depth else None


def _tenant_name(name: str) -> str:
    labels = name.split(".")
    for cut in range(1, min(len(labels) - 1, 8)):  # no tenant suffix has more than 7 labels
        if ".".join(labels[cut:]) in _tables()["tenant_suffixes"]:
            return name if labels[cut - 1] == "www" and cut == 1 else ".".join(labels[cut - 1 :])
    return public_suffixes().privatesuffix(name) or name


def same_storefront(a: str, b: str) -> bool:
    """Tell whether two URLs belong to one storefront; two unreadable URLs do not."""
    key = storefront_key(a)
    return bool(key) and key == storefront_key(b)


def _escaped(character: str) -> str:
    return "\\x20" if character == " " else character.encode("unicode_escape").decode()


def loggable(url: object) -> str:
    """Return a URL for a log line or a terminal: printable ASCII, without password, at most 300 characters."""
    text = re.sub(r"//[^/@?#]{0,400}@", "//", str(url)[: 4 * LOG_LENGTH])
    text = "".join(c if "!" <= c <= "~" else _escaped(c) for c in text)
    return text if len(text) <= LOG_LENGTH else text[: LOG_LENGTH - 1] + "…"
