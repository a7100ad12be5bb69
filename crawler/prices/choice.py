"""Which currency a sign means on a page, and why."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from crawler.prices import currencies
from crawler.prices.hints import Hints


class Choice(NamedTuple):
    """A currency, the others it could be (not empty = ambiguous), and the reason."""

    code: str | None
    others: tuple[str, ...] = ()
    reason: str = ""


@lru_cache(maxsize=4096)
def choose(sign: str, hints: Hints = Hints()) -> Choice:  # noqa: B008  # frozen
    """Decide what a sign (or ``""`` for a bare number) means by what stands beside it."""
    possible = currencies.candidates_of(sign, hints.language)
    declared = next(iter(currencies.candidates_of(hints.declared or "")), None) if hints.declared else None
    if not possible:
        return _without_sign(sign, declared, hints)
    if len(possible) == 1:
        if declared and declared != possible[0]:
            return Choice(possible[0], (declared,), f"{sign} on a page that declares {declared}")
        return Choice(possible[0], (), f"{sign} means {possible[0]}")
    return _among(sign, possible, declared, hints)


def _among(sign: str, possible: tuple[str, ...], declared: str | None, hints: Hints) -> Choice:
    if declared in possible:
        return Choice(declared, (), f"{sign} on a page that declares {declared}")
    country, why = currencies.country_of(hints)
    money = currencies.money_of(country)
    if money in possible:
        return Choice(money, (), f"{sign} {why}")
    money, stated = currencies.money_of_language(hints.language)
    if money in possible:
        others = () if stated or _is_sure(money, hints) else tuple(code for code in possible if code != money)
        return Choice(money, others, f"{sign} in a page in {hints.language}")
    return Choice(possible[0], possible[1:], f"{sign} with nothing that tells which: the commonest")


def _is_sure(money: str, hints: Hints) -> bool:
    """Whether a page's language alone tells this money from its neighbours'."""
    return bool(currencies.tables()["by_language"].get((hints.language or "").partition("-")[0].lower()) == money)


def _without_sign(sign: str, declared: str | None, hints: Hints) -> Choice:
    if sign:
        return Choice(None, (), f"{sign} is no currency that we know")
    if declared:
        return Choice(declared, (), f"no sign; the page declares {declared}")
    country, why = currencies.country_of(hints)
    if money := currencies.money_of(country):
        return Choice(money, tuple(c for c in ("EUR", "USD") if c != money), f"no sign; the money {why}")
    money, stated = currencies.money_of_language(hints.language)
    if money and stated:
        return Choice(money, tuple(c for c in ("EUR", "USD") if c != money), f"no sign; a page in {hints.language}")
    return Choice(None, (), "no sign, and nothing else that tells")
