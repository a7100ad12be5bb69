"""What a storefront's domain name says; the brand in it says almost nothing (2.4 % of fakes, 2.5 % of big sites)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.indicators import tables
from crawler.indicators.context import Context
from crawler.indicators.raising import abstained, raised
from crawler.indicators.reading import Reading
from crawler.indicators.tokens import Tokens, fold_phrase
from crawler.indicators.whole import Whole
from crawler.items import Flag, Provenance, Storefront
from crawler.register.folding import SIGHT, squeeze
from crawler.register.loading import Entry
from crawler.register.matching import Mention
from crawler.register.words import is_word
from crawler.urls import public_suffixes

SOBER = frozenset({"health", "building", "law", "money", "property", "lodging"})
"""Trades that nobody names a fashion label after, so that they count although a family name is glued to them."""
MIN_OFFERS = 5  # titles below which nothing can be said of what a shop sells


def named(storefront: Storefront, context: Context, whole: Whole) -> Iterator[Flag]:  # noqa: ARG001 - one shape for all
    """The domain shows or misspells a name of the register."""
    name = domain_of(storefront)
    if not name:
        return
    stem = _stem(name)
    seen: set[str] = set()
    for mention in context.matcher.find(stem, where="domain"):
        entry = context.register.entries[mention.brand]
        if mention.work or mention.brand in seen or context.authorised(entry):
            continue
        seen.add(mention.brand)
        flag = _flag(context, entry, mention, name, stem)
        if flag is not None:
            yield flag


def unrelated(storefront: Storefront, context: Context, whole: Whole) -> Iterator[Flag]:
    """The domain names another trade than the one that goods of the register are sold in: a name bought used."""
    name = domain_of(storefront)
    trades = [trade for word in _words(_stem(name)) if (trade := _trade(word))] if name else []
    brands = [
        context.register.entries[brand] for brand in whole.goods.branded or () if brand in context.register.entries
    ]
    if not trades or not any(not context.authorised(entry) for entry in brands):
        return
    told = set().union(*(Tokens.of(title).words for title in whole.goods.titles))
    kinds = [tables.trade_words()[word] for word in trades]
    if told.intersection(fold_phrase(word)[0] for word, kind in tables.trade_words().items() if kind in kinds):
        return  # the shop also sells what it is called after
    proof = Provenance(extractor="domain", path="url", text=name[:300])
    if len(whole.goods.titles) < MIN_OFFERS:
        reason = "few goods: only {titles} titles were read, too few to say what the shop sells"
        yield abstained("domain.unrelated_name", context, reason, (proof,), titles=len(whole.goods.titles))
        return
    sold = sorted(entry.name for entry in brands if not context.authorised(entry))
    flag = raised("domain.unrelated_name", context, (proof,), domain=name, words=trades, brands=sold)
    if flag is not None:
        yield flag


def _trade(word: str) -> str:
    """Return the trade that ``word`` names, or ends in: ``smithdental``; ``oldschool`` is no school."""
    trades = tables.trade_words()
    if word in trades:
        return word
    tails = (word[k:] for k in range(3, len(word) - 5))
    return next((tail for tail in tails if trades.get(tail) in SOBER and not is_word(word)), "")


def domain_of(storefront: Storefront) -> str:
    """Return the readable domain of a shop; empty for sellers, accounts and bare addresses."""
    domain = storefront.key.split(":", 1)[0]
    if storefront.kind != "shop" or not re.search(r"[^\W\d]", domain) or "." not in domain:
        return ""
    return readable(domain)


def sold_there(reading: Reading) -> Iterator[Flag]:
    """Goods of a brand are sold at a domain that shows or misspells its name."""
    context = reading.context
    shop = context.storefront
    if shop is None or shop.key != context.storefront_key:
        return
    claimed = {entry.name for entry in reading.brands if reading.claims(entry)}
    if claimed:
        yield from (flag for flag in named(shop, context, Whole()) if flag.brand in claimed)


def readable(domain: str) -> str:
    """Return ``domain`` with its punycode labels as people see them; a label that is no punycode stays."""
    labels = []
    for label in domain.lower().split("."):
        try:
            labels.append(label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label)
        except (UnicodeError, ValueError):
            labels.append(label)
    return ".".join(labels)


def _flag(context: Context, entry: Entry, mention: Mention, name: str, stem: str) -> Flag | None:
    proof = Provenance(extractor="domain", path="url", text=name[:300])
    rest = squeeze(stem[: mention.start] + " " + stem[mention.end :], SIGHT)
    words = [word for word in _words(stem[: mention.start]) + _words(stem[mention.end :]) if word]
    beside = [word for word in words if word in tables.domain_words()]
    if mention.deliberate and "spaced" not in mention.disguise:
        code = "domain.lookalike"
    elif mention.disguise == ("typo",):
        if rest and not beside:
            return None  # one letter off, inside a longer name: more often another name
        code = "domain.misspelt"
    elif mention.ambiguous and not beside:
        return None
    else:
        code = "domain.brand_and_shop_word" if beside else "domain.brand"
    return raised(
        code, context, (proof,), entry=entry, domain=name, text=mention.text, words=beside or None,
        disguise=list(mention.disguise) or None,
    )  # fmt: skip


def _words(rest: str) -> list[str]:
    """Return the shop and place words that ``rest`` is made of, written together or apart."""
    found: list[str] = []
    for part in re.split(r"[\W_\d]+", rest.lower()):
        found.extend(_split(part))
    return found


def _split(part: str, depth: int = 3) -> list[str]:
    known = tables.domain_words().keys() | tables.trade_words().keys()
    if not part or part in known or depth == 0:
        return [part] if part else []
    for k in range(len(part) - 1, 1, -1):
        if part[:k] in known:
            tail = _split(part[k:], depth - 1)
            if all(word in known for word in tail):
                return [part[:k], *tail]
    return [part]


def _stem(domain: str) -> str:
    """Return the domain without its public suffix: ``shop.velmora-sale.co.uk`` → ``shop.velmora-sale``."""
    suffix = public_suffixes().publicsuffix(domain) or ""
    return domain[: -len(suffix) - 1] if suffix and domain != suffix else domain.rsplit(".", 1)[0]
