"""Names to addresses: literal addresses, then the operator's hosts file, then DNS; every question is written down."""

from __future__ import annotations

import re
import socket
import time
from collections import OrderedDict
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from twisted.internet import threads
from twisted.python.threadpool import ThreadPool

from crawler.errors import ConfigurationError
from crawler.fetching.hosts_file import HostsFile, Target
from crawler.fetching.public_addresses import Address

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings
    from twisted.internet.defer import Deferred

NEVER_IN_DNS = frozenset({"test", "invalid", "example", "local", "onion", "alt"})  # RFC 6761, 6762, 7686, 9476
CACHE_SECONDS = 60.0  # as long as browsers keep an answer; each use is judged again
CACHE_NAMES = 10_000  # about 3 MB
DNS_THREADS = 16  # names asked for at a time
MOST_ADDRESSES = 4  # of one name that are tried: more would only stretch the time a dead host costs
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


class _LookUpThread(Thread):
    """A look-up that still waits must not keep a worker alive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, daemon=True)


NO_NAME = frozenset(
    number for name in ("EAI_NONAME", "EAI_NODATA") if (number := getattr(socket, name, None)) is not None
)
"""Answers of ``getaddrinfo`` that are final; others say that nobody could be asked."""


class NoSuchName(CannotResolveHostError):
    """DNS answered that the name does not exist, or has no address; ``_ask_dns`` raises it."""


class NotAHostName(CannotResolveHostError, IgnoreRequest):
    """A host that no resolver will ever know: asking again is no use. Raised by ``Resolver``."""


class Resolver:
    """Answers where a host of a URL is.

    ``hosts`` is the path of the hosts file, ``log`` the path of the file that records every name asked for, one
    ``TIME NAME`` a line; both may be empty.
    """

    def __init__(self, hosts: str = "", log: str = "") -> None:
        self._hosts = HostsFile(hosts) if hosts else None
        self._log = _writable(log) if log else None
        self._cache: OrderedDict[str, tuple[float, list[Address]]] = OrderedDict()
        self._threads: ThreadPool | None = None

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Resolver:
        """Build the resolver from ``RESOLVER_HOSTS`` and ``RESOLVER_LOG``."""
        return cls(settings.get("RESOLVER_HOSTS") or "", settings.get("RESOLVER_LOG") or "")

    async def targets(self, host: str, port: int) -> list[Target]:
        """Return the addresses and ports that ``host`` and ``port`` of a URL lead to, unjudged.

        Raises ``CannotResolveHostError``.
        """
        name = host.lower().removesuffix(".")
        self._record(name)
        literal = literal_address(name)
        if literal is not None:
            return [Target(literal, port)]
        if len(name) > 253 or not _NAME.fullmatch(name):  # 253: the longest name that DNS can carry
            raise NotAHostName(f"not a host name: {name[:80]!a}")
        known = self._hosts.targets(name, port) if self._hosts else None
        if known is not None:
            return known
        return [Target(address, port) for address in await self._from_dns(name)]

    async def _from_dns(self, name: str) -> list[Address]:
        if name.rpartition(".")[2] in NEVER_IN_DNS:
            raise NotAHostName(f"{name} is not in RESOLVER_HOSTS, and such names are never asked in DNS")
        expiry, addresses = self._cache.get(name, (0.0, []))
        if expiry < time.monotonic():
            addresses = await self._in_thread(name)
            self._cache[name] = (time.monotonic() + CACHE_SECONDS, addresses)
            self._cache.move_to_end(name)
            if len(self._cache) > CACHE_NAMES:
                self._cache.popitem(last=False)
        return addresses

    def _in_thread(self, name: str) -> Deferred[list[Address]]:
        """Ask in threads of our own: names that answer slowly must not keep the reactor's threads from others."""
        from twisted.internet import reactor

        if self._threads is None:
            self._threads = ThreadPool(0, DNS_THREADS, "dns")
            self._threads.threadFactory = _LookUpThread
            self._threads.start()
        return threads.deferToThreadPool(reactor, self._threads, _ask_dns, name)

    def close(self) -> None:
        """End the threads; those that still wait for an answer end by themselves."""
        if self._threads is not None:
            for _ in range(self._threads.workers):
                self._threads.stopAWorker()
            self._threads = None

    def _record(self, name: str) -> None:
        if self._log is None:
            return
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._log.open("a", encoding="ascii") as log:  # one small append: workers share the file
            log.write(f"{now} {ascii(name[:255])[1:-1]}\n")


def _writable(path: str) -> Path:
    try:
        with Path(path).open("a"):
            return Path(path)
    except OSError as error:
        raise ConfigurationError(f"RESOLVER_LOG: cannot write {path}: {error.strerror}") from error


def literal_address(host: str) -> Address | None:
    """Read a host that is an address in any notation that a browser or the C library takes; None for a name.

    ``127.1``, ``0x7f000001``, ``017700000001`` and ``2130706433`` are all 127.0.0.1. A host whose last part is a
    number is never a name (WHATWG URL): raises ``CannotResolveHostError`` when it cannot be read as an address.
    """
    text = host.lower().removesuffix(".").removeprefix("[").removesuffix("]")
    if ":" in text:
        return _ipv6(text)
    if not _NUMBER.fullmatch(text.rpartition(".")[2]):
        return None
    try:
        return IPv4Address(socket.inet_aton(text) if re.fullmatch(r"[0-9a-fx.]+", text) else "unreadable")
    except (OSError, ValueError) as error:
        raise NotAHostName(f"not an address: {text[:80]!a}") from error


def _ipv6(text: str) -> IPv6Address:
    try:
        if "%" in text:
            raise ValueError("a zone names an interface of this machine")
        return IPv6Address(text)
    except ValueError as error:
        raise NotAHostName(f"not an address: {text[:80]!a}") from error


def _ask_dns(name: str) -> list[Address]:
    """Ask the system's resolver; IPv4 first, because a worker without IPv6 should not wait for it."""
    absolute = f"{name}." if "." in name else name  # the dot keeps search domains out of it
    try:
        answers = socket.getaddrinfo(absolute, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        refusal = NoSuchName if error.errno in NO_NAME else CannotResolveHostError
        raise refusal(f"{name}: {error}") from error
    except (OSError, UnicodeError) as error:
        raise CannotResolveHostError(f"{name}: {error}") from error
    addresses = dict.fromkeys(ip_address(str(answer[4][0]).partition("%")[0]) for answer in answers)
    return sorted(addresses, key=lambda address: address.version)
