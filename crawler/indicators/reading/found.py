"""A name of the register in a text of an offer, with what it is there for."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.indicators.reading.places import Place
from crawler.items import Provenance
from crawler.register.loading import Entry
from crawler.register.mentions import Mention


@dataclass(frozen=True)
class Found:
    """A name in a text of the offer."""

    mention: Mention
    entry: Entry
    place: Place
    role: str
    """``claim``, ``inspired``, ``work``, or a lawful one: ``compatible``, ``comparison``, ``about``, ``repair``,
    ``person``."""
    by: str = ""
    """The words that give it another role than ``claim``."""

    @property
    def proof(self) -> Provenance:
        """Where the name stood."""
        return self.place.proof(self.mention.start, self.mention.end)
