"""Who stands behind a storefront: companies, addresses and accounts that belong to nobody."""

from __future__ import annotations

from random import Random

from lab.language import Voice
from lab.model import Owner
from lab.taxes import tax_number

STEMS = ("Ardent", "Bellmoor", "Castora", "Dunlea", "Elvant", "Fennick", "Garlund", "Harven", "Iskar", "Jorvik")
TAILS = {
    "DE": "GmbH",
    "GB": "Ltd",
    "FR": "SARL",
    "IT": "S.r.l.",
    "ES": "S.L.",
    "PL": "Sp. z o.o.",
    "CH": "AG",
    "US": "LLC",
}
STREETS = {
    "DE": ("Lindenweg", "Hafenstraße"),
    "GB": ("Mill Lane", "Harbour Road"),
    "FR": ("rue des Tilleuls", "quai du Port"),
    "IT": ("via dei Tigli", "corso Marina"),
    "ES": ("calle del Tilo", "paseo del Puerto"),
    "PL": ("ul. Lipowa", "ul. Portowa"),
    "CH": ("Seestrasse", "Bachweg"),
    "US": ("Linden Avenue", "Harbor Street"),
}
CITIES = {"DE": "50667 Köln", "GB": "Leeds LS1 4AP", "FR": "69002 Lyon", "IT": "10123 Torino", "ES": "46002 Valencia",
          "PL": "31-010 Kraków", "CH": "8001 Zürich", "US": "Portland, OR 97204"}  # fmt: skip
# Ranges that the regulators keep for films and examples, where there are any.
PHONES = {
    "DE": "+49 30 23125 {:03d}",
    "GB": "+44 20 7946 0{:03d}",
    "FR": "+33 1 99 00 1{:d} {:02d}",
    "IT": "+39 06 5550 1{:03d}",
    "ES": "+34 912 345 {:03d}",
    "PL": "+48 22 555 0{:03d}",
    "CH": "+41 44 555 0{:03d}",
    "US": "+1 503-555-0{:03d}",
}
WIDE = {
    "DE": (
        "+49 30 23125{:03d}",
        "+49 69 90009{:03d}",
        "+49 40 66969{:03d}",
        "+49 221 4710{:03d}",
        "+49 89 99998{:03d}",
    ),
    "GB": tuple(f"+44 {area} 496 0{{:03d}}" for area in (113, 114, 115, 116, 117, 118, 121, 131, 141, 151, 161)),
    "FR": tuple(f"+33 {area}{{:04d}}" for area in ("1 9900 ", "2 6191 ", "3 5301 ", "4 6571 ", "5 3649 ")),
}
"""Numbers kept for fiction by the regulators of Germany, the United Kingdom and France: enough for thousands of sellers
of whom no two have the same by chance. Elsewhere there are too few, and sellers of the larger world show none."""
FREE_MAIL = ("postfach-frei.test", "mailbee.test", "freepost.test")


def iban(country: str, rng: Random) -> str:
    """An IBAN with the right check digits and length for a country; the account does not exist."""
    length = {"DE": 18, "GB": 18, "FR": 23, "IT": 23, "ES": 20, "PL": 24, "CH": 17, "US": 18}[country]
    country = "DE" if country == "US" else country  # the United States have none: such a shop banks abroad
    bank = {"GB": "LABB", "IT": "X"}.get(country, "")
    account = bank + "".join(str(rng.randrange(10)) for _ in range(length - len(bank)))
    if country == "ES":
        account = spanish(account)
    number = int("".join(str(int(sign, 36)) for sign in account + country + "00"))
    return f"{country}{98 - number % 97:02d}{account}"


def spanish(account: str) -> str:
    """A Spanish account number with its own two check digits in the middle."""

    def check(digits: str) -> str:
        weights = (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)[-len(digits) :]
        rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        return str({10: 1, 11: 0}.get(rest, rest))

    bank, number = account[:8], account[10:]
    return bank + check(bank) + check(number) + number


def phone(country: str, rng: Random) -> str:
    """A telephone number in the form of the country."""
    form = PHONES[country]
    return form.format(rng.randrange(10), rng.randrange(100)) if "{:d}" in form else form.format(rng.randrange(1000))


def wide_phone(country: str, number: int) -> str:
    """The ``number``-th of the numbers for fiction, a negative one from the end; empty where none are kept."""
    forms = WIDE.get(country, ())
    each = 10_000 if country == "FR" else 1000
    index = number % (len(forms) * each) if forms else 0
    return forms[index // each].format(index % each) if forms else ""


def make_owner(owner_id: str, seed: str, host: str, language: str, country: str, *, free_mail: bool) -> Owner:
    """The owner of this id; the same ``seed`` and ``owner_id`` give the same owner, wherever the shop is."""
    rng = Random(f"{seed}/owner/{owner_id}")
    anywhere = Random(f"{seed}/accounts/{owner_id}")  # alike in all countries, whose numbers take more draws
    stem = f"{rng.choice(STEMS)} {rng.choice(STEMS)}"
    mail_name = stem.lower().replace(" ", ".") + str(rng.randrange(10, 99))
    return Owner(
        id=owner_id,
        company=f"{stem} {TAILS[country]}",
        street=f"{rng.choice(STREETS[country])} {rng.randrange(1, 180)}",
        city=CITIES[country],
        country=country,
        email=f"{mail_name}@{rng.choice(FREE_MAIL)}" if free_mail else f"info@{host}",
        phone=phone(country, rng),
        analytics="G-" + "".join(anywhere.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(10)),
        iban=iban(country, rng),
        vat=tax_number(country, Random(f"{seed}/tax/{owner_id}")),
        payment_account="".join(anywhere.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(13)),
        boilerplate=Voice(language, f"{seed}/{owner_id}").pick("boilerplate"),
        favicon=anywhere.randrange(1 << 30),
    )
