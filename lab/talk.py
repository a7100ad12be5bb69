"""What accounts of the large social world post: offers of one thing or several, links to shops, and talk."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from lab import money
from lab.brands import LINES
from lab.fair import CURRENCIES, accounts

POSTS = 28  # of an account
SELLING = 0.6  # share of accounts that sell; of their posts this share offers something
NAMES = ("Odalind", "Vraska", "Tjelvar", "Quorra", "Ysbrand", "Melisind", "Orsolwyn", "Fjodrik", "Zwantje", "Ulvhild")
FAMILIES = (
    "Kvastholm",
    "Brendaux",
    "Tzimiskes",
    "Ollivander",
    "Przemko",
    "Vantongeren",
    "Skjaldby",
    "Okonjo",
    "Marchetti",
    "Duvalier",
)
"""Of people who are named or who comment: none of them may be in the store."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One post; ``offers`` are amount and currency of each thing it offers, empty when it offers nothing."""

    number: int
    account: str
    language: str
    text: str
    link: str
    offers: tuple[tuple[str | None, str], ...]
    bystander: str
    """Who is named in it, comments or answers."""

    @property
    def day(self) -> str:
        """When it was posted, ISO 8601."""
        return f"2026-11-{1 + self.number % 20:02d}T{self.number % 24:02d}:15:00+00:00"


@cache
def phrases() -> dict[str, Any]:
    """The table of ``talk.yaml``."""
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "talk.yaml").read_text("utf-8"))
    return found


def talk(seed: str, host: str, count: int, shops: list[str]) -> list[Posting]:
    """The posts of ``count`` accounts of a site, each text once per account."""
    found: list[Posting] = []
    for name in accounts(f"{seed}/{host}", count):
        rng = Random(f"{seed}/talk/{host}/{name}")
        language, sells = rng.choice(tuple(CURRENCIES)), rng.random() < SELLING
        texts: set[str] = set()
        while len(texts) < POSTS:
            posting = _posting(rng, name, language, sells and rng.random() < SELLING, shops, len(found) + 1)
            if posting.text not in texts:
                texts.add(posting.text)
                found.append(posting)
    return found


def _posting(rng: Random, name: str, language: str, offers: bool, shops: list[str], number: int) -> Posting:
    table, code = phrases()[language], rng.choice(CURRENCIES[language])
    who = f"{rng.choice(NAMES)} {rng.choice(FAMILIES)}"
    kind = rng.choice(("priced", "asked", "linked", "listed")) if offers else "talk"
    link = f"http://{rng.choice(shops)}/" if kind == "linked" else ""
    if kind == "listed":
        things = [(_what(rng), *_price(rng, language, code)) for _ in range(rng.randint(2, 4))]
        text = "\n".join([table["listed"], *(f"- {what} {shown}" for what, shown, _ in things)])
        return Posting(number, name, language, text, "", tuple((amount, code) for *_, amount in things), who)
    shown, amount = _price(rng, language, code)
    form = rng.choice(table[kind])
    named = who.replace(" ", "_") if "@{who}" in form else who
    text = form.format(what=_what(rng), price=shown, link=link, who=named)
    made = {"talk": (), "asked": ((None, code),)}.get(kind, ((amount, code),))
    tags = rng.choice(("", "", " #style", " #newin", " 🔥"))
    return Posting(number, name, language, text + tags, link, made, who)


def _what(rng: Random) -> str:
    line = rng.choice(LINES)
    noun = rng.choice(("", " 2026", f" no. {rng.choice('ABCDEF')}{rng.randrange(10, 99)}"))
    return f"{line.brand} {line.name}{noun}".strip()


def _price(rng: Random, language: str, code: str) -> tuple[str, str]:
    amount = Decimal(rng.randrange(19, 900)) + rng.choice((Decimal(0), Decimal("0.50"), Decimal("0.90")))
    shown = money.show(amount, code, language)
    if amount == int(amount):
        shown = shown.replace(".00", "").replace(",00", "")
    return shown, str(amount)
