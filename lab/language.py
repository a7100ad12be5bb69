"""The words of the lab, one file per language in ``words/``; none of them comes from the crawler's tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

WORDS = Path(__file__).parent / "words"
LANGUAGES = tuple(sorted(path.stem for path in WORDS.glob("*.yaml")))


@cache
def words(language: str) -> dict[str, Any]:
    """Everything that this language can say: key → text, list of texts, or a table of them."""
    with (WORDS / f"{language}.yaml").open(encoding="utf-8") as file:
        table: dict[str, Any] = yaml.safe_load(file)
    return table


@dataclass(frozen=True)
class Voice:
    """How one storefront speaks: its language, and its own choice among that language's synonyms."""

    language: str
    seed: str

    def pick(self, *path: str, salt: str = "") -> str:
        """The text at ``path``; of a list, the entry that falls to this storefront (and ``salt``)."""
        found: Any = words(self.language)
        for step in path:
            found = found[step]
        if isinstance(found, str):
            return found
        return str(Random(f"{self.seed}/{'/'.join(path)}/{salt}").choice(found))

    def ui(self, key: str) -> str:
        """A short text of the shop's furniture: buttons, marks, headings."""
        return self.pick("ui", key)

    def category(self, key: str) -> str:
        """The name of a category."""
        return self.pick("categories", key)

    def all(self, *path: str) -> list[str]:
        """Every text of a list."""
        found: Any = words(self.language)
        for step in path:
            found = found[step]
        return [str(text) for text in found]
