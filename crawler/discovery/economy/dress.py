"""What an address wears: sessions, orders, currencies, a page number that is the first. Taken off, one page is left.

Some of it is dress in every shop, some in many: the latter comes off only where the rest is an address of the shop.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit, urlunsplit

from crawler.discovery.economy import words
from crawler.discovery.economy.knowledge import Knowledge
from crawler.discovery.economy.shapes import Address, is_structure, parse, without

Seen = Callable[[str], bool]


def undressed(url: str, known: Knowledge, seen: Seen, *, may_be_page: bool = True) -> str:
    """The address that shows the same with less; ``seen`` tells whether an address was handed on before.

    ``may_be_page``: whether ``/p/1`` may be a list's first page; on a product's card it is a product.
    """
    address = parse(url)
    names = frozenset(name.lower() for name, _ in address.query)
    needless = (known.dropped() & names) | words.variants(address) | known.needless(address)
    if needless:
        url, address = strip(url, needless), without(address, needless)
    for perhaps in (words.perhaps_variants(address), frozenset(known.first_pages(address))):
        if perhaps and seen(strip(url, perhaps)):
            url, address = strip(url, perhaps), without(address, perhaps)
    return _first_of_path(url, seen) if may_be_page else url


def _first_of_path(url: str, seen: Seen) -> str:
    """``/hats/page/1/`` is ``/hats/``."""
    if not words.is_first_page(parse(url)):
        return url
    parts = urlsplit(url)
    rest = urlunsplit(parts._replace(path="/".join(parts.path.rstrip("/").split("/")[:-2]) or "/"))
    return next((form for form in (rest, f"{rest}/") if seen(form)), url)


def strip(url: str, names: frozenset[str]) -> str:
    """The address without these (lower-case) parameters, the others in their order."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse(url).query if name.lower() not in names]
    return urlunsplit(parts._replace(query=urlencode(kept, safe="/,:"), fragment=""))


def without_first_segment(url: str) -> str:
    """``/en/hats/`` as ``/hats/``."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path="/" + parts.path.lstrip("/").partition("/")[2]))


def is_facet(url: str, address: Address, seen: Seen) -> bool:
    """Whether an address is a known list with a filter: without a parameter that names no page, it was seen.

    Where the path names the list (``/hats.html?manufacturer=3``) every further parameter is a filter; where it names a
    script or the whole shop (``/shop?category=3``) the parameters of lists are what asks for one.
    """
    if _filters_in_its_path(url, seen):
        return True
    tables = words.tables()
    needed = tables["product"]["parameter"] | tables["paging"]["parameter"]
    needed |= frozenset() if _names_its_page(address) else tables["list"]["parameter"]
    names = {name.lower() for name, value in address.query if not is_structure(name, value)} - needed
    return any(seen(strip(url, some)) for some in (frozenset(names), *(frozenset({name}) for name in names)) if some)


def _filters_in_its_path(url: str, seen: Seen) -> bool:
    """Whether a known list's path goes on with a filter: ``/rugs/filter/brand-is-alpaca/apply/``."""
    base, found, _ = url.partition("/filter/")
    return bool(found) and (seen(base) or seen(f"{base}/"))


def of_product(url: str, address: Address) -> str:
    """The address of a product without the list that it was reached from: ``/shop/red-shoe?category=3``."""
    names = frozenset(name.lower() for name, _ in address.query) & words.tables()["list"]["parameter"]
    return strip(url, names) if names and _names_its_page(address) else url


def _names_its_page(address: Address) -> bool:
    """Whether the path says which page it is: neither a script nor the whole shop."""
    leaf = address.segments[-1] if address.segments else ""
    stem, _, extension = leaf.rpartition(".")
    return bool(leaf) and extension not in words.SCRIPTS and (stem or leaf) not in words.tables()["list"]["root"]


def leaf(address: Address) -> str:
    """What names the thing behind a product's address: the parameter that carries its id, else the last segment."""
    named = words.tables()["product"]["parameter"]
    for name, value in address.query:
        if name.lower() in named:
            page = [pair for pair in address.query if is_structure(*pair)]
            return f"{address.segments}{page}{name.lower()}={value}"
    return address.segments[-1] if address.segments else ""


def name_of(address: Address, url: str) -> str:
    """What stands for a product's address: the id it carries, or ``products/red-shoe`` wherever that hangs."""
    if words.names_product(address):
        return leaf(address)
    short = address.segments[-2:]
    if (
        len(short) == 2
        and not address.query
        and short[0] in words.tables()["product"]["path"]
        and short[1].upper() != short[1]
    ):
        return "/".join(short)
    return url
