"""Microdata: items of the page as schema.org nodes, read in one pass over the elements that carry properties."""

from __future__ import annotations

from typing import Any, NamedTuple

from lxml import etree

from crawler.extract.document import Document, text_content
from crawler.extract.markup.graph import Located, Node, Source, Subject, is_product, types
from crawler.extract.markup.schema_product import subject

ITEM_LIMIT = 2_000  # items of one page; a list of 100 products with offers and brands has 300
_ADDRESS = {
    "a": "href",
    "link": "href",
    "area": "href",
    "img": "src",
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "object": "data",
    "time": "datetime",
    "data": "value",
    "meter": "value",
}
_LISTS = ("itemlist", "collectionpage", "searchresultspage")


class Syntax(NamedTuple):
    """The attributes that a syntax uses for the same three things."""

    name: str
    scope: str
    kind: str
    prop: str


MICRODATA = Syntax("microdata", "itemscope", "itemtype", "itemprop")
RDFA = Syntax("rdfa", "typeof", "typeof", "property")


def read(document: Document) -> tuple[list[Subject], list[tuple[Node, str, Source]]]:
    """Products marked up in the page, and its other items (breadcrumbs, organisation)."""
    return read_syntax(document, MICRODATA) if "itemscope" in document.attribute_names else ([], [])


def read_syntax(document: Document, syntax: Syntax) -> tuple[list[Subject], list[tuple[Node, str, Source]]]:
    """Products and other items in one of the two syntaxes."""
    source = Source(document, syntax.name)
    subjects: list[Subject] = []
    others: list[tuple[Node, str, Source]] = []
    items = _items(document, syntax)
    _adopt(items, syntax)
    for node, element, listed in items:
        if is_product(node):
            one = subject(node, "", source)
            one.listed = listed
            subjects.append(one)
        elif node.get("@type"):
            others.append((node, "", Source(document, syntax.name, element)))
    return subjects, others


def _adopt(items: list[tuple[Node, etree._Element, bool]], syntax: Syntax) -> None:
    """One offer outside of any product, where at most one product without an offer is marked up, is the page's."""
    sold = [node for node, _, _ in items if is_product(node)]
    if len(sold) > 1 or any("offers" in node or "price" in node for node in sold):
        return
    lone = [one for one in items if "offer" in types(one[0]) and "price" in one[0] and not _is_held(one[1], syntax)]
    if len(lone) != 1:
        return
    if sold:
        sold[0]["offers"] = lone[0][0]
    else:
        items.append(({"@type": ["Product"], "offers": lone[0][0]}, lone[0][1], False))


def _is_held(element: etree._Element, syntax: Syntax) -> bool:
    """Whether an offer stands in a list, or in another offer."""
    kinds = (one.get(syntax.kind) or "" for one in element.iterancestors() if one.get(syntax.scope) is not None)
    return any(name in kind.lower() for kind in kinds for name in ("product", "offer", *_LISTS))


def _items(document: Document, syntax: Syntax) -> list[tuple[Node, etree._Element, bool]]:
    """Every item with its element; ``listed`` when another product or a list holds it."""
    items: dict[etree._Element, Node] = {}
    found: list[tuple[Node, etree._Element, bool]] = []
    listed: dict[etree._Element, bool] = {}
    owners: dict[etree._Element, etree._Element | None] = {}
    for element, own in document.attributes.items():
        said = own.get(syntax.prop, "")
        if syntax.scope not in own and (not said or _is_open_graph(element, said, syntax)):
            continue
        holder = _holder(element, items, owners)
        names = [name.rpartition(":")[2] for name in said.split()[:8]]
        value: Any = None
        if syntax.scope in own and len(items) < ITEM_LIMIT:
            value = {"@type": own.get(syntax.kind, "").split()[:4]}
            items[element], listed[element] = value, _is_listed(holder, items, listed)
            found.append((value, element, listed[element]))
        if holder is not None and names:
            _put(items[holder], names, value if value is not None else _value(element))
    return found


def _is_open_graph(element: etree._Element, prop: str, syntax: Syntax) -> bool:
    """Whether a property is one of ``<meta property="og:title">``: no RDFa, and nobody's."""
    return syntax is RDFA and element.tag == "meta" and ":" in prop


def _is_listed(
    holder: etree._Element | None, items: dict[etree._Element, Node], listed: dict[etree._Element, bool]
) -> bool:
    if holder is None:
        return False
    node = items[holder]
    return listed[holder] or is_product(node) or any(kind in _LISTS for kind in types(node))


def _holder(
    element: etree._Element, items: dict[etree._Element, Node], owners: dict[etree._Element, etree._Element | None]
) -> etree._Element | None:
    """The nearest item around an element; every step is kept, so that depth is paid once."""
    climbed = []
    current = element.getparent()
    answer: etree._Element | None = None
    while current is not None:
        if current in items:
            answer = current
            break
        if current in owners:
            answer = owners[current]
            break
        climbed.append(current)
        current = current.getparent()
    for one in climbed:
        owners[one] = answer
    return answer


def _put(node: Node, names: list[str], value: Any) -> None:
    for name in names:
        known = node.get(name)
        if known is None:
            node[name] = value
        elif isinstance(known, list):
            if len(known) < 1000:  # more values of one property are noise
                known.append(value)
        else:
            node[name] = [known, value]


def _value(element: etree._Element) -> Located:
    """The value of a property: its content attribute, its address, or its text."""
    content = element.get("content")
    name = "content" if content is not None else _ADDRESS.get(str(element.tag), "")
    text = element.get(name) if name else None
    if text is None:
        text, name = text_content(element), ""
    located = Located(text[:20_000])
    located.element = element
    located.suffix = f"/@{name}" if name else ""
    return located
