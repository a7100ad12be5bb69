"""What a crawl suspects against what is true of the lab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rich.table import Table

KINDS = {"shop": "shops", "marketplace_seller": "marketplace sellers", "social_account": "social accounts"}


@dataclass(frozen=True)
class Comparison:
    """Storefront keys by how the crawl's word and the truth meet."""

    found: frozenset[str]
    missed: frozenset[str]
    wrong: frozenset[str]
    """Suspected, and honest, no shop at all, or nobody the lab knows."""

    @property
    def precision(self) -> float:
        """Share of the suspected that are infringing; 0 when nobody is suspected."""
        return share(len(self.found), len(self.found) + len(self.wrong))

    @property
    def recall(self) -> float:
        """Share of the infringing that are suspected."""
        return share(len(self.found), len(self.found) + len(self.missed))


def share(part: int, whole: int) -> float:
    """The part of a whole; 0 of nothing."""
    return part / whole if whole else 0.0


def suspected(rows: list[dict[str, Any]]) -> set[str]:
    """The keys, without tenure, of those that are suspected."""
    named = (
        row.get("key") or row["storefront"].rpartition("#")[0] for row in rows if row.get("verdict") == "suspected"
    )
    return {str(key) for key in named}


def compare(truth: dict[str, Any], rows: list[dict[str, Any]], kind: str = "") -> Comparison:
    """Compare everything, or storefronts of one kind; a key the truth does not hold counts among all only."""
    known = {front["key"]: front for front in truth["storefronts"]}
    infringing = {key for key, front in known.items() if front["label"] == "infringing"}
    keys = suspected(rows)
    if kind:
        infringing = {key for key in infringing if known[key]["kind"] == kind}
        keys = {key for key in keys if key in known and known[key]["kind"] == kind}
    return Comparison(frozenset(keys & infringing), frozenset(infringing - keys), frozenset(keys - infringing))


def table(truth: dict[str, Any], rows: list[dict[str, Any]]) -> Table:
    """The counts by kind of storefront."""
    shown = Table(title="Against the truth of the lab", title_justify="left")
    for name in ("", "infringing", "suspected", "right", "wrong", "missed", "precision", "recall"):
        shown.add_column(name, justify="left" if not name else "right")
    for kind, name in (*KINDS.items(), ("", "all")):
        one = compare(truth, rows, kind)
        right, wrong, missed = len(one.found), len(one.wrong), len(one.missed)
        shown.add_row(name, str(right + missed), str(right + wrong), str(right), str(wrong), str(missed),
                      f"{one.precision:.2f}", f"{one.recall:.2f}")  # fmt: skip
    return shown


def errors(truth: dict[str, Any], rows: list[dict[str, Any]]) -> Table:
    """Every storefront about which the crawl was wrong, and what it really is."""
    known = {front["key"]: front for front in truth["storefronts"]}
    found = compare(truth, rows)
    shown = Table(title="Where it was wrong", title_justify="left")
    for name in ("storefront", "what happened", "what it is"):
        shown.add_column(name)
    for what, keys in (("wrongly suspected", found.wrong), ("missed", found.missed)):
        for key in sorted(keys):
            front = known.get(key, {"style": "not in the lab", "hard": False})
            shown.add_row(key, what, front["style"].replace("_", " ") + (" (hard)" if front["hard"] else ""))
    return shown
