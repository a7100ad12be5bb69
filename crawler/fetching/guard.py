"""The address guard: the last word on every connection, given about the very address that is connected to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from scrapy.exceptions import IgnoreRequest

from crawler.errors import BlockedAddress, ConfigurationError
from crawler.fetching.public_addresses import METADATA, Address, networks, unmapped, why_not_public

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

DEFAULT_PORTS = {"redis": 6379, "rediss": 6379, "mongodb": 27017}
FORBIDDEN_PORTS = frozenset(
    {1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
     110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530,
     531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190,
     5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080}
)  # fmt: skip
"""Ports that browsers refuse (WHATWG Fetch, "bad port"): mail, shells and file servers that a URL could talk into."""


class AddressRefused(BlockedAddress, IgnoreRequest):
    """The guard's refusal; also an ``IgnoreRequest``, so that Scrapy neither retries it nor logs a traceback."""

    def __init__(self, reason: str, target: str) -> None:
        super().__init__(f"connection to {target} refused: {reason}")
        self.reason = reason


class Guard:
    """Judges addresses and ports.

    ``allow`` holds networks that are opened although they are not public; ``denied_ports`` are closed everywhere,
    inside ``allow`` too.
    """

    def __init__(self, allow: Iterable[str] = (), denied_ports: Iterable[int] = ()) -> None:
        self.allow = networks(allow)
        self.denied_ports = FORBIDDEN_PORTS | frozenset(denied_ports)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Guard:
        """Build the guard; the ports of the servers in use are closed beside those of the setting."""
        ports = [_port_number(port) for port in settings.getlist("GUARD_DENIED_PORTS")]
        for name in ("REDIS_URL", "MONGO_URI"):
            ports += ports_of(settings.get(name) or "")
        try:
            return cls(settings.getlist("GUARD_ALLOW"), ports)
        except ValueError as error:
            raise ConfigurationError(f"GUARD_ALLOW: {error}; write networks such as 127.0.0.0/8") from error

    def judge(self, address: Address, port: int) -> Address:
        """Return the address to connect to. Raises ``BlockedAddress`` when it must not be connected to."""
        reason = self._port_problem(port) or self._address_problem(unmapped(address))
        if reason:
            raise AddressRefused(reason, f"{address} port {port}")
        return unmapped(address)

    def _port_problem(self, port: int) -> str | None:
        if not 0 < port < 65536:
            return "port_out_of_range"
        return "denied_port" if port in self.denied_ports else None

    def _address_problem(self, address: Address) -> str | None:
        reason = why_not_public(address)
        if reason is None:
            return None
        opening = [network for network in self.allow if network.version == address.version and address in network]
        if address in METADATA:  # an opened network does not open the credentials inside it by accident
            opening = [network for network in opening if network.num_addresses == 1]
        return None if opening else reason


def ports_of(uri: str) -> list[int]:
    """Return every port that a Redis or MongoDB URI (which may name several servers) leads to."""
    parts = urlsplit(uri)
    if parts.scheme not in DEFAULT_PORTS:
        return []
    servers = parts.netloc.rpartition("@")[2].split(",")
    return [_port_of(urlsplit(f"//{server}"), DEFAULT_PORTS[parts.scheme]) for server in servers]


def _port_of(server: SplitResult, default: int) -> int:
    try:
        return server.port or default
    except ValueError as error:
        raise ConfigurationError(f"REDIS_URL or MONGO_URI has an unreadable port: {error}") from error


def _port_number(text: object) -> int:
    try:
        return int(str(text))
    except ValueError as error:
        raise ConfigurationError(f"GUARD_DENIED_PORTS: {text!r} is not a port") from error
