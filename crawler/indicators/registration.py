"""How long a domain has been in present hands: only from answers of registries that the operator supplied."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from crawler.indicators.domain import domain_of
from crawler.indicators.raising import abstained, raised
from crawler.indicators.reading.context import Context
from crawler.indicators.whole import Registration, Whole
from crawler.items import Flag, Provenance, Storefront

YOUNG_DAYS = 180
"""Days. Fake shops live for months and come back under new names; no study gives a bound, so the weight is small."""


def young(storefront: Storefront, context: Context, whole: Whole) -> Iterator[Flag]:
    """Goods of the register are sold at a domain registered a short time ago."""
    known = _known(storefront, context, whole)
    if known is None:
        return
    registration, proof = known
    begun = registration.begun
    if begun is None or whole.seen_on is None:
        reason = "no date: the registry's answer does not say when {domain} was registered"
        if begun is not None:
            reason = "no date: when {domain} was looked at is not known"
        yield abstained("domain.young", context, reason, (proof,), domain=registration.domain)
        return
    days = (whole.seen_on - begun).days
    if 0 <= days < YOUNG_DAYS and registration.registered_again != begun:
        yield from _raise("domain.young", context, proof, registration, since=begun, days=days)


def registered_again(storefront: Storefront, context: Context, whole: Whole) -> Iterator[Flag]:
    """The domain lapsed and was registered anew: its name and links are older than its holder."""
    known = _known(storefront, context, whole)
    if known is None:
        return
    registration, proof = known
    first, since = registration.registered, registration.registered_again
    if since is not None and first is not None and since > first:
        yield from _raise("domain.registered_again", context, proof, registration, first=first, since=since)


def _known(storefront: Storefront, context: Context, whole: Whole) -> tuple[Registration, Provenance] | None:
    """The registry's answer, if goods of the register are sold there by somebody who may not."""
    registration = whole.registration
    sold = [context.register.entries[b] for b in whole.goods.branded or () if b in context.register.entries]
    if registration is None or not domain_of(storefront) or not any(not context.authorised(e) for e in sold):
        return None
    text = f"{registration.source}: {registration.domain}"[:300]
    return registration, Provenance(extractor="rdap", path="registration", text=text)


def _raise(
    code: str, context: Context, proof: Provenance, registration: Registration, **told: date | int
) -> Iterator[Flag]:
    values: dict[str, Any] = {name: str(value) if isinstance(value, date) else value for name, value in told.items()}
    registrar = registration.registrar or "registrar not named"
    flag = raised(code, context, (proof,), domain=registration.domain, registrar=registrar, **values)
    if flag is not None:
        yield flag
