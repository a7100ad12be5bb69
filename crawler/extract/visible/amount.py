"""One amount of money that a reader sees, with its place and its weight."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.extract.document import Text
from crawler.extract.visible.price_names import Around
from crawler.extract.visible.runs import Run
from crawler.money import Money, PriceReading


@dataclass(slots=True)
class Amount:
    """A price reading with its place and its weight."""

    reading: PriceReading
    run: Run
    text: Text
    role: str
    """``price``, ``was``, ``excluded``, or why it is no price."""
    score: float = 0.0
    label: str = ""
    region: str = ""
    spoken: int = -1
    """Index of the last text that belongs to an amount before: no label for this one."""
    around: Around = field(default_factory=list)
    """Its element and those around it, with what their names say of a price."""
    struck: bool = False
    begin: int = 0
    """Offset in the run at which the amount before it ends: what stands in between is about this one."""
    level: int = 99
    """Levels from the heading up to the first element that holds both."""
    choice: bool = False
    """It stands in a button or a label of what could be chosen, and is not chosen: another size's price."""
    priced: bool = False
    """It stands in an element that is called a price: no sentence about one, however many words are beside it."""
    limited: bool = False
    """Not everybody pays it: members, or those who pay in one way."""
    alike: int = 1
    """How many amounts of the page stand in the same shape of elements."""

    @property
    def money(self) -> Money:
        """The money that was read; amounts without one are never kept."""
        assert self.reading.money is not None
        return self.reading.money
