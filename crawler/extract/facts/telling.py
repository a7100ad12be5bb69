"""Which texts of a page can hold a contact, a number, an account or a legal sentence at all.

Most of what a page shows cannot, and most of what can stands on every page of its shop: so each text is judged by
itself, once, and the finders read only what is left.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import chain
from typing import Any

import ahocorasick

from crawler.extract.document import Text
from crawler.extract.facts import contacts

AROUND = 2  # texts before and behind that are read too: a label and its value may stand in cells of their own
_KEPT = 1_000  # characters of a text that is remembered
_NUMBERS = re.compile(  # a long number, one in international form, a wallet, an IBAN, an entry in Germany's register
    r"\d(?:[ \u00a0\u2009./()–‑-]{0,3}\d){5}|\+\s?\(?\d|(?<![A-Za-z0-9])[A-Za-z0-9]{26}"
    r"|[A-Z]{2}\d{2}[ \u00a0.-]?[A-Z0-9]{4}|HR[AB] ?\d"
)
_DIGIT = re.compile(r"\d")
_WRAPPED = re.compile(
    r"[\[({<]\s{0,2}(?:at|ät|a|arroba|chez|kukac|zavináč|malpa|małpa|собака)\s{0,2}[\])}>]", re.IGNORECASE
)


@cache
def _words() -> Any:
    """The labels of contacts and the stems of legal sentences."""
    table = contacts.table()
    automaton = ahocorasick.Automaton()
    for word in chain(table["phone_labels"], *table["messenger_labels"].values(), table["legal_stems"]):
        automaton.add_word(str(word).lower(), True)
    automaton.make_automaton()
    return automaton


def telling(texts: list[Text]) -> list[Text]:
    """The texts worth reading, with their neighbours and the rest of their lines; none written by a customer."""
    wanted: set[int] = set()
    lines: set[int] = set()
    for text in texts:
        if not text.private and (_is_telling(text.text) if len(text.text) <= _KEPT else _tells(text.text)):
            lines.add(text.line)
            wanted.update(range(text.index - AROUND, text.index + AROUND + 1))
    return [text for text in texts if (text.index in wanted or text.line in lines) and not text.private]


@lru_cache(maxsize=8192)
def _is_telling(text: str) -> bool:
    return _tells(text)


def _tells(text: str) -> bool:
    if "@" in text or " AT " in text or (_DIGIT.search(text) and _NUMBERS.search(text)):
        return True
    return next(_words().iter(text.casefold()), None) is not None or _WRAPPED.search(text) is not None
