"""The pieces of the demo: homes, processes, progress, the comparison with the truth."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lab.compare import compare
from lab.homes import empty, own_home
from lab.processes import DemoError, Processes, wait_for
from lab.progress import Progress

TRUTH = {
    "storefronts": [
        {"key": "bad.test", "kind": "shop", "label": "infringing", "style": "admitting", "hard": False},
        {"key": "worse.test", "kind": "shop", "label": "infringing", "style": "adapted", "hard": True},
        {"key": "good.test", "kind": "shop", "label": "honest", "style": "official", "hard": False},
        {"key": "m.test:eve", "kind": "marketplace_seller", "label": "infringing", "style": "mixed", "hard": True},
        {"key": "m.test", "kind": "platform", "label": "not_a_shop", "style": "platform", "hard": False},
    ]
}


def row(key, verdict="suspected"):
    return {"storefront": f"{key}#1", "key": key, "kind": "shop", "verdict": verdict, "score": 1, "reasons": []}


@pytest.mark.parametrize(
    ("rows", "precision", "recall"),
    [
        ([], 0, 0),
        ([row("bad.test")], 1, 1 / 3),
        ([row("bad.test"), row("bad.test")], 1, 1 / 3),
        ([row("bad.test"), row("worse.test"), row("m.test:eve")], 1, 1),
        ([row("bad.test"), row("good.test")], 1 / 2, 1 / 3),
        ([row("bad.test"), row("m.test")], 1 / 2, 1 / 3),
        ([row("bad.test"), row("nobody.test")], 1 / 2, 1 / 3),
        ([row("bad.test"), row("good.test", "watch"), row("worse.test", "abstain")], 1, 1 / 3),
        ([{"storefront": "bad.test#2", "verdict": "suspected"}], 1, 1 / 3),
    ],
)
def test_compare(rows, precision, recall):
    result = compare(TRUTH, rows)
    assert (result.precision, result.recall) == pytest.approx((precision, recall))


def test_compare_by_kind_counts_only_that_kind():
    rows = [row("bad.test"), row("m.test"), row("nobody.test")]
    shops = compare(TRUTH, rows, "shop")
    assert (shops.found, shops.missed, shops.wrong) == ({"bad.test"}, {"worse.test"}, set())


def test_homes_beside_each_other(tmp_path):
    with own_home(tmp_path) as first, own_home(tmp_path) as second, own_home(tmp_path) as third:
        assert [home.name for home in (first, second, third)] == ["demo", "demo-2", "demo-3"]
    with own_home(tmp_path) as again:
        assert again == first


def test_a_home_is_emptied_and_its_neighbours_are_not(tmp_path):
    for name in ("demo", "demo-2"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "old").write_text("x")
    empty(tmp_path / "demo")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["demo", "demo-2", "old"]


def test_progress_counts_whole_lines_once(tmp_path):
    log = tmp_path / "requests.jsonl"
    rows = [("a.test", "/", 200), ("a.test", "/robots.txt", 200), ("b.test", "/x", 500), ("b.test", "/y", 200)]
    lines = [json.dumps({"host": host, "path": path, "status": status}) + "\n" for host, path, status in rows]
    log.write_text("".join(lines[:3]) + lines[3][:10])
    progress = Progress(log)
    progress.look()
    assert (progress.requests, progress.pages, progress.errors) == (3, 1, 1)
    log.write_text("".join(lines))
    progress.look()
    assert (progress.requests, progress.pages, dict(progress.by_host)) == (4, 2, {"a.test": 1, "b.test": 1})


def test_a_failing_command_is_one_line(tmp_path):
    code = "import sys; print('first', file=sys.stderr); sys.exit('the last line')"
    with Processes(os.environ, tmp_path) as processes, pytest.raises(DemoError, match=r"\(1\): the last line$"):
        processes.run([sys.executable, "-c", code])


def test_a_command_that_hangs_is_ended(tmp_path):
    with pytest.raises(DemoError, match="did not end within"), Processes(os.environ, tmp_path) as processes:
        processes.run([sys.executable, "-c", "import time; time.sleep(60)"], 0.3)


def test_nothing_outlives_the_block(tmp_path):
    code = "import subprocess, sys, time; print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"
    with Processes(os.environ, tmp_path) as processes:
        parent = processes.start([sys.executable, "-c", code], "out.log")
        while not (child := (tmp_path / "out.log").read_text().strip()):
            time.sleep(0.02)
    assert parent.poll() is not None
    assert gone(int(child))


def gone(pid, seconds=3.0):
    """Whether a process is gone, or dead and waiting for a parent that never asks."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_waiting_for_a_lab_that_dies_tells_why(tmp_path):
    with Processes(os.environ, tmp_path) as processes:
        process = processes.start([sys.executable, "-c", "raise SystemExit('no room')"], "lab.log")
        with pytest.raises(DemoError, match="no room"):
            wait_for(tmp_path / "lab.log", "ready", process, 10)


def test_the_lab_ends_with_its_owner(tmp_path):
    owner = subprocess.Popen(["sleep", "60"])
    command = [sys.executable, "-m", "lab", "serve", "--dir", str(tmp_path), "--with", str(owner.pid)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as lab:
        assert lab.stdout.readline() == "ready\n"
        owner.send_signal(signal.SIGKILL)
        owner.wait()
        assert lab.wait(timeout=5) == 0
