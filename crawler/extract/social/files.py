"""Files of posts that an analyst exported: a table with a head row (CSV), or one JSON object a line."""

from __future__ import annotations

import csv
import io
import re

import orjson

from crawler.extract.social import records
from crawler.extract.social.columns import columns, plain
from crawler.extract.social.model import SocialPage, table_of

RECORDS_LIMIT = 100_000  # of one file; beyond that split it
DELIMITERS = ",;\t|"
csv.field_size_limit(1_000_000)


def is_table(text: str) -> bool:
    """Whether a text begins as a table of posts: its head names a column of texts, and one of accounts or addresses."""
    head = _without_mark(text).partition("\n")[0]
    names = {plain(name) for name in head.split(_delimiter(head))}
    known = columns()
    return len(names) > 1 and not names.isdisjoint(known.text) and not names.isdisjoint((*known.account, *known.url))


def read_table(text: str, url: str) -> SocialPage:
    """The posts of a table with a head row."""
    page, text = SocialPage(records.NAME), _without_mark(text)
    try:
        for number, row in enumerate(csv.DictReader(io.StringIO(text), delimiter=_delimiter(text.partition("\n")[0]))):
            if number >= RECORDS_LIMIT:
                page.problem("file.too_long")
                break
            records.add(page, {name: value for name, value in row.items() if isinstance(name, str)}, f"/{number}", url)
    except csv.Error:
        page.problem("file.malformed")
    return page


def read_lines(text: str, url: str) -> SocialPage:
    """The posts of a file with one JSON object a line."""
    page = SocialPage(records.NAME)
    for number, line in enumerate(text.splitlines()):
        if number >= RECORDS_LIMIT:
            page.problem("file.too_long")
            break
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError:
            page.problem("line.malformed")
            continue
        records.add(page, table_of(row), f"/{number}", url)
    return page


def _delimiter(head: str) -> str:
    return max(DELIMITERS, key=head.count)


def _without_mark(text: str) -> str:
    """A table without its byte order mark and the line with which Excel is told the delimiter."""
    return re.sub(r"\A\ufeff?(?:sep=.\r?\n)?\s*", "", text)
