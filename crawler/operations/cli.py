"""What every command of ours shares: a person's mistake is one line on stderr and an exit code, never a traceback."""

from __future__ import annotations

import sys
from abc import abstractmethod
from difflib import get_close_matches
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand

from crawler.errors import TouchstoneError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

FAILED = 1
"""Exit code of a command that could not do its work; 2 is a wrong call, as everywhere in Scrapy."""


class ProjectCommand(ScrapyCommand):
    """Base of the commands that talk to the servers but start no crawl.

    A subclass implements ``execute`` and returns its exit code; a ``TouchstoneError`` becomes one line and exit code 1.
    """

    requires_project = True
    requires_crawler_process = False

    @abstractmethod
    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Do the work; return the exit code."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Called by Scrapy."""
        try:
            self.exitcode = self.execute(args, opts)
        except TouchstoneError as error:
            complain(error)
            self.exitcode = FAILED
        except BrokenPipeError:  # `scrapy suspects | head`
            sys.stderr.close()

    def setting(self, name: str) -> str:
        """A setting as text; empty when it is not set."""
        assert self.settings is not None
        return str(self.settings.get(name) or "")


def complain(error: object) -> None:
    """One line on stderr."""
    print("scrapy:", " ".join(str(error).split()), file=sys.stderr)  # noqa: T201


def nearest(word: str, known: Iterable[str]) -> str:
    """`` (did you mean 'x'?)`` when a known word is close, else the list of what is known."""
    choices = sorted(known)
    close = get_close_matches(word, choices, n=1, cutoff=0.6)
    return f" (did you mean {close[0]!r}?)" if close else f" (known: {', '.join(choices)})"
