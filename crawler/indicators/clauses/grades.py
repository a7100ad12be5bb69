"""Grades of copies as sellers write them where a quality would stand: AAA, A++, 7A, 1:1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from crawler import tabular
from crawler.register.folding import CJK

GRADES = re.compile(
    r"(?<![\w.])(?:[1１]\s?[:：∶]\s?[1１](?![\d:/])|1(?:to|zu|op|till?|ku|do|a|à|v|в|к|до|比|대)1(?!\w)|"
    r"(?<![\w'’])A{3,5}\+{0,3}(?!\w)|(?<!\w)A\+{2,4}(?!\w)|(?<![\w])(?:5|6|7|8|9|10)A(?!\w))"
)
"""1:1, AAA, AAA+, A++, 7A: grades of copies. Read from the text as written, because folding loses the colon."""
SERVED = re.compile(
    r"[\s-]?(?:customer |after-?sales |kunden)?(?:service|support|dienst|servis|сервис|hizmet|warranty|garanti)",
    re.IGNORECASE,
)
SERVES = re.compile(
    r"(?:service|servicio|servizio|servi[çc]o|obs[łl]ug[ai]|servis|сервис|обслуживание|atención)\s$", re.IGNORECASE
)
"""A grade of how buyers are served: "AAA service", "obsługa AAA"."""
NEAR = 30  # characters before and behind a code in which a scale or battery explains it
WHOLE = 4  # letters of a word that is no beginning of others


@cache
def _explained() -> re.Pattern[str]:
    """Return what explains a code: a scale, a mixture, an exchange, a battery, a lesson (``data/grades.yaml``)."""
    text = (resources.files("crawler.data") / "grades.yaml").read_text("utf-8")
    words = {word for words in tabular.words(text).values() for word in words}
    spelt = sorted(words, key=len, reverse=True)
    begun = "|".join(re.escape(word) + r"(?!\w)" * (len(word) <= WHOLE) for word in spelt if not CJK.match(word))
    inside = "|".join(re.escape(word) for word in spelt if CJK.match(word))
    return re.compile(rf"(?<!\w)(?:{begun})|{inside}", re.IGNORECASE)


def grades_in(text: str, read: str) -> Iterator[tuple[int, int]]:
    """Yield the characters of each grade, but for those that a scale, a battery or service explains.

    :param read: the text as its tokens were read from it.
    """
    for match in GRADES.finditer(read):
        around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
        served = SERVED.match(text, match.end()) or SERVES.search(text[max(0, match.start() - NEAR) : match.start()])
        if not served and not _explained().search(around):
            yield match.span()
