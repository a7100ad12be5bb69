"""What each price of a text is for, by the words and signs around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from crawler.prices import threshold
from crawler.prices.amount import Amount
from crawler.prices.words import Phrase

REACH_BEFORE = 40  # characters between a label and its price: "RRP (recommended, incl. VAT): £20"
REACH_AFTER = 32  # "12,90 € pro Stück inkl. 19 % MwSt."
_STOP = re.compile(
    r"[.!?|;•·\n](?:(?<=[.!?]) (?=[A-Z])|(?<!\.))"
)  # what stands before the end of a sentence says nothing of the next
_ADJACENT = re.compile(r"[ \n:(–-]{0,4}")
_SHORT = 6  # a phrase of up to six letters is a common word somewhere: it counts only right beside the price
_BESIDE = frozenset({"limit", "sum"})  # kinds of phrases that count only right beside the price, however long
_QUANTITY = r"(?:[2-9]|1\d|2[0-4]|two|three|four|zwei|drei|deux|trois|dos|tres|due|tre)"
_FOR = r"(?:for|für|fur|pour|por|per|voor|för|za|за|na|la)"
_BUY = r"(?:buy|kaufen sie|achetez(?:-en)?|compr[ae]|acquista(?:ne)?|koop|kup|köp|køb|kupte|купите)"
_MULTI_BEFORE = re.compile(
    rf"(?:(?<![\w.,-]){_QUANTITY}(?: (?:items|pcs|pieces|pack|packs|stück|stuks|unités|unidades|pezzi|st|шт)\.?)? "
    rf"{_FOR}(?: only| just| nur)?|\d{{1,4}} or more|\d{{1,4}}\+|ab \d{{1,4}} (?:stück|stk|st)\.?"
    r"|(?<!\d)\d{1,4} ?[-–] ?\d{1,4}(?: (?:pcs|pieces|units|stück|stk))?:"
    rf"|(?<!\w){_BUY} {_QUANTITY}(?: [^\W\d]{{1,12}}){{0,5}})[ :]{{0,3}}$",
    re.IGNORECASE,
)
_MULTI_AFTER = re.compile(
    r" (?:for )?(?:both|the pair|the lot|les deux|los dos|las dos|le due|i due|entrambi|beides?|os dois|as duas|oba"
    r"|obie|за обе|за оба)(?!\w)"
    rf"| ?{_FOR} {_QUANTITY}(?! ?(?:months?|years?|weeks?|days?|monat|mois|mes|kg|g|ml|l)\b)(?![\d.,]\d|\w)",
    re.IGNORECASE,
)
_TIMES_BEFORE = re.compile(r"(?<![\w.,])(\d{1,3}) ?[x×✕](?: de| von| of| à)?[ ]{0,2}$", re.IGNORECASE)
_TIMES_AFTER = re.compile(r" ?[x×✕] ?(\d{1,3})(?!\d)(?! ?(?:cm|mm|m|ml|g)\b)", re.IGNORECASE)
_PARTS_BEFORE = re.compile(
    r"\d{1,3} (?:[\w-]{2,24} ){0,2}"
    r"(?:payments?|instal+ments?|raten|mensualit\w{1,3}|cuotas|rate|parcelas|termijnen|plat\w{1,4})"
    r"(?: sin inter[eé]s| sem juros| senza interessi| sans frais| interest.free)?"
    r"(?: of| à| zu| von| de| da| van| po| por)?[ ]{0,2}$",
    re.IGNORECASE,
)
_UNIT_AFTER = re.compile(  # €/kg, per 100 ml, le litre, / fl oz
    r"\*? ?(?:/|per|pro|je|le|al|el|por|pr\.?|за) ?(?:1 ?|10{1,3} ?)?(?:kg|mg|g|ml|cl|dl|l|litre|liter|litro|m²|m2|m³|m"
    r"|kilo(?:gram{1,2})?|gram{1,2}|milliliter|millilitre|quadratmeter|metre|meter|mètre|fl\.? ?oz|oz|ounce|lbs?|pound"
    r"|кг|г|л|мл|м)(?![^\W_])",
    re.IGNORECASE,
)
_OPEN_END = re.compile(r"[+~～](?! ?[\w$€£¥+~～])")  # "$10+", "1,000円～": this and more
_FREE = re.compile(
    r"free|gratis|gratuit|offert|kostenlos|versandkostenfrei|бесплатн|безплатн|免|無料|ücretsiz", re.IGNORECASE
)
_INCLUDED = re.compile(
    r" ?(?:[\w-]{1,20} ){0,3}?(?:inc|ink|compris|w cenie|v ceně|в ціні|включ|dahil"
    r"|free|gratis|gratuit|offert|kostenlos|zdarma|ilmai|mukana|бесплатн|безкоштовн|免|込|포함|무료)",
    re.IGNORECASE,
)
_DIGITS_OR_WORDS = re.compile(r"\d|\w (?:for|f[uü]r|pour|por|per|voor|f[oö]r|za|за|na)\b", re.IGNORECASE)  # "two for"
_MINUS = re.compile(r"(?:\A|[ \n($€£¥])-\Z")
_PLUS = re.compile(r"(?:\A|[ \n(\[])[+] {0,2}\Z|[(\[](?:add|plus|aufpreis|zuschlag):? {0,2}\Z", re.IGNORECASE)
PLUS_REACH = 13  # characters: "(Zuschlag: ", and a sign of money


class Setting(NamedTuple):
    """An amount's place: the text between its neighbours, and the phrases in it."""

    before: str
    after: str
    left: tuple[Phrase, ...]
    """Phrases in ``before``, nearest first, that speak of this amount."""
    right: tuple[Phrase, ...]
    amount: Amount
    follows: bool = False
    """Whether ``before`` begins at another amount."""
    minus: bool = False
    plus: bool = False
    """Whether such a sign stands right in front."""


