"""Tax numbers of nobody in particular, with the check digits of their countries: real imprints have such ones."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random


def tax_number(country: str, rng: Random) -> str:
    """A number in the form of the country; that of the European Union's VAT numbers, where it has them."""
    makers = {"DE": german, "GB": british, "FR": french, "IT": italian, "ES": spanish, "PL": polish, "CH": swiss}
    maker = makers.get(country)
    return maker(rng) if maker else f"{country}{rng.randrange(10**8, 10**9)}"


def _digits(rng: Random, count: int) -> list[int]:
    return [rng.randrange(1, 10), *(rng.randrange(10) for _ in range(count - 1))]


def _text(digits: Sequence[int]) -> str:
    return "".join(map(str, digits))


def _luhn(digits: Sequence[int]) -> int:
    """The digit that completes these by Luhn's rule."""
    doubled = [2 * digit if place % 2 == 0 else digit for place, digit in enumerate(reversed(digits))]
    return -sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10


def german(rng: Random) -> str:
    """ISO 7064, MOD 11,10."""
    digits, product = _digits(rng, 8), 10
    for digit in digits:
        product = ((digit + product) % 10 or 10) * 2 % 11
    return f"DE{_text(digits)}{(11 - product) % 10}"


def british(rng: Random) -> str:
    """Weights 8 to 2, the last two digits up to a multiple of 97."""
    digits = _digits(rng, 7)
    total = sum(weight * digit for weight, digit in zip(range(8, 1, -1), digits, strict=True))
    return f"GB{_text(digits)}{97 - total % 97:02d}"


def french(rng: Random) -> str:
    """A SIREN with its key in front."""
    digits = _digits(rng, 8)
    siren = int(_text([*digits, _luhn(digits)]))
    return f"FR{(12 + 3 * (siren % 97)) % 97:02d}{siren}"


def italian(rng: Random) -> str:
    """Seven digits, an office between 001 and 100, Luhn's digit."""
    digits = [*_digits(rng, 7), *map(int, f"{rng.randrange(1, 101):03d}")]
    return f"IT{_text(digits)}{_luhn(digits)}"


def spanish(rng: Random) -> str:
    """A limited company's: B, seven digits, a control digit by Luhn's rule."""
    digits = _digits(rng, 7)
    return f"ESB{_text(digits)}{_luhn(digits)}"


def polish(rng: Random) -> str:
    """Weights 6 5 7 2 3 4 5 6 7 modulo 11; a rest of ten is no number."""
    while True:
        digits = _digits(rng, 9)
        rest = sum(w * d for w, d in zip((6, 5, 7, 2, 3, 4, 5, 6, 7), digits, strict=True)) % 11
        if rest < 10:
            return f"PL{_text(digits)}{rest}"


def swiss(rng: Random) -> str:
    """Weights 5 4 3 2 7 6 5 4 modulo 11; a control of ten is no number."""
    while True:
        digits = _digits(rng, 8)
        control = -sum(w * d for w, d in zip((5, 4, 3, 2, 7, 6, 5, 4), digits, strict=True)) % 11
        if control < 10:
            text = _text([*digits, control])
            return f"CHE-{text[:3]}.{text[3:6]}.{text[6:]}"
