"""bin/setup on trees of its own: one set-up at a time, the second returns at once, what is missing is named."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def tree(tmp_path):
    """A fresh clone whose lock asks for nothing, so that no package index is needed."""
    shutil.copytree(ROOT / "bin", tmp_path / "a clone" / "bin", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "a clone" / "requirements.lock").write_text("# nothing\n")
    return tmp_path / "a clone"


@pytest.fixture
def bootstrap(tree):
    """bin/bootstrap.py as a module that works on ``tree``."""
    spec = importlib.util.spec_from_file_location("bootstrap", tree / "bin" / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def start(tree, **environment):
    return subprocess.Popen(
        ["bin/setup"],
        cwd=tree,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "MONGO_URI": "not asked for here", **environment},
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_two_at_once_make_one_environment_and_a_third_does_nothing(tree, python):
    runs = [start(tree, PYTHON=python), start(tree, PYTHON=python)]
    said = sorted((run.communicate(timeout=100)[1] for run in runs), key=len)
    assert [run.returncode for run in runs] == [0, 0]
    assert said[0].splitlines() == ["setup: another set-up of this folder is running, waiting for it"]
    assert "is ready" in said[1]
    environment = tree / ".venv" / "bin" / "python"
    shown = subprocess.run(
        [environment, "-c", "import sys; print(sys.path)"], capture_output=True, text=True, check=True
    )
    assert str(tree) in shown.stdout
    started = time.monotonic()
    again = start(tree, PYTHON=python)
    assert again.communicate(timeout=30)[1] == ""
    assert time.monotonic() - started < 5


@pytest.fixture
def python():
    """A Python that is no virtual environment's."""
    found = subprocess.run(
        ["python3", "-c", "import sys; print(sys._base_executable)"], capture_output=True, text=True, check=True
    )
    return found.stdout.strip()


def test_no_python_is_one_line(tree):
    run = start(tree, PYTHON="/nowhere/python3.11")
    assert "no Python 3.11 or newer at PYTHON=/nowhere/python3.11: apt-get install python3" in run.communicate()[1]
    assert run.returncode == 1


@pytest.mark.parametrize(
    ("absent", "package"), [({"ensurepip", "pip"}, "python3-venv python3-pip"), ({"venv"}, "python3-venv")]
)
def test_a_missing_debian_package_is_named(bootstrap, absent, package, monkeypatch, capsys):
    really = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in absent else really(name))
    with pytest.raises(SystemExit):
        bootstrap.create()
    assert f"apt-get install {package}" in capsys.readouterr().err


def test_another_lock_is_another_set_up(bootstrap):
    before = bootstrap.fingerprint()
    bootstrap.LOCK.write_text("# something else\n")
    assert bootstrap.fingerprint() != before
    assert not bootstrap.is_done(bootstrap.fingerprint())
