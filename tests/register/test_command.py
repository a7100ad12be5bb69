"""``scrapy register`` as a rights holder's helper types it."""

from pathlib import Path

import pytest

from tests.command import command

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "crawler" / "data" / "register"


def register(*args):
    return command("register", *map(str, args))


def test_a_mistake_is_reported_and_fails(tmp_path):
    file = tmp_path / "bad.yaml"
    file.write_text("rights_holder: A\nsecter: luxury\nbrands: [{name: B}]\n", "utf-8")
    done = register("check", file)
    assert done.returncode == 1
    assert f"{file}:2: secter: unknown field; did you mean `sector`?" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_good_file_passes_and_is_shown():
    assert register("check", SAMPLE / "velmora.yaml").returncode == 0
    shown = register("show", SAMPLE)
    assert shown.returncode == 0
    assert "VM-AUR" in shown.stdout


@pytest.mark.parametrize("args", [(), ("check",), ("chek", "x"), ("check", "a", "b"), ("check", "no-such-file.yaml")])
def test_a_wrong_call_is_no_traceback(args):
    done = register(*args)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_several_files_are_a_folder() -> None:
    """``check *.yaml`` was answered with the syntax alone, which does not say what is wrong."""
    done = register("check", SAMPLE / "velmora.yaml", SAMPLE / "nuvix.yaml")
    assert done.returncode == 2
    assert "the folder of all" in done.stdout + done.stderr
