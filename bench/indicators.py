"""``make evaluate-indicators``: precision and recall of the flags on hand-written and generated cases.

The cases stand in ``bench/cases`` and are read by nothing else; they are no copy of the word lists. Figures are those
of all cases together on which nobody mended, and of each kind of them. Which of those are misjudged is told only if
asked for (``ARGS="--batch=sample/hard --name-held-out"``): whoever reads them to mend on them has to write new ones.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from bench.figures import figure
from bench.flags import cases, generated, names, pictures, texts
from bench.flags.cases import BATCHES, HELD, SHOP, held
from bench.flags.texts import Count
from bench.seeds import commit
from crawler.indicators.reading.context import Context
from crawler.register.loading import load

LAWFUL, EXPECTED = "lawful ", "expected "
"""Before the kind of lawful use, or of flags that are due."""


def batch_of(name: str, telling: bool) -> dict[str, Count]:
    """Print the table of one batch and return what was counted; ``telling`` names what is misjudged."""
    context = Context.build(cases.register(name)).at(SHOP)
    counts = texts.judged(context, name) | names.judged(context, name)
    print(f"\n== {name}: {'nobody mends on it' if held(name) else 'lists and rules were mended on it'}")
    lines(counts)
    for key, count in counts.items() if telling else ():
        for case in count.wrong:
            print(f"    {key}: {case}")
    return counts


def together(batches: Iterable[dict[str, Count]]) -> dict[str, Count]:
    """Return the counts of several batches added up."""
    counts: dict[str, Count] = {}
    for batch in batches:
        for key, count in batch.items():
            counts[key] = counts.get(key, Count()) + count
    return counts


def measured(counts: dict[str, Count]) -> dict[str, float]:
    """Return the figures that counts give: shares, and of kinds the worst."""
    found = {
        key: count.misjudged if key.endswith("_false") else 1 - count.misjudged
        for key, count in counts.items()
        if not key.startswith((LAWFUL, EXPECTED))
    }
    if lawful := [count for key, count in counts.items() if key.startswith(LAWFUL)]:
        every = sum(lawful, Count())
        found["worst_lawful_use"] = max(count.misjudged for count in lawful)
        found["lawful_use"] = every.misjudged
        found["lawful_use_bound"] = generated.bound(len(every.wrong), every.total)
    if due := [count for key, count in counts.items() if key.startswith(EXPECTED)]:
        found["expected"] = min(1 - count.misjudged for count in due)
    return found


def lines(counts: dict[str, Count]) -> None:
    """Print each line of counts, with the bound of what is misjudged."""
    for key, count in sorted(counts.items()):
        most = generated.bound(len(count.wrong), count.total)
        print(
            f"  {key:<26}{len(count.wrong):>5} of {count.total:<5} misjudged{count.misjudged:>8.3f}"
            f"   at most {most:.3f} (one-sided 95 %)"
        )


def main() -> None:
    """Print the tables and the figures."""
    parser = argparse.ArgumentParser(prog="make evaluate-indicators", description=__doc__)
    parser.add_argument("--batch", choices=BATCHES, help="only this batch, and no generated cases")
    parser.add_argument("--name-held-out", action="store_true", help="name what is misjudged of held-out cases, too")
    asked = parser.parse_args()
    if only := asked.batch:
        for key, value in measured(batch_of(only, telling=asked.name_held_out or not held(only))).items():
            print(f"{only} {key} {value:.4f}")
        return
    counts = {name: batch_of(name, telling=not held(name)) for name in BATCHES}
    context = Context.build(load()).at(SHOP)
    print(f"\n== generated cases, drawn from commit {commit()[:12]}\n prices")
    false_bound, price_recall = generated.prices(context)
    print(" brands")
    generated.brands(context)
    print(" pictures")
    image_recall, image_false = pictures.pictures()
    for use in HELD:
        report(use, together(counts[name] for name in BATCHES if name.endswith(use)), f"{use}_")
    every = together(counts[name] for name in BATCHES if held(name))
    report("all", together((every, {f"{LAWFUL}authorised": texts.authorised(context)})), "")
    figure("indicators.price_false_bound", false_bound)
    figure("indicators.price_recall", price_recall)
    figure("indicators.image_recall", image_recall)
    figure("indicators.image_false", image_false)


def report(use: str, counts: dict[str, Count], prefix: str) -> None:
    """Print lines and figures of cases that are held out."""
    print(f"\n== held out, {use}")
    lines(counts)
    for key, value in measured(counts).items():
        figure(f"indicators.{prefix}{key}", value)


if __name__ == "__main__":
    main()
