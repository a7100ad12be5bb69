"""The price and the list price among the amounts of a page: the best of each role that is no other product's."""

from __future__ import annotations

from crawler.extract.document import Document
from crawler.extract.model import Reading
from crawler.extract.regions import CHOICES, OUTSIDE
from crawler.extract.visible import other_cards, reductions
from crawler.extract.visible.amount import Amount
from crawler.extract.visible.price_weight import level
from crawler.extract.visible.view import NEAR_ENOUGH, View, reading
from crawler.money import Money

NEAR_LIMIT = 60  # amounts that are tested for standing in a card
FROM_BELOW = 0.7  # of a score
LOOKED_AT = 12  # best amounts that are tested for standing in a card


def read(document: Document, view: View) -> None:
    """Add the price and the list price: the best amount of each role, the list price near the price and above it."""
    asked = [one for one in view.amounts if one.role in ("price", "from", "low") and one.region != "grouped"]
    ranked = sorted(asked, key=lambda one: _beside_a_price(one, asked) - one.score)
    ranked = _own(ranked[:LOOKED_AT], document, view)
    net = [one for one in view.amounts if one.role == "excluded" and one.score > 0]
    best = next((one for one in ranked if one.score > 0), None)
    if best is None or _is_told(best):  # "Regular price" alone is the price; a struck one never is
        named = [one for one in view.amounts if one.role == "was" and one.label and not one.struck and one.score > 0]
        named.sort(key=lambda one: -one.score)
        regular = next(iter(_own(named[:LOOKED_AT], document, view)), None)
        best = regular if best is None or (regular is not None and regular.score > best.score + BETTER) else best
    if best is None and not view.carded:
        best = max(net, key=lambda one: one.score, default=None)
    if best is None:
        return
    best = _by_any_way(reductions.asked(view, best, document), ranked)
    view.best = best
    view.held = _held(view, best, document)
    money = best.money
    if best.role == "excluded":
        money = money.model_copy(update={"tax": "excluded"})
    elif net:
        money = money.model_copy(update={"tax": "included"})
    view.subject.add("price", _amount(money, best, "from" if best.role in ("from", "low") else ""))
    near = _old(view, best, document) if best.role != "was" else None
    if near is not None:
        view.subject.add("list_price", _amount(near.money, near))


BETTER = 1.0  # of a score, by which "Regular price" beats an amount in a sentence
SENTENCE = 25  # characters beside an amount in a sentence


def _is_told(amount: Amount) -> bool:
    """Whether an amount stands in a sentence: "In the box: a spray (worth 499.00) and a bag."."""
    said = amount.run.text.rstrip()
    return said[-1:] in ".!?。！" and len(said) - len(amount.reading.text) > SENTENCE and not amount.label


def _by_any_way(best: Amount, ranked: list[Amount]) -> Amount:
    """Of two amounts for two ways of paying the higher: that is what one pays at most."""
    ways = [one for one in ranked if one.limited and one.level == best.level and one.alike == best.alike]
    near = [one for one in ways if abs(one.text.index - best.text.index) <= NEAR_WAYS]
    higher = [one for one in near if best.money.amount < one.money.amount <= best.money.amount * WAYS_RATIO]
    return max(higher, key=lambda one: one.money.amount, default=best) if best.limited else best


NEAR_WAYS = 4  # texts between the prices of two ways of paying
WAYS_RATIO = 2


def _beside_a_price(amount: Amount, asked: list[Amount]) -> float:
    """What "from 19.90" loses below a plain price: it is asked for something else, as fitting or a warranty is."""
    if amount.role != "from":
        return 0.0
    above = (one for one in asked if one.role == "price" and one.text.index < amount.text.index)
    return FROM_BELOW if any(one.level <= amount.level and one.region == amount.region for one in above) else 0.0