def settings(text: str, amounts: list[Amount], phrases: list[Phrase]) -> list[Setting]:
    """Return the place of each amount; a phrase between two amounts goes to one of them."""
    starts = [phrase.start for phrase in phrases]
    floors, ceilings = _bounds(amounts, len(text))
    places = []
    for amount, floor, ceiling in zip(amounts, floors, ceilings, strict=True):
        begin, end = max(floor, amount.start - REACH_BEFORE), min(ceiling, amount.end + REACH_AFTER)
        for stop in _STOP.finditer(text, begin, amount.start):
            begin = stop.end()
        window = phrases[bisect_left(starts, begin) : bisect_left(starts, end)]
        places.append(_setting(text, amount, (begin, floor, end), window))
    return places


def _setting(text: str, amount: Amount, bounds: tuple[int, int, int], window: list[Phrase]) -> Setting:
    begin, floor, end = bounds
    left = [p for p in window if p.end <= amount.start and p.before and not _claimed(text, p, floor, amount)]
    right = [
        p
        for p in window
        if p.start >= amount.end and p.after and not _is_label(text, p) and not _is_next(p, (amount.end, end), text)
    ]
    return Setting(
        text[begin : amount.start],
        text[amount.end : end],
        tuple(sorted(left, key=lambda p: (-p.end, p.start))),
        tuple(sorted(right, key=lambda p: (p.start, -p.end))),
        amount,
        follows=begin == floor > 0,
        minus=_is_minus(text, amount.start) or _is_minus(text, amount.number_start),
        plus=_PLUS.search(text, max(0, amount.start - PLUS_REACH), amount.start) is not None,
    )


def _is_minus(text: str, at: int) -> bool:
    return text[at - 1 : at] == "-" and _MINUS.match(text, max(0, at - 2), at) is not None


def _bounds(amounts: list[Amount], length: int) -> tuple[list[int], list[int]]:
    """Return between which positions the words about each amount stand; a number without sign bounds nothing."""
    signed = any(amount.sign for amount in amounts)
    floors, ceilings = [0] * len(amounts), [length] * len(amounts)
    for index in range(1, len(amounts)):
        before = amounts[index - 1]
        floors[index] = before.end if before.sign or not signed else floors[index - 1]
    for index in range(len(amounts) - 2, -1, -1):
        after = amounts[index + 1]
        ceilings[index] = after.start if after.sign or not signed else ceilings[index + 1]
    return floors, ceilings


