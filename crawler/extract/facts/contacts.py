"""The tables of how shops write their contacts: ``data/contacts.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

import ahocorasick

from crawler import tabular
from crawler.prices.words import whole_words


@cache
def table() -> dict[str, Any]:
    """Return ``data/contacts.yaml``."""
    loaded: dict[str, Any] = tabular.parsed(
        resources.files("crawler.data").joinpath("contacts.yaml").read_text("utf-8")
    )
    return loaded


@cache
def _automaton() -> Any:
    automaton = ahocorasick.Automaton()
    names: dict[str, list[str]] = {}
    for service, words in {"phone": table()["phone_labels"], **table()["messenger_labels"]}.items():
        for word in words:
            names.setdefault(str(word).lower(), []).append(service)
    for word, services in names.items():
        automaton.add_word(word, (len(word), tuple(services)))
    automaton.make_automaton()
    return automaton


def labels(text: str, low: str) -> Iterator[tuple[str, int]]:
    """Yield what is introduced (``phone`` or a messenger) and where its label ends; labels are whole words.

    ``low`` is the text in lower case, of the same length.

    One pass for all labels of all languages: trying one pattern per label would cost more than all other facts.
    """
    for last, (length, services) in _automaton().iter(low):
        begin = last - length + 1
        if whole_words(text, begin, last + 1) and text[begin - 1 : begin] != "-":  # on-line: no messenger
            for service in services:
                yield service, last + 1
