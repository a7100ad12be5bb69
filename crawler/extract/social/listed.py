"""Several things in one post: each line, or part of a line, with a name and a price of its own is one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.extract.social.wordings import says
from crawler.money import Money, PriceReading

ITEMS_LIMIT = 60  # of one post; the longest price lists of real channels have about 40 lines
BULLET = re.compile(r"^\s*(?:[•·▪●◦‣*+–—-]|\d{1,2}[.)]|[^\w\s#@\"'(\[]{1,3})\s*")
EDGES = " \t:;,.|/-–—=~*•·▪●→➡👉✅🔹🔸💰💸🏷️"
PLAIN = re.compile(  # words beside a price that name no thing: sizes, counts, labels
    r"^(?:x{0,4}[sml]|[2-6]xl|\d{1,4}(?:[.,]\d+)?(?:pcs?|pieces?|pk|x|ml|g|mg|kg|st|шт|個|个)?|eu|us|uk|it|fr|de|one|size|sizes|größen?|taille|talla|taglia|rozmiar|размер|размеры|розмір"
    r"|pcs?|pieces?|pairs?|sets?|lots?|stück|stk|шт|штук|个|件|双|units?|each|ea|per|for|from|only|just|price|prices|preis|prix|precio"
    r"|prezzo|preço|prijs|cena|цена|ціна|fiyat|السعر|价格|now|was|retail|rrp|uvp|pvp|our|new|and|or|und|et|y|o|e|и|or|aprox|approx|shipped"
    r"|incl|inc|including|plus|shipping|free|with|without|box|ohne|mit|avec|con|sin|sans|usd|eur|gbp|euros?|dollars?|bucks|obo|vb|vhb|fest|ono|firm|fixed|negotiable|x)$",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W_]+")
SIZES = re.compile(
    r"(?:\b(?:sizes?|size range|größen?|gr\.|tailles?|tallas?|taglie|taglia|tamanhos?|maat|maten|rozmiar\w*"
    r"|размер\w*|розмір\w*|beden\w*|numara)\b"
    r"|码|サイズ|사이즈)\s*[:：]?\s*(?P<sizes>(?:(?:EU|US|UK|FR|IT)\s?)?(?:\d{1,2}(?:[.,]5)?|X{0,4}[SML]|\dXL)(?![\w€$£])"
    r"(?:\s?(?:[-–—/,]|to|bis|à|a|до|and|und|y|e|&)?\s?(?:\d{2}(?:[.,]5)?|X{0,4}[SML]|\dXL)(?![\w€$£])){0,20})",
    re.IGNORECASE,
)
PART_OF_SIZES = re.compile(r"\d{1,2}(?:[.,]5)?|X{0,4}[SML]\b|\dXL", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing of a post: what is said of it, and its price."""

    title: str
    price: Money | None
    list_price: Money | None = None


def several(text: str, prices: tuple[PriceReading, ...], others: tuple[PriceReading, ...]) -> list[Listed]:
    """The things that a text lists, two at least; empty when it is about one thing.

    ``prices`` are those that are asked, in their order; ``others`` are struck-out ones.
    """
    found = _priced(text, prices, others) if len(prices) > 1 else []
    if len(found) < 2 and not prices:
        found = _bulleted(text)
    return found[:ITEMS_LIMIT] if len(found) > 1 else []


def sizes_of(text: str) -> tuple[str, ...]:
    """The sizes that a text names behind a word for size: ``36-41`` stays a range, ``S, M`` are two."""
    found: list[str] = []
    for match in SIZES.finditer(text):
        said = match["sizes"]
        if re.fullmatch(r"(?:[A-Z]{2}\s?)?\d{1,2}(?:[.,]5)?\s?(?:[-–—]|to|bis|à|a|до)\s?\d{1,2}(?:[.,]5)?", said, re.I):
            found.append(re.sub(r"\s?(?:[-–—]|to|bis|à|a|до)\s?", "-", said).strip())
        else:
            found += [one.upper() for one in PART_OF_SIZES.findall(said)]
    return tuple(dict.fromkeys(found))[:30]


def _priced(text: str, prices: tuple[PriceReading, ...], others: tuple[PriceReading, ...]) -> list[Listed]:
    found: list[Listed] = []
    floor = 0
    pending = ""
    for number, price in enumerate(prices):
        ceiling = prices[number + 1].start if number + 1 < len(prices) else len(text)
        before, after = text[floor : price.start], _to_line_end(text, price.end, ceiling)
        line = before.rpartition("\n")[2]
        name = _name(line) or _name(_last_lines(before)) or pending
        if not name and _name(after) and (not found or "\n" in before):
            name = _name(after)
        pending = ""
        if name:
            was = next((o.money for o in others if floor <= o.start < ceiling and abs(o.start - price.end) < 120), None)
            found.append(Listed(name, price.money, was))
        floor = price.end + (len(after) if _leads_nowhere(after) else 0)
    return found


def _to_line_end(text: str, start: int, ceiling: int) -> str:
    end = text.find("\n", start, ceiling)
    return text[start : end if end >= 0 else ceiling]


def _leads_nowhere(after: str) -> bool:
    """Whether what follows a price on its line says nothing of the next thing: ``each, free shipping``."""
    return not _name(after)


def _last_lines(before: str) -> str:
    """The block of lines right above a price that stands alone on its line."""
    block = before.rstrip().rpartition("\n\n")[2]
    lines = [line for line in block.split("\n") if _name(line) and not says("sells", line)]
    return lines[-1] if len(lines) > 2 else " ".join(lines)


def _name(piece: str) -> str:
    """The piece as the name of a thing; empty when it names none."""
    said = BULLET.sub("", " ".join(piece.split())).strip(EDGES)
    words = [word for word in WORD.findall(said) if not PLAIN.match(word)]
    return said if sum(map(len, words)) >= 3 or any(len(word) >= 2 and not word.isascii() for word in words) else ""


def _bulleted(text: str) -> list[Listed]:
    """Lines of a list without prices, each with the name of a thing."""
    lines = [line for line in text.split("\n") if BULLET.match(line)]
    named = [line for line in lines if says("goods", line) and not (says("asks", line) or says("sells", line))]
    return [Listed(name, None) for line in named if (name := _name(line))]
