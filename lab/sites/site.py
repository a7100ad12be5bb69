"""What a site is: a pure answer to a request, for a server, a test or a judge that needs no server."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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
    charset: str = "utf-8"

    @property
    def text(self) -> str:
        """The body as a reader sees it."""
        return self.body.decode(self.charset, "replace")

    def with_text(self, text: str) -> Page:
        """The same page with another text; letters that its encoding lacks become character references."""
        return replace(self, body=text.encode(self.charset, "xmlcharrefreplace"))


class Site(Protocol):
    """One host."""

    front: Storefront

    def answer(self, request: Request) -> Page:
        """The page for a request; never raises."""
        ...


def html(text: str, status: int = 200, charset: str = "utf-8") -> Page:
    """An HTML page. Only UTF-8 is told in the header: a page of another encoding tells it itself, as old ones do."""
    kind = HTML if charset == "utf-8" else "text/html"
    return Page(b"", status, kind, charset=charset).with_text(text)


def redirect(target: str, status: int = 302) -> Page:
    """A redirect to a path or URL."""
    return Page(b"", status, headers=(("Location", target),))
