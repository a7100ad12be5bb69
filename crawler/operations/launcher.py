"""The part of scrapyd that runs crawls, so that they end with it. Named in ``deploy/scrapyd/scrapyd.conf``."""

from __future__ import annotations

from typing import Any

from scrapyd.launcher import Launcher as ScrapydLauncher
from twisted.internet import defer, error, reactor

from crawler.errors import ConfigurationError
from crawler.operations.own_packages import check_own_packages

GRACE_SECONDS = 60.0  # a crawl that is asked to end finishes the pages it is fetching; DOWNLOAD_TIMEOUT is 30
UNCHANGED_PASSWORD = "change-me"  # noqa: S105  (what deploy/scrapyd/scrapyd.conf ships)


class Launcher(ScrapydLauncher):  # type: ignore[misc]  # scrapyd has no type information
    """Starts nothing while scrapyd ends, asks the crawls to end, waits for them, and kills what is left.

    A killed crawl loses nothing: its leases run out, and its pages go to other workers. Raises ``ConfigurationError``
    at start when the password was not changed, or when our packages are hidden by others of the same names.

    A job's environment is scrapyd's own: REDIS_URL, MONGO_URI and TOUCHSTONE_CONTACT come from there, and never
    stand in arguments, which everybody on the machine can read.
    """

    def __init__(self, config: Any, app: Any) -> None:
        check_own_packages()
        if not config.get("username", "") or config.get("password", "") in ("", UNCHANGED_PASSWORD):
            raise ConfigurationError("set username and password in scrapyd.conf: whoever reaches scrapyd runs crawls")
        super().__init__(config, app)
        self.ending = False

    def _get_message(self, slot: int) -> None:
        if not self.ending:
            super()._get_message(slot)

    def stopService(self) -> Any:  # noqa: N802
        """Called by Twisted; the process ends when the returned Deferred fires."""
        self.ending = True
        crawls = list(self.processes.values())
        clock: Any = reactor  # installed at run time, so it has no type
        late = []
        for crawl in crawls:
            _signal(crawl, "TERM")
            late.append(clock.callLater(GRACE_SECONDS, _signal, crawl, "KILL"))
        return defer.DeferredList([crawl.deferred for crawl in crawls]).addBoth(_cancel, late)


def _cancel(_: Any, calls: list[Any]) -> None:
    for call in calls:
        if call.active():
            call.cancel()


def _signal(crawl: Any, name: str) -> None:
    try:
        crawl.transport.signalProcess(name)
    except error.ProcessExitedAlready:
        return
