"""An offer as an indicator reads it: its texts with their places, and the register's names in them with their role."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from crawler.indicators import services, tables, titles
from crawler.indicators.context import Context
from crawler.indicators.lexicon import DEFAULT, View
from crawler.indicators.negation import negated
from crawler.indicators.second_hand import told, worn
from crawler.indicators.tokens import Tokens, fold_phrase
from crawler.items import MATCHED_TEXT_LIMIT, Offer, Provenance
from crawler.register.folding import SIGHT, squeeze
from crawler.register.loading import Entry
from crawler.register.matching import Mention

MAX_IMAGES = 10  # file names looked at: a gallery repeats itself
CLAIMING = frozenset({"title", "brand", "category", "url", "image"})
"""The texts that say what the thing is; a description also mentions what it is not."""
SHOP_WORDS = frozenset(squeeze(word, SIGHT) for word in ("outlet", "sale", "official", "discount", "factory", "deals"))
"""A shop called so trades on the name, it does not bear it."""
PERSON = re.compile(r"(?:\b[A-ZÀ-Þ]\.\s|\b(?:by|von|par|di|por|door|przez)\s[A-ZÀ-Þ][a-zß-ÿ]+\s)$")
"""``J. ``, ``by Anna ``: what stands before a family name."""
Sets = tuple[Set[str], ...]
LAWFUL = (
    ("used", "second-hand: used goods may be sold on under their name"),
    ("printed", "about: goods that tell of the brand, or show it"),
    ("media", "about: goods that tell of the brand, or show it"),
    ("services", "service: work on goods that the buyer has"),
)
"""Words that stand for a lawful use wherever in the title they are, and the reason that they give."""
OLD_YEAR = re.compile(
    r"(?<![\w.,/-])(?<!since )(?<!seit )(?<!depuis )(?<!desde )(?<!dal )(?<!est )(?:19\d\d|200\d|201[0-5])"
    r"(?![\w.,/-]\w)(?!\s?(?:mm|ml|cm|m|g|kg|W|V|Ah|mAh|pcs)\b)"
)
"""A year of at least a decade ago, standing alone; not the year of a foundation, nor a measure."""
LEADING = re.compile(r"\W*([A-ZÀ-Þ][\w'’-]{2,20})\s+([A-Z]{1,3}-?\d{1,4}[A-Za-z]?)\b")
"""A made-up name and a model at the beginning of a title: ``Soundpeak X1``."""
CARS_FIRST = "spare parts"  # their titles begin with the car that the part fits
DENIABLE = frozenset({"used", "services"})
COMES_WITH = frozenset({"media", "printed", "services"})
JOINED = 3  # words between "with" and what comes with the product
PRINTED_KINDS = frozenset({"book", "novel", "magazine", "comic", "textbook"})
MAX_GAP = 5  # words between a connecting word and the name: "for all your new Nuvix"
MAX_WORDS = 3  # of these, words that are neither fillers nor goods: "repair of antique gold Orsano watches"


@dataclass(frozen=True)
class Place:
    """One text of an offer, and where it stood."""

    field: str
    text: str
    provenance: Provenance

    def proof(self, start: int, end: int) -> Provenance:
        """Return the provenance with the text around ``start:end``, at most MATCHED_TEXT_LIMIT characters."""
        room = max(0, MATCHED_TEXT_LIMIT - (end - start)) // 2
        a = max(0, start - room)
        return self.provenance.model_copy(update={"text": self.text[a : a + MATCHED_TEXT_LIMIT]})

    @cached_property
    def tokens(self) -> Tokens:
        """Its words."""
        return Tokens.of(self.text)


@dataclass(frozen=True)
class Found:
    """A name in a text of the offer."""

    mention: Mention
    entry: Entry
    place: Place
    role: str
    """``claim``, ``inspired``, ``work``, or a lawful one: ``compatible``, ``comparison``, ``about``, ``repair``,
    ``person``."""
    by: str = ""
    """The words that give it another role than ``claim``."""

    @property
    def proof(self) -> Provenance:
        """Where the name stood."""
        return self.place.proof(self.mention.start, self.mention.end)


@dataclass(frozen=True)
class Reading:
    """An offer, read once for all indicators."""

    offer: Offer
    context: Context
    view: View
    places: tuple[Place, ...]
    found: tuple[Found, ...]
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
        """The language that the offer or its storefront declares, ``en`` if none."""
        shop = self.context.storefront
        declared = self.offer.language or (shop.language if shop else None) or DEFAULT
        return declared.lower().replace("_", "-").split("-", 1)[0]

    @cached_property
    def used(self) -> bool:
        """Whether the offer is of second-hand goods."""
        return self.offer.condition in {"used", "refurbished", "damaged"} or self.first("used", ("title",)) is not None

    @property
    def declared_new(self) -> bool:
        """Whether the page declares the goods new."""
        return self.offer.condition == "new" and "condition" in self.offer.provenance

    @cached_property
    def parallel(self) -> bool:
        """Whether the offer says that the goods are imported past the maker's own channels."""
        return self.first("parallel") is not None

    def lawful(self, entry: Entry) -> tuple[str, Provenance] | None:
        """Return why a seller without authorisation may use the name for this offer, and where that stands."""
        if self.offer.condition in {"used", "refurbished", "damaged"} and "condition" in self.offer.provenance:
            return "second-hand: used goods may be sold on under their name", self.offer.provenance["condition"]
        for name, reason in LAWFUL:
            said = self.first(name, ("title",))
            if said is None or (name == "media" and _sells_media(entry)) or (name == "printed" and _sells_print(entry)):
                continue
            return reason, said[0].proof(said[1], said[2])
        return (
            self._old()
            or self._worn()
            or self._worked_on(entry)
            or self._wrapped(entry)
            or self._made_by_another(entry)
            or self._leads(entry)
            or self._namesake(entry)
        )

    def _wrapped(self, entry: Entry) -> tuple[str, Provenance] | None:
        """What goods come in is named, said to be alone or without goods or a product of the brand beside it."""
        title = self.place("title")
        found = self.view.sets["wrapping"].find(title.tokens.words) if title else []
        if title is None or not found or any(f.mention.deliberate for f in self.of(entry)):
            return None
        goods, words = tables.goods(entry.holder.sector), list(title.tokens.words)
        for a, b, _ in found:
            if b - a > 1 or not goods.match(title.tokens.words, a):
                words[a:b] = [""] * (b - a)
        named = goods.find(tuple(words)) or self.context.product_words[entry.name].intersection(words)
        if named and self.first("alone", ("title",)) is None:
            return None
        proof = title.proof(title.tokens.starts[found[0][0]], title.tokens.ends[found[0][1] - 1])
        return "packaging: the wrapping alone is offered", proof

    def _worn(self) -> tuple[str, Provenance] | None:
        """Age, wear, or why somebody gives it away."""
        title, description = self.place("title"), self.place("description")
        if title is not None and not self.declared_new:
            for a, b, label in self.view.admissions.find(title.tokens.words):
                if label == "no_box":
                    proof = title.proof(title.tokens.starts[a], title.tokens.ends[b - 1])
                    return "second-hand: it comes without its box, and nothing declares it new", proof
        span = worn(title.text, self.language, tables.goods_words()) if title else None
        if title is not None and span is not None:
            return "second-hand: age, wear or use are told", title.proof(*span)
        span = told(description.text) if description else None
        if description is not None and span is not None:
            return "second-hand: a private person tells of the own thing", description.proof(*span)
        return None

    def beyond_claim(self, entry: Entry) -> tuple[str, Provenance] | None:
        """Return why the title is no plain claim to new goods of the brand: it says what no shop's title says.

        Not if the page declares the goods new, or the name is disguised: then it is plain.
        """
        title = self.place("title")
        if title is None or self.declared_new or any(f.mention.deliberate for f in self.of(entry)):
            return None
        names: set[int] = set()
        for f in self.found:
            if f.place is title:
                names.update(range(*title.tokens.at(f.mention.start, f.mention.end)))
        much = titles.strange(title.tokens, self.language, names, self.context.product_words[entry.name])
        if much is None:
            return None
        _, a, b = much
        reason = "title not understood: it says more than a name, goods and the words of selling"
        return reason, title.proof(title.tokens.starts[a], title.tokens.ends[b])

    def _worked_on(self, entry: Entry) -> tuple[str, Provenance] | None:
        """Work is named, or the name is on something of the buyer's."""
        title = self.place("title")
        if title is None:
            return None
        span = services.work(title.text, entry.holder.sector)
        if span and not self.comes_with(title.tokens, title.tokens.at(*span)[0]):
            return "service: work on goods that the buyer has", title.proof(*span)
        for f in self.of(entry):
            found = services.yours(title.text, f.mention.start, self.language) if f.place is title else None
            if found:
                return "service: the goods that the name is on are the buyer's", title.proof(*found)
        return None

    def _made_by_another(self, entry: Entry) -> tuple[str, Provenance] | None:
        """The page names another maker, whose name the title begins with: the brand is what it is measured by."""
        title, maker = self.place("title"), self.place("brand")
        if title is None or maker is None or any(f.place is maker for f in self.found):
            return None
        first, words = maker.tokens.words, title.tokens.words
        if not first or words[: len(first)] != first or entry.holder.sector == CARS_FIRST:
            return None
        own = [f for f in self.of(entry) if f.place is title and not f.mention.deliberate]
        return ("comparison: another maker is named first", maker.proof(0, len(maker.text))) if own else None

    def _old(self) -> tuple[str, Provenance] | None:
        """A year of make long past: goods that old are not offered as new."""
        title = self.place("title")
        match = OLD_YEAR.search(title.text) if title else None
        if title is None or match is None:
            return None
        return "second-hand: a year long past is named", title.proof(match.start(), match.end())

    def _leads(self, entry: Entry) -> tuple[str, Provenance] | None:
        """Another maker's product, name and model, stands first: the brand is what it is measured by."""
        title = self.place("title")
        match = LEADING.match(title.text) if title else None
        if title is None or match is None or entry.holder.sector == CARS_FIRST:
            return None
        first = squeeze(match[1], SIGHT)
        if first in tables.goods_words() or first in self.view.fillers:
            return None
        named = [f for f in self.found if f.place is title]
        if any(f.mention.start < match.end() for f in named):
            return None
        own = [f for f in named if f.entry.name == entry.name and not f.mention.deliberate]
        return ("comparison: another product is named first", title.proof(0, match.end())) if own else None

    def goods_shown(self, entry: Entry) -> bool:
        """Whether title or category say that goods of a kind that the brand sells are offered; True if it is unknown
        what the sector sells."""
        if not tables.knows(entry.holder.sector) or self.of_sector(entry):
            return True
        words = [place.tokens.words for place in self.places if place.field in {"title", "category"}]
        return any(phrases.find(found) for _, phrases in tables.kinds() for found in words)

    def _namesake(self, entry: Entry) -> tuple[str, Provenance] | None:
        """A shop or person that bears the name and sells nothing that the brand's sector sells."""
        title = self.place("title")
        if title is None or self.of_sector(entry):
            return None
        shop = self.context.storefront
        trades_on_it = shop is not None and bool(SHOP_WORDS.intersection(Tokens.of(shop.name or "").words))
        if not trades_on_it:
            for a, b, _ in tables.other_goods().find(title.tokens.words):
                proof = title.proof(title.tokens.starts[a], title.tokens.ends[b - 1])
                return "namesake: the goods are of an everyday trade and not of the brand's", proof
        if shop is not None and shop.name and not trades_on_it:
            for mention in self.context.matcher.find(shop.name):
                if mention.brand == entry.name and not mention.deliberate:
                    proof = Provenance(extractor="storefront", path="name", text=shop.name[:MATCHED_TEXT_LIMIT])
                    return "namesake: the shop bears the name and sells other goods than the brand", proof
        for f in self.of(entry):
            before = f.place.text[: f.mention.start]
            if f.place.field == "title" and (match := PERSON.search(before)):
                return "namesake: the name is that of a person", f.place.proof(match.start(), f.mention.end)
        return None

    def of_sector(self, entry: Entry) -> bool:
        """Whether the goods are of a kind that the brand sells."""
        for place in self.places:
            if place.field in {"title", "category"}:
                words = place.tokens.words
                if tables.goods(entry.holder.sector).find(words):
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
        """Whether the thing at word ``a`` comes with the goods: "with gift box and card"."""
        joins = self.view.sets["included"]
        return any(joins.match(tokens.words, k) for k in range(max(0, a - JOINED), a) if not tokens.pause(k, a))

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


