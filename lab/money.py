"""Prices as the shops of different countries print them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

# Units of a currency for one EUR: round numbers near those of 2026; the world only needs them to be constant.
RATES = {"EUR": "1", "USD": "1.09", "GBP": "0.86", "CHF": "0.95", "PLN": "4.30", "SEK": "11.20"}
SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "CHF": "CHF", "PLN": "zł", "SEK": "kr"}
# Language → (mark between thousands, decimal mark, sign first)
HABITS = {
    "en": (",", ".", True),
    "de": (".", ",", False),
    "fr": ("\u202f", ",", False),
    "it": (".", ",", True),
    "es": (".", ",", False),
    "pl": ("\u00a0", ",", False),
}


def from_eur(eur: Decimal, currency: str, ending: str) -> Decimal:
    """An amount in EUR as a shop would price it: whole units below the amount, plus an ending such as ``.95``."""
    whole = (eur * Decimal(RATES[currency])).quantize(Decimal(1), ROUND_HALF_UP)
    return max(whole - 1, Decimal(1)) + Decimal("0" + ending)


def show(amount: Decimal, currency: str, language: str) -> str:
    """The amount as a person in that shop reads it, e.g. ``1.449,95 €``, ``CHF 89.00``, ``$1,449.95``."""
    thousands, mark, first = HABITS[language]
    if currency == "CHF":  # Swiss shops write an apostrophe and a point in every language
        thousands, mark, first = "’", ".", True
    whole, _, cents = f"{amount:,.2f}".partition(".")
    number = whole.replace(",", thousands) + mark + cents
    sign = SIGNS[currency]
    if not first:
        return f"{number} {sign}"
    return f"{sign} {number}" if sign.isalpha() else f"{sign}{number}"
