"""Reading a page: the one door of this room. Pure, and never raises."""

from __future__ import annotations

import logging

from crawler.extract import json_ld, kind, links, merge, meta, microdata, visible
from crawler.extract.document import Document, parse
from crawler.extract.graph import Subject
from crawler.extract.model import Page, Product

logger = logging.getLogger(__name__)


def read(html: bytes | str, url: str, *, content_type: str = "") -> Page:
    """Everything a page says: its kind, products field by field, links, identifiers, and what could not be read.

    ``html`` may be anything; ``url`` is where the body came from; ``content_type`` is the response header, for the
    charset. A defect of ours is counted as ``extract.failed``, and the page is ``other``.
    """
    page = Page(url=url)
    try:
        _read(parse(html, url, content_type), page)
    except Exception:  # a page is hostile input: no defect of ours may stop a crawl, and it is counted
        logger.exception("reading a page failed")
        page.problem("extract.failed")
    return page


def _read(document: Document, page: Page) -> None:
    page.title = document.title
    page.language = document.language
    marked, others = json_ld.read(document, page)
    items, more = microdata.read(document)
    view = visible.read(document)
    facts = kind.judge(document, view, [*marked, *items], [*others, *more])
    page.kind, page.detail, page.confidence = facts.kind, facts.detail, facts.confidence
    page.links = links.read(document, view.regions, {})
    if page.kind == "product":
        page.products = (_product(document, view, facts.subjects),)


def _product(document: Document, view: visible.View, chosen: list[Subject]) -> Product:
    return merge.merge([*chosen, meta.read(document), view.subject])
