"""The console that commands print to."""

from __future__ import annotations

import os

from rich.console import Console

NARROWEST = 100  # columns where the output is no terminal: rich would take 80, and tables with reasons need more


def open_console() -> Console:
    """As wide as the terminal or COLUMNS; wide enough for a table where the output goes to a file or a pipe."""
    console = Console()
    return console if console.is_terminal or "COLUMNS" in os.environ else Console(width=NARROWEST)


def counted(number: int, noun: str) -> str:
    """``1 storefront``, ``2 storefronts``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
