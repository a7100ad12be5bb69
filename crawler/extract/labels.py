"""What words beside values mean: the tables of ``data/labels.yaml``, turned round for looking up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from itertools import chain
from typing import Any, NamedTuple

import ahocorasick

from crawler import tabular

_SAID_LIMIT = 200  # characters of a statement that are looked at: nothing longer is remembered
LABEL_LIMIT = 60  # characters; the longest label in the table has 48
_COUNTED = re.compile(
    r"(?:only |just |nur (?:noch )?|noch |plus que |solo |sólo |tylko |még |jen |всего )?"
    r"(\d{1,3}(?:[.,]\d{3}){1,2}|\d{1,6})\+? "
    r"(?:(?:units?|items?|pcs?|pieces?|products?|left|stück|stk|unités?|produits?|articles?|unidades|pezzi|stuks|szt|ks|шт)"
    r"\.? ?)?((?:in|auf|en|op|na|w|em|på|i|disponibil|available|left|lagernd|vorrätig|verfügbar|dispon|skladem|в)\b"
    r"[^\d]{0,25}?)"
    r"(?: (?:at|in|online)\b.{0,40})?"
)
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
    names: frozenset[str]
    """What heads the column of a table in which the things are named."""


@cache
def tables() -> Tables:
    """Read the table once, on first use."""
    text = resources.files("crawler.data").joinpath("labels.yaml").read_text("utf-8")
    data: dict[str, Any] = tabular.parsed(text)
    fields = _turned(data["prices"])
    fields.update({label: name for label, name in _turned(data["fields"]).items() if label not in fields})
    return Tables(fields, _turned(data["phrases"]), _turned(data["conditions"]), frozenset(_flat(data["on_request"])),
                  _asking(data), frozenset(chain(*data["on_request_price"].values())), frozenset(_flat(data["cart"])),
                  frozenset(_flat(data["related"])), frozenset(_flat(data["free"])),
                  frozenset(_flat(data["fulfilment"])), frozenset(_flat(data["cart_on_buttons"])),
                  frozenset(_flat(data["names"])))  # fmt: skip


def _flat(by_language: dict[str, list[str]]) -> list[str]:
    return [fold(phrase) for phrases in by_language.values() for phrase in phrases]


def _asking(data: dict[str, Any]) -> tuple[re.Pattern[str], ...]:
    asks, prices, never = data["on_request_asks"], data["on_request_price"], "|".join(data["on_request_not"])
    return tuple(
        re.compile(rf"^(?=.*?\b(?:{_any(asks[one])}))(?=.*?\b(?:{_any(prices[one])}))(?!.*?(?:{never}))\D*$")
        for one in asks
    )


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
    if known is None and " " in low:  # a shop's own name in front: "Acme Stock No."
        rest = low.partition(" ")[2].strip(_TAIL).strip()
        known = "sku" if rest in _CODES else None
    return known


_CODES = frozenset(
    {"stock no", "stock no.", "stock number", "order code", "item no", "item no.", "item number", "article number",
     "product code", "catalogue no", "catalogue number", "artikelnummer", "bestellnummer", "bestell-nr"}
)  # fmt: skip
"""Labels of two words, or one that means nothing else, that a shop's name may stand in front of."""


def availability(text: str) -> str | None:
    """Availability that a short text states: the phrase alone, or at its head ("In stock (27 available)")."""
    return _availability(text[:_SAID_LIMIT])


@lru_cache(maxsize=8192)  # the pages of a shop say the same few things
def _availability(text: str) -> str | None:
    low = text.casefold().strip(" .!。！✓✔✗•*-:")
    table = tables().availability
    counted = _COUNTED.fullmatch(low)
    if counted and table.get(counted[2]) == "InStock":  # "14 units in stock", "only 3 left in stock", "0 in stock"
        return "InStock" if counted[1].strip("0") else "OutOfStock"
    known = table.get(low) or _at_head(low, table, _beginnings("availability"))
    rest = None if known else _SUBJECT.match(low) or _FOR_NOW.match(low)
    return table.get(_WHERE.sub("", low[rest.end() :])) if rest else known


