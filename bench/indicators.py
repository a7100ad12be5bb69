"""``make evaluate-indicators``: precision and recall of the flags on hand-written and generated cases.

The cases stand in ``bench/cases`` and are read by nothing else; they are no copy of the word lists. Figures are those
of all batches together on which nothing was mended, the hard and the ordinary ones apart; each is shown above them
(``ARGS=--batch=third``: one).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from bench.figures import figure
from bench.flags import cases, generated, pictures, texts
from bench.flags.cases import BATCHES, FITTED, HARD, KINDS, ORDINARY, SHOP
from bench.flags.texts import Share
from bench.seeds import commit
from crawler.indicators.context import Context
from crawler.register.loading import load

LAWFUL, EXPECTED = "lawful ", "expected "
"""Before the kind of lawful use, or of flags that are due."""


def batch_of(name: str) -> dict[str, Share]:
    """Print the tables of one batch and return what was counted, where it has cases."""
    context = Context.build(cases.register(name)).at(SHOP)
    fitted = "the word lists were mended on it" if name in FITTED else "never mended on"
    print(f"\n== batch {name}: {fitted}\n lawful use (share that is flagged)")
    lawful = texts.lawful(context, name)
    print(" wording (share that is read right)")
    wording = texts.wording(context, name)
    print(" claims of a stranger")
    claims = texts.claims(context, name)
    print(" flags that are due, and those that are not")
    expected = texts.expected(context, name)
    print(" piracy")
    piracy = texts.piracy(context, name)
    print(" product identity")
    product = texts.same_product(context, name)
    kinds = together([{LAWFUL + KINDS.get(kind, kind): share} for kind, share in lawful.items()])
    return kinds | wording | claims | {EXPECTED + kind: share for kind, share in expected.items()} | piracy | product


def together(batches: Iterable[dict[str, Share]]) -> dict[str, Share]:
    """Return the counts of several batches added up."""
    counts: dict[str, Share] = {}
    for batch in batches:
        for key, (hits, total) in batch.items():
            so_far = counts.get(key, (0, 0))
            counts[key] = so_far[0] + hits, so_far[1] + total
    return counts


def measured(counts: dict[str, Share]) -> dict[str, float]:
    """Return the figures that counts give: shares, and of kinds the worst."""
    shares = {key: hits / total for key, (hits, total) in counts.items()}
    found = {key: share for key, share in shares.items() if not key.startswith((LAWFUL, EXPECTED))}
    lawful = [counts[key] for key in counts if key.startswith(LAWFUL)]
    if lawful:
        found["worst_lawful_use"] = max(flagged / total for flagged, total in lawful)
        flagged, total = (sum(share[k] for share in lawful) for k in (0, 1))
        found["lawful_use"], found["lawful_use_bound"] = flagged / total, generated.bound(flagged, total)
    if due := [share for key, share in shares.items() if key.startswith(EXPECTED)]:
        found["expected"] = min(due)
    return found


def lines(counts: dict[str, Share]) -> None:
    """Print each line of counts, with the bound of what is wrong."""
    for key, (hits, total) in sorted(counts.items()):
        wrong = hits if key.startswith(LAWFUL) or key == "piracy_false" else total - hits
        bound = generated.bound(wrong, total)
        print(f"  {key:<22}{hits:>5} of {total:<5}{hits / total:>8.3f}   wrong at most {bound:.3f} (one-sided 95 %)")


def main() -> None:
    """Print the tables and the figures."""
    parser = argparse.ArgumentParser(prog="make evaluate-indicators", description=__doc__)
    parser.add_argument("--batch", choices=BATCHES, help="only this batch, and no generated cases")
    only = parser.parse_args().batch
    counts = {name: batch_of(name) for name in ([only] if only else BATCHES)}
    if only:
        for key, value in measured(counts[only]).items():
            print(f"{only} {key} {value:.4f}")
        return
    context = Context.build(load()).at(SHOP)
    print(f"\n== generated cases, drawn from commit {commit()[:12]}\n authorised sellers")
    known = texts.authorised(context)
    print(" prices")
    false_bound, price_recall = generated.prices(context)
    print(" brands")
    generated.brands(context)
    print(" pictures")
    image_recall, image_false = pictures.pictures()
    hard, ordinary = (together(counts[name] for name in names) for names in (HARD, ORDINARY))
    hard[f"{LAWFUL}authorised"] = known
    for heading, held, prefix in (("hard", hard, ""), ("ordinary", ordinary, "ordinary_")):
        print(f"\n== held out, {heading}: {', '.join(HARD if held is hard else ORDINARY)}")
        lines(held)
        for key, value in measured(held).items():
            figure(f"indicators.{prefix}{key}", value)
    figure("indicators.price_false_bound", false_bound)
    figure("indicators.price_recall", price_recall)
    figure("indicators.image_recall", image_recall)
    figure("indicators.image_false", image_false)


if __name__ == "__main__":
    main()