def _claimed(text: str, phrase: Phrase, floor: int, amount: Amount) -> bool:
    """Tell whether a phrase belongs to the amount before it: right behind that one, not right in front of this."""
    if not floor or not phrase.after or _is_label(text, phrase):
        return False
    return _ADJACENT.fullmatch(text, floor, phrase.start) is not None and phrase.end + 1 < amount.start


def _is_next(phrase: Phrase, between: tuple[int, int], text: str) -> bool:
    """Tell whether a phrase is about the next amount: the RRP of "$149 RRP $189", "60 €, shipping possible 5 €"."""
    begin, end = between
    if not phrase.before or end >= len(text) or phrase.end >= end:
        return False
    own_clause = "," in text[begin : phrase.start] and not text[end].isalpha() and not text[end].isspace()
    return own_clause or not text[phrase.end : end].strip(" :\n")


def _is_label(text: str, phrase: Phrase) -> bool:
    return text[phrase.end : phrase.end + 2].lstrip().startswith((":", "："))


def _kind(place: Setting, kinds: frozenset[str]) -> Phrase | None:
    """Return the nearest phrase that makes the amount one of the kinds."""
    for phrase in place.left:
        if not kinds.isdisjoint(phrase.before) and _is_near(place, phrase) and not _is_free(place, phrase):
            return phrase
    for phrase in place.right:
        beside = not kinds.isdisjoint(phrase.after) and not between(place, phrase).strip(" :(,\n*")
        if beside and not ("shipping" in phrase.after and _is_included(place, phrase)):
            return phrase
    return None


def _is_near(place: Setting, phrase: Phrase) -> bool:
    """Tell whether a phrase in front is long, or a sign of a script without spaces, or right beside the amount."""
    if not _BESIDE.isdisjoint(phrase.before) and not between(place, phrase).strip(" :\n"):
        return True
    return _BESIDE.isdisjoint(phrase.before) and (
        phrase.end - phrase.start > _SHORT
        or _spoken(place, phrase)[:1] > "\u2e80"
        or not between(place, phrase).strip(" :(\n*¹²³†")
    )


def _is_free(place: Setting, phrase: Phrase) -> bool:
    """Tell whether it is the shipping that costs nothing: "Free shipping £20" is about a thing for £20."""
    if "shipping" not in phrase.before or "threshold" in phrase.before:
        return False
    begin = len(place.before) - (place.amount.start - phrase.start)
    return _FREE.search(place.before[max(0, begin - 14) :]) is not None  # 14: the longest such word and a space


def _is_included(place: Setting, phrase: Phrase) -> bool:
    """Tell whether the price in front holds the shipping, or it costs nothing: "65 € spedizione inclusa"."""
    return _INCLUDED.match(place.after, phrase.end - place.amount.end) is not None


def between(place: Setting, phrase: Phrase) -> str:
    """Return the text between an amount and a phrase beside it."""
    if phrase.start >= place.amount.end:
        return place.after[: phrase.start - place.amount.end]
    gap = place.amount.start - phrase.end
    return place.before[-gap:] if gap else ""


def role(place: Setting) -> tuple[str, str]:
    """Return the role of one amount and the words that say so; ``price`` when nothing says otherwise."""
    if place.before or place.after:
        said = _counted(place)
        if said[0] != "price":
            return said
    for kinds, name in _ORDER if place.left or place.right else ():
        phrase = _kind(place, kinds)
        if phrase and not (name == "was" and _now_is_nearer(place, phrase)):
            return _told_apart(name, place, phrase), _spoken(place, phrase)
    if place.minus:
        return "saving", "-"
    return ("surcharge", "+") if place.plus else ("price", "")


