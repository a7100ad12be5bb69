"""A blog that reviews branded goods, names prices and sells nothing."""

from __future__ import annotations

from html import escape

from lab import money
from lab.brands import lines_of
from lab.model import Line
from lab.sites.common import common, framed, missing
from lab.sites.site import Page, Request
from lab.stock import retail, slug
from lab.storefront import Storefront
from lab.templates import parts


class Blog:
    """Home page, one article per product line, an archive."""

    def __init__(self, front: Storefront) -> None:
        self.front = front
        self.articles = {f"/{slug(self.title(line))}/": line for line in lines_of(front.plan.brands)}

    def title(self, line: Line) -> str:
        """The headline of an article."""
        return self.front.voice.pick("reviews", salt=line.code).format(**self._facts(line))

    def _facts(self, line: Line) -> dict[str, str]:
        amount = money.from_eur(retail(line, self.front.rng(line.code)), self.front.plan.currency, ".00")
        price = money.show(amount, self.front.plan.currency, self.front.plan.language)
        return {
            "brand": line.brand,
            "line": line.name,
            "noun": self.front.voice.pick("nouns", line.noun),
            "price": price,
        }

    def answer(self, request: Request) -> Page:
        """The page for a request."""
        shared = common(self.front, request, ["/", *self.articles])
        if shared:
            return shared
        if request.path == "/":
            return self._home()
        if request.path in self.articles:
            return self._article(self.articles[request.path])
        return missing(self.front)

    def _home(self) -> Page:
        links = [(path, self.title(line)) for path, line in self.articles.items()]
        body = f"<h1>{self.front.name}</h1><p>{parts.links(links, '<br>')}</p>"
        return framed(self.front, self.front.name, body)

    def _article(self, line: Line) -> Page:
        texts = [text.format(**self._facts(line)) for text in self.front.voice.all("review_texts")]
        body = (
            f"<article><h1>{escape(self.title(line))}</h1>"
            + "".join(f"<p>{escape(text)}</p>" for text in texts)
            + "</article>"
        )
        return framed(self.front, self.title(line), body)
