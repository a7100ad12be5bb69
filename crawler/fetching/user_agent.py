"""Who we say we are: one honest User-Agent for every request."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.errors import ConfigurationError

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings


def user_agent(settings: BaseSettings) -> str:
    """Return ``touchstone/VERSION (+CONTACT)``.

    Raises ``ConfigurationError`` when ``REQUIRE_CONTACT`` is on and ``CONTACT`` is empty or cannot stand in a header.
    """
    contact = (settings.get("CONTACT") or "").strip()
    if not contact.isprintable() or not contact.isascii() or set(contact) & set("()\\"):
        raise ConfigurationError(f"CONTACT: {contact!a} cannot stand in a header; give a mail address or a URL")
    if not contact and settings.getbool("REQUIRE_CONTACT"):
        raise ConfigurationError(
            "CONTACT is empty: set TOUCHSTONE_CONTACT to a mail address or page where a shop owner reaches you"
        )
    return f"{settings['BOT_NAME']}/{_version()}" + (f" (+{contact})" if contact else "")


def _version() -> str:
    try:
        return version("touchstone")
    except PackageNotFoundError:  # run from a checkout that was never installed
        project = Path(__file__).parents[2] / "pyproject.toml"
        return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"]) if project.is_file() else "0"


class HonestUserAgentMiddleware:
    """Sets the header on every request, over whatever a spider set."""

    def __init__(self, agent: str) -> None:
        self._agent = agent

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> HonestUserAgentMiddleware:
        """Build the middleware. Raises ``ConfigurationError``."""
        return cls(user_agent(crawler.settings))

    def process_request(self, request: Request) -> None:
        """Set the header."""
        request.headers["User-Agent"] = self._agent
