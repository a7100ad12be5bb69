"""A number of a text that could be money, with what stands around it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Amount(NamedTuple):
    """A number of a plain text with what belongs to it; ``start`` and ``end`` take in the sign."""

    start: int
    end: int
    number_start: int
    number_end: int
    digits: str
    sign: str = ""
    code: str = ""
    """A second sign: the CAD of ``$12 CAD``."""
    cents: str = ""
    """Cents that stand apart from the number, as in ``9€99``."""
    scale: int = 1
    rest: Decimal = Decimal(0)
    """What follows the scale: the 2800 of 1万2800."""
    round: bool = False
    """Written with a dash for the cents."""
    hundredth: str = ""
    """The sign of a hundredth part: the ¢ of ``99¢``."""
    note: str = ""

    @property
    def parted(self) -> bool:
        """Whether two decimals are written."""
        return bool(self.cents) or (len(self.digits) > 3 and self.digits[-3] in ".,٫·")
