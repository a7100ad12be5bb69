"""Posts of any page, by structure; the last of the sources: it asks nothing but accounts, times and texts."""

from __future__ import annotations

from crawler.extract.document import parse
from crawler.extract.markup.json_ld import loads
from crawler.extract.posts import read_posts
from crawler.extract.social import records
from crawler.extract.social.model import SocialPage

NAME = "structure"
STATE_LIMIT = 3_000_000  # characters of embedded data that are looked through


def entry(url: str) -> str | None:
    """A page is read where it is."""
    return None


def recognises(body: str, url: str) -> bool:
    """Any page may be one."""
    return True


def read(body: str, url: str) -> SocialPage:
    """The posts of a page's blocks, else of the data that its program works on."""
    document = parse(body, url, "")
    page = SocialPage(NAME, posts=list(read_posts(document, loose=True)))
    if page.posts:
        return page
    for script in document.scripts:
        if "json" in script.kind and "ld+json" not in script.kind and len(script.text) < STATE_LIMIT:
            data = loads(script.text)[0]
            if data is not None and records.recognises(data, url):
                found = records.read(data, url)
                page.posts += found.posts
                page.problems.update(found.problems)
    return page
