"""Does a post offer something? Both errors count: a rant with a price in it is none, "DM for price" is one.

What speaks for it: a price that is asked, words of selling, an invitation to ask for the price, a way to write to the
seller or a link to a shop beside the name of a thing. What speaks against it: prices that were paid or reported,
questions, gifts, news, and people who want to buy. See ``data/selling.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.extract.outside import outward
from crawler.extract.social.wordings import says
from crawler.money import Hints, PriceReading, read_prices

ASKED = ("price", "from", "low")
SHORT = 16  # words; a price in a longer text that says nothing of selling is talk
SHOPLIKE = re.compile(
    r"shop|store|outlet|boutique|butik|sale|market|deal|buy|order|product|item|/p/|/dp/|/pd/|collection|catalog|cart|"
    r"offer|chollo|tienda|loja|laden|sklep|magazin|negozio|winkel|replica|discount|factory|luxe?",
    re.IGNORECASE,
)
BECKONS = re.compile(
    r"[🛒🛍👉👇⬇➡🔗💸💰]|\blinks?\b|\bhere\b|get it|grab|check (?:it )?out"
    r"|available|new in|hier|aquí|aqui|qui\b|ici\b|тут|здесь|ссылк",
    re.IGNORECASE,
)
REACHABLE = re.compile(r"wa\.me/|whatsapp\.com/|\+\d[\d ()-]{8,16}\d|(?:t|telegram)\.me/\+?\w{4,}", re.IGNORECASE)
CLAUSE = re.compile(r"[,;.!?\n|–—]\s")
QUESTION = re.compile(r"[^.!?\n]*\?")
ASKS_READER = re.compile(
    r"\b(?:interested|want (?:it|one|this)|need (?:it|one)|looking for an?\b.{0,60}\bwe)\b", re.IGNORECASE
)
LETTER = re.compile(r"[^\W\d_]")
CODE = re.compile(r"([A-Za-z]-?\d{1,3}) (?=\d{3}(?:[.,]\d{1,2})?\b)")
"""A model's number right before an amount: ``BP-440 189,50 zł`` is no 440 thousand."""
NAMED_NUMBER = re.compile(r"[A-ZÀ-ÞА-Я][\w-]+ \d{1,2} \w{2,4} ?[^\w\s]?(?:[A-Z]{3} ?)?$")
"""What stands before the amount of ``Pulse 3 for 610``: a name that ends in a number, and no count of pieces."""
SALE_TAG = re.compile(
    r"[#＃](?:forsale|wts|instasale|sale|selling|shopnow|buynow|resell\w*|zuverkaufen|vendo|avendre|envente|sprzedam|продам|продаю|купить|satılık|dijual)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Selling:
    """Whether a text offers something and why; the prices that it asks for things."""

    offers: bool
    reason: str
    prices: tuple[PriceReading, ...] = ()


def judge(text: str, links: tuple[str, ...], url: str, hints: Hints) -> Selling:
    """Judge a post by its text and links; ``url`` is its own address."""
    asks, sells = says("asks", text), says("sells", text) or bool(SALE_TAG.search(text))
    strong = asks or sells
    prices = tuple(one for one in prices_of(text, hints) if _is_asked(one, text, strong))
    if says("never", text) and not (asks and (prices or sells)):
        return Selling(False, "a gift, news or a warning")
    if says("wanted", text) and not asks and not (sells and prices):
        return Selling(False, "somebody wants to buy")
    goods, shops = says("goods", text), outward(links, url)
    reachable = bool(REACHABLE.search(" ".join((text, *links))))
    if asks:
        return Selling(True, "asks for a message to order or learn the price", prices)
    if prices and (strong or reachable or shops or goods or says("contacts", text) or len(text.split()) <= SHORT):
        return Selling(True, "a price", prices)
    if _is_list(text, prices):
        return Selling(True, "a list of prices", prices)
    if sells and (goods or shops or reachable or says("contacts", text)):
        return Selling(True, "words of selling beside a thing, a shop or a way to order")
    if goods and reachable:
        return Selling(True, "a thing and a way to order it")
    if goods and any(SHOPLIKE.search(shop) for shop in shops) and BECKONS.search(text):
        return Selling(True, "a thing and a link to a shop")
    return Selling(False, "nothing is offered")


def prices_of(text: str, hints: Hints) -> list[PriceReading]:
    """The prices of a post, line by line: what stands on the line above belongs to another thing.

    A line that is nothing but a number is a size, a year or a phone, unless a currency stands there too.
    """
    found: list[PriceReading] = []
    start = 0
    for line in text.split("\n"):
        read = read_prices(CODE.sub(r"\1|", line), hints)
        found += [
            _meant(one, line, len(read))._replace(start=one.start + start, end=one.end + start)
            for one in read
            if one.money is None or one.money.currency or LETTER.search(line)
        ]
        start += len(line) + 1
    return found


def _meant(price: PriceReading, line: str, of: int) -> PriceReading:
    """The price with its role; between ``~`` and ``~`` it is struck out."""
    if line[: price.start].rstrip().endswith("~") and line[price.end :].lstrip().startswith("~"):
        return price._replace(role="was")
    return _of_posts(price, line, of)


def _of_posts(price: PriceReading, line: str, of: int) -> PriceReading:
    """What an amount is for in the short sentences of posts, where it says more than one thing.

    ``108 €, shipping to all of Spain`` is the price, when it stands alone before the word: ``shipping 5 €`` is not.
    """
    if price.money is None or of > 1:
        return price
    alone = price.role == "shipping" and price.note.casefold() in line[price.end :].casefold()
    named = price.role == "multi_buy" and NAMED_NUMBER.search(line[: _amount_at(price, line)])
    return price._replace(role="price") if alone or named else price


def _amount_at(price: PriceReading, line: str) -> int:
    """Where the amount's digits begin: a reading of several pieces may begin with their count."""
    digits = str(int(price.money.amount)) if price.money else ""
    at = line.find(digits, price.start)
    return at if at >= 0 else price.start


def _is_list(text: str, prices: tuple[PriceReading, ...]) -> bool:
    """Whether two lines or more name a thing each, with what is asked for it: nobody writes so but who sells."""
    lines = {text.count("\n", 0, price.start) for price in prices if price.money and price.money.currency}
    every = text.split("\n")
    named = [n for n in lines if len(LETTER.findall(every[n])) >= 4]
    return len(named) >= 2 and len(named) * 2 >= sum(bool(LETTER.search(line)) for line in every)


def _is_asked(price: PriceReading, text: str, strong: bool) -> bool:
    """Whether a price is what somebody asks for a thing, and not what was paid, reported or asked about."""
    if price.money is None or price.role not in ASKED or not price.money.amount:
        return False
    before = [match.end() for match in CLAUSE.finditer(text, max(0, price.start - 200), price.start)]
    after = CLAUSE.search(text, price.end, price.end + 200)
    clause = text[before[-1] if before else max(0, price.start - 200) : after.start() if after else price.end + 60]
    if says("past", clause) and not (says("sells", clause) or says("asks", clause)):
        return False
    return strong or not _questioned(price, text)


def _questioned(price: PriceReading, text: str) -> bool:
    """Whether the price stands in a question that is not put to buyers."""
    for match in QUESTION.finditer(text, max(0, price.start - 300), price.end + 300):
        if match.start() <= price.start < match.end():
            return not ASKS_READER.search(match[0])
    return False