def _sells_media(entry: Entry) -> bool:
    return entry.holder.sector == "media and software"


def _sells_print(entry: Entry) -> bool:
    """Whether a book in print may be the brand's own goods."""
    return any(work.kind.casefold() in PRINTED_KINDS for work in entry.brand.works)


def read(offer: Offer, context: Context) -> Reading:
    """Return the reading of ``offer``; costs one search per text, and words only where a name was found."""
    language = offer.language or (context.storefront.language if context.storefront else None)
    view = context.lexicon.view(language)
    places = tuple(_places(offer))
    around = " ".join(p.text[:2000] for p in places if p.field in {"title", "category", "brand"})
    found: list[Found] = []
    for place in places:
        for mention in context.matcher.find(place.text, where=place.field, context=around):
            entry = context.register.entries[mention.brand]
            role, by = (
                ("work", "")
                if mention.work
                else role_of(place.tokens, mention, context.product_words[mention.brand], view)
            )
            if place.field == "brand" and mention.ambiguous and _whole(mention, place.text):
                mention = Mention(**{**mention.__dict__, "ambiguous": False})
            found.append(Found(mention, entry, place, role, by))
    return Reading(offer, context, view, places, tuple(_settled(found)))


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


def _places(offer: Offer) -> list[Place]:
    """Return the texts of the offer that may name a brand."""
    places: list[Place] = []
    for name in ("title", "brand", "description"):
        text = getattr(offer, name)
        if text and name in offer.provenance:
            places.append(Place(name, text, offer.provenance[name]))
    if offer.category and "category" in offer.provenance:
        places.append(Place("category", " / ".join(offer.category), offer.provenance["category"]))
    path = _path(offer.url)
    if path:
        places.append(Place("url", path, Provenance(extractor="url", path="url", text="")))
    for address in offer.images[:MAX_IMAGES]:
        name = _path(address).rsplit("/", 1)[-1]
        if name and "images" in offer.provenance:
            places.append(Place("image", name, offer.provenance["images"]))
    return places


