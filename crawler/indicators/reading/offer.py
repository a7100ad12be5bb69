"""An offer as an indicator reads it: its texts with their places, and the register's names in them with their role."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from crawler.indicators.reading import imported, listed
from crawler.indicators.reading.context import Context
from crawler.indicators.reading.found import Found
from crawler.indicators.reading.places import Place, places_of
from crawler.indicators.reading.roles import role_of
from crawler.indicators.text import tables
from crawler.indicators.text.lexicon import DEFAULT, View
from crawler.indicators.text.negation import negated
from crawler.indicators.text.tokens import Tokens, fold_phrase
from crawler.items import Offer
from crawler.language import language_of
from crawler.register.loading import Entry
from crawler.register.mentions import Mention

CLAIMING = frozenset({"title", "brand", "category", "url", "image"})
"""The texts that say what the thing is; a description also mentions what it is not."""
DENIABLE = frozenset({"used", "services"})
COMES_WITH = frozenset({"media", "printed", "services"})
LEANT_ON = frozenset({"luxury", "sportswear", "toiletries"})
"""Sectors whose goods are bought for a look, a name or a scent: what equals them leans on the name. What equals goods
that are bought for what they do fits where these fit, or competes with them."""
OF_WORKING = {"equal": "compatible", "outdone": "comparison"}
SPEAKING = 6  # letters beside the names from which a title tells its language
JOINED = 3  # words between "with" and what comes with the product


@dataclass(frozen=True)
class Reading:
    """An offer, read once for all indicators."""

    offer: Offer
    context: Context
    view: View
    places: tuple[Place, ...]
    found: tuple[Found, ...]
    declared: str | None = None
    """The language that the offer or its storefront declares, or else its title is in."""
    memo: dict[str, Any] = field(default_factory=dict, compare=False)
    """What several indicators ask for, found once."""

    @cached_property
    def brands(self) -> tuple[Entry, ...]:
        """The brands that are named anywhere, the most claimed first."""
        ranked = sorted(self.found, key=lambda f: (f.mention.ambiguous, f.role != "claim", f.place.field != "title"))
        return tuple({f.entry.name: f.entry for f in ranked if not f.mention.work}.values())

    def of(self, entry: Entry) -> tuple[Found, ...]:
        """Return the mentions of one brand."""
        return tuple(f for f in self.found if f.entry.name == entry.name and not f.mention.work)

    def claims(self, entry: Entry) -> tuple[Found, ...]:
        """Return the mentions that say that the thing is of the brand."""
        found = [f for f in self.of(entry) if f.place.field in CLAIMING and not f.mention.ambiguous]
        if any(f.role == "claim" and f.place.field == "title" for f in found):
            return tuple(f for f in found if f.role == "claim")
        if any(f.role != "claim" for f in found if f.place.field == "title"):
            return ()  # the title says what the name is there for; file names and categories follow it
        return tuple(f for f in found if f.role == "claim")

    @cached_property
    def language(self) -> str:
        """The language that the offer or its storefront declares, or else that of its title; ``en`` if none is told."""
        return (self.declared or DEFAULT).lower().replace("_", "-").split("-", 1)[0]

    @cached_property
    def used(self) -> bool:
        """Whether the offer is of second-hand goods."""
        return self.offer.condition in {"used", "refurbished", "damaged"} or self.first("used", ("title",)) is not None

    @property
    def declared_new(self) -> bool:
        """Whether the page declares the goods new."""
        return self.offer.condition == "new" and "condition" in self.offer.provenance

    @cached_property
    def parallel(self) -> tuple[Place, int, int] | None:
        """Where the offer says that genuine goods come past the maker's own channels, with its characters."""
        return imported.said(self.places, self.language, self.view)

    def goods_shown(self, entry: Entry) -> bool:
        """Whether title or category say that goods of a kind that the brand sells are offered; True if it is unknown
        what the sector sells."""
        if not tables.knows(entry.holder.sector) or self.of_sector(entry):
            return True
        words = [place.tokens.words for place in self.places if place.field in {"title", "category"}]
        return any(phrases.find(found) for _, phrases in tables.kinds() for found in words)

    def of_sector(self, entry: Entry) -> bool:
        """Whether the goods are of a kind that the brand sells."""
        for place in self.places:
            if place.field in {"title", "category"}:
                words = place.tokens.words
                if tables.goods_of(self.context.goods[entry.name]).find(words):
                    return True
                if any(set(fold_phrase(line.name)) <= set(words) for line in entry.brand.lines):
                    return True
        return False

    def place(self, field: str) -> Place | None:
        """Return the text of one field."""
        return next((p for p in self.places if p.field == field), None)

    def first(self, name: str, fields: tuple[str, ...] = ("title", "description")) -> tuple[Place, int, int] | None:
        """Return the first phrase of the word list ``name`` in ``fields``, with its characters."""
        key = f"{name} {fields}"
        if key not in self.memo:
            self.memo[key] = self._first(name, fields)
        found: tuple[Place, int, int] | None = self.memo[key]
        return found

    def comes_with(self, tokens: Tokens, a: int) -> bool:
        """Whether the thing at word ``a`` comes with the goods: "with gift box"; the & of H&V joins nothing."""
        joins = self.view.sets["included"]
        before = [k for k in range(max(0, a - JOINED), a) if joins.match(tokens.words, k) and not tokens.pause(k, a)]
        if not before:
            return False
        named = {
            k for f in self.found if f.place.tokens is tokens for k in range(*tokens.at(f.mention.start, f.mention.end))
        }
        return not named.issuperset(before)

    def _first(self, name: str, fields: tuple[str, ...]) -> tuple[Place, int, int] | None:
        for place in self.places:
            if place.field in fields:
                for a, b, _ in self.view.sets[name].find(place.tokens.words):
                    if name in DENIABLE and negated(place.tokens, a, b, self.view):
                        continue  # "never worn"
                    if name in COMES_WITH and self.comes_with(place.tokens, a):
                        continue  # "with a printed guide"
                    return place, place.tokens.starts[a], place.tokens.ends[b - 1]
        return None


