"""How soon a storefront that was pointed to is to be asked: a rank from 0 to 100, with its reasons.

Ranks order a queue; they accuse nobody and are no part of an assessment. The weights were set by hand on the reason
that links of fraudulent sites lead to others of their kind and links of honest ones rarely do (Gyöngyi et al. 2004,
Krishnan and Raj 2006), and are not fitted to any crawl.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from urllib.parse import urlsplit

from crawler.extract.social.wordings import says
from crawler.indicators import weights
from crawler.indicators.domains.lists import domain_words
from crawler.items import Capture, Flag, Pointer, storefront_key_of
from crawler.register.matching import Matcher

FROM_SUSPECT = 45  # times what the offers seen of the source show, from nothing to a strong ground on each
STRONG = (
    1.5  # weight of a ground that few honest sellers give (``data/weights.yaml``): a disguised name, a grade of copies
)
BRAND_IN_NAME = 25
BRAND_SAID = 10
SHOP_WORDS = 10
HOW = {"redirect": 15, "post": 12, "listing": 12, "handle": 8, "page": 0, "feed": 0}
MOVED = 40  # a shop whose first page leads to another name goes on there: whoever was asked for it wants that one
SHORTEST = 4  # letters of a shop word that is looked for inside others; shorter ones stand in many words


def ranked(pointers: list[Pointer], heat: Mapping[str, int], matcher: Matcher) -> list[Pointer]:
    """The pointers with their suspicion and why; ``heat`` is what is known of their sources, 0 to ``FROM_SUSPECT``."""
    return [_ranked(pointer, heat.get(storefront_key_of(pointer.source), 0), matcher) for pointer in pointers]


def seen(capture: Capture) -> dict[str, tuple[int, int]]:
    """Storefront key → points of its offers and cards in this capture, up to 100 each, and their number."""
    found = {storefront.key: (0, 0) for storefront in capture.storefronts}
    for offer in (*capture.offers, *capture.listed):
        key = storefront_key_of(offer.storefront)
        points, offers = found.get(key, (0, 0))
        found[key] = points + strength(offer.flags), offers + 1
    return found


def strength(flags: Iterable[Flag]) -> int:
    """What raised flags say together, 0 to 100: of each family the heaviest, against ``STRONG``.

    That nobody authorised the sale alone is 20: most who sell a brand's goods without its leave are honest resellers.
    """
    table, heaviest = weights.load(), dict[str, float]()
    for flag in flags:
        if flag.state == "raised":
            rule = table[flag.code]
            heaviest[rule.family] = max(rule.weight, heaviest.get(rule.family, 0.0))
    return min(100, round(100 * sum(heaviest.values()) / STRONG))


def _ranked(pointer: Pointer, heat: int, matcher: Matcher) -> Pointer:
    found: list[tuple[int, str]] = []
    if heat:
        found.append((heat, f"the offers of who points are {heat / FROM_SUSPECT:.0%} suspicious"))
    if pointer.how == "redirect" and not urlsplit(pointer.page or "").path.strip("/"):
        found.append((MOVED, "the first page of who points leads there"))
    found += _said(pointer.how, pointer.target, pointer.text, matcher)
    rank = min(100, sum(weight for weight, _ in found))
    return pointer.model_copy(update={"suspicion": rank, "reasons": tuple(reason for _, reason in found)})


@cache
def shop_words() -> re.Pattern[str]:
    """What shops put beside a brand in a name (``data/domain_words.yaml``), wherever it stands in it."""
    words = sorted((word for word, kind in domain_words().items() if kind == "shop"), key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in words if len(word) >= SHORTEST), re.IGNORECASE)


@lru_cache(maxsize=20_000)  # the links at the foot of a shop's pages are the same on each of them
def _said(how: str, target: str, text: str, matcher: Matcher) -> tuple[tuple[int, str], ...]:
    """What speaks for a target apart from who points to it."""
    found: list[tuple[int, str]] = []
    name = target.partition(":")[2] or target.partition("/")[0]
    if brands := {one.brand for one in matcher.find(name, where="domain")}:
        found.append((BRAND_IN_NAME, f"its name holds {', '.join(sorted(brands))}"))
    elif brands := {one.brand for one in matcher.find(text, where="title") if not one.ambiguous}:
        found.append((BRAND_SAID, f"said beside {', '.join(sorted(brands))}"))
    if shop_words().search(name) or says("sells", text):
        found.append((SHOP_WORDS, "words of selling"))
    if HOW[how]:
        found.append((HOW[how], f"found by {how}"))
    return tuple(found)
