"""What a storefront's domain name says; the brand in it says almost nothing (2.4 % of fakes, 2.5 % of big sites)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from publicsuffixlist import PublicSuffixList

from crawler.indicators import tables
from crawler.indicators.context import Context
from crawler.indicators.raising import raised
from crawler.indicators.reading import Reading
from crawler.items import Flag, Provenance, Storefront
from crawler.register.folding import SIGHT, squeeze
from crawler.register.loading import Entry
from crawler.register.matching import Mention


def flag_domain(storefront: Storefront, context: Context) -> Iterator[Flag]:
    """Yield what the domain of ``storefront`` says about the brands of the register."""
    domain = storefront.key.split(":", 1)[0]
    if storefront.kind != "shop" or not re.search(r"[^\W\d]", domain) or "." not in domain:
        return
    name = readable(domain)
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


def sold_there(reading: Reading) -> Iterator[Flag]:
    """Goods of a brand are sold at a domain that shows or misspells its name."""
    context = reading.context
    shop = context.storefront
    if shop is None or shop.key != context.storefront_key:
        return
    claimed = {entry.name for entry in reading.brands if reading.claims(entry)}
    if claimed:
        yield from (flag for flag in flag_domain(shop, context) if flag.brand in claimed)


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
    known = tables.domain_words()
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
    suffix = _suffixes().publicsuffix(domain) or ""
    return domain[: -len(suffix) - 1] if suffix and domain != suffix else domain.rsplit(".", 1)[0]


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
