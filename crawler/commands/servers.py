"""``scrapy servers``: the embedded Redis and MongoDB."""

from __future__ import annotations

import argparse
import shlex
import sys
from typing import TextIO

from scrapy.exceptions import UsageError

from crawler import servers
from crawler.operations.cli import ProjectCommand

ACTIONS = ("up", "down", "status")
NOT_RUNNING = 3
"""Exit code of ``status`` when one of the two does not run, as init scripts have it."""


class Command(ProjectCommand):
    def syntax(self) -> str:
        return "[options] up|down|status"

    def short_desc(self) -> str:
        return "Start, stop or show the embedded Redis and MongoDB"

    def long_desc(self) -> str:
        return (
            "up starts a real redis-server and a real mongod on 127.0.0.1 with generated passwords, and restarts one "
            "that crashed; calling it again changes nothing. down ends them; the data stay. They are used wherever "
            "REDIS_URL and MONGO_URI are not set. Data: --home, else TOUCHSTONE_HOME, else .touchstone beside "
            f"scrapy.cfg. Exit code: 0 done; 1 failed (the line says why); status: {NOT_RUNNING} when one is down."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--home", metavar="DIR", help="folder of data and passwords (default: see above)")
        parser.add_argument(
            "--env", action="store_true", help='print export lines for a shell: eval "$(scrapy servers status --env)"'
        )
        parser.add_argument(
            "--with", dest="owner", type=int, metavar="PID", help="up: end by themselves when process PID is gone"
        )

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        if len(args) != 1 or args[0] not in ACTIONS:
            raise UsageError(f"say one of {', '.join(ACTIONS)}; scrapy servers --help", print_help=False)
        if args[0] == "down":
            stopped = servers.down(opts.home)
            print("stopped " + " and ".join(stopped) if stopped else "nothing was running")
            return 0
        found = servers.up(opts.home, owner=opts.owner) if args[0] == "up" else servers.status(opts.home)
        _show(found, sys.stderr if opts.env else sys.stdout)
        if opts.env:
            print(f"export REDIS_URL={shlex.quote(servers.redis_url(None, opts.home))}")
            print(f"export MONGO_URI={shlex.quote(servers.mongo_uri(None, opts.home))}")
        return 0 if all(server.state == "running" for server in found) else NOT_RUNNING


def _show(found: list[servers.ServerStatus], stream: TextIO) -> None:
    """One line a server; never a password."""
    for server in found:
        process = f"process {server.pid}" if server.pid else ""
        print(f"{server.name:6} {server.state:14} {server.address:16} {process:14} {server.folder}", file=stream)
