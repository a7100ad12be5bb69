"""Products that a sitemap names where they are not: ``/red-shoe`` for what is served at ``/product/red-shoe``.

Software writes such sitemaps, and shops that moved their pages keep them. Two paths belong together once two pages that
could not be had under the one were read as products under the other; then the rest is asked for there as well.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from crawler.discovery.economy.knowledge import Knowledge
from crawler.discovery.economy.shapes import SHAPE_LIMIT

SURE = 2  # pages found elsewhere before the paths count as belonging together
PATHS_LIMIT = 20  # paths of a shop that are compared; one that has more keeps its products under their categories

Seen = Callable[[str], bool]


def served(url: str, known: Knowledge, handed_on: Seen) -> None:
    """Take in that a product was read at ``url``."""
    path, leaf = _split(url)
    if leaf and _note("served", path, known):
        for other in _paths("failed", known):
            _compare(other, path, known, found=handed_on(_under(other, url)))


def failed(url: str, known: Knowledge, handed_on: Seen) -> None:
    """Take in that a page could not be had at ``url``."""
    path, leaf = _split(url)
    if leaf and _note("failed", path, known) and known.marks.has("leaf", leaf.lower()):
        for other in _paths("served", known):
            _compare(path, other, known, found=handed_on(_under(other, url)))


def elsewhere(url: str, known: Knowledge) -> str:
    """Where a page that is not at ``url`` must be; empty when nothing tells."""
    path, leaf = _split(url)
    if not leaf or known.counts[f"failed|{path}"] < SURE or known.counts[f"served|{path}"]:
        return ""
    found = [(known.counts[f"misplaced|{path}|{other}"], other) for other in _paths("served", known)]
    count, other = max(found, default=(0, ""))
    return _under(other, url) if count >= SURE else ""


def _compare(path: str, other: str, known: Knowledge, *, found: bool) -> None:
    if found and path != other:
        known.counts[f"misplaced|{path}|{other}"] += 1


def _note(what: str, path: str, known: Knowledge) -> bool:
    """Count a path under what befell it; False when there are too many."""
    name = f"{what}|{path}"
    if not known.counts[name] and len(_paths(what, known)) >= PATHS_LIMIT:
        return False
    known.counts[name] += 1
    return True


def _paths(what: str, known: Knowledge) -> list[str]:
    return [name[len(what) + 1 :] for name, count in known.counts.items() if count and name.startswith(f"{what}|")]


def _split(url: str) -> tuple[str, str]:
    """The path above the last segment, and that segment; empty for an address with a query."""
    parts = urlsplit(url)
    path, _, leaf = parts.path.rstrip("/").rpartition("/")
    return ("", "") if parts.query or len(path) > SHAPE_LIMIT else (path, leaf)


def _under(path: str, url: str) -> str:
    parts = urlsplit(url)
    _, leaf = _split(url)
    return urlunsplit(parts._replace(path=f"{path}/{leaf}" + "/" * parts.path.endswith("/")))
