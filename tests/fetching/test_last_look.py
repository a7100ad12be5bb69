"""The last look before a request's bytes leave: a refused request sends nothing, and its connection is kept."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.fetching.servers import Server, page

ROOT = Path(__file__).parents[2]
SCRIPT = """
import json, sys
from scrapy.utils.reactor import install_reactor
install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
from twisted.internet import reactor
from scrapy.utils.defer import deferred_from_coro, maybe_deferred_to_future
from twisted.web.client import BrowserLikePolicyForHTTPS
from crawler.fetching.connecting import Gate, GuardedAgent, Pool
from crawler.fetching.guard import Guard
from crawler.fetching.resolver import Resolver

class Halted(Exception): pass

async def ask(url, looks):
    def look():
        looks.append(url)
        if url.endswith("/late"): raise Halted
    agent = GuardedAgent(reactor, gate, BrowserLikePolicyForHTTPS(), None, pool, look)
    try:
        return (await maybe_deferred_to_future(agent.request(b"GET", url.encode()))).code
    except Halted:
        return "halted"

async def main():
    looks = []
    said = [await ask(url, looks) for url in sys.argv[2:]]
    print(json.dumps({"said": said, "looks": looks}))

gate, pool = Gate(Resolver(sys.argv[1]), Guard(["127.0.0.0/8"])), Pool(reactor, 2)
deferred_from_coro(main()).addErrback(lambda failure: failure.printTraceback()).addBoth(lambda _: reactor.stop())
reactor.run()
"""


def test_what_is_refused_at_the_last_moment_sends_nothing(tmp_path: Path) -> None:
    hosts = tmp_path / "hosts"
    hosts.write_text("")
    with Server(default=page(b"fine")) as server:
        urls = [server.url("/late"), server.url("/next")]
        command = [sys.executable, "-c", SCRIPT, str(hosts), *urls]
        run = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=ROOT, check=False)
        assert run.stdout, run.stderr
        found = json.loads(run.stdout.splitlines()[-1])
    assert found == {"said": ["halted", 200], "looks": urls}
    assert server.requests == ["/next"]
    assert server.connections == 1, "the connection that stood is used by the next request"
