"""What a storefront's domain name says; the brand in it says almost nothing (2.4 % of fakes, 2.5 % of big sites)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.indicators.domains import lists
from crawler.indicators.domains import words as domain_words
from crawler.indicators.raising import abstained, raised
from crawler.indicators.reading.context import Context
from crawler.indicators.reading.offer import Reading
from crawler.indicators.text.tokens import Tokens, fold_phrase
from crawler.indicators.whole import Whole
from crawler.items import Flag, Provenance, Storefront
from crawler.register.folding import SIGHT, squeeze
from crawler.register.loading import Entry
from crawler.register.mentions import Mention
from crawler.register.slips import slip_of

LONG = 9  # letters of a name that hardly another one is like
MIN_OFFERS = 5  # titles below which nothing can be said of what a shop sells


def named(storefront: Storefront, context: Context, whole: Whole) -> Iterator[Flag]:  # noqa: ARG001 - one shape for all
    """The domain shows or misspells a name of the register."""
    name = domain_of(storefront)
    if not name:
        return
    seen: set[str] = set()
    stem, found = _found(context, domain_words.stem_of(name))
    respelt = not found
    if respelt:
        stem, found = _respelt(context, stem)
    for mention in found:
        entry = context.register.entries[mention.brand]
        if mention.work or mention.brand in seen or context.authorised(entry):
            continue
        seen.add(mention.brand)
        flag = _flag(context, entry, mention, name, stem, respelt=respelt)
        if flag is not None:
            yield flag


def unrelated(storefront: Storefront, context: Context, whole: Whole) -> Iterator[Flag]:
    """The domain names another trade than the one that goods of the register are sold in: a name bought used."""
    name = domain_of(storefront)
    trades = domain_words.trades(domain_words.stem_of(name)) if name else []
    kinds = {lists.trade_words()[word] for word in trades}
    related = frozenset[str]().union(*map(lists.sectors_of, kinds))
    known = [context.register.entries[name] for name in whole.goods.branded or () if name in context.register.entries]
    brands = [one for one in known if not context.authorised(one) and one.holder.sector not in related]
    if not trades or not brands:
        return
    told = set().union(*(Tokens.of(title).words for title in whole.goods.titles))
    if told.intersection(fold_phrase(word)[0] for word, kind in lists.trade_words().items() if kind in kinds):
        return  # the shop also sells what it is called after
    proof = Provenance(extractor="domain", path="url", text=name[:300])
    if len(whole.goods.titles) < MIN_OFFERS:
        reason = "few goods: only {titles} titles were read, too few to say what the shop sells"
        yield abstained("domain.unrelated_name", context, reason, (proof,), titles=len(whole.goods.titles))
        return
    sold = sorted(entry.name for entry in brands)
    flag = raised("domain.unrelated_name", context, (proof,), domain=name, words=trades, brands=sold)
    if flag is not None:
        yield flag


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


def _found(context: Context, stem: str) -> tuple[str, tuple[Mention, ...]]:
    """Return the names in ``stem``, and how it was read: one with a slip in it is seen only where it stands apart."""
    found = context.matcher.find(stem, where="domain")
    for apart in () if found else domain_words.spread(stem):
        if found := context.matcher.find(apart, where="domain"):
            return apart, found
    return stem, found


def _respelt(context: Context, stem: str) -> tuple[str, tuple[Mention, ...]]:
    """Return the names that ``stem`` holds if a letter that stands thrice, or one written by ear, is put right."""
    for once in domain_words.respelt(stem):
        found = tuple(
            one for one in context.matcher.find(once, where="domain") if not one.ambiguous and not one.disguise
        )
        if found:
            return once, found
    return stem, ()


def _flag(
    context: Context, entry: Entry, mention: Mention, name: str, stem: str, *, respelt: bool = False
) -> Flag | None:
    proof = Provenance(extractor="domain", path="url", text=name[:300])
    before, behind = stem[: mention.start], stem[mention.end :]
    sold = context.meant[entry.name] if mention.ambiguous else context.goods[entry.name]
    typo = mention.disguise == ("typo",)
    slip = slip_of(squeeze(mention.text, SIGHT), squeeze(mention.name, SIGHT)) if typo else "slip"
    plain = not mention.ambiguous and slip == "slip"
    beside = domain_words.beside(before, behind, sold, context.product_words[entry.name], plain=plain)
    rest = squeeze(f"{before} {behind}", SIGHT)
    if (mention.deliberate and "spaced" not in mention.disguise) or "accent" in mention.disguise:
        code = "domain.lookalike"
    elif typo:
        far = len(squeeze(mention.name, SIGHT)) < LONG and slip == "far"
        if far or beside.speaking or (rest and not beside.selling):
            return None  # one letter off, inside a longer name: more often another name
        code = "domain.misspelt"
    elif respelt or "drawn_out" in mention.disguise:
        if beside.speaking or (rest and not beside.selling):
            return None
        code = "domain.misspelt"
    elif mention.ambiguous and not beside.selling:
        return None
    elif not mention.disguise and not beside.speaking and _doubled(mention.text, behind):
        code = "domain.misspelt"
    elif beside.selling and not beside.speaking:
        code = "domain.brand_and_shop_word"
    elif len(behind) == len(rest) == 1 and behind.isalpha() and not mention.disguise:
        code = "domain.misspelt"  # one letter more at its end
    else:
        code = "domain.brand"
    return raised(
        code, context, (proof,), entry=entry, domain=name, text=mention.text, words=list(beside.selling) or None,
        disguise=list(mention.disguise) or None,
    )  # fmt: skip


def _doubled(text: str, behind: str) -> bool:
    """Whether the last letter of a name stands twice, and its word ends there: ``brumvoltt-shop``."""
    return behind[:1].lower() == text[-1:].lower() and not behind[1:2].isalnum()
