"""How long a crawl goes on looking: pages in a row that showed no new product, before the rest is left alone.

Counted for each *run*: pages of one kind and one shape, further pages of one list, all filters of the shop. What a
sitemap of products or a feed has named shortens every run: it only has to be confirmed.
"""

from __future__ import annotations

from crawler.discovery.economy import words
from crawler.discovery.economy.knowledge import Knowledge
from crawler.discovery.economy.shapes import SHAPE_LIMIT, Address, shape, without

# Lists get the most: category trees have empty branches between full ones. A menu is the shop's own tree.
PATIENCE = {"product": 8, "menu": 16, "list": 8, "paging": 2, "more": 2, "unknown": 5, "facet": 2, "other": 2}
PAGING_GAVE = 20
"""Pages of a list that gave something buy as many barren ones, up to this: a marketplace's list of everything goes on
behind the goods of sellers whose own lists were read before it."""
GOES_ON = frozenset({"paging", "more"})
PIECES = 500  # of one list, whatever they show: a script's list that never ends makes up goods
NAMED_PATIENCE = {"product": 8, "menu": 5, "list": 3, "paging": 1, "more": 1, "unknown": 5, "facet": 0, "other": 1}
"""The same where a sitemap or a feed named the products and the lists read so far agree."""
SHOP_PATIENCE = 15  # the same over all pages of the shop that are no products; its menu has the same once more …
SHOP_PATIENCE_SHARE = 0.05  # … plus this share of the products known: a large shop's tree is larger
NAMED_SHOP_PATIENCE = 6
UNTRIED = 3  # times the shop's patience for a shape of which no page was seen yet, and where no product is known
AWAY = 2  # answers of one shape that only led out of the shop
ALWAYS = frozenset({"legal", "home", "feed"})


def run_of(kind: str, address: Address) -> str:
    """What a run of barren pages is counted for."""
    if kind == "facet":
        return "facets"
    if kind in GOES_ON:
        bare = without(address, words.tables()["paging"]["parameter"])
        path = _without_page(bare.segments) if kind == "paging" else _without_numbers(bare.segments)
        return f"pages of {path} {bare.query}"[:SHAPE_LIMIT]
    return f"{kind} {shape(address)}"


def _without_page(segments: tuple[str, ...]) -> tuple[str, ...]:
    """``/hats/page/3`` without its end."""
    if len(segments) > 1 and segments[-1].isdigit() and segments[-2] in words.tables()["paging"]["path"]:
        return segments[:-2]
    return segments


def _without_numbers(segments: tuple[str, ...]) -> tuple[str, ...]:
    """``/api/more/3`` without what may count the pieces."""
    return tuple("#" if segment.isdigit() else segment for segment in segments)


def group_of(kind: str) -> str | None:
    """The larger run that a kind of page counts for: the menu's, that of what is no list, the shop's, or none."""
    return {"menu": "menus", "other": "others", "facet": None, "product": None}.get(kind, "")


def worth(kind: str, address: Address, known: Knowledge) -> bool:
    """Judge a queued request when its turn has come."""
    if kind in ALWAYS:
        return True
    form = shape(address)
    if known.barren.get(f"away {form}", 0) >= AWAY and not known.kinds(form):
        return False
    run = run_of(kind, address)
    patience = (NAMED_PATIENCE if known.is_named() else PATIENCE).get(kind, 2)
    if kind in GOES_ON and not known.is_named():
        patience += min(known.gave(run), PAGING_GAVE)
    if known.barren.get(run, 0) >= patience or (kind == "more" and known.gave(run) >= PIECES):
        return False
    group = group_of(kind)
    return group is None or known.barren.get(group, 0) < _shop_patience(form, known)


def _shop_patience(form: str, known: Knowledge) -> float:
    products = known.products()
    if known.is_named():
        return NAMED_SHOP_PATIENCE + SHOP_PATIENCE_SHARE * products
    patience = SHOP_PATIENCE + SHOP_PATIENCE_SHARE * products
    return patience * UNTRIED if not products or not known.kinds(form) else patience
