"""Addresses of crypto-currency wallets: Bitcoin (base58, bech32, bech32m), Ethereum, Tron; each with its checksum."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from crawler.extract.facts.keccak import keccak256
from crawler.extract.facts.page import Page, identifier
from crawler.items import Identifier

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_SHORTEST = 26  # characters of an address
_RUN = re.compile(r"[A-Za-z0-9]{26,90}")  # the lengths of the shortest and the longest address
_ADDRESS = re.compile(
    r"(?:(?P<base58>[13][1-9A-HJ-NP-Za-km-z]{25,34})|(?P<bech32>bc1[a-z0-9]{11,71}|BC1[A-Z0-9]{11,71})"
    r"|(?P<eth>0x[0-9a-fA-F]{40})|(?P<tron>T[1-9A-HJ-NP-Za-km-z]{33}))"
)
_TALK = re.compile(r"wallet|bitcoin|\bbtc\b|\beth\b|ethereum|usdt|usdc|erc-?20|trc-?20|crypto|\btron\b", re.IGNORECASE)
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)  # of the BCH code in BIP 173
_CONSTANTS = (1, 0x2BC830A3)  # what the checksum of bech32 (BIP 173) and of bech32m (BIP 350) leaves


def find(page: Page) -> Iterator[Identifier]:
    """Yield wallets in the text, in payment links and in what a button copies, as ``btc:``, ``eth:``, ``tron:``."""
    for start, value in _addresses(page.business_text):
        yield identifier("wallet", value, "facts.wallet", page.path_at(start), value.partition(":")[2])
    for element, href in page.links:
        if href[:9].lower() in ("bitcoin:1", "bitcoin:3", "bitcoin:b", "ethereum:") or href.startswith("tron:"):
            for _, value in _addresses(href.replace(":", " ").replace("?", " "), talk=True):
                yield identifier("wallet", value, "facts.wallet", page.path(element) + "/@href", href)
    fields = [(field, own) for field, own in page.all("input") if "readonly" in own]
    for element, own in page.carriers + fields:
        for name in ("data-clipboard-text", "data-address", "data-wallet", "value"):
            carried = own.get(name)
            if carried:
                for _, address in _addresses(carried, talk=True):
                    yield identifier("wallet", address, "facts.wallet", f"{page.path(element)}/@{name}", carried)


def _addresses(text: str, *, talk: bool = False) -> Iterator[tuple[int, str]]:
    """Yield where an address stands and its value; ``talk``: the place itself says that it is about such money."""
    if len(max(text.split(), key=len, default="")) < _SHORTEST:
        return
    for run in _RUN.finditer(text):
        match = _ADDRESS.fullmatch(run[0])
        if match is None or text[run.end() : run.end() + 1].isalnum():
            continue
        found, kind = match[0], match.lastgroup
        if kind == "base58" and base58check(found, (0x00, 0x05)):
            yield run.start(), f"btc:{found}"
        elif kind == "bech32" and bech32(found):
            yield run.start(), f"btc:{found.lower()}"
        elif kind == "tron" and base58check(found, (0x41,)):
            yield run.start(), f"tron:{found}"
        elif kind == "eth" and (eip55(found) or (_one_case(found) and (talk or _TALK.search(text)))):
            yield run.start(), f"eth:{found.lower()}"


def base58check(address: str, versions: tuple[int, ...]) -> bool:
    """Tell whether an address decodes to 25 bytes with one of the version bytes and the right checksum."""
    number = 0
    for character in address:
        number = number * 58 + _BASE58.index(character)
    if number >> 200:  # more than 25 bytes
        return False
    data = number.to_bytes(25, "big")
    leading = len(address) - len(address.lstrip("1"))
    if leading != len(data) - len(data.lstrip(b"\0")):  # every leading zero byte is written as one 1
        return False
    return data[0] in versions and hashlib.sha256(hashlib.sha256(data[:21]).digest()).digest()[:4] == data[21:]


def bech32(address: str) -> bool:
    """Tell whether a ``bc1`` address has a right checksum, of the kind that its witness version asks for."""
    data = address.lower()[3:]
    if not set(data) <= set(_BECH32):
        return False
    values = [_BECH32.index(character) for character in data]
    remainder = _polymod([3, 3, 0, 2, 3, *values])  # "bc", expanded as BIP 173 says
    return values[0] <= 16 and remainder == _CONSTANTS[values[0] > 0]


def _polymod(values: list[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            checksum ^= generator if top >> bit & 1 else 0
    return checksum


def _one_case(address: str) -> bool:
    return address[2:] in (address[2:].lower(), address[2:].upper()) and len(set(address[2:].lower())) > 4


def eip55(address: str) -> bool:
    """Tell whether an address in mixed case carries EIP-55's checksum; in one case there is none."""
    body = address[2:]
    if body in (body.lower(), body.upper()):
        return False
    digest = keccak256(body.lower().encode()).hex()
    return all(c.isdigit() or c.isupper() == (int(nibble, 16) >= 8) for c, nibble in zip(body, digest, strict=False))
