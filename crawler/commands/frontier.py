"""``scrapy frontier``: look into the queue of a crawl that runs, and lend it a hand."""

from __future__ import annotations

import argparse
import sys
import time

from scrapy.exceptions import UsageError

from crawler import servers
from crawler.frontier.control import BANDS, Control
from crawler.frontier.status import Status
from crawler.operations.cli import ProjectCommand
from crawler.operations.control import open_control, spider_names

ACTIONS = {
    "status": "what is queued, leased, delayed and dead, per host and band",
    "pause": "HOST:PORT, no request to it until resumed",
    "resume": "HOST:PORT, let it go on",
    "dead": "list the pages that failed for good, with the reason",
    "retry": "[HOST:PORT], queue dead letters again",
    "forbid": "NAME, put a host name and all below it on the do-not-crawl list",
    "allow": "NAME, take it off the list",
    "purge": "forget everything that is queued and seen",
}


class Command(ProjectCommand):
    def syntax(self) -> str:
        return "[options] " + "|".join(ACTIONS)

    def short_desc(self) -> str:
        return "Look into the frontier: status, pause, resume, dead letters, do-not-crawl list"

    def long_desc(self) -> str:
        return "; ".join(f"{name}: {meaning}" for name, meaning in ACTIONS.items()) + "."

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--spider", default="storefront", help="whose frontier (default: storefront)")
        parser.add_argument("--hosts", type=int, default=20, help="how many hosts status shows (default: 20)")
        parser.add_argument("--watch", type=float, metavar="SECONDS", help="status: again every SECONDS, with rates")
        parser.add_argument("--yes", action="store_true", help="purge: do not ask")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        if not args or args[0] not in ACTIONS:
            raise UsageError(f"say one of {', '.join(ACTIONS)}; scrapy frontier --help", print_help=False)
        action, rest = args[0], args[1:]
        if action in ("pause", "resume", "forbid", "allow") and len(rest) != 1:
            raise UsageError(f"{action} {ACTIONS[action].split(',')[0]}", print_help=False)
        assert self.settings is not None
        redis_url = servers.redis_url(self.setting("REDIS_URL"))
        with open_control(self.settings, redis_url, opts.spider, spider_names(self)) as control:
            return int(getattr(self, f"_{action}")(control, rest, opts) or 0)

    def _status(self, control: Control, _: list[str], opts: argparse.Namespace) -> None:
        before: tuple[float, int] | None = None
        while True:
            status = control.status(opts.hosts)
            acked, at = status.totals.get("acked", 0), time.monotonic()
            rate = (acked - before[1]) / (at - before[0]) if before else None
            _show(status, rate)
            if not opts.watch:
                return
            before = (at, acked)
            time.sleep(opts.watch)

    def _pause(self, control: Control, args: list[str], _: argparse.Namespace) -> None:
        control.pause(args[0])
        print(f"{args[0]} is paused")

    def _resume(self, control: Control, args: list[str], _: argparse.Namespace) -> None:
        control.unpause(args[0])
        print(f"{args[0]} goes on")

    def _forbid(self, control: Control, args: list[str], _: argparse.Namespace) -> None:
        control.forbid(args[0])
        print(f"{args[0]} and all names below it are not crawled; what is queued there is dropped when its turn comes")

    def _allow(self, control: Control, args: list[str], _: argparse.Namespace) -> None:
        control.allow(args[0])
        print(f"{args[0]} may be crawled")

    def _dead(self, control: Control, _: list[str], opts: argparse.Namespace) -> None:
        for letter in control.dead_letters(max(opts.hosts, 1)):
            moment = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(letter["at"]))
            print(f"{moment}  {letter['url']}  {ascii(letter['reason'])[1:-1]}")

    def _retry(self, control: Control, args: list[str], _: argparse.Namespace) -> None:
        print(f"{control.retry_dead(args[0] if args else '')} pages are queued again")

    def _purge(self, control: Control, _: list[str], opts: argparse.Namespace) -> int:
        status = control.status(0)
        queued = status.totals.get("queued", 0) + status.totals.get("leased", 0)
        if not opts.yes:
            question = (
                f"Forget {queued} pages, {status.dead} dead letters and all that was seen by {opts.spider}? [y/N] "
            )
            if not sys.stdin.isatty() or input(question).strip().lower() not in ("y", "yes"):
                print("nothing was removed (say --yes where nobody can answer)")
                return 1
        print(f"{control.purge()} keys removed")
        return 0


def _show(status: Status, rate: float | None) -> None:
    totals = status.totals
    if status.stop:
        print(f"STOPPED: {status.stop} (scrapy resume lets workers start again)")
    numbers = {name: totals.get(name, 0) for name in ("queued", "leased", "acked", "duplicate", "reclaimed", "stale")}
    print("  ".join(f"{name} {value}" for name, value in numbers.items()), f" dead {status.dead}", end="")
    print("" if rate is None else f"  {rate:.1f} pages/s")
    print(
        f"hosts: {status.ready} ready  {status.leased_hosts} leased  {status.delayed} delayed  {status.paused} paused"
    )
    print(f"workers: {len(status.workers)}  oldest lease {status.oldest_lease:.1f} s  parked {status.parked}", end="")
    print(f"  poisoned {status.poisoned + totals.get('foreign', 0)}")
    for title, names in (("stopped cases", status.stopped_cases), ("do not crawl", status.do_not_crawl)):
        if names:
            print(f"{title}: {', '.join(names)}")
    for name, why in status.blocked.items():
        print(f"blocked for this run: {name} ({why})")
    if status.hosts:
        print(f"{'host':40} {'state':8} {'/'.join(BANDS):>16} {'leased':>6} {'in s':>7} {'age s':>6} {'delay':>6}")
    for host in status.hosts:
        queued = "/".join(map(str, host.queued))
        print(f"{host.host[:40]:40} {host.state:8} {queued:>16} {host.leased:>6} {host.ready_in:>7.1f} "
              f"{host.lease_age:>6.1f} {host.delay:>6.2f}")  # fmt: skip
    if status.hosts_in_all > len(status.hosts):
        print(f"… and {status.hosts_in_all - len(status.hosts)} hosts more")
