"""What a storefront offers: items made from its style, its brands and its voice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import NamedTuple

from lab import money
from lab.brands import lines_of
from lab.disguise import disguised
from lab.language import Voice
from lab.model import Item, Line, Plan
from lab.styles import Style

ON_REQUEST = 0.03  # share of items without a printed price, as luxury and parts dealers have
SOLD_OUT = 0.12
ENDINGS = (".00", ".90", ".95", ".99")
# Titles of things that come in one colour only; without words, so they serve every language.
PLAIN_TITLES = (
    "{brand} {line} {noun}",
    "{brand} {noun} {line}",
    "{noun} {brand} {line}",
    "{brand} {line} {noun} ({code})",
    "{brand} {noun} {line}, {code}",
)
FULL_CASE = (60, 300)  # EUR: a case or strap costs the style's share of this, whatever it fits
FORMS = {"fitting": "fits", "fitting_part": "fit_parts", "repair": "repairs", "comparison": "comparisons",
         "packaging": "wraps", "namesake": "namesakes", "handmade": "handmades"}  # fmt: skip
"""Kind of goods that only name a brand → the titles that they have."""
RASH = 0.02  # of honest descriptions talk of fakes and grades
OWN_MAKES = ("Parrek", "Tolvik", "Handfest", "Ormello")  # makers of cases, parts and household goods
PLAIN = ("home", "tea", "books")
PLAIN_SHARE = (0.9, 1.0)
OWN_PRICES = (4, 60)  # EUR: from … to, for goods without a register brand


class Draft(NamedTuple):
    """An item before it has a price tag and a number."""

    title: str
    text: str
    retail: Decimal
    category: str
    code: str
    brand_shown: str | None
    brand_claimed: str | None
    brand_sold: str | None


def slug(title: str) -> str:
    """The title as part of a URL."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "item"


def retail(line: Line, rng: Random) -> Decimal:
    """A price in EUR within the line's range."""
    return Decimal(rng.randint(line.low, line.high))


def notes(style: Style, voice: Voice, rng: Random) -> list[str]:
    """The sentences that fit the style; adapted sellers speak as honest ones do, some honest ones speak rashly."""
    if style.label == "infringing" and style.hard and rng.random() < 0.5:
        return voice.all("adapted_notes")
    if style.label == "honest" and style.notes == "pitches" and rng.random() < RASH:
        return voice.all("tricky_notes")
    return voice.all(style.notes)


def branded(line: Line, style: Style, voice: Voice, rng: Random, goods: Random) -> Draft:
    """Something that is, or claims to be, of the brand; what it is comes from ``goods``, the rest from ``rng``."""
    facts = {
        "brand": line.brand,
        "line": line.name,
        "code": line.code,
        "noun": goods.choice(voice.all("nouns", line.noun)),
        "colour": goods.choice(voice.all("colours")),
    }
    hidden = rng.random() < style.disguises
    shown = disguised(line.brand, rng) if hidden else line.brand
    forms = voice.all("titles") if line.coloured else PLAIN_TITLES
    title = goods.choice(forms).format(**{**facts, "brand": shown})
    if rng.random() < style.tags:
        title += " " + rng.choice(voice.all(style.tag_words))
    text = rng.choice(notes(style, voice, rng)).format(**{**facts, "brand": shown})
    return Draft(title, text, retail(line, goods), line.category, line.code, None if hidden else line.brand,
                 line.brand, line.brand if style.genuine else None)  # fmt: skip


def fitting(line: Line, style: Style, voice: Voice, rng: Random, forms: str) -> Draft:
    """Something that only fits a branded thing, and says so."""
    noun = rng.choice(voice.all("nouns", line.noun))
    maker = rng.choice(OWN_MAKES)
    title = rng.choice(voice.all(forms)).format(brand=line.brand, line=line.name, noun=noun, maker=maker)
    title = f"{maker} {title}" if forms.startswith("fit") and rng.random() < 0.5 else title
    text = rng.choice(voice.all(style.notes)).format(brand=line.brand, line=line.name, noun=noun)
    price = retail(line, rng) if forms == "fit_parts" else Decimal(rng.randint(*FULL_CASE))
    return Draft(title, text, price, line.category, slug(maker)[:3].upper(), maker, None, None)


def plain(kind: str, voice: Voice, rng: Random) -> Draft:
    """Something that has nothing to do with any brand of the register."""
    price = Decimal(rng.randint(*OWN_PRICES))
    maker = rng.choice(OWN_MAKES) if kind == "home" else None
    title, text = rng.choice(voice.all("goods", kind)), rng.choice(voice.all("good_notes"))
    return Draft(title, text, price, kind, kind[:2].upper(), maker, None, None)


def drafts(plan: Plan, style: Style, voice: Voice, rng: Random, goods: Random) -> Iterator[Draft]:
    """Endless drafts in the mixture of the style; every brand line has its turn."""
    lines = lines_of(plan.brands)
    kinds, shares = zip(*style.goods, strict=True)
    turn = 0
    while True:
        kind = rng.choices(kinds, shares)[0]
        line = lines[turn % len(lines)] if lines else None
        turn += 1
        if line and kind == "branded":
            yield branded(line, style, voice, rng, goods)
        elif line and kind in FORMS:
            yield fitting(line, style, voice, rng, FORMS[kind])
        else:
            yield plain(kind, voice, rng)


def tagged(draft: Draft, number: int, plan: Plan, style: Style, rng: Random) -> Item:
    """The draft with a price, a number and what else a shop adds."""
    share = PLAIN_SHARE if draft.category in PLAIN else style.factor
    ending = rng.choice(ENDINGS)
    price = money.from_eur(draft.retail * Decimal(str(round(rng.uniform(*share), 3))), plan.currency, ending)
    struck = money.from_eur(draft.retail, plan.currency, ending) if rng.random() < style.struck else None
    return Item(
        id=str(number),
        slug=f"{slug(draft.title)[:60]}-{number}",
        title=draft.title,
        text=draft.text,
        price=None if rng.random() < ON_REQUEST and not struck else price,
        list_price=struck if struck and struck > price else None,
        available=rng.random() >= SOLD_OUT,
        category=draft.category,
        sku=f"{draft.code}-{number % 1000:03d}",
        brand_shown=draft.brand_shown,
        brand_claimed=draft.brand_claimed,
        brand_sold=draft.brand_sold,
        used=style.used and draft.brand_claimed is not None,
    )


def stock(plan: Plan, style: Style, voice: Voice, seed: str) -> tuple[Item, ...]:
    """The assortment of a storefront: ``plan.size`` items with different titles and numbers.

    Those who sell from one catalogue have the same titles and numbers in it, at prices and with texts of their own.
    """
    rng = Random(f"{seed}/stock/{plan.key}")
    goods = Random(f"{seed}/feed/{plan.feed}") if plan.feed else rng
    number, seen, items = goods.randrange(100, 9000), set[str](), list[Item]()
    for tries, draft in enumerate(drafts(plan, style, voice, rng, goods)):
        number += goods.randrange(1, 9) if plan.feed else 0  # what one leaves out keeps its number
        if draft.title in seen and tries < 20 * plan.size:  # small ranges run out of titles: then repeat some
            continue
        seen.add(draft.title)
        number += 0 if plan.feed else rng.randrange(1, 9)
        items.append(tagged(draft, number, plan, style, rng))
        if len(items) == plan.size:
            break
    return tuple(items)
