"""Find the numbers of a text that could be money, and the sign that belongs to each.

Works on the plain form of a text (``numerals.plain``). Every pattern is bounded and anchored at a number or a sign, so
that the work grows with their count and with nothing else.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

import ahocorasick

from crawler.prices.amount import Amount
from crawler.prices.cents import merge_cents
from crawler.prices.currencies import all_signs, candidates_of
from crawler.prices.numerals import FIRM_SPACE, NUMBER
from crawler.prices.words import lower, whole_words

_GAP_BEFORE = re.compile(r"[ \n]{0,40}+[:.]?[ \n]{0,40}+")  # "EUR: 12"; templates indent, hence forty
_GAP_AFTER = re.compile(r"[ \n]{0,40}+")
_NO_CENTS = re.compile(  # 12,– and 12.-- and 499/- and 400:-, but not the dash of $10-$20
    r"[.,] ?[-–—]{1,2}(?! ?\d)|[-–—]{1,2}(?! ?[\w$€£¥₹(])|[.,]=|/-|:-(?!\d)"
)
_NOT_MONEY_AFTER = re.compile(
    r" ?(?:%|‰|°|percent|prozent|pour cent|x\b|×)|"
    r" ?-?(?:ml|cl|dl|l|g|kg|mg|cm|mm|m|oz|lb|lbs|in|inch|pcs|pc|pack|stk|stück|st|tabs?|tablets|years?|days?|months?"
    r"|reviews?|ratings?|items?|products?|left|remaining|hours?|hrs|minutes|weeks?|uds|unidades|szt|штук|шт|w|v|kw|mah|gb|tb|mb|hz|мл|г|кг|шт|дней)\b",
    re.IGNORECASE,
)
_TIME_AFTER = re.compile(r":[0-5]\d(?!\d)")  # 23:59
_TIME_BEFORE = re.compile(r"\d:$")
_PREFIXED = re.compile(r"[$£¥￥₹₱₦₩₪﷼]|^(?:CHF|Rs\.?|Rp\.?|RM|R)$")  # signs that mostly stand in front
_RAISED = re.compile("([⁰¹²³⁴⁵⁶⁷⁸⁹]{2})(?![⁰¹²³⁴⁵⁶⁷⁸⁹])")
_HUNDREDTH = re.compile(r" ?(¢|cents?(?![^\W\d_])|p(?![\w.]))", re.IGNORECASE)  # 99¢, 50 cents, 99p
_FROM_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

_MILLIONS = ("million", "millions", "millionen", "miljoen", "miljoner", "millioner", "millones", "milioni", "milhões",
             "milionów", "миллиона", "миллионов")  # fmt: skip
_BILLIONS = ("billion", "bn", "milliard", "milliards", "milliarden", "miljard", "miljarder", "milliarder", "miliardi",
             "miliardów", "mrd", "mld", "млрд", "миллиардов", "tỷ")  # fmt: skip
_SCALES = {
    "万": 10**4, "萬": 10**4, "만": 10**4, "億": 10**8, "亿": 10**8, "억": 10**8, "千": 10**3,
    "k": 10**3, "к": 10**3, "mil": 10**3, "mila": 10**3, "tausend": 10**3, "tusen": 10**3, "tusind": 10**3,
    "bin": 10**3, "ألف": 10**3, "الف": 10**3, "هزار": 10**3, "พัน": 10**3, "тыс": 10**3, "тис": 10**3, "tys": 10**3,
    "tis": 10**3, "rb": 10**3, "ribu": 10**3, "nghìn": 10**3, "ngàn": 10**3, "lakh": 10**5, "crore": 10**7,
    "mln": 10**6, "mio": 10**6, "млн": 10**6, "triệu": 10**6, "tr": 10**6, "jt": 10**6, "juta": 10**6,
    **dict.fromkeys(_MILLIONS, 10**6), **dict.fromkeys(_BILLIONS, 10**9),
}  # fmt: skip
_SCALE = re.compile(
    r"(?:(?P<cjk>[万萬만億亿억千])(?:(?P<units>\d)千|(?P<rest>\d{1,4}(?:,\d{3})?(?![\d.,])))?|(?P<k>[kк])(?![^\W\d_])"
    r"|(?P<tr>tr)(?P<tail>\d{1,3})(?!\w)"  # 1tr25: a million and a quarter, as Vietnam writes it
    r"| ?(?P<word>тыс|тис|tys|tis|rb|ribu|nghìn|ngàn|lakh|crore|mln|mio|млн|triệu|jt|juta|tr|ألف|الف|هزار|พัน"
    rf"|{'|'.join(_MILLIONS + _BILLIONS)}|(?:mil|mila|tausend|tusen|tusind|bin)"
    r"(?= ?(?:pesos|euros?|reais|soles|d[oó]lares|guaran|colones|kr|tl|lira|€|[A-Z]{3}\b)))"
    r"(?![^\W\d_])\.?)",
    re.IGNORECASE,
)
_THOUSANDS_OF = re.compile(r"[$€] ?\Z")  # "$45 mil": a word that is a measure elsewhere
_MIL = re.compile(r" mil(?!\w)")
_HARD = re.compile(r"[$€£] ?\Z")
_INITIAL = re.compile(r"(?:(?P<m>[Mm])|B|bn)(?![\w/])")  # "$110M", "£5m", "$3B": glued, and behind a sign
_SPOKEN_OF = {"tr": "₫", "triệu": "₫", "nghìn": "₫", "ngàn": "₫", "rb": "Rp", "ribu": "Rp", "jt": "Rp", "juta": "Rp"}
"""Where such a word stands with no sign, it says by itself whose money it is."""


_GOES_ON = re.compile(
    r" ?[^\W\d]| ?[¢⁰¹²³⁴⁵⁶⁷⁸⁹.,:/–—-]"
)  # what such a word or sign begins with: the cheap test before


@lru_cache(maxsize=64)  # one per language that a crawl meets
def _automata(language: str | None) -> tuple[Any, Any]:
    """Return the automaton of signs and codes as they are written, and the one of words in lower case."""
    built = []
    for names in all_signs(language):
        automaton = ahocorasick.Automaton()
        for name in names:
            automaton.add_word(name, len(name))
        automaton.make_automaton()
        built.append(automaton)
    return built[0], built[1]


def signs(text: str, language: str | None) -> list[tuple[int, int, str]]:
    """Return start, end and spelling of every sign of money in a text; the longest where several overlap."""
    exact, folded = _automata(language)
    found = [(last - length + 1, -last - 1) for last, length in exact.iter(text)]
    found += [(last - length + 1, -last - 1) for last, length in folded.iter(lower(text))]
    chosen: list[tuple[int, int, str]] = []
    at = 0
    for start, minus_end in sorted(found):
        end = -minus_end
        if start >= at and whole_words(text, start, end):
            chosen.append((start, end, text[start:end]))
            at = end
    return chosen


def amounts(text: str, language: str | None) -> list[Amount]:
    """Return the numbers of a plain text in order, each with its sign; a sign serves one number."""
    matches = list(NUMBER.finditer(text))
    if not matches:
        return []
    text = text.replace(FIRM_SPACE, " ")
    numbers = [_extend(text, match) for match in matches]
    return merge_cents(text, _assign(text, numbers, signs(text, language)))


def _extend(text: str, match: re.Match[str]) -> Amount:
    start, end = match.span()
    found = Amount(start, end, start, end, match[0])
    if not _GOES_ON.match(text, end):
        return found
    scale = _SCALE.match(text, end)
    if scale:
        return _scaled(found, scale)
    thousands = _MIL.match(text, end) if _THOUSANDS_OF.search(text, max(0, start - 2), start) else None
    if thousands:
        return found._replace(end=thousands.end(), number_end=thousands.end(), scale=1000)
    initial = _INITIAL.match(text, end) if _HARD.search(text, max(0, start - 2), start) else None
    if initial:
        return found._replace(
            end=initial.end(), number_end=initial.end(), scale=_SCALES["million" if initial["m"] else "billion"]
        )
    raised = _RAISED.match(text, end)
    if raised:
        return found._replace(end=raised.end(), number_end=raised.end(), cents=raised[1].translate(_FROM_RAISED))
    hundredth = _HUNDREDTH.match(text, end)
    if hundredth and found.digits.isdigit() and len(found.digits) <= 2:
        return found._replace(end=hundredth.end(), number_end=hundredth.end(), hundredth=hundredth[1].lower())
    dash = _NO_CENTS.match(text, end)
    if dash:
        return found._replace(end=dash.end(), number_end=dash.end(), round=True)
    return found


def _scaled(found: Amount, scale: re.Match[str]) -> Amount:
    """A number with the word that multiplies it: 12万3400, 45k, 1tr25, 350 rb."""
    word = (scale["cjk"] or scale["k"] or scale["tr"] or scale["word"]).lower()
    rest = Decimal((scale["rest"] or "0").replace(",", ""))
    if scale["units"]:  # 2万5千
        rest = Decimal(scale["units"]) * 1000
    if scale["tail"]:
        rest = Decimal(f"0.{scale['tail']}") * _SCALES[word]
    end = scale.end()
    return found._replace(end=end, number_end=end, scale=_SCALES[word], rest=rest, sign=_SPOKEN_OF.get(word, ""))


def _assign(text: str, numbers: list[Amount], marks: list[tuple[int, int, str]]) -> list[Amount]:
    """Give each sign to the number before or after it; what is left over goes to a number as its second sign."""
    owned: list[Amount] = []
    at = 0
    previous_end = -1  # of the last sign that was given away
    for index, number in enumerate(numbers):
        while at < len(marks) and marks[at][1] <= number.number_start:
            at += 1
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        left = marks[at - 1] if at and marks[at - 1][0] >= previous_end else None
        if left and _GAP_BEFORE.fullmatch(text, left[1], number.number_start):
            number = number._replace(start=left[0], sign=left[2])
            number = _second_before(text, number, marks, at - 2, previous_end)
        right = at
        while right < len(marks) and marks[right][0] < number.number_end:
            right += 1  # a sign inside the number's own scale or dash
        if right < len(marks) and _GAP_AFTER.fullmatch(text, number.number_end, marks[right][0]):
            sign = marks[right][2]
            taken = not number.sign or _compatible(number.sign, sign)
            if taken and _belongs_left(text, number, marks, right, following):
                previous_end = marks[right][1]
                number = number._replace(end=previous_end, sign=number.sign or sign, code=sign if number.sign else "")
        previous_end = max(previous_end, number.end)
        owned.append(number)
    return owned


def _second_before(
    text: str, number: Amount, marks: list[tuple[int, int, str]], index: int, previous_end: int
) -> Amount:
    """Take in the first of two signs in front: the AUD of ``AUD $12``."""
    if index < 0 or marks[index][0] < previous_end or not _GAP_AFTER.fullmatch(text, marks[index][1], number.start):
        return number
    return number._replace(start=marks[index][0], code=marks[index][2])


def _compatible(sign: str, code: str) -> bool:
    return bool(set(candidates_of(sign)) & set(candidates_of(code)))


def _belongs_left(
    text: str, number: Amount, marks: list[tuple[int, int, str]], index: int, following: Amount | None
) -> bool:
    """Tell whether the sign between two numbers belongs to the first; to the second if False."""
    begin, end, sign = marks[index]
    if following is None or not _GAP_BEFORE.fullmatch(text, end, following.number_start):
        return True
    if number.sign:  # it has one in front: this one starts the next price
        return False
    if is_measure(text, following):  # 30 € 12 reviews
        return True
    after = index + 1
    own = after < len(marks) and _GAP_AFTER.fullmatch(text, following.number_end, marks[after][0]) is not None
    if own and not text[marks[after][1] : marks[after][1] + 1].isdigit():  # 120 €39 €, but not 10 $20 $30
        return True
    glued_left, glued_right = begin == number.number_end, end == following.number_start
    if glued_left != glued_right:
        return glued_left
    if number.parted != following.parted:
        return number.parted
    return own or not _PREFIXED.search(sign)


def is_measure(text: str, number: Amount) -> bool:
    """Tell whether a percentage sign or a unit stands behind a number."""
    return _NOT_MONEY_AFTER.match(text, number.number_end) is not None


_OF_A_NAME = re.compile(r"[A-Za-z]-?$")
_IN_A_CODE = re.compile(
    r"[A-Z]{1,3}[0-9]"
)  # an article code: "2JD29"; prices part their cents with a small sign: 9kr50


def is_money(text: str, number: Amount) -> bool:
    """Tell whether a number is not, in spite of a sign, a percentage, a measure or a part of a name."""
    if not number.sign and not number.hundredth and is_measure(text, number):
        return False
    if not number.sign and (
        _TIME_AFTER.match(text, number.number_end) or _TIME_BEFORE.search(text[max(0, number.start - 4) : number.start])
    ):
        return False
    if text[number.end : number.end + 1] == "%" or text[number.number_end : number.number_end + 1] == "%":
        return False
    if _IN_A_CODE.match(text, number.number_end):
        return False
    if number.number_start == number.start:  # no sign in front: BP-440 €, A12 €
        before = text[max(0, number.start - 2) : number.start]
        return number.parted or not _OF_A_NAME.search(before)
    return True
