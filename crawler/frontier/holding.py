"""The hosts that a worker holds and what became of their pages: what an exchange says of them, and takes in.

Pure book-keeping without Redis: ``worker`` carries it there and back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crawler.frontier.lines import Line, Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from crawler.frontier.options import Options

KEEP, GIVE_UP, UNLESS_MORE = 0, 1, 2
"""What an exchange does with a host: keep it, give it up with all that is left, or give it up if it gets no more."""
SOON = 2.0  # seconds; a host that may not be asked for longer than this is better given up


@dataclass(slots=True)
class Settled:
    """What became of a host's leased pages since the last exchange."""

    acked: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    dead: list[Any] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.acked) + len(self.failed) + len(self.dead) // 2


@dataclass(slots=True)
class Report:
    """What is said of the hosts of one shard in an exchange."""

    notes: list[Any] = field(default_factory=list)
    """As ``exchange.lua`` reads them: host, acked, failed, dead, release, wait, delay, failures, blocked."""
    pages: int = 0

    def given_up(self) -> list[str]:
        """The hosts that may be gone with the answer."""
        return [note[0] for note in self.notes if note[4] != KEEP]


class Holding:
    """Leases of one process, of all shards."""

    def __init__(self, options: Options, now: Callable[[], float]) -> None:
        self.options, self.now = options, now
        self.lines = Lines()
        self.settled: dict[str, Settled] = {}
        self.on_stale: Callable[[str], None] = lambda _host: None

    def line(self, host: str) -> Line:
        """The line of a host; one that this worker does not hold is asked for with the next exchange."""
        line = self.lines.get(host) or self._new_line(host)
        line.taking = not line.held
        return line

    def _new_line(self, host: str) -> Line:
        line = Line(host, delay=self.options.delay, concurrency=self.options.concurrency)
        self.lines.by_host[host] = line
        return line

    def settle(self, host: str, number: int, reason: str | None, *, failed: bool) -> bool:
        """Note what became of a page; False if it is no longer ours."""
        line = self.lines.get(host)
        if line is None or number not in line.open:
            return False
        line.open.discard(number)
        note = self.settled.setdefault(host, Settled())
        if failed:
            note.failed.append(number)
        elif reason:
            note.dead += [number, reason]
        else:
            note.acked.append(number)
        return True

    def give_back(self, host: str, number: int) -> bool:
        """A page was let go of without a fetch: it goes back to its place with its host."""
        line = self.lines.get(host)
        if line is None or number not in line.open:
            return False
        line.open.discard(number)
        line.give_up()
        return True

    def share(self, hosts: list[Line], most: int) -> None:
        """Others have no hosts: give up all but ``most`` of these, first those where nothing is under way."""
        kept = [line for line in hosts if line.held and not line.resting]
        excess = len(kept) - most
        for line in sorted(kept, key=Line.under_way)[: max(0, excess)]:
            line.give_up()

    # --- saying --------------------------------------------------------------------------------------------------
    def more(self, hosts: Iterable[Line]) -> list[Any]:
        """Hosts whose entries run out, with how many they could take; nothing for one that rests or waits long."""
        per_host, soon = self.options.per_host, self.now() + SOON
        wanting: list[Any] = []
        for line in hosts:
            if len(wanting) >= 2 * self.options.hosts_per_call:
                break
            small = len(line.entries) <= max(per_host // 4, line.concurrency // 2)
            if line.held and line.top and small and not line.resting and not line.blocked and line.ready_at < soon:
                wanting += [line.host, max(per_host, line.concurrency) - len(line.entries)]
        return wanting

    def report(self, hosts: Iterable[Line], *, draining: bool) -> Report:
        """What became of these hosts' pages, and which hosts are given up."""
        report, now, given_up = Report(), self.now(), 0
        for line in hosts:
            settled = self.settled.pop(line.host, None)
            report.pages += len(settled or ())
            if not line.held:
                continue
            release = self._release(line, draining=draining) if given_up < self.options.hosts_per_call else KEEP
            given_up += release != KEEP
            if not (settled or release):
                continue
            line.held = release == KEEP  # while the answer is under way nothing may begin at a host that is given up
            settled = settled or Settled()
            wait = max(0, int((line.ready_at - now) * 1000) + 1)
            report.notes.append([
                line.host, settled.acked, settled.failed, settled.dead, release, wait, int(line.crawl_delay * 1000),
                line.failures, (release and line.blocked) or False,
            ])  # fmt: skip
        return report

    @staticmethod
    def _release(line: Line, *, draining: bool) -> int:
        if (line.resting or line.blocked or draining) and not line.under_way():
            line.entries.clear()
            return GIVE_UP
        if line.idle():
            return UNLESS_MORE if line.top and not line.resting else GIVE_UP
        return KEEP

    # --- taking in -----------------------------------------------------------------------------------------------
    def apply(self, reply: dict[bytes, Any], report: Report, take: list[str]) -> None:
        """What Redis answered to a report, and to the wish to ``take`` hosts without a page."""
        gained = {lease[0].decode() for lease in reply[b"leases"]}
        for note in report.notes:  # before the leases: a host that was given up may be among them again
            line = self.lines.get(note[0])
            if line and (note[4] == GIVE_UP or (note[4] == UNLESS_MORE and note[0] not in gained)):
                self._let_go(line)
        for host, delay, wait, failures, fields, entries in reply[b"leases"]:
            self._add(host.decode(), delay / 1000, wait / 1000, failures, zip(fields, entries, strict=True))
        for host, wait in zip(take, reply[b"taken"], strict=False):
            line = self.lines.get(host)
            if line and wait == 0:
                line.held, line.taking = True, False
                line.wake()
                self.lines.queue(line)
        for host in reply[b"lost"]:
            self.forget(host.decode())

    def _let_go(self, line: Line) -> None:
        if line.wanting:
            line.held, line.taking = False, True
        else:
            self.lines.drop(line)

    def _add(self, host: str, delay: float, wait: float, failures: int, leased: Iterable[tuple[int, bytes]]) -> None:
        line = self.lines.get(host)
        if line is None:
            line = self._new_line(host)
            line.crawl_delay = delay
            line.failures = failures  # after its rest a host gets one try before it is rested again, for longer
            line.ready_at = self.now() + wait
        line.held, line.taking = True, False
        for number, entry in leased:
            if number > line.top:
                line.entries.append((number, entry))
                line.top = number
        self.lines.queue(line)

    def forget(self, host: str) -> None:
        """A host that is no longer ours: what was not begun is dropped, others have it."""
        line = self.lines.get(host)
        if line is None:
            return
        line.entries.clear()
        self.settled.pop(host, None)
        self.on_stale(host)
        self.lines.drop(line)
