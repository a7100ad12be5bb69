"""``make evaluate-indicators``: precision and recall of the flags on hand-written and generated cases.

The cases stand in ``bench/cases`` and are read by nothing else; they are no copy of the word lists. Figures are those
of the batches on which nothing was mended; the others are shown above them (``ARGS=--batch=third``: one).
"""

from __future__ import annotations

import argparse

from bench.figures import figure
from bench.flags import cases, generated, pictures, texts
from bench.flags.cases import BATCHES, FITTED, MEASURED, ORDINARY, SHOP
from bench.seeds import commit
from crawler.indicators.context import Context
from crawler.register.loading import load


def batch_of(name: str) -> dict[str, float]:
    """Print the tables of one batch and return its figures, those that it has cases for."""
    context = Context.build(cases.register(name)).at(SHOP)
    fitted = "the word lists were mended on it" if name in FITTED else "never mended on"
    print(f"\n== batch {name}: {fitted}\n lawful use (share that is flagged)")
    found: dict[str, float | None] = {"worst_lawful_use": max(texts.lawful(context, name).values(), default=None)}
    print(" wording (share that is read right)")
    found["admission_recall"], found["negation"] = texts.wording(context, name) or (None, None)
    print(" claims of a stranger")
    found["claim_recall"] = texts.claims(context, name)
    print(" flags that are due, and those that are not")
    expected = texts.expected(context, name)
    found["expected"] = min(expected.values()) if expected else None
    print(" piracy")
    found["piracy_recall"], found["piracy_false"] = texts.piracy(context, name) or (None, None)
    print(" product identity")
    found["identity_f1"] = texts.same_product(context, name)
    return {key: value for key, value in found.items() if value is not None}


def main() -> None:
    """Print the tables and the figures."""
    parser = argparse.ArgumentParser(prog="make evaluate-indicators", description=__doc__)
    parser.add_argument("--batch", choices=BATCHES, help="only this batch, and no generated cases")
    only = parser.parse_args().batch
    figures = {name: batch_of(name) for name in ([only] if only else BATCHES)}
    if only:
        for key, value in figures[only].items():
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
    print()
    measured = {key: value for name in MEASURED for key, value in figures[name].items()}
    measured["worst_lawful_use"] = max(known, measured["worst_lawful_use"])
    for key, value in measured.items():
        figure(f"indicators.{key}", value)
    for key, value in {key: value for name in ORDINARY for key, value in figures[name].items()}.items():
        figure(f"indicators.ordinary_{key}", value)
    figure("indicators.price_false_bound", false_bound)
    figure("indicators.price_recall", price_recall)
    figure("indicators.image_recall", image_recall)
    figure("indicators.image_false", image_false)


if __name__ == "__main__":
    main()
