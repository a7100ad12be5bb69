"""What an amount is for: the price, a former one, one without tax, or none; by words, strikes and class names."""

from __future__ import annotations

import re

from lxml import etree

from crawler.extract import labels
from crawler.extract.document import Document, text_content
from crawler.extract.visible import columns
from crawler.extract.visible.amount import Amount
from crawler.extract.visible.runs import shares_row
from crawler.prices.mention import speaks_of_money

_IS_LABEL = re.compile(r"\s{0,3}(?:[:：]|\W?\d)")  # the words speak of the next amount: "$122.00 Ex Tax: $100.00"
_DIGIT = re.compile(r"\d")
_AMOUNT = re.compile(r"\W?\d")
_STRUCK_TAGS = frozenset({"del", "s", "strike"})
_PARTED = re.compile(r"\d[.,]\d\d(?!\d)")
COLUMN_LIMIT = 200  # characters of a cell with a price and a former one


def role(amount: Amount, document: Document) -> str:
    """What the amount is for: the reading's own word, the label before it, or that it is struck through."""
    role = str(amount.reading.role)
    if role not in ("price", "from", "was", "low", "high"):
        return role
    if _is_spoken(amount):
        return "other"
    if any(names.pack for _, names in amount.around[:2]):
        return "other"
    before = amount.run.text[amount.begin : amount.reading.start]
    amount.label = _label(before, amount, document)
    amount.struck = _is_struck(amount, document)
    if role == "was" or amount.struck or amount.label == "list_price":
        amount.label = "excluded" if _is_net(amount, document) else amount.label
        return "was"
    if any(names.regular for _, names in amount.around):
        amount.label = amount.label or "regular"
        return "was"
    if amount.label == "excluded" or _is_net(amount, document):
        return "excluded"
    return "other" if amount.label in _NO_AMOUNT else role


_NO_AMOUNT = frozenset({"other", "sku", "mpn", "gtin"})  # "FG 101" below "Code" is no Guinean franc
_CENTS_FOLLOW = re.compile(r" and \d{1,2} cents?\b", re.IGNORECASE)


def _is_spoken(amount: Amount) -> bool:
    """Half of a price for those who hear the page: "$21 and 49 cents"; the whole is written beside it."""
    text, start, end = amount.run.text, amount.reading.start, amount.reading.end
    return _CENTS_FOLLOW.match(text, end) is not None or _CENTS_FOLLOW.match(text, max(start - 5, 0)) is not None


def _label(before: str, amount: Amount, document: Document) -> str:
    """Meaning of what stands in front: on the same line, else the text before when it shares the row."""
    low = before.casefold().strip()
    if low:
        known = labels.meaning(low) or labels.meaning(low.rsplit(":", 2)[-2].strip() if low.endswith(":") else low)
        if known == "excluded" and amount.begin and low[-1] != ":" and labels.meaning(_behind(amount)) == "price":
            return "price"  # "£119.99 exc. VAT £95.99 inc. VAT": each has its words behind it
        return known or ""
    if above := columns.amount(amount.text.owner):
        return above
    if amount.run.first == 0 or amount.run.first - 1 <= amount.spoken:
        return ""
    previous = document.texts[amount.run.first - 1]
    found = previous.says.field
    return found if found and shares_row(previous.owner, amount.text.owner) else ""


def _behind(amount: Amount) -> str:
    """What stands between an amount and the next one of its line."""
    text = amount.run.text[amount.reading.end : amount.reading.end + labels.LABEL_LIMIT]
    following = _AMOUNT.search(text)
    return (text[: following.start()] if following else text).casefold().strip()


def _is_struck(amount: Amount, document: Document) -> bool:
    if amount.around[0][1].listed:
        return True
    for level, (element, names) in enumerate(amount.around):
        if element.tag in ("body", "table", "form"):
            return False
        if element.tag in _STRUCK_TAGS or "line-through" in document.attributes[element].get("style", "").lower():
            return True
        if names.old and not (level and names.column and _is_column(element, amount)):
            return True
        if names.new:
            return False
    return False


def _is_column(element: etree._Element, amount: Amount) -> bool:
    """Whether a "list-price" is a list's column of prices: it says "Price:", or holds a former price and this one."""
    return amount.label == "price" or len(_PARTED.findall(text_content(element)[:COLUMN_LIMIT])) > 1


def _is_net(amount: Amount, document: Document) -> bool:
    """A price without tax says so in an element beside it, or right before or after it, not for the whole line."""
    following = document.texts[amount.text.index + 1 : amount.text.index + 2]
    if following and following[0].owner.getparent() is amount.text.owner:
        net = labels.tables().net.search(following[0].text)
        return net is not None and not speaks_of_money(following[0].text[: net.start()])  # "(27,46 € HT)": its own
    start, end = amount.reading.start, amount.reading.end
    after = amount.run.text[end : end + 18]
    before = amount.run.text[max(0, start - 18) : start]
    net = labels.tables().net.search(after) if after and not after.isspace() else None
    if net and not _IS_LABEL.match(amount.run.text, end + net.end()):
        return True
    return bool(before) and labels.tables().net.search(before) is not None and not _DIGIT.search(before)