def _path(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.path[:2000]


def role_of(tokens: Tokens, mention: Mention, product_words: Set[str], view: View) -> tuple[str, str]:
    """Return the role in which a name stands, and the words that give it: those before it or behind it.

    A single word (``for``) reaches the name over fillers and kinds of goods only (``for the watch Orsano``); a phrase
    (``repair of``) reaches it over any few words.
    """
    first, last = tokens.at(mention.start, mention.end)
    if first == last:
        return "claim", ""
    plain = (tables.goods_words(), view.fillers, product_words)
    return _role_before(tokens, first, plain, view) or _role_behind(tokens, last, plain, view) or ("claim", "")


def _role_before(tokens: Tokens, first: int, plain: Sets, view: View) -> tuple[str, str] | None:
    than = view.sets["than"].ending_at(tokens.words, first)
    if than:
        more = [k for k in range(max(0, than[0] - MAX_GAP), than[0]) if view.sets["more"].match(tokens.words, k)]
        if more:  # "more battery life than"
            return "comparison", tokens.text[tokens.starts[more[0]] : tokens.ends[first - 1]]
    any_words = 0
    of = view.sets["of"].ending_at(tokens.words, first)
    made_by = of is not None and of[0] > 0 and tokens.words[of[0] - 1] in plain[0]  # "for headphones of Nuvix"
    for k in range(first, max(0, first - MAX_GAP), -1):
        hit = view.before.ending_at(tokens.words, k)
        if hit and not tokens.pause(hit[0], first):
            phrase = (k - hit[0] > 1 or made_by) and hit[1] != "inspired_before"
            if not any_words or (phrase and any_words <= MAX_WORDS):
                return hit[1].removesuffix("_before"), tokens.text[tokens.starts[hit[0]] : tokens.ends[k - 1]]
        any_words += not _is_plain(tokens, k - 1, plain)
    return None


def _role_behind(tokens: Tokens, last: int, plain: Sets, view: View) -> tuple[str, str] | None:
    for k in range(last, min(len(tokens.words), last + MAX_GAP)):
        hit = view.after.match(tokens.words, k)
        if hit and hit[1] == "compatible_after" and _leads_on(tokens, k, hit[0], view):
            return None  # "compatible with iPhone": it is the brand's thing that fits another's
        if hit and (hit[1] != "inspired_after" or k == last):
            title = hit[1] == "about_after" and hit[0] - k > 1  # "Velmora: the history of a house"
            if title or not tokens.pause(last - 1, k):
                return hit[1].removesuffix("_after"), tokens.text[tokens.starts[k] : tokens.ends[hit[0] - 1]]
        if not _is_plain(tokens, k, plain):
            return None
    return None


def _leads_on(tokens: Tokens, k: int, end: int, view: View) -> bool:
    """Whether the words at ``k`` say what the thing in front of them fits, and something follows."""
    onward = view.before.match(tokens.words, k)
    return onward is not None and onward[0] > end and onward[0] < len(tokens.words)


def _is_plain(tokens: Tokens, k: int, plain: Sets) -> bool:
    return any(tokens.words[k] in words for words in plain) or tokens.text[tokens.starts[k] : tokens.ends[k]].isdigit()
