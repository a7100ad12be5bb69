"""The main job from seeds to suspects, on the lab: ``make demo``, or ``python -m lab.demo``.

It only runs the project's own commands, as a person would, and ends everything that it started.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NoReturn

from rich.console import Console

from lab.compare import compare, errors, table
from lab.homes import empty, own_home
from lab.processes import DemoError, Processes, last_line, wait_for
from lab.progress import Progress

PROJECT = Path(__file__).resolve().parent.parent
ROOT = PROJECT / ".touchstone"
WORKERS = 2
HOST_DELAY = "0.05"  # seconds between two requests to one host: the lab takes it; a real shop gets the default
CRAWL_LIMIT = 300.0  # seconds after which a crawl that should take less than 60 has failed
LAB_SECONDS, SERVER_SECONDS = 30.0, 180.0
EVERY = 2.0  # seconds between two lines of progress
SCRAPY = str(Path(sys.executable).with_name("scrapy"))
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
INTERRUPTED = 130  # what a shell reports for a command that Ctrl-C ended

NARROWEST = 100  # columns where the output is no terminal: tables with reasons need more than rich's 80
console = Console(highlight=False, width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else NARROWEST)


def environment(home: Path) -> dict[str, str]:
    """The environment of every command: the embedded servers of this home, whatever the caller points to."""
    kept = {
        name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "MONGO_URI", "MONGO_DATABASE"}
    }
    lab = home / "lab"
    return kept | {
        "TOUCHSTONE_HOME": str(home),
        "TOUCHSTONE_HOSTS": str(lab / "hosts"),
        "TOUCHSTONE_RESOLVER_LOG": str(lab / "asked.log"),
        "PYTHONUNBUFFERED": "1",
        "COLUMNS": str(console.width),  # tables of commands are shown here as they come
    }


def demo(home: Path, seed: str) -> None:
    """Everything between a free home and a finished table. Raises ``DemoError``."""
    commands = environment(home)
    servers_down(commands, home)  # those that a killed demo may have left
    empty(home)
    lab = home / "lab"
    lab.mkdir()
    with ExitStack() as stack:
        stack.callback(servers_down, commands, home)  # last: after the workers that use them
        processes = stack.enter_context(Processes(commands, home))
        console.print(f"starting the embedded servers in {relative(home)}")
        processes.run([SCRAPY, "servers", "up", "--with", str(os.getpid())], SERVER_SECONDS)
        start_lab(processes, lab, seed)
        seconds = crawl(processes, lab)
        report(processes, lab, seconds)
    look_further(home)


def servers_down(commands: dict[str, str], home: Path) -> None:
    """Stop the home's servers; a problem with that must not hide why the demo ended."""
    with Processes(commands, home.parent) as processes:
        try:
            processes.run([SCRAPY, "servers", "down"], SERVER_SECONDS)
        except DemoError as error:
            console.print(f"demo: {error}", style="red", markup=False, soft_wrap=True)


def start_lab(processes: Processes, lab: Path, seed: str, world: str = "small") -> None:
    """Serve the world of the seed and put its home pages into the frontier."""
    command = [sys.executable, "-m", "lab", "serve", "--seed", seed, "--world", world, "--dir", str(lab)]
    command += ["--with", str(os.getpid())]
    process = processes.start(command, "lab.log")
    wait_for(processes.folder / "lab.log", "ready", process, LAB_SECONDS)
    sites = len((lab / "seeds.txt").read_text(encoding="utf-8").splitlines())
    queued = processes.run([SCRAPY, "seed", str(lab / "seeds.txt")]).strip()
    console.print(f"the lab of seed {seed} serves {sites} sites; {queued}")


