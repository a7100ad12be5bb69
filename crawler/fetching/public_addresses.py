"""Which addresses are not the public internet, and why: the table that the address guard judges by.

The networks are those of IANA's special-purpose registries for IPv4 and IPv6 (RFC 6890 and its successors), written
out because ``ipaddress.is_global`` calls multicast global and changes between patch releases of Python.
"""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

METADATA = frozenset(
    ip_address(text)
    for text in (
        "169.254.169.254",  # AWS, Google Cloud, Azure, OpenStack and most others
        "169.254.170.2",  # AWS container credentials
        "168.63.129.16",  # Azure's host agent, on an address that looks public
        "100.100.100.200",  # Alibaba Cloud
        "192.0.0.192",  # Oracle Cloud
        "fd00:ec2::254",  # AWS over IPv6
        "fd20:ce::254",  # Google Cloud over IPv6
    )
)
"""Where cloud machines hand out their credentials: opened only by naming the very address."""

NOT_PUBLIC = tuple(
    (ip_network(network), reason)
    for network, reason in (
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "carrier_grade_nat"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link_local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "reserved"),  # relays of 6to4, withdrawn by RFC 7526
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link_local"),
        ("fec0::/10", "private"),  # site-local, withdrawn but still routed in old networks
        ("ff00::/8", "multicast"),
        ("2001::/23", "reserved"),  # protocol assignments, with Teredo, benchmarking and ORCHID inside
        ("2001:db8::/32", "documentation"),
        ("3fff::/20", "documentation"),
    )
)
GLOBAL_UNICAST = ip_network("2000::/3")  # all that IANA has handed out of IPv6 for the public
NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
SIX_TO_FOUR = ip_network("2002::/16")  # RFC 3056: bits 16 to 48 are an IPv4 address
ISATAP = frozenset({0x00005EFE, 0x02005EFE})  # RFC 5214: third quarter of the address, the fourth is IPv4


@lru_cache(4096)  # a look takes 30 µs, and one host is asked for many pages
def why_not_public(address: Address) -> str | None:
    """Return the reason why ``address`` is not on the public internet, None if it is."""
    if address in METADATA:
        return "metadata"
    for network, reason in NOT_PUBLIC:
        if address.version == network.version and address in network:
            return reason
    if isinstance(address, IPv4Address):
        return None
    return _why_not_public_inside(address)


def _why_not_public_inside(address: IPv6Address) -> str | None:
    """Judge an IPv6 address by the IPv4 address that it carries, if any."""
    embedded = _embedded(address)
    if embedded is not None:
        reason = why_not_public(embedded)
        return f"embedded_{reason}" if reason else None
    return None if address in GLOBAL_UNICAST else "reserved"


def _embedded(address: IPv6Address) -> IPv4Address | None:
    number = int(address)
    if address in NAT64:
        return IPv4Address(number & 0xFFFFFFFF)
    if address in SIX_TO_FOUR:
        return IPv4Address(number >> 80 & 0xFFFFFFFF)
    if number >> 32 & 0xFFFFFFFF in ISATAP:
        return IPv4Address(number & 0xFFFFFFFF)
    return address.ipv4_mapped


def unmapped(address: Address) -> Address:
    """Return the IPv4 address that a mapped IPv6 address (``::ffff:1.2.3.4``) stands for: the socket goes there."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Read networks (``127.0.0.0/8``) or single addresses. Raises ``ValueError`` on anything else."""
    return tuple(ip_network(text) for text in texts)
