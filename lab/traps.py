"""What makes crawling hard: each trap wraps a site and answers some requests itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape

from lab.sites.common import framed
from lab.sites.site import Page, Request, Site, html, redirect
from lab.storefront import Storefront
from lab.templates import parts
from lab.urls import with_parameter

Answer = Callable[[Request], Page]
Trap = Callable[[Storefront, Answer], Answer]
SLOW = 0.7  # seconds: long beside a page of milliseconds, short enough for a demo
LOCAL_LINK = re.compile(r'href="(/[^"]*)"')


def _add_link(page: Page, href: str, text: str) -> Page:
    """The HTML page with one more link in its footer."""
    if not page.content_type.startswith("text/html") or page.status != 200:
        return page
    link = f'<p><a href="{escape(href)}">{escape(text)}</a></p></footer>'
    return page.with_text(page.text.replace("</footer>", link, 1))


def slow(front: Storefront, inner: Answer) -> Answer:
    """Every fourth page or so takes its time."""

    def answer(request: Request) -> Page:
        page = inner(request)
        lazy = front.rng(f"slow/{request.path}").random() < 0.25
        return replace(page, delay=SLOW) if lazy and page.content_type.startswith("text/html") else page

    return answer


def server_errors(front: Storefront, inner: Answer) -> Answer:
    """A linked page that always breaks, and product pages that break at the first visit only."""
    products = {front.urls.product(item) for item in front.items}
    broken = {path for path in products if front.rng(f"500/{path}").random() < 0.3}
    seen: set[str] = set()

    def answer(request: Request) -> Page:
        if request.path == "/gift-cards":
            return html("<h1>Internal Server Error</h1>", 500)
        if request.target in broken - seen:
            seen.add(request.target)
            return html("<h1>Service Unavailable</h1>", 503)
        return _add_link(inner(request), "/gift-cards", "Gift cards")

    return answer


def redirect_loop(_front: Storefront, inner: Answer) -> Answer:
    """Two pages that send the visitor to each other."""
    loop = {"/club": "/club/welcome", "/club/welcome": "/club"}

    def answer(request: Request) -> Page:
        if request.path in loop:
            return redirect(loop[request.path])
        return _add_link(inner(request), "/club", "Club")

    return answer


def off_site(_front: Storefront, inner: Answer) -> Answer:
    """A link that leaves the shop by a redirect: a booking service of somebody else."""

    def answer(request: Request) -> Page:
        if request.path == "/appointment":
            return redirect("http://termin-buchen.test/visit?from=shop")
        return _add_link(inner(request), "/appointment", "Appointment")

    return answer


def cloak(_front: Storefront, inner: Answer) -> Answer:
    """Checkout help that in truth sends the visitor to another shop of the trade."""

    def answer(request: Request) -> Page:
        if request.path == "/promo":
            return redirect("http://luxe-mirror.test/", 301)
        return _add_link(inner(request), "/promo", "VIP")

    return answer


def calendar(front: Storefront, inner: Answer) -> Answer:
    """An archive whose months never end, in both directions."""

    def answer(request: Request) -> Page:
        month = re.fullmatch(r"/archive/(\d{1,5})/(\d\d)/", request.path)
        if not month:
            return _add_link(inner(request), "/archive/2026/11/", "Archive")
        count = int(month[1]) * 12 + int(month[2]) - 1
        ways = [
            (f"/archive/{(count + step) // 12}/{(count + step) % 12 + 1:02d}/", mark)
            for step, mark in ((-1, "«"), (1, "»"))
        ]
        title = f"{month[2]}/{month[1]}"
        return framed(front, title, f"<h1>{title}</h1><p>–</p><p>{parts.links(ways)}</p>")

    return answer


def session(front: Storefront, inner: Answer) -> Answer:
    """Every page hands out links with a session id of its own, so that no URL is met twice."""

    def answer(request: Request) -> Page:
        page = inner(request)
        if not page.content_type.startswith("text/html"):
            return page
        sid = hashlib.sha256(f"{front.seed}{request.path}".encode()).hexdigest()[:26]

        def tagged(match: re.Match[str]) -> str:
            return f'href="{escape(with_parameter(match[1].replace("&amp;", "&"), "osid", sid))}"'

        return page.with_text(LOCAL_LINK.sub(tagged, page.text))

    return answer


TRAPS: dict[str, Trap] = {
    "slow": slow, "server_errors": server_errors, "redirect_loop": redirect_loop, "off_site": off_site, "cloak": cloak,
    "calendar": calendar, "session": session,
}  # fmt: skip
"""Traps that wrap a site. ``paging``, ``sorting``, ``sitemap_only`` and ``foreign_sitemap`` are habits of the pages."""


class Trapped:
    """A site behind its traps."""

    def __init__(self, site: Site, traps: Sequence[Trap]) -> None:
        self.front, self.site = site.front, site
        self.answer: Answer = site.answer
        for trap in traps:
            self.answer = trap(site.front, self.answer)


def trapped(site: Site, traps: Sequence[Trap]) -> Site:
    """The site, wrapped in these traps."""
    return Trapped(site, traps) if traps else site
