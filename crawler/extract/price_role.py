"""What an amount is for: the price, a former one, one without tax, or none; by words, strikes and class names."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from lxml import etree

from crawler.extract import labels
from crawler.extract.amount import Amount
from crawler.extract.document import Document, text_content
from crawler.extract.runs import shares_row

_IS_LABEL = re.compile(r"\s{0,3}(?:[:：]|\W?\d)")  # the words speak of the next amount: "$122.00 Ex Tax: $100.00"
_DIGIT = re.compile(r"\d")
_STRUCK_TAGS = frozenset({"del", "s", "strike"})
# The patterns of names are for lower case with a space in front: each begins with a sign, and is tried at signs only.
_OLD = re.compile(
    r"[\s_-](?:old|was|strike|striked|struck|strikethrough|line-?through|compare\w{0,10}|rrp|msrp|uvp|list-?price|normalprice|non-?discounted(?:-?price)?|original|before[_-](?:price|discount|sale|reduction)|crossed|market-?price|retail-?price|cut-?price|previous-?price|price-?(?:old|was|standard|before|rrp|previous))"
    r"(?=$|[\s_-])"
)
_LISTED = re.compile(r"[\s_-]price-?list(?=$|[\s_-])")  # on the amount's own element; around it a list of prices
_NEW = re.compile(
    r"[\s_-](?:price-?new|new-?price|sale-?price|special-?price|discounted-?price|offer-?price|campaign-?price)(?=$|[\s_-])"
)
"""The lower price, whatever the element around it and the former one is called."""
_PACK = re.compile(r"[\s_-]pack[_-]?price(?=$|[\s_-])")  # PrestaShop: what the parts of a pack cost one by one
_COLUMN = re.compile(r"[\s_-]list-?price(?=$|[\s_-])")
_PARTED = re.compile(r"\d[.,]\d\d(?!\d)")
COLUMN_LIMIT = 200  # characters of a cell with a price and a former one
_REGULAR = re.compile(r"[\s_-](?:regular-?price|price-?regular)(?=$|[\s_-])")
"""The former price where a lower one stands beside it, else the price: nothing says that it is struck."""
_NET = re.compile(
    r"ex(?:cl?|cluding)?\.?\s{0,2}(?:tax|vat|gst|btw|moms|mwst|ust)|hors tax|\bht\b|sin iva|iva esc"
    r"|\+\s?(?:vat|iva)|zzgl|netto|bez dph|без ндс|税抜|plus vat|without tax|kdv hari",
    re.IGNORECASE,
)


def role(amount: Amount, document: Document) -> str:
    """What the amount is for: the reading's own word, the label before it, or that it is struck through."""
    role = str(amount.reading.role)
    if role not in ("price", "from", "was", "low", "high"):
        return role
    around = amount.text.owner.getparent()
    if any(one is not None and _says_pack(document.called(one)) for one in (amount.text.owner, around)):
        return "other"
    before = amount.run.text[amount.begin : amount.reading.start]
    amount.label = _label(before, amount, document)
    amount.struck = _is_struck(amount, document)
    if role == "was" or amount.struck or amount.label == "list_price":
        amount.label = "excluded" if _is_net(amount, document) else amount.label
        return "was"
    if _is_regular(amount.text.owner, document):
        amount.label = amount.label or "regular"
        return "was"
    if amount.label == "excluded" or _is_net(amount, document):
        return "excluded"
    if amount.label == "other":
        return "other"
    return role


def _label(before: str, amount: Amount, document: Document) -> str:
    """Meaning of what stands in front: on the same line, else the text before when it shares the row."""
    low = before.casefold().strip()
    if low:
        return labels.meaning(low) or labels.meaning(low.rsplit(":", 2)[-2].strip() if low.endswith(":") else low) or ""
    if amount.run.first == 0 or amount.run.first - 1 <= amount.spoken:
        return ""
    previous = document.texts[amount.run.first - 1]
    found = previous.says.field
    return found if found and shares_row(previous.owner, amount.text.owner) else ""


@lru_cache(maxsize=8192)
def _says_pack(names: str) -> bool:
    return _PACK.search(f" {names.lower()}") is not None


@lru_cache(maxsize=8192)
def _says_old(names: str) -> bool:
    return len(names) > 2 and _OLD.search(f" {names.lower()}") is not None


@lru_cache(maxsize=8192)
def _says_new(names: str) -> bool:
    return len(names) > 2 and _NEW.search(f" {names.lower()}") is not None


def _is_struck(amount: Amount, document: Document) -> bool:
    current: etree._Element | None = amount.text.owner
    if _LISTED.search(f" {document.called(amount.text.owner).lower()}"):
        return True
    for level in range(4):
        if current is None or current.tag in ("body", "table", "form"):
            return False
        if current.tag in _STRUCK_TAGS:
            return True
        own = document.attributes[current]
        if own and "line-through" in own.get("style", "").lower():
            return True
        if own and _says_old(document.called(current)) and not (level and _is_column(current, amount, document)):
            return True
        if own and _says_new(document.called(current)):
            return False
        current = current.getparent()
    return False


def _is_column(element: etree._Element, amount: Amount, document: Document) -> bool:
    """Whether a "list-price" is a list's column of prices: it says "Price:", or holds a former price and this one."""
    if not _COLUMN.search(f" {document.called(element).lower()}"):
        return False
    return amount.label == "price" or len(_PARTED.findall(text_content(element)[:COLUMN_LIMIT])) > 1


def _is_regular(element: etree._Element, document: Document) -> bool:
    """Whether the element, or one of the three around it, is named for a regular price."""
    around = [element, *islice(element.iterancestors(), 3)]
    return any(document.attributes[one] and _says_regular(document.called(one)) for one in around)


@lru_cache(maxsize=8192)
def _says_regular(names: str) -> bool:
    return _REGULAR.search(f" {names.lower()}") is not None


def _is_net(amount: Amount, document: Document) -> bool:
    """A price without tax says so in an element beside it, or right before or after it, not for the whole line."""
    following = document.texts[amount.text.index + 1 : amount.text.index + 2]
    if following and following[0].owner.getparent() is amount.text.owner:
        return _NET.search(following[0].text) is not None
    start, end = amount.reading.start, amount.reading.end
    after = amount.run.text[end : end + 18]
    before = amount.run.text[max(0, start - 18) : start]
    net = _NET.search(after) if after and not after.isspace() else None
    if net and not _IS_LABEL.match(amount.run.text, end + net.end()):
        return True
    return bool(before) and _NET.search(before) is not None and not _DIGIT.search(before)
