"""From a text to its prices: amounts, their currencies, and what each is for, put together."""

from __future__ import annotations

import re
from decimal import Decimal
from operator import attrgetter

from crawler.prices import cents, currencies, ranges, roles, scan, setting, words
from crawler.prices.amount import Amount
from crawler.prices.choice import choose
from crawler.prices.draft import Draft
from crawler.prices.hints import Hints
from crawler.prices.numerals import FIRM_SPACE, interpret, plain
from crawler.prices.values import number_of

MAX_VALUE = Decimal(10) ** 15  # above it nothing is a price; pydantic and Decimal128 stay far from their limits
MILLION = 10**6
HARD = frozenset(
    {"USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD", "SEK", "NOK", "DKK", "PLN", "RON", "BGN", "ILS"}
)
"""Money a million of which buys a house: a budget, a jackpot, a transfer. A handbag costs a million rupiah."""
_BARE_TEXT = 160  # characters: a longer text is prose, and its numbers without sign are no prices
_SOMETHING = re.compile(r"[^\W_]|[%#/]")  # a letter, a digit, or a sign that makes a number something else
_SIGNS = "[$€£₹₩¥₽₺₴₪₫₱฿]"  # those that are no words
_DIGITS = (  # thousands by one sign, two decimals or none
    r"(?P<{0}>\d{{1,3}}(?:(?P<{0}_group>[., \u00a0])\d{{3}}(?:(?P={0}_group)\d{{3}}){{0,2}})?(?:[.,]\d\d)?"
    r"|\d{{1,9}}(?:[.,]\d\d)?)"
)
_PLAIN = re.compile(
    rf"(?P<before>{_SIGNS}) ?{_DIGITS.format('first')}|{_DIGITS.format('second')}[ \u00a0]?(?P<after>{_SIGNS})"
)


def _as_written(spelled: str, hints: Hints) -> Draft | None:
    """Read a text that is one sign and one number, as most prices are: the same answer, without looking for words."""
    match = _PLAIN.fullmatch(spelled)
    if match is None:
        return None
    name = "first" if match["first"] else "second"
    choice = choose(match["before"] or match["after"], hints)
    number = interpret(match[name], currencies.decimals(choice.code), currencies.point(hints, choice.code))
    if number is None:
        return None
    return Draft("price", number.value, choice, 0, len(spelled), number.note, number.alternative)


def read(text: str, hints: Hints) -> list[Draft]:
    """Return the prices of a visible text in order."""
    spelled, places = plain(text)
    if places is None and (draft := _as_written(spelled, hints)):
        return [draft]
    return _read(spelled, places, hints)


def _read(spelled: str, places: list[int] | None, hints: Hints) -> list[Draft]:
    loose = spelled.replace(FIRM_SPACE, " ")
    numbers = scan.amounts(spelled, hints.language)
    drafts = [] if numbers else _alone(loose, hints)  # no phrase of the tables has a number in it
    if not drafts:
        spoken = sorted(words.phrases(loose), key=attrgetter("start"))
        amounts = [a for a in numbers if scan.is_money(loose, a)]
        drafts = (_priced(loose, amounts, spoken, hints) if amounts else []) + _on_request(spoken)
        drafts.sort(key=lambda draft: draft.start)
    if places is None:
        return drafts
    return [d._replace(start=places[d.start], end=places[d.end - 1] + 1) for d in drafts]


def _alone(text: str, hints: Hints) -> list[Draft]:
    kind = words.alone(text)
    if kind == "free":
        return [Draft("free", Decimal(0), choose("", hints), 0, len(text))]
    return [Draft(kind, None, None, 0, len(text))] if kind else []


def _on_request(spoken: list[words.Phrase]) -> list[Draft]:
    ends = -1
    drafts = []
    for phrase in spoken:
        if phrase.anywhere and phrase.start >= ends:
            drafts.append(Draft("on_request", None, None, phrase.start, phrase.end))
            ends = phrase.end
    return drafts


def _priced(text: str, amounts: list[Amount], spoken: list[words.Phrase], hints: Hints) -> list[Draft]:
    alone, signed = _nothing_else(text, amounts, spoken), any(a.sign for a in amounts)
    amounts = cents.join_split(text, amounts) if alone else amounts
    places = setting.settings(text, amounts, spoken)
    scaled = {amount.scale: amount for amount in amounts if amount.sign and amount.scale > 1}
    drafts: list[Draft] = []
    for index, place in enumerate(places):
        bare = alone and (place.amount.parted or not signed)
        if not place.amount.sign:
            if index + 1 < len(amounts) and ranges.opens_range(text, place, amounts[index + 1]):
                place, bare = ranges.borrowing(place, amounts[index + 1]), True
            elif drafts and ranges.closes_range(text, place, amounts[index - 1], drafts[-1]):
                place, bare = ranges.borrowing(place, amounts[index - 1]), True
            elif place.amount.scale in scaled:  # bag 450k, shoes 320k IDR
                place = ranges.borrowing(place, scaled[place.amount.scale])
        if draft := _draft(place, hints, bare, alone):
            drafts.append(draft)
    return ranges.pairs(text, drafts)


def _nothing_else(text: str, amounts: list[Amount], spoken: list[words.Phrase]) -> bool:
    """Tell whether a text is prices and words of price only, so that its bare numbers are prices too."""
    if len(text) > _BARE_TEXT:
        return False
    at = 0
    for start, end in sorted([(a.start, a.end) for a in amounts] + [(p.start, p.end) for p in spoken]):
        if start > at and _SOMETHING.search(text, at, start):
            return False
        at = max(at, end)
    return _SOMETHING.search(text, at) is None


def _draft(place: setting.Setting, hints: Hints, bare: bool, alone: bool) -> Draft | None:
    """Read one amount. ``bare``: a number without sign is a price here; ``alone``: nothing else is in the text."""
    amount = place.amount
    sign = _more_telling(amount.sign, amount.code) or amount.hundredth or _of_thousands(amount, hints)
    if not sign and not (bare or amount.round or roles.labelled(place)):
        return None
    if sign and not _trusted(sign, amount, hints, alone):
        return None
    choice = choose(sign, hints)
    number = number_of(place, choice, hints)
    if number is None or number.value > MAX_VALUE:
        return None
    role, said = roles.role(place)
    role = "sum" if amount.scale >= MILLION and choice.code in HARD else role
    note = "; ".join(filter(None, (said if role not in ("price", "limit") else "", amount.note, number.note)))
    return Draft(role, number.value, choice, amount.start, amount.end, note, number.alternative, roles.tax(place))


def _trusted(sign: str, amount: Amount, hints: Hints, alone: bool) -> bool:
    """Tell whether a sign that is also a word or a size stands for money here: the R of "R 499", the p of "50p"."""
    if amount.hundredth == "p":
        return currencies.speaks_of("p", hints)
    if not currencies.is_wordlike(sign) or amount.parted or amount.scale > 1 or currencies.speaks_of(sign, hints):
        return True
    return alone and (sign.upper() not in currencies.codes() or len(amount.digits) > 4)  # TOP 10, but ALL 12,500


def _of_thousands(amount: Amount, hints: Hints) -> str:
    """The sign that a number with a k goes without where everybody speaks of money in thousands: "250k", in Vietnam."""
    if amount.scale != 1000:  # k
        return ""
    sign: str = currencies.tables()["thousands"].get((hints.language or "")[:2], "")
    return sign


def _more_telling(sign: str, code: str) -> str:
    if not code:
        return sign
    return min((sign, code), key=lambda s: len(currencies.candidates_of(s)) or 99)  # 99: no currency at all
