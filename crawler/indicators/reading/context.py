"""What an indicator may know beside the offer: register, weights, word lists, and the storefront."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from crawler.indicators import weights
from crawler.indicators.references import Product, Reference
from crawler.indicators.text import lexicon, tables
from crawler.indicators.text.lexicon import Lexicon
from crawler.indicators.text.tables import Goods
from crawler.indicators.text.tokens import fold_phrase
from crawler.indicators.weights import Weights
from crawler.items import Storefront
from crawler.register.loading import Entry, Register
from crawler.register.matching import Matcher


@dataclass(frozen=True)
class Context:
    """Built once per process; ``at`` gives the view for one storefront, at no cost."""

    register: Register
    matcher: Matcher
    weights: Weights
    lexicon: Lexicon
    storefront_key: str = ""
    storefront: Storefront | None = None
    references: Mapping[Product, Reference] = field(default_factory=dict)
    """Market references of the products that the page's offers are; a product that is missing was not looked up."""
    product_words: dict[str, frozenset[str]] = field(default_factory=dict)
    """Brand → the words of its products' names, folded."""
    goods: dict[str, Goods] = field(default_factory=dict)
    """Brand → the sector of its rights holder and the kinds of goods that its products are: a maker of brake pads that
    sells a drill, too."""

    meant: dict[str, Goods] = field(default_factory=dict)
    """Ambiguous brand → the goods that the register names as its context."""

    @classmethod
    def build(cls, register: Register) -> Context:
        """Return the context of ``register``: compiles its names. Who flags then calls ``flags.context`` instead."""
        words = {name: _product_words(entry) for name, entry in register.entries.items()}
        goods = {name: _goods(entry) for name, entry in register.entries.items()}
        meant = {name: _context(entry) for name, entry in register.entries.items() if entry.brand.ambiguous}
        return cls(
            register, Matcher(register), weights.load(), lexicon.load(), product_words=words, goods=goods, meant=meant
        )

    def at(self, storefront_key: str, storefront: Storefront | None = None) -> Context:
        """Return the same context for one storefront."""
        return replace(self, storefront_key=storefront_key, storefront=storefront)

    @property
    def spoken(self) -> tuple[str, ...]:
        """The languages that there are word lists for, ISO 639-1."""
        return tuple(sorted(self.lexicon.languages))

    def authorised(self, entry: Entry) -> str:
        """Return why the storefront may sell the brand: ``official``, ``authorised``, or an empty string."""
        key = self.storefront_key.casefold()
        if _within(key, entry.official_domains):
            return "official"
        return "authorised" if key in entry.sellers or _within(key, entry.sellers) else ""


def _product_words(entry: Entry) -> frozenset[str]:
    names = (name for line in entry.brand.lines for name in (line.name, *line.spellings, *line.model))
    return frozenset(word for name in names for word in fold_phrase(name))


def _goods(entry: Entry) -> Goods:
    names = [fold_phrase(line.name) for line in entry.brand.lines]
    kinds = {kind for name in names for _, _, kind in tables.trades().find(name)}
    return Goods(entry.holder.sector, tuple(sorted(kinds)))


def _context(entry: Entry) -> Goods:
    written = [fold_phrase(word) for word in (*entry.brand.context, *(line.name for line in entry.brand.lines))]
    kinds = {kind for words in written for kind in tables.kinds_in(words)}
    whole = entry.holder.sector in entry.brand.context
    return Goods(entry.holder.sector if whole else "", tuple(sorted(kinds)))


def _within(key: str, domains: frozenset[str]) -> bool:
    """Whether ``key`` is one of ``domains`` or a name below one (``shop.brand.test`` for ``brand.test``)."""
    if key in domains:
        return True
    labels = key.split(".")
    return ":" not in key and any(".".join(labels[k:]) in domains for k in range(1, len(labels)))
