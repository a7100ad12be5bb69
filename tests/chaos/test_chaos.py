"""A short run of ``make chaos``: real workers, Redis and mongod are killed, and nothing may be lost."""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from chaos.audit import audit
from chaos.causes import STARVED, Fault, cause, starved, unexplained
from chaos.site import address

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_nothing_is_lost_when_everything_is_killed() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "chaos", "--short"], cwd=ROOT, capture_output=True, text=True, timeout=200, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    figures = dict(line.split()[1:] for line in run.stdout.splitlines() if line.startswith("figure "))
    assert figures["chaos.lost"] == figures["chaos.stored_twice"] == figures["chaos.gap_violations"] == "0", run.stdout
    assert float(figures["chaos.repeats_per_kill"]) <= 8
    assert int(figures["chaos.faults"]) >= 5


@pytest.mark.slow
def test_a_run_that_is_killed_leaves_nobody_behind() -> None:
    command = [sys.executable, "-m", "chaos", "--short"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True) as run:
        until = time.monotonic() + 60
        while len(in_session(run.pid)) < 8 and time.monotonic() < until:  # site, two servers, parent, three workers
            time.sleep(0.1)
        started = in_session(run.pid)
        run.kill()
        run.wait()
        while in_session(run.pid) and time.monotonic() < until:
            time.sleep(0.1)
    assert len(started) >= 8
    assert not in_session(run.pid)


def in_session(session: int) -> list[int]:
    """The processes of a session, without those that are dead and only not waited for."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, _, _, own = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
            if int(own) == session and state != "Z":
                found.append(int(entry.name))
    return found


@pytest.mark.parametrize("module", ["__main__", "audit", "causes", "services", "site"])
def test_the_witness_imports_nothing_of_what_it_watches(module: str) -> None:
    tree = ast.parse((ROOT / "chaos" / f"{module}.py").read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not {name.split(".")[0] for name in names} & {"crawler", "spiders", "pipelines", "settings", "scrapy"}
    assert "chaos.worker" not in names


@pytest.mark.parametrize(
    ("lines", "stored", "expected"),
    [
        ([(0, 0.0, 0.1, "/p0"), (0, 0.2, 0.3, "/p1")], {"/p0": 0.15, "/p1": 0.35}, (0, 0, 0)),
        ([(0, 0.0, 0.1, "/p0"), (0, 0.14, 0.3, "/p1")], {"/p0": 0.12}, (1, 0, 1)),  # lost, and too soon
        ([(0, 0.0, 0.1, "/p0"), (0, 0.5, 0.6, "/p0"), (0, 0.7, 0.8, "/p1")], {"/p0": 0.2, "/p1": 0.9}, (0, 1, 0)),
        (
            [(0, 0.0, 0.1, "/p0"), (0, 0.5, 0.6, "/p0"), (0, 0.7, 0.8, "/p0"), (0, 0.9, 1, "/p1")],
            {"/p0": 0.2, "/p1": 1},
            (0, 1, 0),
        ),
        ([(0, 0.0, 9.0, "/p0"), (0, 1.0, 1.1, "/p1"), (0, 2.0, 2.1, "/p1")], {"/p0": 9.0, "/p1": 9.0}, (0, 0, 2)),
    ],
)
def test_the_audit_sees_what_is_wrong(
    tmp_path: Path, lines: list[tuple[int, float, float, str]], stored: dict[str, float], expected: tuple[int, ...]
) -> None:
    log = tmp_path / "log"
    log.write_text("".join(f"{address(h)} {began} {ended} 1 {path}\n" for h, began, ended, path in lines))
    documents = [
        {"url": f"http://{address(0)}:80{path}", "stored": {"x": [first, 7]}} for path, first in stored.items()
    ]
    result = audit(log, documents, hosts=1, pages=2, port=80, delay=0.05)
    assert (result.lost, len(result.repeats), len(result.too_soon)) == expected


@pytest.mark.parametrize(
    ("stored", "worker", "kind"),
    [(9.8, 1, "kill"), (9.8, 2, "redis"), (19.9, 2, "redis"), (23.5, 2, "redis"), (24.5, 3, "stop"), (33.0, 3, "stop"),
     (60.0, 2, None)],
)  # fmt: skip
def test_a_repeat_is_put_down_to_the_fault_that_kept_its_ack(stored: float, worker: int, kind: str | None) -> None:
    faults = [Fault("kill", 10.0, 10.0, 1), Fault("redis", 20.0, 23.0), Fault("stop", 30.0, 34.5, 3)]
    found = cause(stored, worker, faults)
    assert (found.kind if found else None) == kind


def test_a_request_too_soon_is_explained_by_one_worker_that_was_halted_before_it() -> None:
    away = [Fault(STARVED, 10.015, 10.015, 7), Fault(STARVED, 30.0, 30.0, 8)]
    assert unexplained([10.0], away) == []
    assert unexplained([10.0, 10.1, 20.0, 30.3], away) == [10.1, 20.0, 30.3]


def test_a_worker_that_the_machine_halted_is_known_by_its_log(tmp_path: Path) -> None:
    log = tmp_path / "workers.log"
    log.write_text("1000.25 7 [x] WARNING: this worker was away longer than its lease; …\n1001.0 8 [x] WARNING: else\n")
    (fault,) = starved(log, clock=-900.0)
    assert (fault.kind, fault.began, fault.ended, fault.pid) == (STARVED, 100.25, 100.25, 7)
    stopped = Fault("stop worker past its lease", 95.0, 99.5, 7)
    assert cause(99.9, 7, [fault, stopped]) is stopped
    assert cause(100.9, 7, [fault, stopped]) is fault
    assert cause(100.9, 8, [fault, stopped]) is None
