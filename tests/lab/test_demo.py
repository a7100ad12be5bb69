"""The demo as a person runs it."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.services, pytest.mark.slow]
PROJECT = Path(__file__).parents[2]


def start(*arguments):
    command = [sys.executable, "-m", "lab.demo", *arguments]
    environment = os.environ | {"COLUMNS": "120", "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def left_over(home):
    """Command lines that still name the home."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if f"{home}/" in line:
            found.append(line)
    return found


def home_of(printed):
    return PROJECT / re.search(r"embedded servers in (\S+)", printed)[1]


@pytest.mark.timeout(600)
def test_the_demo_ends_with_suspects_and_figures():
    with start() as demo:
        printed, _ = demo.communicate(timeout=500)
    assert demo.returncode == 0, printed[-3000:]
    figures = dict(re.findall(r"^figure (\S+) ([\d.]+)$", printed, re.MULTILINE))
    assert set(figures) == {"demo.precision", "demo.recall", "demo.recall_shops", "demo.crawl_seconds"}
    assert float(figures["demo.precision"]) >= 0.8
    assert float(figures["demo.recall"]) > 0.4
    assert "luxe-mirror.test" in printed
    assert "servers up" in printed.partition("The data stay in")[2]
    home = home_of(printed)
    assert (home / "mongo").is_dir()
    assert left_over(home) == []


@pytest.mark.timeout(200)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_demo_leaves_nothing_running(number):
    with start("--seed", "5") as demo:
        printed = ""
        while "workers:" not in printed:
            line = demo.stdout.readline()
            assert line, printed
            printed += line
        demo.send_signal(number)
        rest, _ = demo.communicate(timeout=100)
    assert demo.returncode == 130, rest
    assert "Traceback" not in rest
    assert left_over(home_of(printed)) == []
