"""One queued request as bytes: what is written to Redis, and the checks before any of it is believed.

Layout: attempts and band, one character each · storefront NUL · case NUL · msgpack of ``[address, depth, callback,
errback, priority, others]``, cut behind the last value that is not its default. The address is relative to the
host's key where it can be. No pickle, no class names: the worst that a foreign entry can do is to be put aside.
"""

from __future__ import annotations

from functools import lru_cache
from types import MethodType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgpack
from scrapy import Request, Spider

if TYPE_CHECKING:
    from collections.abc import Callable

HIGH, NORMAL, LOW = 0, 1, 2
DEFAULT_PORTS = {"http": 80, "https": 443}
LEASE = "frontier_lease"
"""Key of ``Request.meta`` with the lease ``(host, field)`` of a request that came from the frontier."""
LOCAL_META = frozenset({LEASE, "depth", "download_slot", "download_latency", "storefront", "case"})
"""What is not written into ``others``: local to a worker, or written elsewhere in the entry."""
OTHERS = ("method", "headers", "body", "cookies", "encoding", "dont_filter", "flags", "cb_kwargs", "meta")
EMPTY: dict[str, Any] = {"method": "GET", "encoding": "utf-8"}


class ForeignEntry(ValueError):
    """An entry that this project did not write, or whose callback the spider does not have."""


def host_of(url: str) -> str:
    """The politeness key of an address: ``host:port``; ``ValueError`` for what has no host."""
    return _host_of_origin("/".join(url.split("/", 3)[:3]))


@lru_cache(maxsize=10_000)  # a page's links name few hosts; reading one takes longer than all else that is done here
def _host_of_origin(origin: str) -> str:
    parts = urlsplit(origin)
    port = parts.port or DEFAULT_PORTS.get(parts.scheme)
    if not parts.hostname or port is None:
        raise ValueError(f"no host to be polite to: {origin[:80]!r}")
    name = parts.hostname
    return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"


@lru_cache(maxsize=10_000)
def origins(host: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The two beginnings that an address of a host usually has, with the letters that stand for them."""
    name, port = host.rsplit(":", 1)
    plain = f"http://{name}" if port == "80" else f"http://{host}"
    secure = f"https://{name}" if port == "443" else f"https://{host}"
    return ("h", plain), ("s", secure)


def shorten(url: str, host: str) -> str:
    """An address as a letter and what follows the host: ``h/page`` or ``s/page``; ``u`` and all of it otherwise."""
    for letter, origin in origins(host):
        if url.startswith(origin) and url[len(origin) : len(origin) + 1] in ("/", "?", ""):
            return letter + url[len(origin) :]
    return "u" + url


def lengthen(address: str, host: str) -> str:
    """The inverse of ``shorten``."""
    for letter, origin in origins(host):
        if address[0] == letter:
            return origin + address[1:]
    return address[1:]


def band_of(priority: int) -> int:
    """The band of a Scrapy priority: above 0 first, below 0 last."""
    return HIGH if priority > 0 else LOW if priority < 0 else NORMAL


def pack(
    host: str,
    url: str,
    band: int,
    *,
    depth: int = 0,
    priority: int = 0,
    site: str = "",
    case: str = "",
    callback: str | None = None,
    errback: str | None = None,
    others: dict[str, Any] | None = None,
) -> bytes:
    """The bytes of one queued request; ``TypeError`` if ``others`` holds what msgpack cannot carry."""
    values: list[Any] = [shorten(url, host), depth, callback, errback, priority, others or None]
    while len(values) > 1 and not values[-1]:
        values.pop()
    site = "" if site == host else site
    head = f"0{band}{_clean(site)}\0{_clean(case)}\0".encode()
    return head + msgpack.packb(values)  # type: ignore[no-any-return]


def _clean(text: str) -> str:
    """Header fields end at NUL."""
    return text.replace("\0", "")


def pack_request(request: Request, host: str, spider: Spider, band: int | None = None) -> bytes:
    """A Scrapy request as bytes; ``ValueError`` or ``TypeError`` if it cannot leave this process."""
    data = request.to_dict(spider=spider)
    if "_class" in data:
        raise ValueError(f"only plain requests are queued, not {data['_class']}")
    meta = {key: value for key, value in request.meta.items() if key not in LOCAL_META}
    others = {key: data[key] for key in OTHERS if data.get(key) and data[key] != EMPTY.get(key)}
    others.pop("meta", None)
    if meta:
        others["meta"] = meta
    return pack(
        host, request.url, band_of(request.priority) if band is None else band,
        depth=request.meta.get("depth", 0), priority=request.priority,
        site=str(request.meta.get("storefront") or ""), case=str(request.meta.get("case") or ""),
        callback=data["callback"], errback=data["errback"], others=others,
    )  # fmt: skip


def unpack_request(entry: bytes, host: str, spider: Spider) -> Request:
    """The Scrapy request of an entry; ``ForeignEntry`` if anything in it is not as ``pack_request`` writes it."""
    try:
        _, _, rest = entry[:1], entry[1:2], entry[2:]
        site, case, packed = rest.split(b"\0", 2)
        values: list[Any] = msgpack.unpackb(packed, strict_map_key=False)
        address, depth, callback, errback, priority, others = (values + [None] * 6)[:6]
        if not isinstance(address, str) or not isinstance(depth or 0, int) or not isinstance(others or {}, dict):
            raise ForeignEntry("not a request")
        url = lengthen(address, host)
        if not url.startswith(("http://", "https://")):
            raise ForeignEntry(f"not a web address: {url[:80]!r}")
        arguments = {key: value for key, value in (others or {}).items() if key in OTHERS}
        meta = dict(arguments.pop("meta", {}), depth=depth or 0)
        if site:
            meta["storefront"] = site.decode()
        if case:
            meta["case"] = case.decode()
        return Request(url, callback=method_of(spider, callback), errback=method_of(spider, errback),
                       priority=priority or 0, meta=meta, **arguments)  # fmt: skip
    except ForeignEntry:
        raise
    except Exception as error:  # a hostile entry may fail anywhere in here, and must not go further than this
        raise ForeignEntry(f"{type(error).__name__}: {error}"[:200]) from error


def method_of(spider: Spider, name: object) -> Callable[..., Any] | None:
    """The spider's own callback of that name; what Scrapy's Spider class defines besides ``parse`` is none."""
    if name is None:
        return None
    method = getattr(spider, name, None) if isinstance(name, str) and not name.startswith("__") else None
    if not isinstance(method, MethodType) or (hasattr(Spider, str(name)) and name != "parse"):
        raise ForeignEntry(f"no callback of {spider.name}: {str(name)[:80]!r}")
    return method
