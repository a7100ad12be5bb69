"""Who exists: the cast of the small world. A bigger world is another function that returns plans."""

from __future__ import annotations

from random import Random

from lab.model import Plan

MARKET = "tradeloft.test"
SOCIAL = "snapwall.test"
LUXURY = ("Velmora", "Orsano", "H&V")
SHOPS = (
    Plan("velmora.test", "official", "it", "EUR", ("Velmora",), 12),
    Plan("bramholt.test", "official", "de", "EUR", ("Bramholt",), 8, traps=("foreign_sitemap", "net_prices")),
    Plan("solcere.test", "official", "fr", "EUR", ("Solcere",), 8),
    Plan("galerie-nord.test", "authorised", "fr", "EUR", (*LUXURY, "Kestrel"), 22, traps=("sorting", "paging")),
    Plan("voltwerk.test", "authorised", "de", "EUR", ("Nuvix",), 10, traps=("redirect_loop",)),
    Plan("parfumerie-lys.test", "authorised", "fr", "CHF", ("Solcere",), 8, country="CH", traps=("crawl_delay",)),
    Plan("sportlager.test", "authorised_outlet", "de", "EUR", ("Kestrel",), 14, traps=("paging",)),
    Plan("second-closet.test", "second_hand", "en", "GBP", (*LUXURY, "Kestrel"), 14, traps=("slow",)),
    Plan("caseharbor.test", "accessories", "en", "USD", ("Nuvix", "Orsano", "Velmora"), 12),
    Plan("teile-krug.test", "compatible_parts", "de", "EUR", ("Bramholt",), 10, traps=("server_errors", "net_prices")),
    Plan("moorland-books.test", "unrelated", "en", "GBP", (), 12, traps=("sitemap_only",)),
    Plan("dom-i-ogrod.test", "household", "pl", "PLN", (), 10),
    Plan("corso-moda.test", "reseller", "it", "EUR", ("Velmora", "Kestrel"), 12, traps=("off_site",)),
    Plan("kestrel-outlet.test", "deep_discount", "en", "USD", ("Kestrel",), 14, country="US"),
    Plan("luxe-mirror.test", "admitting", "en", "USD", LUXURY, 14, owner="atelier", country="US", traps=("paging",)),
    Plan("maison-replik.test", "admitting", "de", "EUR", LUXURY, 12, owner="atelier", country="US"),
    Plan("chic-vitrine.test", "disguised", "fr", "EUR", LUXURY, 14, traps=("cloak",)),
    Plan("ofertas-pulso.test", "deep_discount", "es", "EUR", ("Nuvix", "Kestrel"), 8, traps=("session",)),
    Plan("meds-express24.test", "pharmacy", "en", "USD", ("Cardexa",), 6, country="US"),
    Plan("klucze-24.test", "cracked_keys", "pl", "PLN", ("Lumen Forge",), 6),
    Plan("boutique-lidia.test", "adapted", "it", "EUR", ("Velmora", "Orsano"), 12),
    Plan("bazar-central.test", "mixed", "es", "EUR", ("Solcere", "Nuvix", "Kestrel"), 16),
)  # fmt: skip
SITES = (
    Plan("gearnotes.test", "review", "en", "EUR", ("Kestrel", "Nuvix", "Velmora"), 0, kind="site", traps=("calendar",)),
)
SELLERS = (
    ("second_hand", "en", ("Velmora", "Kestrel"), 4), ("admitting", "en", ("Velmora", "Orsano"), 5),
    ("deep_discount", "de", ("Nuvix",), 4), ("household", "de", (), 4), ("accessories", "fr", ("Nuvix",), 4),
    ("reseller", "it", ("Kestrel",), 3), ("disguised", "es", ("Orsano", "H&V"), 4),
)  # fmt: skip
ACCOUNTS = (("admitting", "en", ("Velmora", "Orsano")), ("second_hand", "en", ("Kestrel",)), ("review", "en", ()),
            ("admitting", "es", ("H&V",)))  # fmt: skip
NAMES = ("ada", "bruno", "clio", "dario", "edda", "falk", "greta", "hugo", "ines", "jonas", "kaja", "livia")
NOUNS = ("attic", "corner", "finds", "house", "line", "market", "store", "vault")


def names(seed: str, count: int) -> list[str]:
    """Different account names that say nothing of what the account does."""
    pool = [f"{name}-{noun}{end}" for name in NAMES for noun in NOUNS for end in ("", "22", "88")]
    return Random(f"{seed}/names").sample(pool, count)


def small_world(seed: str) -> list[Plan]:
    """The plans of the demo: shops, a blog, a marketplace with its sellers, a social site with its accounts."""
    handles = names(seed, len(SELLERS) + len(ACCOUNTS))
    plans = [*SHOPS, *SITES]
    plans.append(Plan(MARKET, "platform", "en", "EUR", (), 0, kind="platform"))
    plans.append(Plan(SOCIAL, "platform", "en", "EUR", (), 0, kind="platform"))
    for (style, language, brands, size), handle in zip(SELLERS, handles, strict=False):
        plans.append(Plan(f"{MARKET}:{handle}", style, language, "EUR", brands, size, kind="marketplace_seller"))
    for (style, language, brands), handle in zip(ACCOUNTS, handles[len(SELLERS) :], strict=True):
        plans.append(
            Plan(f"{SOCIAL}:{handle}", style, language, "EUR", brands, 3 if brands else 0, kind="social_account")
        )
    return plans
