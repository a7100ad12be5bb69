"""Posts as records: rows of exported files (``files.py``), and JSON of services nobody described to us.

Columns are found by their names, in the spellings that export tools use. Only the columns of a post are read: lists of
comments, likes, mentions or related people inside a record are never looked into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from crawler.extract.model import PostReading
from crawler.extract.social.columns import columns, plain
from crawler.extract.social.model import HANDLE_LIMIT, SocialPage, table_of, text_of, when
from crawler.extract.social.networks import account_in, network_of
from crawler.extract.social.text import of_html, of_text
from crawler.urls import host, join

NAME = "records"
RECORDS_LIMIT = 100_000  # of one list
DEPTH = 6  # objects inside objects in which a list of posts is looked for
APART = re.compile(
    r"comment|repl(?:y|ies)|like|react|mention|tagged|follow|viewer|relat|recommend|suggest|coauthor|quoted", re.I
)


def entry(url: str) -> str | None:
    """Records have no web pages."""
    return None


def recognises(data: Any, url: str) -> bool:
    """Whether somewhere in the data a list of records with text and account stands."""
    return next(_lists(data, ""), None) is not None


def read(data: Any, url: str) -> SocialPage:
    """The posts of the records of a JSON value."""
    page = SocialPage(NAME)
    for rows, pointer in _lists(data, ""):
        for number, row in enumerate(rows[:RECORDS_LIMIT]):
            add(page, row, f"{pointer}/{number}", url)
    return page


def _lists(data: Any, pointer: str, depth: int = 0) -> Iterator[tuple[list[dict[str, Any]], str]]:
    """The lists of records in a JSON value, the outermost of each branch, with their JSON pointers."""
    if depth > DEPTH:
        return
    if isinstance(data, list):
        rows = [one for one in data if isinstance(one, dict)]
        fitting = sum(_is_record(one) for one in rows)
        if rows and fitting * 2 >= len(rows):
            yield rows, pointer
            return
        for number, one in enumerate(data[:200]):
            yield from _lists(one, f"{pointer}/{number}", depth + 1)
    elif isinstance(data, dict):
        if depth == 0 and _is_record(data):
            yield [data], pointer
            return
        for name, value in list(data.items())[:200]:
            if isinstance(value, dict | list) and not APART.search(str(name)):
                yield from _lists(value, f"{pointer}/{_escaped(str(name))}", depth + 1)


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _is_record(row: dict[str, Any]) -> bool:
    fields = _fields(row)
    return bool(_text(fields)) and bool(_account(fields, _url(fields, "")))


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    node = row.get("node")
    table = node if isinstance(node, dict) and len(row) <= 2 else row
    return {plain(str(name)): value for name, value in list(table.items())[:300]}


def add(page: SocialPage, row: Mapping[str, Any], pointer: str, base: str) -> None:
    """Add the post of a record to a page, or count why it is none."""
    fields = _fields(row)
    if any(fields.get(name) for name in columns().answers) or "comment" in text_of(fields.get("type")).lower():
        page.problem("post.answer_to_somebody")
        return
    url = _url(fields, base)
    text, account = _text(fields), _account(fields, url)
    if not account:
        page.problem("post.without_account")
        return
    said = of_html(text) if re.search(r"</?(?:p|br|a|div|span)\b", text[:5000]) else of_text(text)
    platform = network_of(url) or _first(fields, columns().platform).lower().split("/")[0].strip()
    more = tuple(found for one in _several(fields, columns().links) if (found := join("", one)))
    home = table_of(next((fields[name] for name in columns().account if isinstance(fields.get(name), dict)), None))
    page.posts.append(
        PostReading(
            account=account,
            account_url=_home(home, url, account),
            url=url or base,
            text=said.text,
            posted_at=next((at for name in columns().time if (at := when(fields.get(name)))), None),
            links=tuple(dict.fromkeys([*said.links, *more])),
            path=pointer,
            platform=platform if re.fullmatch(r"[a-z0-9.-]{1,60}", platform) else host(url) or "",
            language=_first(fields, columns().language)[:2].lower() or None,
            images=tuple(found for one in _several(fields, columns().images)[:20] if (found := join("", one))),
        )
    )


def _text(fields: Mapping[str, Any]) -> str:
    title = _first(fields, columns().title)
    body = next((found for name in columns().text if (found := _inner_text(fields.get(name)))), "")
    return f"{title}\n{body}" if title and body and title not in body else body or title


def _inner_text(value: Any) -> str:
    """A text, the pieces of one as Telegram Desktop exports them, or the text inside Instagram's caption objects."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        pieces = [one if isinstance(one, str) else table_of(one).get("text") for one in value[:500]]
        return "".join(one for one in pieces if isinstance(one, str)).strip()
    table = table_of(value)
    edges = table.get("edges")
    if isinstance(edges, list) and edges:
        return text_of(table_of(table_of(edges[0]).get("node")).get("text"))
    return text_of(table.get("text")) or text_of(table.get("html"))


def _account(fields: Mapping[str, Any], url: str) -> str:
    for name in columns().account:
        value = fields.get(name)
        if isinstance(value, dict):
            inner = {plain(str(key)): one for key, one in value.items()}
            value = next(
                (inner[key] for key in columns().handle if isinstance(inner.get(key), str | int) and inner.get(key)), ""
            )
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip().lstrip("@").rstrip("/").rpartition("/")[2][:HANDLE_LIMIT]
    return account_in(url) if network_of(url) else ""


def _home(home: dict[str, Any], url: str, account: str) -> str:
    for name in ("url", "link", "profile_url", "profileUrl", "href"):
        if found := join(url, text_of(home.get(name))):
            return found
    return (join(url, f"/{account}") if network_of(url) and " " not in account else None) or url


def _url(fields: Mapping[str, Any], base: str) -> str:
    found = next((one for name in columns().url if (one := join(base, text_of(fields.get(name))))), "")
    code = text_of(fields.get("shortcode"))
    return found or (f"https://www.instagram.com/p/{code}/" if re.fullmatch(r"[\w-]{5,20}", code) else "")


def _first(fields: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((found for name in names if (found := text_of(fields.get(name)))), "")


def _several(fields: Mapping[str, Any], names: tuple[str, ...]) -> list[str]:
    """Addresses of the columns of a kind: one, a list, a list of objects, or several in one cell."""
    found: list[str] = []
    for name in names:
        value = fields.get(name)
        for one in value if isinstance(value, list) else re.split(r"[\s,;|]+", value) if isinstance(value, str) else []:
            table = table_of(one)
            found.append(
                text_of(one)
                or next(
                    (
                        text_of(table.get(key))
                        for key in ("url", "src", "media_url_https", "media_url", "expanded_url", "href")
                        if table.get(key)
                    ),
                    "",
                )
            )
    return [one for one in dict.fromkeys(found) if one.startswith(("http://", "https://"))]
