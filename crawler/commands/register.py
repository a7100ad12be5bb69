"""``scrapy register``: check a rights holder's file, show what a register says."""

from __future__ import annotations

import argparse

from rich.console import Console
from rich.table import Table
from scrapy.exceptions import UsageError

from crawler.errors import RegisterError
from crawler.operations.cli import FAILED, ProjectCommand
from crawler.register.loading import Entry, Register, left_out, load, remarks
from crawler.review.console import counted

NOTES = 30  # that are printed: what is good stands below them


class Command(ProjectCommand):
    def syntax(self) -> str:
        return "check FILE|DIR | show [FILE|DIR]"

    def short_desc(self) -> str:
        return "Check a rights holder's file; show the register"

    def long_desc(self) -> str:
        return (
            "check reports every mistake with file, line, field and the fix, and exits with "
            f"{FAILED} if there is one; show lists brands, sellers and products of FILE or DIR, else of the register "
            "in the settings. docs/register.md explains the format."
        )

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:  # noqa: ARG002 - it has no options
        if len(args) > 2 and args[0] in {"check", "show"}:
            raise UsageError("name one file, or the folder of all: a register is read as a whole", print_help=False)
        if not args or args[0] not in {"check", "show"}:
            raise UsageError("say `check FILE|DIR` or `show [FILE|DIR]`", print_help=False)
        if args[0] == "check" and len(args) == 1:
            raise UsageError("name the file or folder to check", print_help=False)
        path = args[1] if len(args) == 2 else self.setting("REGISTER") or None
        if args[0] == "show":
            _show(load(path))
            return 0
        return _check(path)


def _check(path: str | None) -> int:
    try:
        register = load(path)
    except RegisterError as error:
        mistakes = str(error).splitlines()
        print(*mistakes, sep="\n")
        print(f"{counted(len(mistakes), 'mistake')}; nothing was changed")
        return FAILED
    notes = [*left_out(path), *remarks(register)]
    for note in notes[:NOTES]:
        print(f"note: {note}")
    if len(notes) > NOTES:
        print(f"note: and {len(notes) - NOTES} more like these")
    lines = sum(len(entry.brand.lines) for entry in register.entries.values())
    print(f"good: {len(register.holders)} rights holders, {len(register.entries)} brands, {lines} products")
    print(f"version {register.version}")
    return 0


def _show(register: Register) -> None:
    table = Table(title=f"Register {register.version[:12]}")
    for column in ("brand", "rights holder", "sector", "official", "authorised", "product", "number", "price"):
        table.add_column(column)
    for entry in register.entries.values():
        for row in _rows(entry):
            table.add_row(*row)
    Console(markup=False, width=160).print(table)


def _rows(entry: Entry) -> list[tuple[str, ...]]:
    head = (entry.name, entry.holder.rights_holder, entry.holder.sector, ", ".join(sorted(entry.official_domains)),
            ", ".join(sorted(entry.sellers)))  # fmt: skip
    blank = ("",) * len(head)
    rows = []
    for number, line in enumerate(entry.brand.lines):
        prices = ", ".join(f"{p.low}–{p.high} {currency}" for currency, p in line.price.items())
        numbers = ", ".join(dict.fromkeys((*line.mpn, *line.model, *line.gtin)))
        rows.append((blank if number else head) + (line.name, numbers, prices))
    return rows or [(*head, "", "", "")]
