"""What words beside values mean: the tables of ``data/labels.yaml``, turned round for looking up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from itertools import chain
from typing import Any, NamedTuple

import ahocorasick

from crawler import tabular

LABEL_LIMIT = 60  # characters; the longest label in the table has 48
HEADING_LIMIT = 100  # characters of a sentence that heads other products; the longest in the table has 75
_CODES = frozenset({"sku", "mpn", "gtin"})
_TAIL = " :：*-–—=.،"  # what a label may end with


class Tables(NamedTuple):
    """Phrase → meaning, all phrases case-folded."""

    fields: dict[str, str]
    """Label → name of a field; ``price``, ``list_price``, ``excluded`` and ``other`` for what stands before amounts."""
    availability: dict[str, str]
    condition: dict[str, str]
    on_request: frozenset[str]
    asking: tuple[re.Pattern[str], ...]
    """A pattern for each language: a word of asking and a word for price, in either order."""
    priced: frozenset[str]
    """The words for price: without one no such pattern matches."""
    cart: frozenset[str]
    related: frozenset[str]
    free: frozenset[str]
    fulfilment: frozenset[str]
    cart_on_buttons: frozenset[str]
    codes: frozenset[str]
    """Labels of two words, or one that means nothing else, that a shop's name may stand in front of."""
    answers: dict[str, str]
    """What "yes" and "no" mean behind a label of availability."""
    around: dict[str, tuple[str, ...]]
    """What stands around a phrase of availability: ``sorry``, ``thing``, ``now``, … (``crawler.extract.stated``)."""
    described: frozenset[str]
    """What heads a description."""
    buttons: frozenset[str]
    """What links and buttons say that names nothing."""
    vague: frozenset[str]
    """Conditions that count behind a label only."""
    net: re.Pattern[str]
    """What stands beside an amount without tax."""
    delivery_costs: frozenset[str]
    """What a note beside a price leads to, and nobody sells."""
    pieces: frozenset[str]
    numbers: tuple[str, ...]
    """Ends of labels behind which a code may stand without a colon."""
    no_brand: frozenset[str]
    of_maker: tuple[str, ...]
    """What a link to a maker's other goods begins with, longest first."""
    trail_home: frozenset[str]
    trail_around: frozenset[str]
    """What stands in a breadcrumb trail and is no step of it."""
    names: frozenset[str]
    """What heads the column of a table in which the things are named."""


@cache
def tables() -> Tables:
    """Read the table once, on first use."""
    text = resources.files("crawler.data").joinpath("labels.yaml").read_text("utf-8")
    data: dict[str, Any] = tabular.parsed(text)
    fields = _turned(data["prices"])
    fields.update({label: name for label, name in _turned(data["fields"]).items() if label not in fields})
    return Tables(
        fields=fields,
        availability=_turned(data["phrases"]),
        answers=_turned(data["answers"]),
        condition=_turned(data["conditions"]),
        asking=_asking(data),
        priced=frozenset(chain(*data["on_request_price"].values())),
        around={part: tuple(chain(*by_language.values())) for part, by_language in data["stated"].items()},
        net=_net(_flat(data["net"])),
        numbers=tuple(_flat(data["numbers"])),
        of_maker=tuple(sorted((f"{one} " for one in _flat(data["of_maker"])), key=len, reverse=True)),
        **{name: frozenset(_flat(data[name])) for name in _SETS},
    )


_SETS = ("on_request", "cart", "related", "free", "fulfilment", "cart_on_buttons", "codes", "described", "buttons",
         "vague", "delivery_costs", "pieces", "no_brand", "names", "trail_home", "trail_around")  # fmt: skip
"""Tables whose phrases all mean the same."""


def _flat(by_language: dict[str, list[str]]) -> list[str]:
    """The phrases of all languages; Korean is written with a space between nouns and without.

    Capitals of some languages fold to other letters than small ones: Greek and French drop their accents in them, and
    the Turkish alphabet has two letters that others take for one.
    """
    flat = [fold(phrase) for phrases in by_language.values() for phrase in phrases]
    flat += [fold(phrase.replace(" ", "")) for phrase in by_language.get("ko", ()) if " " in phrase]
    for language in ("el", "fr"):
        flat += [_without_accents(fold(phrase)) for phrase in by_language.get(language, ())]
    return flat + [fold(phrase).replace("i", "i\u0307").replace("ı", "i") for phrase in by_language.get("tr", ())]


def _without_accents(phrase: str) -> str:
    plain = "".join(mark for mark in unicodedata.normalize("NFD", phrase) if mark not in _ACCENTS)
    return unicodedata.normalize("NFC", plain)


_ACCENTS = "\u0300\u0301\u0302"  # grave, acute, circumflex: not the cedilla, not the diaeresis


def _asking(data: dict[str, Any]) -> tuple[re.Pattern[str], ...]:
    asks, prices, never = data["on_request_asks"], data["on_request_price"], "|".join(data["on_request_not"])
    return tuple(
        re.compile(rf"^(?=.*?\b(?:{_any(asks[one])}))(?=.*?\b(?:{_any(prices[one])}))(?!.*?(?:{never}))\D*$")
        for one in asks
    )


