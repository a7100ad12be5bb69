"""How large a business is, as figures; whether that is commercial scale in law is for others to say."""

from __future__ import annotations

from crawler.assessment.dossier import Dossier
from crawler.store.database import Document

IN_STOCK = frozenset({"InStock", "LimitedAvailability"})


def of(dossier: Dossier, brands: list[str]) -> Document:
    """Offers, stock, brands, markets and the days over which it was seen."""
    first, last = dossier.storefront.get("first_seen"), dossier.storefront.get("last_seen")
    currencies = {(offer.get("price") or {}).get("currency") for offer in dossier.offers}
    return {
        "offers": dossier.count,
        "in_stock": sum(offer.get("availability") in IN_STOCK for offer in dossier.offers),
        "brands": brands,
        "currencies": sorted(filter(None, currencies)),
        "first_seen": first,
        "last_seen": last,
        "days_seen": (last - first).days if first and last else None,
    }
