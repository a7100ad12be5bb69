"""Which source an answer is of: every module of this room that has a ``NAME`` is one. A new source is a file.

A source has ``NAME``; ``entry(url)``, the address to ask instead of the web page that a person gave, or None;
``recognises(content, url)`` and ``read(content, url)``. ``content`` is JSON data for a source with ``JSON``
interfaces, the text of the page otherwise. ``CREDENTIAL`` (host, environment variable, header, form) where it has one.
"""

from __future__ import annotations

import logging
from types import ModuleType
from typing import Any

import orjson

from crawler.extract.decoding import decoded
from crawler.extract.social import (
    activitypub,
    bluesky,
    files,
    lemmy,
    mastodon,
    opengraph,
    records,
    reddit,
    structure,
    telegram,
)
from crawler.extract.social.model import SocialPage

logger = logging.getLogger(__name__)
OF_JSON: tuple[ModuleType, ...] = (reddit, bluesky, lemmy, mastodon, activitypub, records)
"""In the order of how plainly they are told by their shape; records would fit many."""
OF_PAGES: tuple[ModuleType, ...] = (telegram, opengraph, structure)


def entry(url: str) -> str:
    """The address to ask for what stands at ``url``: the source's interface where it has an open one."""
    return next((found for source in (*OF_JSON, *OF_PAGES) if (found := source.entry(url))), url)


def credentials() -> tuple[tuple[str, str, str, str], ...]:
    """Host, environment variable, header and form of every token that a source may use."""
    return tuple(source.CREDENTIAL for source in OF_JSON if hasattr(source, "CREDENTIAL"))


def read(body: bytes, url: str, content_type: str = "", name: str = "") -> SocialPage:
    """The posts of an answer or file, never raising: a defect of ours is counted as ``extract.failed``.

    ``name`` is a file's name: its ending tells tables and lines of JSON apart.
    """
    try:
        return _read(body, url, content_type, name.lower())
    except Exception:  # a payload is hostile input, as a page is
        logger.exception("reading a social answer failed")
        return SocialPage("", problems={"extract.failed": 1})


def _read(body: bytes, url: str, content_type: str, name: str) -> SocialPage:
    if name.endswith((".csv", ".tsv")) or "text/csv" in content_type:
        return files.read_table(_text(body), url)
    start = _text(body[:400]).lstrip()[:1]
    if start in ("{", "["):
        return _read_json(body, url)
    if name.endswith((".jsonl", ".ndjson")):
        return files.read_lines(_text(body), url)
    if start != "<" and files.is_table(_text(body[:4000])):
        return files.read_table(_text(body), url)
    text = _page_text(body, content_type)
    empty = SocialPage("")
    for source in OF_PAGES:
        if source.recognises(text, url):
            found: SocialPage = source.read(text, url)
            if found.posts or found.accounts or found.lookups:
                return found
            for problem, count in found.problems.items():
                empty.problems[problem] = empty.problems.get(problem, 0) + count
    return empty


def _read_json(body: bytes, url: str) -> SocialPage:
    text = _text(body)
    try:
        data: Any = orjson.loads(text)
    except orjson.JSONDecodeError:
        lines = files.read_lines(text, url)
        return lines if lines.posts else SocialPage("", problems={"json.malformed": 1})
    return read_data(data, url)


def read_data(data: Any, url: str) -> SocialPage:
    """The posts of a JSON value."""
    for source in OF_JSON:
        if source.recognises(data, url):
            found: SocialPage = source.read(data, url)
            return found
    return SocialPage("", problems={"json.unknown": 1})


def _text(body: bytes) -> str:
    """A file's text: UTF-16 by its mark or its zeros, UTF-8, else the code page of Western European Windows."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body.decode("utf-16", "replace")
    zeros = body[:200].count(0) * 3 > len(body[:200])
    if zeros:
        return body.decode("utf-16-le" if body[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut = error.start >= len(body) - 4  # a letter that the end of a piece cut in two
        return body.decode("utf-8-sig" if cut or b"\xc3" in body or b"\xd0" in body else "cp1252", "replace")


def _page_text(body: bytes, content_type: str) -> str:
    return decoded(body, content_type)[0] if body else ""