def _net(phrases: list[str]) -> re.Pattern[str]:
    """One pattern, tried only where a phrase can begin; a phrase of up to three letters is a whole word."""
    spelled = sorted({re.escape(one).replace(r"\ ", r"\s{0,2}") + (r"\b" if len(one) < 4 else "") for one in phrases})
    begin = re.escape("".join(sorted({one[0] for one in phrases})))
    return re.compile(rf"(?=[{begin}])(?:(?<!\w)|(?=[\u2e80-\uffff]))(?:{'|'.join(spelled)})", re.IGNORECASE)


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, words))


def _turned(table: dict[str, dict[str, list[str]]]) -> dict[str, str]:
    turned: dict[str, str] = {}
    for meaning, by_language in table.items():
        for phrase in _flat(by_language):
            turned.setdefault(phrase, meaning)
    return turned


def fold(text: str) -> str:
    """A phrase as the tables have it: case-folded, without what a label ends with."""
    return text.casefold().strip(_TAIL).strip()


def meaning(low: str) -> str | None:
    """Field that a label announces; ``low`` is the case-folded text in front of the value."""
    return _meaning(low) if len(low) <= LABEL_LIMIT else None


@lru_cache(maxsize=8192)
def _meaning(low: str) -> str | None:
    fields = tables().fields
    known = fields.get(low) or fields.get(low.strip(_TAIL).strip())
    if known is None and low.endswith((")", "):")):  # "Price (EUR)"
        known = fields.get(low.partition("(")[0].strip(_TAIL))
        if known == "price" and tables().net.search(low, low.find("(") + 1):  # "Hinta (alv 0 %)"
            known = "excluded"
        inside = fields.get(low.partition("(")[2].rstrip("):")) if known is None else None
        known = inside if inside in _CODES else known  # "Univerzalna koda izdelka (UPC)"
    if known is None and " " in low:  # a shop's own name in front: "Acme Stock No."
        rest = low.partition(" ")[2].strip(_TAIL).strip()
        known = "sku" if rest in tables().codes else None
    return known


def maker(text: str) -> str | None:
    """The maker that a value names: not "Other", not a row of further labels; "Acme" of "More from Acme"."""
    low = text.casefold()
    begin = next((len(one) for one in tables().of_maker if low.startswith(one)), 0)
    name = text[begin:].strip(_TAIL + "»>›")
    low = fold(name)
    head = low.partition(":")[0]
    if low in tables().no_brand or (head != low and meaning(head)) or not any(map(str.isalpha, name)):
        return None
    return None if begin and low in tables().buttons else name


def is_cart(low: str) -> bool:
    """Whether a button's text puts the thing into a cart."""
    return _is_cart(low[: LABEL_LIMIT + 1])


@lru_cache(maxsize=8192)  # menus and labels are the same on every page of a shop
def _is_cart(low: str) -> bool:
    low = low.strip(" +»>!.→")
    return low in tables().cart or low.partition(" - ")[0].strip() in tables().cart


def is_cart_on_a_button(low: str) -> bool:
    """Whether a text puts the thing into a cart where it is written on a button: "Add"."""
    return low.strip(" +") in tables().cart_on_buttons


def names_delivery_costs(low: str) -> bool:
    """Whether a text is a note on what delivery costs: "Preise inkl. MwSt. zzgl. Versandkosten"."""
    return len(low) <= LABEL_LIMIT and any(words in low for words in tables().delivery_costs)


def is_button(low: str) -> bool:
    """Whether a link, a button or a badge of a card says what it does, and names nothing: "View details »"."""
    return len(low) <= LABEL_LIMIT and low.strip(" +»›>!.→:…") in tables().buttons


def is_related(low: str, heading: bool) -> bool:
    """Whether a text opens a list of other products; inside a real heading the phrase may stand among other words."""
    if len(low) <= HEADING_LIMIT and low.strip(_TAIL + "!…") in tables().related:
        return True
    return heading and len(low) <= LABEL_LIMIT and next(_related().iter(low), None) is not None


@cache
def _related() -> Any:
    """The phrases long enough to be meant where they stand among other words."""
    return _automaton(phrase for phrase in tables().related if len(phrase) > 11 or not phrase.isascii())


@cache
def _priced() -> Any:
    return _automaton(tables().priced)


def _automaton(words: Iterable[str]) -> Any:
    automaton = ahocorasick.Automaton()
    for word in words:
        automaton.add_word(word, word)
    automaton.make_automaton()
    return automaton


def speaks_of_price(low: str) -> bool:
    """Whether a word for price is in a text."""
    return next(_priced().iter(low), None) is not None


def is_on_request(low: str) -> bool:
    """Whether a text says that the price must be asked for."""
    if len(low) > LABEL_LIMIT:
        return False
    known = tables()
    if low.strip(_TAIL + "!…") in known.on_request:
        return True
    return speaks_of_price(low) and any(one.match(low) for one in known.asking)


def is_fulfilment(low: str) -> bool:
    """Whether a text names a way of getting a thing: what follows is said of that way alone."""
    return len(low) <= LABEL_LIMIT and low.strip(_TAIL) in tables().fulfilment


def is_free(low: str) -> bool:
    """Whether a text says that nothing is asked for the thing."""
    return len(low) <= LABEL_LIMIT and low.strip(_TAIL + "!") in tables().free
