"""Files of domain names → those that look like a brand's: a stream over zone files, CT logs and plain lists.

Nothing is resolved. A block of text is folded as a whole (case, hyphens, digits for letters) and searched once for all
names of the register; only lines with a hit are looked at one by one. So a name that is nobody's costs no Python.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

import ahocorasick

from crawler.discovery.lookalikes import Judge, Look
from crawler.register.loading import Register

BLOCK = 1 << 20  # bytes; larger ones gain nothing, and this is what is held in memory
NAME = re.compile(rb"(?:\*\.)?((?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.){1,8}[a-z][a-z0-9-]{0,61}[a-z0-9])\.?", re.I)
FOLD = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZl104537", b"abcdefghijkimnopqrstuvwxyziioaset")
"""Letters and digits that are taken for each other, as in the register's own folding: ``l 1`` → i, ``0`` → o, …"""
PUNYCODE = b"xn--"
NAMES_OF_LINE = 200  # of one line; a certificate may name 100


@dataclass
class Count:
    """What went by."""

    lines: int = 0
    bytes: int = 0
    looked_at: int = 0
    found: dict[str, int] = field(default_factory=dict)


class Feed:
    """Finds the names of one register in files of names."""

    def __init__(self, register: Register) -> None:
        self.judge = Judge(register)
        self.count = Count()
        self._needles = ahocorasick.Automaton()
        for needle in self.judge.needles():
            folded = fold(needle.encode("ascii")).decode("ascii")
            self._needles.add_word(folded, folded)
        self._needles.make_automaton()

    def read(self, file: Path) -> Iterator[Look]:
        """The names of a file that look like a brand's, each once, in the file's order."""
        seen: set[str] = set()
        with opened(file) as stream:
            for block in blocks(stream):
                for line in self._hits(block):
                    yield from self._names(line, seen)

    def _hits(self, block: bytes) -> list[bytes]:
        """The lines of a block in which a needle or a name in punycode stands."""
        self.count.bytes += len(block)
        folded = fold(block)
        self.count.lines += folded.count(b"\n") + (not folded.endswith(b"\n"))
        numbers: dict[int, None] = {}
        line, start = 0, 0
        for end, _ in self._needles.iter(folded.decode("latin-1")):
            line += folded.count(b"\n", start, end)
            start = end
            numbers[line] = None
        at, line, start = block.find(PUNYCODE), 0, 0
        while at >= 0:
            line += block.count(b"\n", start, at)
            start, numbers[line] = at, None
            at = block.find(PUNYCODE, at + 4)
        if not numbers:
            return []
        lines = block.split(b"\n")
        return [lines[number] for number in sorted(numbers) if number < len(lines)]

    def _names(self, line: bytes, seen: set[str]) -> Iterator[Look]:
        for name in names(line):
            if name in seen:
                continue
            self.count.looked_at += 1
            look = self.judge.look(readable(name), name)
            if look is not None and look.key not in seen:
                seen.update((name, look.key))
                self.count.found[look.kind] = self.count.found.get(look.kind, 0) + 1
                yield look


def fold(text: bytes) -> bytes:
    """Text in the form in which needles are searched: in lower case, without hyphens, digits as letters."""
    return text.translate(FOLD, b"-")


def names(line: bytes) -> list[str]:
    """The names of a line: all of a record of JSON, the owner alone of a zone's line, which also names its servers."""
    found = [match[1].decode("ascii").lower() for match in NAME.finditer(line[: 1 << 16])]
    if line.lstrip()[:1] in (b"{", b"[") or b'"' in line:
        return list(dict.fromkeys(found))[:NAMES_OF_LINE]
    return found[:1]


def readable(name: str) -> str:
    """A name as a person sees it: labels in punycode as letters; one that is none stays."""
    return ".".join(_decoded(label) if label.startswith("xn--") else label for label in name.split("."))


def _decoded(label: str) -> str:
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def opened(file: Path) -> IO[bytes]:
    """A file, unpacked while it is read when it begins as gzip does."""
    with file.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
    return cast("IO[bytes]", gzip.open(file, "rb") if packed else file.open("rb"))


def blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """Pieces of about ``BLOCK`` bytes that end with a line, or where a line is longer, behind a comma."""
    rest = b""
    while piece := stream.read(BLOCK):
        text = rest + piece
        cut = max(text.rfind(b"\n"), -1)
        if cut < 0 and len(text) > BLOCK:
            cut = text.rfind(b",")
        if cut < 0 and len(text) > 4 * BLOCK:
            cut = len(text) - 1
        rest = text[cut + 1 :]
        if cut >= 0:
            yield text[: cut + 1]
    if rest:
        yield rest
