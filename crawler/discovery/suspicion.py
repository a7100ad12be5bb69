"""How soon a storefront that was pointed to is to be asked: a rank from 0 to 100, with its reasons.

Ranks order a queue; they accuse nobody and are no part of an assessment. The weights were set by hand on the reason
that links of fraudulent sites lead to others of their kind and links of honest ones rarely do (Gyöngyi et al. 2004,
Krishnan and Raj 2006), and are not fitted to any crawl.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from crawler.extract.social.wordings import says
from crawler.indicators.tables import domain_words
from crawler.items import Capture, Pointer, storefront_key_of
from crawler.register.matching import Matcher

FROM_SUSPECT = 45  # times the share of all offers seen of the source that carry a raised flag
BRAND_IN_NAME = 25
BRAND_SAID = 10
SHOP_WORDS = 10
HOW = {"redirect": 15, "post": 12, "listing": 12, "handle": 8, "page": 0, "feed": 0}
SHORTEST = 4  # letters of a shop word that is looked for inside others; shorter ones stand in many words


def ranked(pointers: list[Pointer], heat: Mapping[str, int], matcher: Matcher) -> list[Pointer]:
    """The pointers with their suspicion and why; ``heat`` is what is known of their sources, 0 to ``FROM_SUSPECT``."""
    return [_ranked(pointer, heat.get(storefront_key_of(pointer.source), 0), matcher) for pointer in pointers]


def seen(capture: Capture) -> dict[str, tuple[int, int]]:
    """Storefront key → its offers in this capture that carry a raised flag, and its offers."""
    found = {storefront.key: (0, 0) for storefront in capture.storefronts}
    for offer in capture.offers:
        key = storefront_key_of(offer.storefront)
        flagged, offers = found.get(key, (0, 0))
        found[key] = flagged + any(flag.state == "raised" for flag in offer.flags), offers + 1
    return found


def _ranked(pointer: Pointer, heat: int, matcher: Matcher) -> Pointer:
    found: list[tuple[int, str]] = []
    if heat:
        found.append((heat, f"{heat / FROM_SUSPECT:.0%} of the offers of who points carry a flag"))
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
