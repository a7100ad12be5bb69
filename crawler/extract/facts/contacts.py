"""The tables of how shops write their contacts: ``data/contacts.yaml``."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def table() -> dict[str, Any]:
    """Return ``data/contacts.yaml``."""
    loaded: dict[str, Any] = yaml.safe_load(
        resources.files("crawler.data").joinpath("contacts.yaml").read_text("utf-8")
    )
    return loaded


def any_of(words: list[str]) -> str:
    """Return a pattern for one of some words or signs, the longest first, not inside another word."""
    parts = sorted((re.escape(str(word)) for word in words), key=len, reverse=True)
    return rf"(?<![^\W\d_])(?:{'|'.join(parts)})(?![^\W\d_])"
