"""What decides that an everyday word is meant as a brand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.register.folding import SIGHT
from crawler.register.loading import Entry


@dataclass(frozen=True)
class Context:
    """The words and phrases that support an ambiguous brand, folded."""

    words: frozenset[str]
    phrases: tuple[str, ...]

    @classmethod
    def of(cls, entry: Entry) -> Context:
        """Return the context of a brand: its context words, and the names and numbers of its products."""
        written = [*entry.brand.context]
        for line in entry.brand.lines:
            written += [line.name, *line.spellings, *line.mpn, *line.model]
        for work in entry.brand.works:
            written += [*work.creators]
        written += ["".join(filter(str.isalnum, word)) for word in written if re.search(r"[A-Za-z][\s-]?\d", word)]
        folded = {" ".join(word.translate(SIGHT).split()) for word in written} - {""}
        return cls(frozenset(f for f in folded if " " not in f), tuple(sorted(f" {f} " for f in folded if " " in f)))

    def supports(self, text: str, written: str) -> bool:
        """Return whether ``text`` holds one of the words or phrases, beside the name as ``written`` itself."""
        tokens = text.translate(SIGHT).split()
        own = set(written.translate(SIGHT).split())
        if any(token in self.words and token not in own for token in tokens):
            return True
        joined = f" {' '.join(tokens)} "
        return any(phrase in joined for phrase in self.phrases)
