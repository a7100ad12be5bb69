"""Register files → Register, or all mistakes at once, each with file, line, field and the fix."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from pathlib import Path

from pydantic import ValidationError

from crawler.errors import RegisterError
from crawler.register import marks, schema
from crawler.register.mistakes import Mistake, mistake_of
from crawler.register.schema import Brand, RightsHolder

TABLES = frozenset({".csv", ".tsv", ".txt", ".json", ".xls", ".xlsx", ".ods", ".docx"})
MAX_BYTES = 5_000_000  # ten thousand names with their lines; more belongs into several files
SHORT_NAME = 3  # letters
SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True)
class Entry:
    """A brand with what its rights holder says for all its brands."""

    brand: Brand
    holder: RightsHolder

    @property
    def name(self) -> str:
        """The brand's name as the rights holder writes it."""
        return self.brand.name

    @cached_property
    def official_domains(self) -> frozenset[str]:
        """Domains of the brand and of its rights holder."""
        return frozenset(self.brand.official_domains) | frozenset(self.holder.official_domains)

    @cached_property
    def sellers(self) -> frozenset[str]:
        """The storefront keys that may sell."""
        return frozenset(s.key for s in (*self.brand.authorised_sellers, *self.holder.authorised_sellers))


@dataclass(frozen=True)
class Register:
    """All rights holders; ``version`` is the hash of what they wrote."""

    holders: tuple[RightsHolder, ...]
    version: str
    entries: dict[str, Entry] = field(default_factory=dict, compare=False)
    """Brand name → entry."""


def load(path: Path | str | None = None) -> Register:
    """Return the register at ``path`` (a file or a folder of YAML files), the sample register for None.

    :raises RegisterError: a file breaks the schema; the message names every mistake, one a line.
    """
    texts, mistakes = _texts(path)
    holders: list[RightsHolder] = []
    seen: dict[str, str] = {}
    for name, text in texts:
        holder, found = check(name, text)
        mistakes.extend(found)
        if holder is not None:
            holders.append(holder)
            mistakes.extend(_twice(name, text, holder, seen))
    if mistakes:
        raise RegisterError("\n".join(str(mistake) for mistake in mistakes))
    if not holders:
        raise RegisterError(f"{path}: no register file here; one ends in .yaml and holds one rights holder")
    return build(holders)


def build(holders: list[RightsHolder]) -> Register:
    """Return the register of ``holders``; its version is the hash of their values, whatever the file names."""
    ordered = sorted(holders, key=lambda holder: holder.rights_holder)
    digest = hashlib.sha256()
    for holder in ordered:
        digest.update(holder.model_dump_json().encode("utf-8", "surrogatepass") + b"\n")
    entries = {brand.name: Entry(brand, holder) for holder in ordered for brand in holder.brands}
    return Register(tuple(ordered), digest.hexdigest(), entries)


NO_REGISTER = (
    "the file must hold `rights_holder:`, `sector:` and `brands:`, as YAML (docs/register.md); a table or list is none"
)


def check(name: str, text: str) -> tuple[RightsHolder | None, list[Mistake]]:
    """Return the rights holder that ``text`` describes (None if it has mistakes), and all its mistakes."""
    try:
        marked = marks.read(text)
    except marks.MarkedError as error:
        return None, [Mistake(name, error.line, "", error.message)]
    mistakes = [Mistake(name, line, "", message) for line, message in marked.problems]
    if not isinstance(marked.data, dict):
        return None, [Mistake(name, 1, "", NO_REGISTER)]
    try:
        holder = RightsHolder.model_validate(marked.data)
    except ValidationError as error:
        # pydantic counts only the brands without mistakes, and then also misses the first one
        real = [item for item in error.errors() if not (item["type"] == "too_short" and item["input"])]
        mistakes += [mistake_of(name, marked, item) for item in real]
        return None, sorted(mistakes, key=lambda mistake: mistake.line)
    return (None if mistakes else holder), mistakes


def _texts(path: Path | str | None) -> tuple[list[tuple[str, str]], list[Mistake]]:
    if path is None:
        folder = resources.files("crawler.data.register")
        names = sorted(item.name for item in folder.iterdir() if item.name.endswith(SUFFIXES))
        return [(name, (folder / name).read_text("utf-8")) for name in names], []
    root = Path(path)
    if not root.exists():
        raise RegisterError(
            f"{root}: no such file or folder of a register; set TOUCHSTONE_REGISTER to the one that holds your rights "
            "holders' files (docs/register.md), or unset it for the invented brands of the sample"
        )
    files = [root] if root.is_file() else sorted(p for p in root.rglob("*") if p.suffix in SUFFIXES)
    texts: list[tuple[str, str]] = []
    mistakes: list[Mistake] = []
    for file in files:
        try:
            texts.append((str(file), _text(file)))
        except (OSError, ValueError) as error:
            mistakes.append(Mistake(str(file), 1, "", str(error)))
    return texts, mistakes


def _text(file: Path) -> str:
    if file.stat().st_size > MAX_BYTES:
        raise ValueError(f"larger than {MAX_BYTES} bytes; split it into several files")
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start}; save it as UTF-8") from None


def _twice(name: str, text: str, holder: RightsHolder, seen: dict[str, str]) -> list[Mistake]:
    """Return a mistake for each brand that another file, or the same one, names already."""
    lines = marks.read(text).lines
    mistakes = []
    for index, brand in enumerate(holder.brands):
        line = lines.get(("brands", index, "name"), 1)
        known = seen.get(key := brand.name.casefold())
        if known:
            mistakes.append(Mistake(name, line, f"brands.{index + 1}.name", f"{brand.name} stands in {known}"))
        seen[key] = f"{name}:{line}"
    return mistakes


def left_out(path: Path | str | None) -> list[str]:
    """The tables and texts in a register's folder that are no part of it, as remarks: they may be meant to be."""
    files = sorted(Path(path).rglob("*")) if path is not None and Path(path).is_dir() else []
    return [f"{file}: is not read; a register is written in YAML" for file in files if file.suffix.lower() in TABLES]


def remarks(register: Register) -> list[str]:
    """Return what is allowed, but probably not meant: for the reader of ``scrapy register check``."""
    found = []
    for entry in register.entries.values():
        name = entry.name
        if entry.holder.sector not in schema.SECTORS:
            found.append(f"{name}: sector “{entry.holder.sector}” is new; known are {', '.join(schema.SECTORS)}")
        if entry.brand.ambiguous and not entry.brand.context and not entry.brand.lines:
            found.append(f"{name}: is ambiguous, and has neither context words nor products to recognise it by")
        if not entry.brand.ambiguous and sum(c.isalnum() for c in name) <= SHORT_NAME:
            found.append(f"{name}: is so short that it counts only beside context words or a product")
        if not entry.official_domains:
            found.append(f"{name}: has no official domain; its own shop would be reported")
        found += [f"{name}: {line.name} has no price range" for line in entry.brand.lines if not line.price]
    return found
