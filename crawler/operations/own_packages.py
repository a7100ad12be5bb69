"""A check that our top-level packages, whose names are generic, are really ours."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import crawler
from crawler.errors import ConfigurationError

PACKAGES = ("spiders", "pipelines", "settings")


def check_own_packages() -> None:
    """Raise ``ConfigurationError`` when a package beside ``crawler`` is found somewhere else.

    Scrapy appends the project to ``sys.path``: a ``settings`` folder in the working directory, or in site-packages,
    silently wins over ours.
    """
    ours = Path(str(crawler.__file__)).resolve().parents[1]
    for name in PACKAGES:
        spec = importlib.util.find_spec(name)
        found = Path(spec.origin).resolve().parents[1] if spec and spec.origin else None
        if found != ours:
            raise ConfigurationError(
                f"the package {name} is found in {found}, not beside crawler in {ours}: "
                "set PYTHONSAFEPATH=1 and start in a folder without one"
            )
