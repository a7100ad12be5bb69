"""What each price of a text is for, by the words and signs around it."""

from __future__ import annotations

import re

from crawler.prices import threshold
from crawler.prices.setting import Setting, between, spoken
from crawler.prices.words import Phrase

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
        or spoken(place, phrase)[:1] > "\u2e80"
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


def role(place: Setting) -> tuple[str, str]:
    """Return the role of one amount and the words that say so; ``price`` when nothing says otherwise."""
    if place.before or place.after:
        said = _counted(place)
        if said[0] != "price":
            return said
    for kinds, name in _ORDER if place.left or place.right else ():
        phrase = _kind(place, kinds)
        if phrase and not (name == "was" and _now_is_nearer(place, phrase)):
            return _told_apart(name, place, phrase), spoken(place, phrase)
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
