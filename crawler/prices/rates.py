"""Exchange rates: the European Central Bank's reference rates, from the history that CurrencyConverter bundles."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Context, Decimal
from functools import cache

from currency_converter import CurrencyConverter, RateNotFoundError

SOURCE = "ECB euro reference rates"
_PIVOT = "EUR"
_GAP = timedelta(days=10)  # the longest pause between two publications is five days, at Easter and Christmas
_DIGITS = Context(prec=12)  # ECB publishes at most six significant digits; a cross rate needs no more than twice that


class Rates:
    """A table of daily rates, loaded once a process (about half a second) and asked often. Nothing is fetched."""

    def __init__(self) -> None:
        self._table = _table()
        self._end: date = max(bounds.last_date for bounds in self._table.bounds.values())

    def between(self, given: str, wanted: str, on: date) -> tuple[Decimal, date] | None:
        """Return how much of ``wanted`` one ``given`` was worth, and the day of that rate; None if there is none.

        The day is the last one up to ``on`` on which both were quoted, not more than ten days before ``on``, or
        before the end of the table when ``on`` is later: a currency that is no longer quoted (RUB since March 2022)
        has no rate, and one that is quoted to the end has its last. Whoever shows the price shows the day.
        """
        day = min(on, self._end)
        for back in range(_GAP.days + 1):
            asked = day - timedelta(days=back)
            base, target = self._quoted(given, asked), self._quoted(wanted, asked)
            if base and target:
                return _DIGITS.divide(target, base), asked
        return None

    def _quoted(self, code: str, day: date) -> Decimal | None:
        if code == _PIVOT:
            return Decimal(1)
        try:
            return Decimal(self._table.convert(1, _PIVOT, code, date=day))
        except (RateNotFoundError, ValueError):  # no quotation on that day; no such currency in the table
            return None


@cache
def _table() -> CurrencyConverter:
    return CurrencyConverter(decimal=True)
