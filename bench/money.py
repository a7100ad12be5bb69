"""How well prices are read back that CLDR wrote: 50 locales, their own and foreign currencies, many amounts.

``python -m bench.money`` prints, per locale that lost something, what was lost, and price-parser beside us.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision, get_territory_currencies
from price_parser import Price

from crawler.money import Hints, PriceReading, read_prices

LOCALES = (
    "en_US", "en_GB", "en_CA", "en_AU", "en_IN", "en_ZA", "en_SG", "en_NZ", "en_IE", "de_DE", "de_AT",
    "de_CH", "fr_FR", "fr_CA", "fr_CH", "fr_BE", "it_IT", "it_CH", "es_ES", "es_MX", "es_AR", "es_CO",
    "pt_BR", "pt_PT", "nl_NL", "nl_BE", "sv_SE", "nb_NO", "da_DK", "fi_FI", "is_IS", "pl_PL", "cs_CZ",
    "sk_SK", "hu_HU", "ro_RO", "bg_BG", "el_GR", "ru_RU", "uk_UA", "tr_TR", "he_IL", "ar_EG", "ar_KW",
    "fa_IR", "hi_IN", "ja_JP", "zh_CN", "ko_KR", "vi_VN",
)  # fmt: skip
"""Fifty: large markets of e-commerce, and every habit of digits, signs and separators that CLDR knows."""
FOREIGN = ("EUR", "USD", "GBP", "JPY", "CHF", "KWD")
AMOUNTS = (
    "0.5", "5", "9.99", "12.5", "49.9", "99", "120", "999.95", "1000", "1299", "1299.9", "12500",
    "123456.78", "1250000",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A price as CLDR writes it, and what it is."""

    locale: str
    text: str
    amount: Decimal
    currency: str

    @property
    def hints(self) -> Hints:
        """What the page says of itself: its language with the region, as an ``html lang`` does."""
        return Hints(language=self.locale.replace("_", "-"))


def cases() -> Iterator[Case]:
    """Yield every locale × currency × amount, rounded to the currency's decimals."""
    for locale in LOCALES:
        home = get_territory_currencies(locale.rpartition("_")[2])[0]
        for currency in dict.fromkeys((home, *FOREIGN)):
            step = Decimal(1).scaleb(-get_currency_precision(currency))
            for amount in dict.fromkeys(Decimal(a).quantize(step) for a in AMOUNTS):
                yield Case(locale, format_currency(amount, currency, locale=locale), amount, currency)


def read(case: Case) -> PriceReading | None:
    """Return the one price that a case's text holds, or None if none or several were read."""
    readings = read_prices(case.text, case.hints)
    return readings[0] if len(readings) == 1 else None


def main() -> None:
    """Print what was lost per locale, and the figures."""
    total = amount_right = currency_right = tenfold = peer_right = 0
    for case in cases():
        total += 1
        got = read(case)
        money = got.money if got else None
        amount_right += money is not None and money.amount == case.amount
        currency_right += money is not None and money.currency == case.currency
        off = money is not None and case.amount and not Decimal("0.11") < money.amount / case.amount < Decimal("9.1")
        tenfold += bool(off)
        peer_right += Price.fromstring(case.text).amount == case.amount
        if money is None or money.amount != case.amount or money.currency != case.currency:
            print(f"{case.locale:6} {case.text!r:28} is {case.amount} {case.currency}, read {money and money.amount} "
                  f"{money and money.currency} ({got and got.note})")  # fmt: skip
    print(f"{total} prices in {len(LOCALES)} locales; {tenfold} wrong by ten or more (silent or not)")
    print(f"amount right {amount_right / total:.4f}, price-parser alone {peer_right / total:.4f}")
    print(f"figure money.amount_roundtrip {amount_right / total:.4f}")
    print(f"figure money.currency_roundtrip {currency_right / total:.4f}")


if __name__ == "__main__":
    main()
