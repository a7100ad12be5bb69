"""Is a domain name made to look like a brand's? Its kind, its rank among what is asked next, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from crawler.discovery.pointers import official_domains
from crawler.discovery.suspicion import shop_words
from crawler.register.folding import SIGHT, squeeze
from crawler.register.loading import Register
from crawler.register.matching import Matcher
from crawler.register.words import is_word
from crawler.urls import storefront_key

LEAST = 5  # letters of a name that is looked for inside others; shorter ones stand in thousands of words
LEAST_SLIP = 6  # letters of a name of which slips are looked for; of shorter and ambiguous ones beside a shop word only
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
RANKS = {"brand and shop": 70, "look-alike": 60, "brand": 30}


@dataclass(frozen=True, slots=True)
class Look:
    """One name: the storefront's key, how it reads, whose it looks like, in which way, and how soon to ask."""

    key: str
    name: str
    brand: str
    kind: str
    rank: int
    reason: str


class Judge:
    """Knows the names of one register and their slips."""

    def __init__(self, register: Register) -> None:
        self.matcher, self.official = Matcher(register), official_domains(register)
        self.names: dict[str, str] = {}
        self.slips: dict[str, str] = {}
        self.slips_of_shops: dict[str, str] = {}
        """Slips that are too short, or of names too common, to say anything without a shop word beside them."""
        for entry in register.entries.values():
            for said in (entry.name, *entry.brand.spellings):
                plain = re.sub(r"[^a-z0-9]", "", said.casefold())
                if said.isascii() and len(plain) >= LEAST:
                    self.names.setdefault(plain, entry.name)
        for plain, brand in self.names.items():
            sure = len(plain) >= LEAST_SLIP and not register.entries[brand].brand.ambiguous
            for slip in slips(plain):
                if len(slip) >= LEAST and slip not in self.names and not is_word(squeeze(slip, SIGHT)):
                    (self.slips if sure else self.slips_of_shops).setdefault(slip, brand)

    @cached_property
    def beside(self) -> dict[str, str]:
        """What a shop word makes somebody's: names, and the slips that say nothing alone."""
        return {**self.slips_of_shops, **self.names}

    def needles(self) -> set[str]:
        """Everything that is searched for in a stream, in lower-case ASCII."""
        return {*self.names, *self.slips, *self.slips_of_shops}

    def look(self, name: str, asked: str) -> Look | None:
        """Judge a name: ``name`` as a person reads it, ``asked`` as it stands in the DNS."""
        key = storefront_key(f"http://{asked}/")
        if not key or key in self.official or any(key.endswith(f".{own}") for own in self.official):
            return None
        own = _label(name, key)
        shop = shop_words().search(own.casefold())
        bare = re.sub(r"(?<![^\W\d])\d+(?![^\W\d])|\d+(?=$|[-.])", "", own)  # numbers beside a name: solcere24
        said = self.matcher.find(own, where="domain") or self.matcher.find(bare, where="domain")
        found = [one for one in said if shop or one.disguise or not one.ambiguous]
        if found:
            disguised = next((one for one in found if one.disguise), None)
            brand, kind = (disguised or found[0]).brand, "look-alike" if disguised else "brand"
            why = f"{brand}, disguised ({', '.join(disguised.disguise)})" if disguised else f"{brand} in the name"
        else:
            slip = self._slip(own)
            if slip is None:
                return None
            written = slip[0] in self.names
            brand, kind = slip[1], "brand" if written else "look-alike"
            why = f"{brand} in the name" if written else f"one slip from {brand} ({slip[0]})"
        kind = "brand and shop" if shop and kind == "brand" else kind
        rank = RANKS[kind] + (15 if shop and kind == "look-alike" else 0)
        return Look(key, name, brand, kind, rank, why + (f", beside {shop[0]!r}" if shop else ""))

    def _slip(self, label: str) -> tuple[str, str] | None:
        """The slip (beside a shop word also the name) that is a whole part of the label, without what is beside it."""
        parts = [part for part in re.split(r"[-.]", label.casefold()) if part]
        for part in [*parts, "".join(parts)]:
            for plain in (part, bare := part.strip("0123456789"), shop_words().sub("", bare)):
                if brand := self.slips.get(plain) or (self.beside.get(plain) if shop_words().search(label) else None):
                    return plain, brand
        return None


def _label(name: str, key: str) -> str:
    """What somebody chose of a name: all before the public suffix."""
    return ".".join(name.split(".")[: max(1, name.count(".") + 1 - key.count("."))])


def slips(name: str) -> Iterator[str]:
    """What fingers make of a name: a letter left out, doubled or swapped with the next, a neighbour on the keyboard."""
    for n in range(len(name)):
        yield name[:n] + name[n + 1 :]
        yield name[:n] + name[n] + name[n:]
        if n + 1 < len(name) and name[n] != name[n + 1]:
            yield name[:n] + name[n + 1] + name[n] + name[n + 2 :]
        for row in KEYS:
            at = row.find(name[n])
            for near in (at - 1, at + 1):
                if at >= 0 and 0 <= near < len(row):
                    yield name[:n] + row[near] + name[n + 1 :]