def read(offer: Offer, context: Context) -> Reading:
    """Return the reading of ``offer``; costs one search per text, and words only where a name was found."""
    language = offer.language or (context.storefront.language if context.storefront else None)
    language = language or _spoken(offer.title, context)
    view = context.lexicon.view(language)
    places = tuple(places_of(offer))
    around = " ".join(p.text[:2000] for p in places if p.field in {"title", "category", "brand"})
    found: list[Found] = []
    for place in places:
        for mention in context.matcher.find(place.text, where=place.field, context=around):
            entry = context.register.entries[mention.brand]
            role, by = ("work", "") if mention.work else _role(place, mention, entry, context, view)
            if place.field == "brand" and mention.ambiguous and _whole(mention, place.text):
                mention = Mention(**{**mention.__dict__, "ambiguous": False})
            found.append(Found(mention, entry, place, role, by))
    found = listed.carried(found, context.product_words)
    return Reading(offer, context, view, places, tuple(_settled(found)), language)


def _spoken(title: str | None, context: Context) -> str | None:
    """Return the language that a title is in beside the names in it, None if it tells none."""
    brands = {mention.brand for mention in context.matcher.find(title or "")}
    names = {word for brand in brands for word in (*fold_phrase(brand), *context.product_words[brand])}
    tokens = Tokens.of(title or "")
    spans = zip(tokens.words, tokens.starts, tokens.ends, strict=True)
    rest = " ".join(tokens.text[a:b] for word, a, b in spans if word not in names)
    return language_of(rest, SPEAKING, context.spoken)


def _role(place: Place, mention: Mention, entry: Entry, context: Context, view: View) -> tuple[str, str]:
    goods = tables.words_of(context.goods[mention.brand])
    called = tables.any_goods(context.goods[mention.brand]).find(place.tokens.words) if place.field == "title" else []
    inside = frozenset(k for a, b, _ in called for k in range(a + 1, b))
    role, by = role_of(place.tokens, mention, context.product_words[mention.brand], goods, view, inside)
    if role in OF_WORKING:
        role = "inspired" if entry.holder.sector in LEANT_ON else OF_WORKING[role]
    return role, by


def _whole(mention: Mention, text: str) -> bool:
    return mention.end - mention.start >= len(text.strip())


def _settled(found: list[Found]) -> list[Found]:
    """An ambiguous name is meant as a brand wherever it stands if one field of the offer says so.

    It also is beside another brand that is leaned on: "Kestrel style, like Velmora".
    """
    sure = {f.entry.name for f in found if not f.mention.ambiguous and "typo" not in f.mention.disguise}
    if any(f.role == "inspired" for f in found if f.entry.name in sure):
        sure |= {f.entry.name for f in found if f.role == "inspired"}
    return [
        Found(Mention(**{**f.mention.__dict__, "ambiguous": False}), f.entry, f.place, f.role, f.by)
        if f.mention.ambiguous and f.entry.name in sure
        else f
        for f in found
    ]
