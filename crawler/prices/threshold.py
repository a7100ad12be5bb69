"""An order from which the shipping is free, and a price of another time: amounts that nobody is asked for.

"Ab 50 € versandkostenfrei" reads like a price that begins there. The words that open a price ("ab", "from") speak of
an order where the same clause says that its shipping costs nothing.
"""

from __future__ import annotations

import re

_SHIPPING = (
    r"versand|liefer|porto|fracht|frei haus|livraison|frais de port|envío|envio|spedizion|consegna|verzend|bezorg|frakt"
    r"|fragt|leverans|levering|wysyłk|dostaw|doprav|poštovn|szállítás|livrare|доставк|deliver|shipping|postage|frete"
    r"|toimitus|kargo|verzonden|verstuurd"
)
_FREE = (
    r"frei|kostenlos|gratis|gratuit|offert|free|fri|za darmo|darmow|zdarma|zadarmo|ingyenes|бесплатн|безкоштовн"
    r"|безплатн|grátis|ilmai|ücretsiz|bedava"
)
_WORDS = r"[^.,;!?|\n()\d]{0,24}?"
_SHIPS_FREE = re.compile(rf"(?:{_SHIPPING}){_WORDS}(?:{_FREE})|(?<!\w)(?:{_FREE})\w{{0,3}} {_WORDS}(?:{_SHIPPING})")
_CLAUSE = re.compile(r"[^,;(|\n]*")
_YEAR = re.compile(r" (?:back )?(?:in|im jahr|en|nel|no ano de|w roku) (?:1[5-9]|20)\d\d(?![\d.,]\d|\w)", re.IGNORECASE)


def is_of_an_order(before: str, after: str) -> bool:
    """Whether an amount with "from" right in front is an order's from which nothing is paid for shipping.

    What stands behind must go on in the same clause, in small letters: "From £9 Free delivery" are two statements.
    """
    if _SHIPS_FREE.search(before.lower()):
        return True
    behind = after.lstrip(" ")
    clause = _CLAUSE.match(behind)
    return clause is not None and behind[:1].islower() and _SHIPS_FREE.search(clause[0]) is not None


def is_of_a_year(after: str) -> bool:
    """Whether a former price is that of a year: "Was £999 in 1980" is history, and no reduction."""
    return _YEAR.match(after) is not None
