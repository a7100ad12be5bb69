"""Fifth step: the register's indicators look at each offer; each flag says what it saw and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.items import Capture


class FlagPipeline:
    def process_item(self, item: Capture) -> Capture:
        """Return the same capture, its offers flagged."""
        return item