def crawl(processes: Processes, lab: Path, limit: float = CRAWL_LIMIT) -> float:
    """Run the workers to their end, with a line of progress now and then; the seconds it took."""
    command = [SCRAPY, "crawl", "storefront", "-s", f"HOST_DELAY={HOST_DELAY}"]
    console.print(f"{WORKERS} workers: {' '.join(['scrapy', *command[1:]])}")
    start = time.monotonic()
    workers = [processes.start(command, f"worker-{number}.log") for number in range(1, WORKERS + 1)]
    progress = Progress(lab / "requests.jsonl")
    told, fetched = 0.0, -1
    while any(worker.poll() is None for worker in workers):
        time.sleep(0.1)
        seconds = time.monotonic() - start
        if seconds > limit:
            raise DemoError(f"the crawl did not end within {limit:.0f} s: see {processes.folder}/worker-1.log")
        if seconds - told >= EVERY:
            progress.look()
            quiet = progress.requests == fetched > 0
            console.print(progress.line(seconds) + ("  (the workers settle what they fetched)" if quiet else ""))
            told, fetched = seconds, progress.requests
    seconds = time.monotonic() - start
    progress.look()
    console.print(progress.line(seconds))
    for number, worker in enumerate(workers, 1):
        if worker.returncode:
            log = processes.folder / f"worker-{number}.log"
            raise DemoError(
                f"worker {number} failed ({worker.returncode}): {last_line(log.read_text(encoding='utf-8'))}; see {log}"
            )
    return seconds


def report(processes: Processes, lab: Path, seconds: float) -> None:
    """Judge, show who is suspected and why, and compare that with the truth."""
    processes.run([SCRAPY, "assess"])
    console.print()
    console.print(processes.run([SCRAPY, "suspects"]), markup=False)
    rows: list[dict[str, Any]] = json.loads(processes.run([SCRAPY, "suspects", "--json"]))
    truth = json.loads((lab / "truth.json").read_text(encoding="utf-8"))
    console.print(table(truth, rows))
    console.print(errors(truth, rows))
    result = compare(truth, rows)
    print(f"figure demo.precision {result.precision:.3f}")
    print(f"figure demo.recall {result.recall:.3f}")
    print(f"figure demo.recall_shops {compare(truth, rows, 'shop').recall:.3f}")
    print(f"figure demo.crawl_seconds {seconds:.1f}", flush=True)


def look_further(home: Path) -> None:
    """What to type next."""
    console.print(
        f"""
The data stay in {relative(home)} until the next demo. To look further:
  export TOUCHSTONE_HOME={relative(home)}
  eval "$(.venv/bin/scrapy servers up --env)"     # the same servers and data again; `servers down` ends them
  .venv/bin/scrapy suspects                       # with --json for scripts
  mongosh "$MONGO_URI"                            # or pymongo with the same; docs/store.md has queries
and {relative(home / "lab" / "truth.json")} says what is true; the crawler never saw it.""",
        markup=False,
        soft_wrap=True,
    )


def relative(path: Path) -> Path:
    """The path as seen from the working directory, when it is below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def interrupt(_number: int, _frame: object) -> NoReturn:
    """End, once: a second Ctrl-C must not cut short the stopping of what was started, which is bounded in time."""
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def main() -> int:
    """Run the demo; 1 with one line when it cannot."""
    parser = argparse.ArgumentParser("python -m lab.demo", description=__doc__)
    parser.add_argument("--seed", default="1", help="which world to crawl (default 1)")
    arguments = parser.parse_args()
    for number in ENDING:
        signal.signal(number, interrupt)
    os.chdir(PROJECT)
    try:
        if not Path(SCRAPY).exists():
            raise DemoError(f"there is no scrapy beside {sys.executable}: run `make setup` first")
        with own_home(ROOT) as home:
            demo(home, arguments.seed)
    except (DemoError, OSError) as error:
        console.print(f"demo: {error}", style="red", markup=False, soft_wrap=True)
        return 1
    except KeyboardInterrupt:
        console.print("demo: interrupted; everything it started has been stopped")
        return INTERRUPTED
    return 0


if __name__ == "__main__":
    sys.exit(main())
