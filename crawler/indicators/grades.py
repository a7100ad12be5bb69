"""Grades of copies as sellers write them where a quality would stand: AAA, A++, 7A, 1:1."""

from __future__ import annotations

import re
from collections.abc import Iterator

GRADES = re.compile(
    r"(?<![\w.])(?:[1１]\s?[:：∶]\s?[1１](?![\d:/])|(?<![\w'’])A{3,5}\+{0,3}(?!\w)|(?<!\w)A\+{2,4}(?!\w)|(?<![\w])(?:5|6|7|8|9|10)A(?!\w))"
)
"""1:1, AAA, AAA+, A++, 7A: grades of copies. Read from the text as written, because folding loses the colon."""
HARMLESS = re.compile(
    r"(?:scale|maßstab|massstab|échelle|escala|scala|schaal|aspect|ratio|macro|makro|zoom|exchange|umtausch|support|"
    r"coaching|batter|batterie|pila|baterij|bateria|pile|akku|cells?\b|micro|lr03|rating|rated|video ?game|game|titel|"
    r"advice|advisory|beratung|conseil|asesor|consej|consulenz|aconselh|advies|porad|консультац|danışman|meeting|session|consult|chat|training|tutor|call|lesson|schnitt|pattern|ampere|amp\b|volt|usb|current|"
    r"fast charg)",
    re.IGNORECASE,
)
SERVED = re.compile(
    r"[\s-]?(?:customer |after-?sales |kunden)?(?:service|support|dienst|servis|сервис|hizmet|warranty|garanti)",
    re.IGNORECASE,
)
SERVES = re.compile(
    r"(?:service|servicio|servizio|servi[çc]o|obs[łl]ug[ai]|servis|сервис|обслуживание|atención)\s$", re.IGNORECASE
)
"""A grade of how buyers are served: "AAA service", "obsługa AAA"."""
NEAR = 25  # characters before and behind a code in which a scale or battery explains it


def grades_in(text: str, read: str) -> Iterator[tuple[int, int]]:
    """Yield the characters of each grade, but for those that a scale, a battery or service explains.

    :param read: the text as its tokens were read from it.
    """
    for match in GRADES.finditer(read):
        around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
        served = SERVED.match(text, match.end()) or SERVES.search(text[max(0, match.start() - NEAR) : match.start()])
        if not served and not HARMLESS.search(around):
            yield match.span()