def _told_apart(name: str, place: Setting, phrase: Phrase) -> str:
    """Return the role, or what it is where shipping, an order's minimum or history is told in the same words."""
    if name == "from" and (_ships(place, phrase) or threshold.is_of_an_order(place.before, place.after)):
        return "shipping"
    return "other" if name == "was" and threshold.is_of_a_year(place.after) else name


def _ships(place: Setting, phrase: Phrase) -> bool:
    """Tell whether a word for shipping stands right in front of "from": "frete a partir de R$ 19,90"."""
    begin = phrase.start - place.amount.start
    others = (other for other in place.left if "shipping" in other.before and other.end <= phrase.start)
    return any(not place.before[other.end - place.amount.start : begin].strip(" :") for other in others)


def _counted(place: Setting) -> tuple[str, str]:
    """Return the role that a count beside the amount gives it: "4 x 25 €", "2 for $30"."""
    before, after = place.before, place.after
    numbered = _DIGITS_OR_WORDS.search(before) is not None
    if numbered and (match := _PARTS_BEFORE.search(before[-60:]) or _TIMES_BEFORE.search(before[-16:])):
        return "instalment", match[0].strip()
    if after and (match := _TIMES_AFTER.match(after)):
        return "instalment", match[0].strip()
    if after and (match := _UNIT_AFTER.match(after)):
        return "unit", match[0].strip()
    if after and (match := _OPEN_END.match(after)):
        return "from", match[0]
    if numbered and (match := _MULTI_BEFORE.search(before[-40:])):
        return "multi_buy", match[0].strip()
    if after and (match := _MULTI_AFTER.match(after)):
        return "multi_buy", match[0].strip()
    return "price", ""


def _now_is_nearer(place: Setting, phrase: Phrase) -> bool:
    """Tell whether "now" stands between "was" and the amount: "Regular price Sale price $19"."""
    return any("now" in other.before and phrase.end <= other.start for other in place.left)


_ORDER: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"levy"}), "surcharge"),
    (frozenset({"instalment"}), "instalment"),
    (frozenset({"unit"}), "unit"),
    (frozenset({"shipping", "threshold"}), "shipping"),
    (frozenset({"saving"}), "saving"),
    (frozenset({"limit"}), "limit"),
    (frozenset({"sum"}), "sum"),
    (frozenset({"lowest"}), "lowest"),
    (frozenset({"was"}), "was"),
    (frozenset({"from"}), "from"),
)
"""The roles by strength: "delivery from £3" is about delivery, "was from £3" about a former price."""


def _spoken(place: Setting, phrase: Phrase) -> str:
    if phrase.end <= place.amount.start:
        begin = phrase.start - (place.amount.start - len(place.before))
        return place.before[max(begin, 0) : begin + phrase.end - phrase.start]
    begin = phrase.start - place.amount.end
    return place.after[begin : begin + phrase.end - phrase.start]


def tax(place: Setting) -> str | None:
    """Return ``included`` or ``excluded`` when the words beside an amount say so.

    The words in front count first, unless they stand right behind another amount and this one has its own behind.
    """
    if not place.left and not place.right:
        return None
    near = [p for p in place.left if not between(place, p).strip(" :\n)")]
    front = _tax_kind([p.before for p in near])
    behind = _tax_kind([p.after for p in place.right])
    contested = place.follows and any(p.end - p.start + len(between(place, p)) + 2 >= len(place.before) for p in near)
    return behind or front if contested else front or behind


def _tax_kind(sides: list[tuple[str, ...]]) -> str | None:
    kinds = [kind.removeprefix("tax_") for kinds in sides for kind in kinds if kind.startswith("tax_")]
    return kinds[0] if kinds else None


_LABELS = frozenset({"label", "was", "now"})


def labelled(place: Setting) -> bool:
    """Tell whether a bare number stands beside a word that makes it a price: ``Preis: 1299``, ``45 obo``."""
    return any(
        _LABELS.intersection(phrase.before) and not between(place, phrase).strip(" :\n") for phrase in place.left
    ) or any("label" in phrase.after and not between(place, phrase).strip(" ") for phrase in place.right)
