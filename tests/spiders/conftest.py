"""The command as an operator types it, on servers of the tests' own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def crawl(redis_url: str, redis_client: Any, mongo_uri: str, mongo_database: Any) -> Callable[..., Any]:
    """``crawl("storefront", "-a", "url=…", SETTING="value")`` → the finished process."""

    def run(
        *arguments: str, environ: dict[str, str] | None = None, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        servers = {"REDIS_URL": redis_url, "MONGO_URI": mongo_uri, "MONGO_DATABASE": mongo_database.name}
        environment = os.environ | {"SCRAPY_SETTINGS_MODULE": "settings.test"} | servers | (environ or {})
        command = [sys.executable, "-m", "scrapy", "crawl", *arguments]
        for name, value in settings.items():
            command += ["-s", f"{name}={value}"]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=90)

    return run
