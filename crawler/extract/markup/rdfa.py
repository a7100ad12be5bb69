"""RDFa Lite: the same items as microdata under other attribute names (``typeof``, ``property``)."""

from __future__ import annotations

from crawler.extract.document import Document
from crawler.extract.markup.graph import Node, Source, Subject
from crawler.extract.markup.microdata import RDFA, read_syntax


def read(document: Document) -> tuple[list[Subject], list[tuple[Node, str, Source]]]:
    """Products marked up in the page, and its other items."""
    return read_syntax(document, RDFA) if "typeof" in document.attribute_names else ([], [])