def only_asked_for(view: View) -> None:
    """Where the price must be asked for and nothing can be bought, an amount farther from the name is another's."""
    asked, best = next(iter(view.subject.readings.get("price_problem", ())), None), view.best
    if asked is None or best is None or view.carts or asked.place.element is None:
        return
    if level(asked.place.element, view.spine) < best.level and not best.label:
        view.best = None
        view.subject.readings.pop("price", None)
        view.subject.readings.pop("list_price", None)


def _held(view: View, best: Amount, document: Document) -> int:
    near = [one for one in view.amounts if one.level <= best.level]
    if len(near) <= NEAR_ENOUGH:
        return 0
    return sum(_in_a_card(one, view, document) for one in near[:NEAR_LIMIT])


def _old(view: View, best: Amount, document: Document) -> Amount | None:
    """The former price nearest to the price: above it, before other products begin, and in no card of another."""
    olds = [
        one
        for one in view.amounts
        if one.role in ("was", "lowest") and one.money.amount > best.money.amount and one.score > -2
    ]
    olds = [one for one in olds if one.region not in CHOICES or one.region == best.region]
    if best.role != "excluded":
        olds = [one for one in olds if one.label != "excluded"]
    olds = [one for one in olds if _doubt(one) < WORD_ALONE or not _in_other_prose(one, best)]
    if 0 <= best.text.index < view.end:
        olds = [one for one in olds if one.text.index < view.end]
    olds = [one for one in olds if not _is_of_another(one, best, view)]
    olds.sort(key=lambda one: (_doubt(one), abs(one.text.index - best.text.index)))
    former = next((one for one in olds[:4] if not _in_a_card(one, view, document)), None)
    if former is not None and former.role != "lowest":
        return former
    proved = reductions.former(view, best, document)
    return former if proved is None or _in_a_card(proved, view, document) else proved


def _is_of_another(old: Amount, best: Amount, view: View) -> bool:
    """Whether a former price, farther from the heading than the price, has another beside it that is asked now."""
    return old.level > best.level and any(
        one.role in ("price", "from", "low")
        and one.level == old.level
        and one.money.amount < old.money.amount
        and abs(one.text.index - old.text.index) < min(abs(old.text.index - best.text.index), NEAR_FORMER)
        for one in view.amounts
    )


NEAR_FORMER = 5  # texts between a former price and the one that is asked now: labels, a percentage


WORD_ALONE = 2  # doubts: no label and no strike, only a word before the amount
PROSE = 60  # characters beside an amount on a line of prose


def _in_other_prose(old: Amount, best: Amount) -> bool:
    """Whether an amount stands in a description: "a set of three, instead of 89.80 for each alone"."""
    return old.run.first != best.run.first and len(old.run.text) - len(old.reading.text) > PROSE


def _doubt(old: Amount) -> int:
    """How little says that an amount is the former price: a label or a strike, its own "Price:", a word alone."""
    if old.role == "lowest":  # that of thirty days, where no other is shown
        return 3
    if old.label == "price":
        return 1
    return 0 if old.struck or old.label in ("list_price", "regular") else WORD_ALONE


def _own(ranked: list[Amount], document: Document, view: View) -> list[Amount]:
    """The amounts that do not belong to a card of another product; stops at the first good one."""
    for index, one in enumerate(ranked):
        if one.score <= 0:
            break
        if _in_a_card(one, view, document):
            view.carded = True
        elif not (view.carded and one.region in OUTSIDE):  # beside a list: a price filter, best sellers
            return ranked[index:]
    return []


def _in_a_card(amount: Amount, view: View, document: Document) -> bool:
    """Whether an amount is another product's; before other products begin, what holds their heading is no card."""
    whole = view.whole if not 0 <= view.end <= amount.text.index else view.spine
    return other_cards.holds(amount, view.headline, whole, document)


def _amount(money: Money, amount: Amount, note: str = "") -> Reading:
    return reading(money, amount.text.owner, amount.reading.text, note or amount.reading.note)
