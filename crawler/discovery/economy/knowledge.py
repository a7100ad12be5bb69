"""What a crawl has learned about one shop: which shapes are products, which lists still give something, what to drop.

Pure: fed with links and pages, asked for counts. ``changes`` hands out what is new since the last time, as numbers that
add up, so that workers can share it through a Redis hash; ``absorb`` takes what others learned.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crawler.discovery.economy import words
from crawler.discovery.economy.marks import Marks
from crawler.discovery.economy.shapes import LANGUAGE, Address, shape

SHAPES_LIMIT = 2_000  # shapes per shop that are counted; an honest shop has tens, a trap makes them up
COMMON = 0.6  # share of a page's links that a session parameter sits on; menus and footers alone make that much
MISSED = 0.02  # share of the products named by sitemap or feed that pages may show beside them: the newest of a shop
SAME = 3  # products that a parameter changed nothing of, and none that it did, before it is left out
RANDOM_VALUE = re.compile(r"(?=[^0-9]*[0-9])(?=[^a-zA-Z]*[a-zA-Z])[A-Za-z0-9,_-]{16,200}")


@dataclass
class Knowledge:
    """Counters by name, and what is derived from them."""

    counts: Counter[str] = field(default_factory=Counter)
    barren: dict[str, int] = field(default_factory=dict)
    """Run of pages (``patience.run_of``; ``""``: the whole shop) → pages since the last that showed a new product."""
    marks: Marks = field(default_factory=Marks)
    _values: dict[str, str] = field(default_factory=dict)
    _shared: Counter[str] = field(default_factory=Counter)

    def fetched(self, form: str, kind: str) -> None:
        """A page of this shape turned out to be of this kind."""
        self.counts[f"kind|{kind}|{self._bounded(form)}"] += 1

    def looked(self, runs: Iterable[str], *, found: bool) -> None:
        """A page was read in search of products: it ends these runs of barren ones, or makes each longer."""
        for run in runs:
            run = self._bounded(run)
            self.counts[f"gave|{run}"] += int(found)
            self.barren[run] = 0 if found else self.barren.get(run, 0) + 1

    def gave(self, run: str) -> int:
        """How many pages of a run showed a product that was not known."""
        return self.counts[f"gave|{run}"]

    def _bounded(self, name: str) -> str:
        known = name in self.barren or len(self.barren) < SHAPES_LIMIT
        return name if known else "overflow"

    def kinds(self, form: str) -> dict[str, int]:
        """How many pages of a shape turned out to be what."""
        found = {kind: self.counts[f"kind|{kind}|{form}"] for kind in ("product", "list", "legal", "other", "error")}
        return {kind: count for kind, count in found.items() if count}

    def new_products(self, names: Iterable[str]) -> int:
        """How many of these products were not known; they are from now on."""
        return sum(self.marks.add("product", name) for name in names)

    def knows(self, name: str) -> bool:
        """Whether something was seen that says there is a product of this name."""
        return self.marks.has("product", name)

    def products(self) -> int:
        """How many products something was seen of."""
        return self.marks.count("product")

    def is_named(self) -> bool:
        """Whether a sitemap or a feed named the products, and the pages read since agree."""
        return self.counts["named|there"] > 0 and self.counts["named|missed"] <= MISSED * self.counts["named|there"]

    def first_pages(self, address: Address) -> frozenset[str]:
        """The parameters of an address that ask for the first page of a list, if this shop counts from 1."""
        if self.counts["first|differs"] or not self.counts["first|same"]:
            return frozenset()
        return words.first_pages(address)

    def dropped(self) -> frozenset[str]:
        """Parameters (lower-case names) that were learned to change nothing."""
        return frozenset(name[5:] for name, count in self.counts.items() if name.startswith("drop|") and count > 0)

    def changes_nothing(self, address: Address, name: str, *, same: bool) -> None:
        """Two addresses of products that differ in this parameter alone gave the same offer, or two."""
        form = self._bounded(shape(address._replace(query=())))
        self.counts[f"{'same' if same else 'differs'}|{form}|{name[:40]}"] += 1
        self.counts["same|any"] += int(same)

    def needless(self, address: Address) -> frozenset[str]:
        """The parameters of an address that were seen to change nothing where its path has this form."""
        if not self.counts["same|any"] or not address.query:
            return frozenset()
        form = self._bounded(shape(address._replace(query=())))
        names = {name.lower() for name, _ in address.query}
        return frozenset(
            name
            for name in names
            if self.counts[f"same|{form}|{name[:40]}"] >= SAME and not self.counts[f"differs|{form}|{name[:40]}"]
        )

    def learn_sessions(self, own: Address, links: list[Address]) -> None:
        """Find parameters that sit on most links with one value: a session if it is random or differs by page."""
        if len(links) < 5:  # too few links to speak of "most"
            return
        values: dict[str, Counter[str]] = {}
        for link in links:
            for name, value in link.query:
                values.setdefault(name.lower(), Counter())[value] += 1
        for name, seen in values.items():
            value, count = seen.most_common(1)[0]
            if len(seen) == 1 and count >= COMMON * len(links):
                before = self._values.setdefault(name, value)
                if before != value or (RANDOM_VALUE.fullmatch(value) and (name, value) not in own.query):
                    self.counts[f"drop|{name}"] += 1

    def learn_leaf(self, leaf: str, offer: str) -> None:
        """An address with this leaf gave this offer; call once per address. Two of them tell what the leaf is worth."""
        is_new = self.marks.add("leaf", leaf)
        is_other = self.marks.add("offer", f"{leaf}\n{offer}")
        if not is_new:
            self.counts["leaf|differs" if is_other else "leaf|again"] += 1

    def leaf_tells(self, leaf: str) -> bool:
        """Whether an address with this leaf is a known offer, in a shop where a leaf says as much."""
        return self.counts["leaf|again"] > 0 and self.counts["leaf|differs"] == 0 and self.marks.has("leaf", leaf)

    def learn_language(self, home: Address, links: list[Address]) -> None:
        """The language that the shop's own menu stays in: the first segment that most links share."""
        first = Counter(link.segments[0] for link in links if link.segments and LANGUAGE.fullmatch(link.segments[0]))
        if home.segments and LANGUAGE.fullmatch(home.segments[0]):
            first[home.segments[0]] += len(links)
        if first:
            segment, count = first.most_common(1)[0]
            if count >= COMMON * len(links):
                self.counts[f"language|{segment}"] += 1

    def language(self) -> str | None:
        """The first path segment of the shop's own language, if its addresses carry one."""
        found = [(count, name[9:]) for name, count in self.counts.items() if name.startswith("language|")]
        return max(found)[1] if found else None

    def changes(self) -> tuple[dict[str, int], dict[str, int]]:
        """Counts added since the last call, and the barren runs as they stand."""
        added = {name: count - self._shared[name] for name, count in self.counts.items() if count != self._shared[name]}
        self._shared = Counter(self.counts)
        return added, dict(self.barren)

    def absorb(self, counts: Mapping[str, int], barren: Mapping[str, int]) -> None:
        """Take the shared state: all workers' counts (ours of ``changes`` included) and barren runs."""
        unshared = self.counts - self._shared
        self._shared = Counter(counts)
        self.counts = Counter(counts) + unshared
        self.barren.update(barren)
