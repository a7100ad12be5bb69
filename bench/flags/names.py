"""Names in disguise, and names in domains: what is overlooked, and what is taken for one and is not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bench.flags import cases
from bench.flags.cases import offer, raised
from bench.flags.texts import HIGH, Count
from crawler.indicators.domain import MIN_OFFERS
from crawler.indicators.flags import flag_storefront
from crawler.indicators.reading.context import Context
from crawler.indicators.whole import Goods, Whole
from crawler.items import Storefront

HIDDEN = frozenset({"domain.lookalike", "domain.misspelt"})
OF_DOMAINS = {
    "brand_and_shop_word": frozenset({"domain.brand_and_shop_word"}),
    "lookalike": HIDDEN,
    "misspelt": HIDDEN,
    "silent": frozenset[str](),
    "unrelated": frozenset({"domain.unrelated_name"}),
    "related": frozenset[str](),
}
"""Kind of domain → the flags of which one is due; of none due, any is false."""
WEIGHTLESS = "domain.brand"
"""It says that the domain holds the name, which is so, and weighs nothing."""


def judged(context: Context, batch: str) -> dict[str, Count]:
    """Return what is counted of every kind of case that ``batch`` has."""
    return disguises(context, batch) | domains(context, batch)


def disguises(context: Context, batch: str) -> dict[str, Count]:
    """Return which hidden names are not seen, which no flag tells, and which other titles are taken for one.

    A name that is seen is not told where the title does not say that goods of its brand are offered.
    """
    counts = {}
    for kind, titles in (cases.of("disguises", batch) or {}).items():
        due = kind == "raises"
        wrong = []
        for title in titles:
            codes = [flag.code for flag in raised(offer(title, HIGH), context) if flag.code.startswith("brand.")]
            if bool(codes) != due:
                wrong.append(f"{title} [{', '.join(codes)}]")
        counts["disguise_recall" if due else "disguise_false"] = Count(len(titles), tuple(wrong))
        if due:
            unseen = (title for title in titles if not any(not m.ambiguous for m in context.matcher.find(title)))
            counts["disguise_seen"] = Count(len(titles), tuple(unseen))
    return counts


def domains(context: Context, batch: str) -> dict[str, Count]:
    """Return which domains miss the flag that is due, and which raise one that is not."""
    counts = {}
    for kind, items in (cases.of("domains", batch) or {}).items():
        due = OF_DOMAINS[kind]
        wrong = []
        for case in items:
            domain, titles = (case, ()) if isinstance(case, str) else (case["domain"], case["titles"])
            codes = _codes(context, domain, titles)
            if bool(codes & due) != bool(due) or (not due and codes):
                wrong.append(f"{domain} [{', '.join(sorted(codes))}]")
        counts[f"domain_{kind}" if due else f"domain_{kind}_false"] = Count(len(items), tuple(wrong))
    return counts


def _codes(context: Context, domain: str, titles: Iterable[str]) -> set[str]:
    """Return the flags that weigh anything of a shop at ``domain`` that sells ``titles``, each a few times."""
    shop = Storefront(id=f"{domain}#1", key=domain, kind="shop", url=f"https://{domain}/")
    branded = {mention.brand: 1 for title in titles for mention in context.matcher.find(title)}
    whole: dict[str, Any] = {"titles": tuple(titles) * MIN_OFFERS, "branded": branded}
    flags = flag_storefront(shop, context, Whole(goods=Goods(**whole)))
    return {flag.code for flag in flags if flag.state == "raised" and flag.code != WEIGHTLESS}
