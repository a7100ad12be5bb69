"""Which entries of a sitemap are worth a request: one language of many, products first, and never another host."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit, urlunsplit

from crawler.discovery.economy import words
from crawler.discovery.economy.plan import Candidate
from crawler.discovery.economy.shapes import parse

TOKEN = re.compile(r"(?<![a-zA-Z0-9])([a-zA-Z]{2}(?:[-_][a-zA-Z]{2,4})?)(?![a-zA-Z0-9])")
LISTS = frozenset(
    {"cat", "cats", "category", "categories", "collections", "taxonomies", "brand", "brands", "tag", "tags"}
)
PAGES = frozenset({"page", "pages", "static", "image", "images", "author", "authors", "video", "videos", "users"})
POSTS = frozenset({"post"})  # wp-sitemap-posts-post-1.xml; pages and products stand in files of their own
SIBLINGS = 2  # addresses that differ only in a language code before they count as translations of each other
NAMED = 0.7  # how sure a file called sitemap-products makes us of its entries


def mapped(url: str, home: str) -> str:
    """The entry on the shop's own host: sitemaps often name the host they were made on."""
    own, entry = urlsplit(home), urlsplit(url)
    return urlunsplit(entry._replace(scheme=own.scheme, netloc=own.netloc))


def one_language(urls: Sequence[str], language: str | None) -> list[str]:
    """Of addresses that are translations of each other, those in ``language`` (else English, else the first)."""
    groups: dict[str, dict[str, str]] = {}
    for url in urls:
        form, code = _without_language(url)
        groups.setdefault(form, {})[code] = url
    kept: list[str] = []
    for versions in groups.values():
        codes = [code for code in versions if code]
        kept += [versions[_choose(codes, language)]] if len(codes) >= SIBLINGS else versions.values()
    return kept


def sort_files(urls: Iterable[str]) -> list[str]:
    """Files of products first, then those that say nothing, then lists; those of blogs and the like last."""
    order = {"product": 0, "": 1, "list": 2, "other": 3, "never": 4}
    return sorted(urls, key=lambda url: order[kind_of_file(url)])


def kind_of_file(url: str) -> words.Prior:
    """What a sitemap's own name says about its entries (``sitemap-products-2.xml``, ``sitemap.php?type=products``)."""
    parts = _parts(url)
    if LISTS & parts:  # product_cat-sitemap.xml
        return "list"
    if PAGES & parts:
        return "other"
    kinds: tuple[words.Prior, ...] = ("product", "other", "list")
    for kind in kinds:
        if any(part in words.tables()[kind]["path"] for part in parts if len(part) > 1):
            return kind
    return ""


def _parts(url: str) -> set[str]:
    """The words of a sitemap's own name."""
    address = parse(url)
    said = [*address.segments[-1:], *(value.lower() for _, value in address.query)]
    return {part for text in said for part in re.split(r"[^a-z]+", text)} - {"sitemap", "xml", "gz"}


def candidates(urls: Iterable[str], file: str, *, is_named: bool = False) -> list[Candidate]:
    """The entries of a sitemap file as links to be judged; ``is_named``: another file named the shop's products.

    Where none did, the goods may be what a blog's software calls its posts.
    """
    kind = kind_of_file(file)
    if kind == "other" and not is_named and POSTS & _parts(file):
        kind = ""
    return [Candidate(url, kind, NAMED if kind else 0.0, "sitemap") for url in urls]


def _without_language(url: str) -> tuple[str, str]:
    """The address with its first language code taken out, and the code in lower case ("" when it has none)."""
    address = parse(url)
    path = "/".join(address.segments)
    for match in TOKEN.finditer(path):
        code = match[1].lower().replace("_", "-")
        if words.is_language(code.partition("-")[0]):
            return f"{path[: match.start()]}\x00{path[match.end() :]}?{address.query}", code
    return f"{path}?{address.query}", ""


def _choose(codes: list[str], language: str | None) -> str:
    wanted = (language or "").lower().replace("_", "-")
    for match in (wanted, wanted.partition("-")[0], "en", "en-gb", "en-us"):
        if match in codes:
            return match
    near = [code for code in codes if wanted and code.partition("-")[0] == wanted.partition("-")[0]]
    return (near or codes)[0]
