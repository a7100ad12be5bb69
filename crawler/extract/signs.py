"""What a visible page shows of selling one thing: a price that stands alone, or that must be asked for, or is gone."""

from __future__ import annotations

import re
from itertools import islice

from crawler.extract import labels, stated
from crawler.extract.address import guess
from crawler.extract.document import Document, text_content
from crawler.extract.regions import OUTSIDE
from crawler.extract.visible.amount import Amount
from crawler.extract.visible.bare import stands_in_a_price
from crawler.extract.visible.other_cards import leads_elsewhere
from crawler.extract.visible.product_id import product_id
from crawler.extract.visible.view import GONE, NEAR_ENOUGH, View
from crawler.urls import host


def is_asked(view: View, document: Document) -> bool:
    """Whether an amount under a heading is asked for a thing: with a word for it, on a line of its own, to be bought.

    An encyclopaedia, a branch's page and an insurer have a heading and an amount, too.
    """
    best = view.best
    if best is None or view.cart_element is not None or view.rows or view.subject.first("availability"):
        return True
    beside = len(best.run.text) - len(best.reading.text)
    headed = best.level == 0 and best.role == "price"  # "EF80 valve, boxed £6"
    following = 0 < best.text.index - view.headline.index <= 3 and beside <= 2
    if best.label == "price" or headed or following or (best.priced and beside <= LONE):
        return True
    return guess(document.url[:500])[0] == "product"


def gone_score(document: Document, view: View) -> float:
    """What speaks for a sold-out thing whose page shows no price: it says so under a name with a maker or a code."""
    known = view.subject.readings
    gone = known.get("availability", ())
    if view.best is not None or not gone or gone[0].value not in GONE or not view.headline.strong:
        return 0.0
    if stated.availability(view.headline.text) or ("sku" not in known and "brand" not in known and "gtin" not in known):
        return 0.0  # "This product is no longer available" as the heading
    return 1.2 if guess(document.url[:500])[0] == "product" or view.carded else 0.6


def is_gone(document: Document, view: View) -> bool:
    """Whether what has a code under a strong name is said to be gone, apart from cards: they are what else there is."""
    gone = next(iter(view.subject.readings.get("availability", ())), None)
    if view.best is not None or gone is None or gone.value not in GONE or not gone_score(document, view):
        return False
    place = gone.place.element
    return place is not None and not leads_elsewhere(place, view.spine, document)


def asks_in_a_price(view: View, document: Document) -> bool:
    """Whether "ask for the price" stands in the element that is called a price."""
    asked = next(iter(view.subject.readings.get("price_problem", ())), None)
    return asked is not None and asked.place.element is not None and stands_in_a_price(asked.place.element, document)


def is_asked_by_messenger(view: View, document: Document) -> bool:
    """Whether the price must be asked for, and a messenger's link below the heading says where."""
    if not view.on_request or not view.headline.strong:
        return False
    return any(
        document.first_text.get(link, -1) > view.headline.index and document.regions.get(link) not in OUTSIDE
        for link in document.all("a")
        if host(link.get("href") or "") in MESSENGERS
    )


MESSENGERS = frozenset(
    {"wa.me", "api.whatsapp.com", "chat.whatsapp.com", "t.me", "telegram.me", "m.me", "zalo.me", "line.me", "lin.ee",
     "viber.click", "signal.me", "pf.kakao.com", "open.kakao.com"}
)  # fmt: skip
_SHORTENED = re.compile(r"(?<!\w)(?:руб|р|kr|ден|дин|din|грн|rs|тг|сум|lei|pts)\.$", re.IGNORECASE)
"""A sign of money whose stop ends no sentence."""
SENTENCE = 15  # characters beside an amount; with a full stop at the end they are a sentence


def sells_one(document: Document, view: View) -> bool:
    """Whether a heading and a form that buys one product are there, although no price is."""
    cart = view.cart_element
    if cart is None or not view.headline.strong or view.carts > 3 or product_id(document, cart) is None:
        return False
    return not leads_elsewhere(cart, view.spine, document)


def in_prose(best: Amount) -> bool:
    """Whether the amount stands in a sentence, as in an article about prices."""
    rest = len(best.run.text) - len(best.reading.text)
    said = best.run.text.rstrip()
    sentence = rest > SENTENCE and said[-1:] in ".!?。！" and _SHORTENED.search(said) is None
    return (rest > 60 or sentence) and not best.label and not best.priced and not _is_a_linked_card(best)


def is_announced(amount: Amount) -> bool:
    """Whether the words right in front of an amount in a sentence are a price's: "… since 1987. Price: £49 and"."""
    before = amount.run.text[amount.begin : amount.reading.start].casefold()
    words = before[-labels.LABEL_LIMIT :].rstrip(" :：").split(" ")
    ends = (labels.meaning(" ".join(words[-count:])) for count in (1, 2) if len(words) >= count)
    return any(one in ("price", "list_price") for one in ends)


def _is_a_linked_card(amount: Amount) -> bool:
    """Whether an amount stands in a pictured link: cards that are links one after the other make one line of text."""
    link = next((one for one in islice(amount.text.owner.iterancestors(), LINK_DEPTH) if one.tag == "a"), None)
    inside = list(islice(link.iter(), LINK_SIZE + 1)) if link is not None else []
    pictured = len(inside) <= LINK_SIZE and any(one.tag == "img" for one in inside)
    return link is not None and pictured and len(text_content(link)) <= LINK_TEXT


LINK_DEPTH, LINK_SIZE, LINK_TEXT = 4, 60, 200  # levels up to such a link, its elements, characters of its text


def stands_alone(view: View) -> bool:
    """Whether the price stands with the heading, apart from most other amounts: other products come after it."""
    best = view.best
    if best is None or view.rowed or best.level > NEAR or in_prose(best):
        return False
    if best.role == "from" and view.cart_element is None and _heads_a_list(best, view):
        return False
    near = sum(1 for one in view.amounts if one.level <= best.level) - view.held
    if near <= FEW and len(view.amounts) > near:  # however many cards of others look like it
        return True
    return best.alike <= 3 and (near <= NEAR_ENOUGH or near * 2 <= len(view.amounts))


def _heads_a_list(best: Amount, view: View) -> bool:
    """Whether "Shorts from 34.95" stands over several prices of one form, none of them lower."""
    after = [one for one in view.amounts if one.text.index > best.text.index and one.region not in OUTSIDE]
    rows = [one for one in after if one.alike > ROWS and one.role in ("price", "was")]
    return view.end < 0 and len(rows) > ROWS and all(one.money.amount >= best.money.amount for one in rows)


ROWS = 3  # amounts of one form; a was, a now and a sticky bar's copy may look alike
LONE = 24  # characters beside an amount that stands on a line of its own: "Price:", "each", "VB"
FEW = 2  # amounts: a price, and what it was before
NEAR = 6  # levels between the heading and what holds both it and the price; templates have 1–5
