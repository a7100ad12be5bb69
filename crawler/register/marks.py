"""YAML as plain data, with the line on which each value stands.

A rights holder's file may come from anywhere, so it is read event by event: no recursion (depth is bounded), no
tags, every plain scalar stays text (``501``, ``NO`` and a GTIN with a leading zero are names, not numbers), and an
alias costs what it expands to, so a few lines cannot grow into gigabytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

Path = tuple[str | int, ...]
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 20  # the schema is six deep
MAX_VALUES = 200_000  # 10,000 names with a dozen values each; also bounds what aliases expand to
NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class MarkedError(Exception):
    """The text is not YAML that a register may use; ``line`` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass
class Marked:
    """The data of one file, and the line of each value by its path."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)
    """Mistakes that do not hide the rest: a key given twice."""


@dataclass
class _Node:
    """A value with its line; mappings keep their pairs in order."""

    line: int
    kind: str
    scalar: str | None = None
    items: list[_Node] = field(default_factory=list)
    closed: bool = False
    size: int = 1


def read(text: str) -> Marked:
    """Return the data of ``text``.

    :raises MarkedError: it is no YAML, is too deep, too large, or uses what a register must not (tags, a second
        document, an alias of itself).
    """
    root = _parse(text)
    marked = Marked()
    if root is not None:
        marked.data = _plain(root, (), marked)
    return marked


def _events(text: str) -> Iterator[tuple[Any, int]]:
    for event in yaml.parse(text, Loader=Loader):
        yield event, event.start_mark.line + 1 if event.start_mark else 1


def _parse(text: str) -> _Node | None:
    anchors: dict[str, _Node] = {}
    stack: list[_Node] = []
    root: _Node | None = None
    documents = 0
    try:
        for event, line in _events(text):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise MarkedError(line, "one document per file: remove the second '---'")
            node = _node(event, anchors, line)
            if node is not None:
                if stack:
                    _add(stack[-1], node, line)
                else:
                    root = node
                if node.kind != "scalar" and not isinstance(event, yaml.AliasEvent):
                    stack.append(node)
                if len(stack) > MAX_DEPTH:
                    raise MarkedError(line, f"nested deeper than {MAX_DEPTH} levels")
            elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                done = stack.pop()
                done.closed = True
                if stack:
                    _count(stack[-1], done.size, line)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
        raise MarkedError(mark.line + 1 if mark else 1, f"not YAML: {what}") from None
    return root


def _node(event: Any, anchors: dict[str, _Node], line: int) -> _Node | None:
    """Return the node that an event opens, None for the others."""
    if isinstance(event, yaml.AliasEvent):
        if event.anchor not in anchors:
            raise MarkedError(line, f"alias *{event.anchor} has no anchor")
        if not anchors[event.anchor].closed:
            raise MarkedError(line, f"alias *{event.anchor} stands inside itself")
        return anchors[event.anchor]
    if isinstance(event, yaml.ScalarEvent):
        plain = event.style is None or event.style == ""
        scalar = None if plain and event.value in NULLS else event.value
        node = _Node(line, "scalar", scalar, closed=True)
    elif isinstance(event, yaml.SequenceStartEvent):
        node = _Node(line, "list")
    elif isinstance(event, yaml.MappingStartEvent):
        node = _Node(line, "map")
    else:
        return None
    if event.tag is not None and event.tag != "!":
        raise MarkedError(line, f"tag {event.tag} is not allowed: write plain values")
    if event.anchor:
        anchors[event.anchor] = node
    return node


def _add(parent: _Node, node: _Node, line: int) -> None:
    parent.items.append(node)
    if node.closed:
        _count(parent, node.size, line)


def _count(parent: _Node, size: int, line: int) -> None:
    parent.size += size
    if parent.size > MAX_VALUES:
        raise MarkedError(line, f"more than {MAX_VALUES} values; split the file (aliases count as what they repeat)")


def _plain(node: _Node, path: Path, marked: Marked) -> Any:
    """Return plain data; recursion is bounded by MAX_DEPTH squared through aliases and MAX_VALUES in all."""
    marked.lines.setdefault(path, node.line)
    if node.kind == "scalar":
        return node.scalar
    if node.kind == "list":
        return [_plain(item, (*path, index), marked) for index, item in enumerate(node.items)]
    result: dict[str, Any] = {}
    for key_node, value in zip(node.items[::2], node.items[1::2], strict=True):
        if key_node.kind != "scalar":
            raise MarkedError(key_node.line, "a key must be a plain word")
        key = key_node.scalar or ""
        if key in result:
            marked.problems.append((key_node.line, f"{key}: given twice"))
        result[key] = _plain(value, (*path, key), marked)
        marked.lines[(*path, key)] = key_node.line
    return result
