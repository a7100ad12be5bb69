"""What a page tells about itself that helps to read its prices."""

from __future__ import annotations

from typing import NamedTuple


class Hints(NamedTuple):
    """Evidence beside the text of a price; whatever is not known stays None.

    ``declared``: the currency that the page's data names (an ISO code, or a sign). ``language``: BCP 47, e.g.
    ``de`` or ``fr-CA``. ``host``: the shop's host name. ``country``: ISO 3166-1 alpha-2, e.g. of the imprint.
    """

    declared: str | None = None
    language: str | None = None
    host: str | None = None
    country: str | None = None
