"""Cases drawn from the commit: honest and far too low prices, and titles with names in disguise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from bench import disguises
from bench.flags.cases import offer, raised
from bench.seeds import seeded
from crawler.indicators.reading.context import Context
from crawler.items import Offer
from crawler.money import Money

PRICES = 3000  # honest prices: none wrong among them bounds the rate at 0.1 %
Z = 1.6449  # one-sided 95 %

KNOWN_PRICES: dict[str, tuple[int, int]] = {
    "Velmora Aurelia tote": (1450, 2900), "Velmora Petite clutch": (620, 980), "Velmora Corda belt": (290, 420),
    "Orsano Meridian watch": (4200, 9800), "Orsano Tempo watch": (1900, 3600),
    "Kestrel Stride running shoe": (110, 180), "Kestrel Gale windbreaker": (90, 160),
    "H&V Riviera shirt": (80, 160), "H&V Capri scarf": (60, 110), "Bramholt BP-440 brake pads": (38, 75),
    "Bramholt OF-12 oil filter": (9, 19), "Nuvix Pulse 3 earbuds": (149, 199), "Nuvix Volt charger": (29, 49),
    "Solcere Hydra serum 30 ml": (42, 68), "Solcere Nuit cream 50 ml": (55, 85),
    "Cardexa 20 mg, 28 tablets": (28, 52), "Lumen Forge Studio 8 licence": (299, 599),
}  # fmt: skip
"""Title → lowest and highest regular price in EUR; written down here, not read from the register."""


def honest(rng: Random) -> Iterator[Offer]:
    """Yield offers at honest prices: regular, in a sale, used, in sets, as samples, as accessories, without a pack."""
    for _ in range(PRICES):
        title, (low, high) = rng.choice(list(KNOWN_PRICES.items()))
        price = Decimal(str(rng.uniform(low, high)))
        twist = rng.random()
        if twist < 0.5:
            yield offer(f"{title} {rng.choice(('', 'new', '- black', 'neu', 'neuf'))}", price)
        elif twist < 0.75:
            yield offer(f"{title}, sale", price * Decimal(str(rng.uniform(0.7, 0.9))), list_price=_money(price))
        elif twist < 0.85:
            yield offer(
                title, price * Decimal(str(rng.uniform(0.2, 0.7))), condition=rng.choice(("used", "refurbished"))
            )
        elif twist < 0.95:
            wrap = rng.choice(
                ("Case for {}", "Hülle für {}", "Empty box {}", "{} sample", "Etui pour {}", "Strap for {}")
            )
            yield offer(wrap.format(title), Decimal(str(rng.uniform(2, 30))))
        else:
            yield offer(title, price * Decimal("0.4"), currency="SEK")  # a number that is low only in euros


def _money(amount: Decimal) -> Money:
    return Money(amount=amount.quantize(Decimal("0.01")), currency="EUR")


def prices(context: Context) -> tuple[float, float]:
    """Return the one-sided 95 % bound of the false rate of price flags, and their recall on prices far too low."""
    rng = seeded("prices")
    false = [f"{item.title} {item.price}" for item in honest(rng) if _cheap(item, context)]
    found = 0
    for _ in range(500):
        title, (low, _high) = rng.choice(list(KNOWN_PRICES.items()))
        item = offer(title, Decimal(str(low * rng.uniform(0.05, 0.6))))
        found += _cheap(item, context)
    print(f"  honest prices {PRICES}, flagged {len(false)}; prices below 60 % of the lowest 500, flagged {found}")
    print(f"  {'; '.join(false)[:300]}")
    return bound(len(false), PRICES), found / 500


def _cheap(item: Offer, context: Context) -> bool:
    return any(flag.code.startswith("price.") for flag in raised(item, context))


def bound(wrong: int, total: int) -> float:
    """Return the one-sided 95 % upper bound of a rate (Wilson)."""
    share = wrong / total
    middle = share + Z * Z / (2 * total)
    spread = Z * (share * (1 - share) / total + Z * Z / (4 * total * total)) ** 0.5
    return float((middle + spread) / (1 + Z * Z / total))


def brands(context: Context) -> dict[str, float]:
    """Print precision and recall of the brand flags on generated titles."""
    rng = seeded("brands")
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for _ in range(300):
        title = rng.choice(list(KNOWN_PRICES))
        name = next(n for n in ("Velmora", "Orsano", "Kestrel", "H&V", "Bramholt", "Nuvix", "Solcere", "Cardexa",
                                "Lumen Forge") if title.startswith(n))  # fmt: skip
        way = rng.choice(("plain", "homoglyph", "zero_width", "styled"))
        written = disguises.DISGUISES[way](name, rng)
        codes = {flag.code for flag in raised(offer(title.replace(name, written, 1)), context)}
        hidden = way != "plain" and written != name
        for code, wanted in (("brand.unauthorised", True), ("brand.disguised", hidden)):
            counts[code][f"{wanted}{code in codes}"] += 1
            if wanted != (code in codes):
                print(f"  {code} {'missed' if wanted else 'wrong'}: {way} {written!a}")
    rates = {}
    for code, count in counts.items():
        precision = count["TrueTrue"] / max(1, count["TrueTrue"] + count["FalseTrue"])
        recall = count["TrueTrue"] / max(1, count["TrueTrue"] + count["TrueFalse"])
        rates[code] = recall
        print(f"  {code:<22} precision {precision:.3f} recall {recall:.3f}")
    return rates
