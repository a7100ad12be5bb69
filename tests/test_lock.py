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
LOCKED = {
    canonicalize_name(name): Version(version) for name, version in re.findall(r"(?m)^([\w.-]+)==([^ ;\\]+)", LOCK)
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
    deployed = (ROOT / "deploy" / "requirements.lock").read_text()
    entries = re.findall(r"(?m)^([\w.-]+)==([^ ;\\]+)", deployed)
    assert {canonicalize_name(name) for name, _ in entries} >= {"scrapy", "redis", "pymongo", "scrapyd"}
    assert "pytest" not in dict(entries)
    for name, version in entries:
        assert LOCKED[canonicalize_name(name)] == Version(version), f"{name}: run `make lock`"
