"""The tables of ``crawler.data``: YAML, read by libyaml in a tenth of the time. Every command waits for them."""

from __future__ import annotations

from typing import Any

import yaml


def parsed(text: str | bytes) -> Any:
    """The value of a table: texts, numbers, lists, mappings."""
    return yaml.load(text, yaml.CSafeLoader)


def words(text: str | bytes) -> Any:
    """The same where every plain value is a word: ``no``, ``on`` and ``1:1`` are no booleans and times."""
    return yaml.load(text, yaml.CBaseLoader)  # noqa: S506 - it knows text only
