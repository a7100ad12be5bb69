"""Posts that JSON-LD declares (``SocialMediaPosting`` and its kin)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from crawler.extract.document import Document
from crawler.extract.markup.json_ld import loads
from crawler.extract.model import PostReading
from crawler.extract.social.model import rows_of, table_of, text_of, when
from crawler.extract.social.text import of_html, of_text
from crawler.urls import join

POSTINGS = frozenset({"SocialMediaPosting", "DiscussionForumPosting", "VideoObject", "ImageObject"})


def declared(document: Document, address: str, platform: str) -> Iterator[PostReading]:
    """Posts that JSON-LD declares."""
    for script in document.scripts:
        if script.kind != "application/ld+json":
            continue
        for node in _nodes(loads(script.text)[0]):
            post = _posting(node, address, platform, script.element)
            if post is not None:
                yield post


def _nodes(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    for one in data if isinstance(data, list) else [data]:
        table = table_of(one)
        kinds = table.get("@type")
        if POSTINGS.intersection(kinds if isinstance(kinds, list) else [kinds] if isinstance(kinds, str) else []):
            yield table
            continue
        for name in ("@graph", "mainEntity", "itemListElement", "item", "hasPart", "blogPost"):
            if table.get(name):
                yield from _nodes(table[name], depth + 1)


def _posting(node: dict[str, Any], base: str, platform: str, element: etree._Element) -> PostReading | None:
    author = next(iter(rows_of(node["author"]) if isinstance(node.get("author"), list) else [node.get("author")]), None)
    person = table_of(author)
    home = join(base, text_of(person.get("url")) or text_of(person.get("@id")) or text_of(person.get("sameAs")))
    handle = (
        text_of(person.get("alternateName"))
        or text_of(person.get("identifier"))
        or (home or "").rstrip("/").rpartition("/")[2]
    )
    handle = (handle or text_of(person.get("name")) or text_of(author)).lstrip("@")
    body = (
        text_of(node.get("articleBody"))
        or text_of(node.get("text"))
        or text_of(node.get("sharedContent"))
        or text_of(node.get("caption"))
    )
    head = text_of(node.get("headline"))
    if not handle or not (body or head):
        return None
    text = body if not head or head.rstrip("…. ")[:60] in body else f"{head}\n{body}"
    said = of_html(text) if "<" in text else of_text(text)
    url = join(base, text_of(node.get("url")) or text_of(node.get("@id")) or text_of(node.get("mainEntityOfPage")))
    images = [
        text_of(one) or text_of(table_of(one).get("url"))
        for one in (node["image"] if isinstance(node.get("image"), list) else [node.get("image")])
    ]
    return PostReading(
        account=handle[:100],
        account_url=home or base,
        url=url or base,
        text=said.text,
        posted_at=when(node.get("datePublished") or node.get("dateCreated") or node.get("uploadDate")),
        links=said.links,
        path=f"{element.getroottree().getpath(element)}#",
        platform=platform,
        name=text_of(person.get("name")) or None,
        language=text_of(node.get("inLanguage"))[:2].lower() or None,
        images=tuple(found for one in images[:20] if (found := join(base, one))),
    )
