"""``make evaluate-indicators``: precision and recall of the flags on hand-written and generated cases.

The cases stand in ``bench/cases`` and are read by nothing else; they are no copy of the word lists.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import yaml

from bench import disguises
from bench.figures import figure
from bench.seeds import commit, seeded
from crawler.indicators import identity
from crawler.indicators.context import Context
from crawler.indicators.flags import flag_offer
from crawler.indicators.reading import read
from crawler.items import Flag, Offer, Provenance
from crawler.money import Money
from crawler.register.loading import load

CASES = Path(__file__).resolve().parent / "cases"
SHOP = "corner-shop.test"
CHEAP = Decimal(3)  # euros; below every range of the register
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


def offer(title: str, price: Decimal | None = None, **fields: Any) -> Offer:
    """Return an offer as an extractor gives it."""
    values: dict[str, Any] = {"title": title, **fields}
    if price is not None:
        values["price"] = Money(amount=price.quantize(Decimal("0.01")), currency=values.pop("currency", "EUR"))
    seen = {k: Provenance(extractor="case", path="/", text=str(v)[:300]) for k, v in values.items() if k != "language"}
    return Offer(id="case", storefront=SHOP, url=f"https://{SHOP}/p/1", provenance=seen, **values)


def raised(item: Offer, context: Context) -> list[Flag]:
    """Return the raised flags of ``item``."""
    return [flag for flag in flag_offer(item, context) if flag.state == "raised"]


def cases(name: str) -> Any:
    """Return one file of cases, with those of its second part: kind → language → texts, or a list."""
    first = yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8"))
    more = CASES / f"{name}_more.yaml"
    for kind, languages in (yaml.safe_load(more.read_text("utf-8")) if more.exists() else {}).items():
        for language, texts in languages.items():
            first[kind].setdefault(language, []).extend(texts)
    return first


def lawful(context: Context) -> dict[str, float]:
    """Return the share of lawful uses that are flagged, by kind, and print those that are."""
    shares: dict[str, float] = {}
    for kind, languages in cases("lawful").items():
        wrong: list[str] = []
        titles = [(language, title) for language, items in languages.items() for title in items]
        for language, title in titles:
            flags = raised(offer(title, Decimal(19), language=language), context)
            if any(flag.allegation != "grey_market" or kind != "parallel" for flag in flags):
                wrong.append(f"{title} [{', '.join(flag.code for flag in flags)}]")
        shares[kind] = len(wrong) / len(titles)
        print(f"  {kind:<14}{len(titles):>5} cases{shares[kind]:>9.3f} flagged   {'; '.join(wrong)[:900]}")
    shares["authorised"] = _authorised(context)
    return shares


def _authorised(context: Context) -> float:
    """Return the share of an authorised seller's offers that are flagged, whatever they say."""
    wrong = 0
    for seller, title in (("velmora.test", "Velmora Aurelia tote"), ("shop.velmora.test", "Velmora Corda belt"),
                          ("galerie-nord.test", "Velmora Aurelia tote outlet"), ("voltwerk.test", "Nuvix Volt charger"),
                          ("sportlager.test", "KESTREL Stride running shoe")):  # fmt: skip
        for price in (Decimal(5), Decimal(500)):
            wrong += bool(raised(offer(title, price), context.at(seller)))
    print(f"  {'authorised':<14}{10:>5} cases{wrong / 10:>9.3f} flagged")
    return wrong / 10


def wording(context: Context) -> tuple[float, float]:
    """Return the recall of admissions and the share of denials that are read right."""
    table = cases("wording")
    rates: dict[str, float] = {}
    for kind, languages in table.items():
        wrong: list[str] = []
        total = 0
        for language, sentences in languages.items():
            total += len(sentences)
            wrong += [f"{language}: {s}" for s in sentences if _admits(s, language, context) != (kind == "admits")]
        rates[kind] = 1 - len(wrong) / total
        print(f"  {kind:<14}{total:>5} cases{rates[kind]:>9.3f} right     {' | '.join(wrong)[:400]}")
    both = sum(len(v) for kind in ("denies", "ordinary") for v in table[kind].values())
    right = sum(rates[kind] * sum(len(v) for v in table[kind].values()) for kind in ("denies", "ordinary"))
    return rates["admits"], right / both


def _admits(sentence: str, language: str, context: Context) -> bool:
    item = offer("Velmora Aurelia tote", Decimal(2000), description=sentence, language=language)
    return any(flag.code.startswith("wording.") for flag in raised(item, context))


def same_product(context: Context) -> float:
    """Return F1 of "this offer is that product"."""
    hit = wrong = missed = 0
    for case in cases("identity"):
        fields = {k: v for k, v in case.items() if k in {"mpn", "sku", "gtin"}}
        reading = read(offer(case["title"], **fields), context)
        found = [identity.identify(reading, entry).line for entry in reading.brands if reading.claims(entry)]
        names = {line.name for line in found if line}
        if case["product"] and names == {case["product"]}:
            hit += 1
        elif names:
            wrong += 1
            print(f"  wrong: {case['title']} → {', '.join(names)}, is {case['product'] or 'none'}")
        if case["product"] and names != {case["product"]}:
            missed += 1
            print(f"  missed: {case['title']} → {case['product']}")
    print(f"  {hit} right, {wrong} wrong, {missed} missed")
    return 2 * hit / (2 * hit + wrong + missed)


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


def claims(context: Context) -> float:
    """Return the share of a stranger's claims to the brand's own goods that are seen."""
    titles = [(language, title) for language, items in cases("claims").items() for title in items]
    missed = [
        title
        for language, title in titles
        if "brand.unauthorised" not in {f.code for f in raised(offer(title, CHEAP, language=language), context)}
    ]
    share = 1 - len(missed) / len(titles)
    print(f"  {'claims':<14}{len(titles):>5} cases{share:>9.3f} seen      {'; '.join(missed)[:300]}")
    return share


def main() -> None:
    """Print the tables and the figures."""
    context = Context.build(load()).at(SHOP)
    print(f"generated cases drawn from commit {commit()[:12]}\n\nlawful use (share that is flagged)")
    uses = lawful(context)
    print("\nwording (share that is read right)")
    recall, negation = wording(context)
    print("\nproduct identity")
    f1 = same_product(context)
    print("\nprices")
    false_bound, price_recall = prices(context)
    print("\nbrands")
    brands(context)
    seen = claims(context)
    print()
    figure("indicators.worst_lawful_use", max(uses.values()))
    figure("indicators.negation", negation)
    figure("indicators.admission_recall", recall)
    figure("indicators.claim_recall", seen)
    figure("indicators.identity_f1", f1)
    figure("indicators.price_false_bound", false_bound)
    figure("indicators.price_recall", price_recall)


if __name__ == "__main__":
    main()
