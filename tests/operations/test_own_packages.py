import subprocess
import sys

import pytest

from crawler.operations.own_packages import PACKAGES, check_own_packages


def test_ours_are_found_beside_crawler():
    check_own_packages()


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_of_the_same_name_found_first_is_named(tmp_path, name):
    """In a process of its own: the packages of this one are loaded already."""
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").touch()
    script = (
        "import sys, crawler; from crawler.operations.own_packages import check_own_packages; "
        f"sys.path.insert(0, {str(tmp_path)!r}); check_own_packages()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"the package {name} is found in {tmp_path}" in done.stderr
