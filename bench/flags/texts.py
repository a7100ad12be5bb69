"""Lawful uses, wording, piracy, claims and product identity: hand-written cases, one table each."""

from __future__ import annotations

from decimal import Decimal

from bench.flags import cases
from bench.flags.cases import SHOP, offer, raised, told
from crawler.indicators import identity
from crawler.indicators.context import Context
from crawler.indicators.reading import read

Share = tuple[int, int]
"""How many of how many."""
LOW = Decimal(19)  # euros; an accessory's price
CHEAP = Decimal(3)  # below every range of the register


def lawful(context: Context, batch: str) -> dict[str, Share]:
    """Return how many lawful uses are flagged, by kind, and print those that are."""
    counts: dict[str, Share] = {}
    for kind, languages in (cases.of("lawful", batch) or {}).items():
        wrong: list[str] = []
        titles = [(language, *told(case)) for language, items in languages.items() for case in items]
        for language, title, fields in titles:
            at = context.at(fields.pop("seller", SHOP))
            flags = raised(offer(title, LOW, language=language, **fields), at)
            if any(flag.allegation != "grey_market" or kind != "parallel" for flag in flags):
                wrong.append(f"{title} [{', '.join(flag.code for flag in flags)}]")
        counts[kind] = len(wrong), len(titles)
        print(f"  {kind:<14}{len(titles):>5} cases{len(wrong) / len(titles):>9.3f} flagged   {'; '.join(wrong)}")
    flagged, total = (sum(count[k] for count in counts.values()) for k in (0, 1))
    print(f"  {'together':<14}{total:>5} cases{flagged / max(total, 1):>9.3f} flagged")
    return counts


def authorised(context: Context) -> Share:
    """Return how many of an authorised seller's offers are flagged, whatever they say."""
    wrong = 0
    for seller, title in (("velmora.test", "Velmora Aurelia tote"), ("shop.velmora.test", "Velmora Corda belt"),
                          ("galerie-nord.test", "Velmora Aurelia tote outlet"), ("voltwerk.test", "Nuvix Volt charger"),
                          ("sportlager.test", "KESTREL Stride running shoe")):  # fmt: skip
        for price in (Decimal(5), Decimal(500)):
            wrong += bool(raised(offer(title, price), context.at(seller)))
    print(f"  {'authorised':<14}{10:>5} cases{wrong / 10:>9.3f} flagged")
    return wrong, 10


def wording(context: Context, batch: str) -> dict[str, Share]:
    """Return how many admissions are seen, and how many denials and ordinary sentences are read right."""
    table = cases.of("wording", batch)
    counts: dict[str, Share] = {}
    for kind, languages in (table or {}).items():
        said = [(language, s) for language, sentences in languages.items() for s in sentences]
        wrong = [f"{language}: {s}" for language, s in said if _admits(s, language, context) != (kind == "admits")]
        counts[kind] = (len(said) - len(wrong), len(said))
        print(f"  {kind:<14}{len(said):>5} cases{1 - len(wrong) / len(said):>9.3f} right     {' | '.join(wrong)}")
    if table is None:
        return {}
    right, total = (sum(counts.get(kind, (0, 0))[k] for kind in ("denies", "ordinary")) for k in (0, 1))
    return {"admission_recall": counts["admits"], "negation": (right, total)}


def _admits(case: str | dict[str, str], language: str, context: Context) -> bool:
    told = {"title": "Velmora Aurelia tote", "description": case} if isinstance(case, str) else case
    item = offer(price=Decimal(2000), language=language, **told)
    return any(flag.code.startswith("wording.") for flag in raised(item, context))


def expected(context: Context, batch: str) -> dict[str, Share]:
    """Return how many cases raise every flag due and none that is not, by kind (two brands, prices …)."""
    counts: dict[str, Share] = {}
    for kind, items in (cases.of("expected", batch) or {}).items():
        wrong = []
        for case in items:
            fields = {k: v for k, v in case.items() if k not in {"raises", "silent", "price"}}
            codes = {flag.code for flag in raised(offer(price=Decimal(case.get("price", LOW)), **fields), context)}
            missed, false = {*case.get("raises", ())} - codes, {*case.get("silent", ())} & codes
            if missed or false:
                wrong.append(f"{case['title']} [missed {sorted(missed)}, false {sorted(false)}]")
        counts[kind] = len(items) - len(wrong), len(items)
        print(f"  {kind:<14}{len(items):>5} cases{1 - len(wrong) / len(items):>9.3f} right     {'; '.join(wrong)}")
    return counts


def piracy(context: Context, batch: str) -> dict[str, Share]:
    """Return how many offers of a work raise piracy flags: of those that are due, and of lawful ones around it."""
    counts: dict[str, Share] = {}
    for kind, languages in (cases.of("piracy", batch) or {}).items():
        titles = [(language, title) for language, items in languages.items() for title in items]
        found = [(title, _pirates(title, language, context)) for language, title in titles]
        wrong = [title for title, flagged in found if flagged != (kind == "raises")]
        flagged = sum(flagged for _, flagged in found)
        counts[{"raises": "piracy_recall", "lawful": "piracy_false"}[kind]] = flagged, len(found)
        print(f"  {kind:<14}{len(titles):>5} cases{flagged / len(found):>9.3f} flagged   {'; '.join(wrong)}")
    return counts


def _pirates(title: str, language: str, context: Context) -> bool:
    flags = raised(offer(title, Decimal(450), language=language), context)
    return any(flag.code.startswith("piracy.") for flag in flags)


def same_product(context: Context, batch: str) -> dict[str, Share]:
    """Return both sides of F1 of "this offer is that product"."""
    table = cases.of("identity", batch)
    if table is None:
        return {}
    hit = wrong = missed = 0
    for case in table:
        fields = {k: v for k, v in case.items() if k in {"mpn", "sku", "gtin"}}
        reading = read(offer(case["title"], **fields), context)
        found = [identity.identify(reading, entry).line for entry in reading.brands if reading.claims(entry)]
        names = {line.name for line in found if line}
        right = bool(case["product"]) and names == {case["product"]}
        hit += right
        if names and not right:
            wrong += 1
            print(f"  wrong: {case['title']} → {', '.join(names)}, is {case['product'] or 'none'}")
        if case["product"] and not right:
            missed += 1
            print(f"  missed: {case['title']} → {case['product']}")
    print(f"  {hit} right, {wrong} wrong, {missed} missed")
    return {"identity_f1": (2 * hit, 2 * hit + wrong + missed)}


def claims(context: Context, batch: str) -> dict[str, Share]:
    """Return how many of a stranger's claims to the brand's own goods are seen."""
    table = cases.of("claims", batch)
    if table is None:
        return {}
    titles = [(language, *told(case)) for language, items in table.items() for case in items]
    missed = [
        title
        for language, title, more in titles
        if "brand.unauthorised" not in {f.code for f in raised(offer(title, CHEAP, language=language, **more), context)}
    ]
    seen = len(titles) - len(missed)
    print(f"  {'claims':<14}{len(titles):>5} cases{seen / len(titles):>9.3f} seen      {'; '.join(missed)}")
    return {"claim_recall": (seen, len(titles))}