_SUBJECT = re.compile(
    r"(?:(?:sorry|we're sorry|we are sorry|oops|leider|désolée?|lo sentimos|ci dispiace|desculpe|helaas|niestety"
    r"|bohužel|bohužiaľ|tyvärr|desværre|dessverre|valitettavasti|maalesef|üzgünüz|sajnos|din păcate|к сожалению"
    r"|на жаль|λυπούμαστε|nažalost|žal|申し訳ございません|申し訳ありません|抱歉|죄송합니다)"
    r"[,.!:、]? ?(?:but |aber |mais |pero |ma |mas |maar )?)?"
    r"(?:(?:dies\w{0,2}|the|this|cet?|este|questo|dit|ten|den|det|этот) )?"
    r"(?:produkt\w{0,2}|artikel\w{0,2}|product|item|article|produit|producto|artículo|prodotto|articolo|produto|товар"
    r"|tuote|vara|varen|vare|ürün|termék|výrobek)"
    r"(?: (?:is|ist|est|está|è|jest|er|är|on|je))?"
    r"(?: (?:currently|now|derzeit|zurzeit|aktuell|momentan|leider|actuellement|actualmente|attualmente|obecnie))? "
)
"""What a sentence about availability begins with: "Produkt vergriffen", "This item is currently sold out"."""


_WHERE = re.compile(
    r" (?:online|right now|at the moment|at this time|im (?:online-?)?shop|en ligne|en línea|en este momento|al momento"
    r"|no momento|op dit moment"
    r"|just nu|i øjeblikket|for øyeblikket|tällä hetkellä|w tej chwili|momentálně)$"
)
"""What such a sentence may end with."""


_FOR_NOW = re.compile(
    r"(?:temporar(?:il)?y|currently|momentarily|derzeit|zurzeit|momentan|aktuell|leider|vorübergehend|actuellement"
    r"|temporairement|momentanément|actualmente|temporalmente|attualmente|temporaneamente|momentaneamente|tijdelijk"
    r"|momenteel|obecnie|chwilowo|tymczasowo|временно|сейчас|tillfälligt|midlertidigt|tilapäisesti|dočasně|momentálně"
    r"|geçici olarak|şu anda|temporariamente|jelenleg|átmenetileg|momentálne|aktuálne|dočasne|trenutno|začasno"
    r"|privremeno|momentan|temporar|тимчасово|наразі|προσωρινά|laikinai|īslaicīgi|ajutiselt|hetkel"
    r"|midlertidig|aktuálně) "
)
"""An adverb before the phrase: "Temporary sold out"."""


def condition(text: str) -> str | None:
    """Condition that a short text states."""
    return _condition(text[:_SAID_LIMIT])


@lru_cache(maxsize=2048)
def _condition(text: str) -> str | None:
    low = text.casefold().strip(" .!")
    table = tables().condition
    return table.get(low) or _at_head(low, table, _beginnings("condition"))


def _at_head(low: str, table: dict[str, str], beginnings: frozenset[str]) -> str | None:
    """The longest phrase that the text begins with, at a word's end, when little follows."""
    if low[:2] not in beginnings:
        return None
    low = low[:LABEL_LIMIT]
    for sign in ("(", ",", " - ", ":", "–", ";", ".", "|", "!", "/", " · "):
        head, found, _ = low.partition(sign)
        if found and (known := table.get(head.strip())):
            return known
    words = low.split(" ")
    for count in range(min(len(words) - 1, 6), 0, -1):
        known = table.get(" ".join(words[:count]))
        if known and (count > 1 or not words[count].isalpha()):
            return known
    return None


@cache
def _beginnings(name: str) -> frozenset[str]:
    """The first two letters of a table's phrases, none of which is shorter: most texts begin otherwise."""
    return frozenset(phrase[:2] for phrase in getattr(tables(), name))


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


def is_related(low: str, heading: bool) -> bool:
    """Whether a text opens a list of other products; inside a real heading the phrase may stand among other words."""
    if len(low) > LABEL_LIMIT:
        return False
    known = tables().related
    if low.strip(_TAIL + "!…") in known:
        return True
    return heading and next(_related().iter(low), None) is not None


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


def is_on_request(low: str) -> bool:
    """Whether a text says that the price must be asked for."""
    if len(low) > LABEL_LIMIT:
        return False
    known = tables()
    if low.strip(_TAIL + "!…") in known.on_request:
        return True
    return next(_priced().iter(low), None) is not None and any(one.match(low) for one in known.asking)


def is_fulfilment(low: str) -> bool:
    """Whether a text names a way of getting a thing: what follows is said of that way alone."""
    return len(low) <= LABEL_LIMIT and low.strip(_TAIL) in tables().fulfilment


def is_free(low: str) -> bool:
    """Whether a text says that nothing is asked for the thing."""
    return len(low) <= LABEL_LIMIT and low.strip(_TAIL + "!") in tables().free
