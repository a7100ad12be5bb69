"""What a site is: a pure answer to a request, for a server, a test or a judge that needs no server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import parse_qsl

from lab.storefront import Storefront

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """A request as a site sees it."""

    target: str
    """Path and query."""
    headers: dict[str, str] = field(default_factory=dict)
    """Lower-case names."""
    method: str = "GET"

    @property
    def path(self) -> str:
        """The path alone."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> dict[str, str]:
        """The parameters; of a repeated one the last counts."""
        return dict(parse_qsl(self.target.partition("?")[2], keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Page:
    """An answer."""

    body: bytes = b""
    status: int = 200
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0
    """Seconds before the answer starts."""


class Site(Protocol):
    """One host."""

    front: Storefront

    def answer(self, request: Request) -> Page:
        """The page for a request; never raises."""
        ...


def html(text: str, status: int = 200) -> Page:
    """An HTML page."""
    return Page(text.encode(), status)


def redirect(target: str, status: int = 302) -> Page:
    """A redirect to a path or URL."""
    return Page(b"", status, headers=(("Location", target),))
