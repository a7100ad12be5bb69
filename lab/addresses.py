"""Loopback addresses for the sites of one lab, not shared with another lab that runs beside it."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator

FIRST_BLOCK = 40  # 127.40.x.y …: away from 127.0.0.1 and 127.0.1.1, which systems use
BLOCKS = 200
CLAIM = "127.39.0.1"  # holds the claim: a port that one running lab has, no other lab gets


def claim() -> socket.socket:
    """A bound socket whose port is this lab's alone for as long as the socket lives."""
    holder = socket.socket()
    holder.bind((CLAIM, 0))
    holder.listen(1)
    return holder


def first_address(port: int) -> str:
    """The first address of the block that belongs to a claimed port; two ports share a block only 50,000 apart."""
    block, row = port % BLOCKS, port // BLOCKS % 256
    return f"127.{FIRST_BLOCK + block}.{row}.1"


def addresses(first: str) -> Iterator[str]:
    """Addresses from ``first`` on, without those that end in 0 or 255."""
    number = int(ipaddress.IPv4Address(first))
    while True:
        address = ipaddress.IPv4Address(number)
        if not address.is_loopback:
            raise ValueError(f"{address} is not a loopback address")
        if number % 256 not in {0, 255}:
            yield str(address)
        number += 1
