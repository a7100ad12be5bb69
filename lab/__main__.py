"""The lab's command: ``python -m lab --help`` teaches it."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path

from lab.addresses import addresses, claim, first_address
from lab.server import Server, write_hosts
from lab.world import World
from lab.worlds import WORLDS, Served, plain

OWNER_SECONDS = 1.0  # between two looks whether the owner still lives
HELP = """\
A small internet on loopback with known truth: shops, a marketplace, a social site and a blog, honest and not.

    python -m lab serve --seed 7 --dir /tmp/lab7

serves it until Ctrl-C or SIGTERM and says "ready" when every site is up. In the folder stand then:
    hosts           one line "name address:port" per site, for a crawler's resolver (TOUCHSTONE_HOSTS=/tmp/lab7/hosts)
    seeds.txt       the home page of every site, one a line
    truth.json      who is infringing, honest or no shop at all, and every offer: nothing that is served tells it
    requests.jsonl  one line per request: start and end time, host, path, status, user agent, bytes

The same seed gives the same bytes; another seed gives other words, prices, addresses and page styles.
Several labs may run side by side. `curl --connect-to ::ADDRESS:PORT http://NAME/` shows a page.
"""


async def serve(world: World | Served, folder: Path, log: Path, first: str | None, owner: int | None) -> None:
    """Serve a world until a signal ends it; of one alone the home pages are the seeds."""
    served = world if isinstance(world, Served) else plain(world)
    stop = asyncio.Event()
    watch = asyncio.create_task(end_with(owner, stop))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with claim() as holder, log.open("w", encoding="utf-8") as file:
        server = Server(served.world.sites, file)
        await server.start(addresses(first or first_address(holder.getsockname()[1])))
        write_files(served, server, folder)
        print("ready", flush=True)
        await stop.wait()
        watch.cancel()
        await server.stop()


async def end_with(owner: int | None, stop: asyncio.Event) -> None:
    """Set ``stop`` when the process ``owner`` is gone."""
    while owner and Path(f"/proc/{owner}").exists():
        await asyncio.sleep(OWNER_SECONDS)
    if owner:
        stop.set()


def write_files(served: Served, server: Server, folder: Path) -> None:
    """The hosts, seeds and truth beside the log."""
    write_hosts(server.places, folder / "hosts")
    (folder / "seeds.txt").write_text("".join(f"{url}\n" for url in served.seeds), encoding="utf-8")
    (folder / "truth.json").write_text(json.dumps(served.truth, ensure_ascii=False, indent=1), encoding="utf-8")


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(
        "python -m lab", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    command = top.add_subparsers(dest="command", required=True).add_parser("serve", help="serve the world of a seed")
    command.add_argument("--seed", default="1", help="which world (any text; default 1)")
    command.add_argument("--world", choices=sorted(WORLDS), default="small", help="which kind (default: the demo's)")
    command.add_argument("--dir", required=True, type=Path, help="folder for hosts, seeds, truth and log")
    command.add_argument("--first-address", help="first loopback address; default: a block no other lab has")
    command.add_argument("--with", dest="owner", type=int, metavar="PID", help="end when process PID is gone")
    command.add_argument("--log", type=Path, help="the request log (default: DIR/requests.jsonl)")
    return top


def main() -> int:
    """Run the command; 1 with one line when it cannot."""
    arguments = parser().parse_args()
    try:
        arguments.dir.mkdir(parents=True, exist_ok=True)
        log = arguments.log or arguments.dir / "requests.jsonl"
        served = WORLDS[arguments.world](arguments.seed)
        asyncio.run(serve(served, arguments.dir, log, arguments.first_address, arguments.owner))
    except (OSError, ValueError) as error:
        print(f"lab: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
