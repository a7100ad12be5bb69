"""The tables of words in domain names: shops, places, goods, trades."""

from __future__ import annotations

from functools import cache

from crawler.indicators.text.tables import table

LABELS = "labels"  # the part of the words of trades that only marks some of the others


@cache
def domain_words() -> dict[str, str]:
    """Return words that stand beside names in domains → ``shop``, ``sells``, ``place``, ``goods`` or ``other``."""
    return {word: kind for kind, words in table("domain_words.yaml").items() for word in words}


@cache
def trade_words() -> dict[str, str]:
    """Return words that name a trade or an institution in a domain name → that trade."""
    return {word: kind for kind, words in table("trades.yaml").items() if kind != LABELS for word in words}


@cache
def sectors_of(trade: str) -> frozenset[str]:
    """Return the sectors whose goods ``trade`` sells beside its work."""
    return frozenset(table("trade_sectors.yaml").get(trade, ()))


@cache
def label_words() -> frozenset[str]:
    """Return those of ``trade_words`` that fashion labels are named after, too."""
    return frozenset(table("trades.yaml")[LABELS])
