"""Templates of a page's own components that the server filled in: Bagisto 2 writes a product into a script.

The browser moves such a template into the element of the component before anybody sees the page; so do we. Only a page
without a heading is looked at: elsewhere the templates repeat what is shown, or hold nothing but places for data.
"""

from __future__ import annotations

from lxml import etree

MARK = b"text/x-template"
HEADING = "<h1"
LENGTH_LIMIT = 400_000  # characters of one template
SUFFIX = "-template"


def adopt(root: etree._Element, body: bytes) -> None:
    """Move the first filled template with a heading into its component's element."""
    if MARK not in body or next(root.iter("h1"), None) is not None:
        return
    for script in list(root.iter("script")):
        text = script.text or ""
        if script.get("type") == MARK.decode() and HEADING in text[:LENGTH_LIMIT]:
            _graft(script, text[:LENGTH_LIMIT], root)
            return


def _graft(script: etree._Element, text: str, root: etree._Element) -> None:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        parsed = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return
    filled = parsed.find("body") if parsed is not None else None
    if filled is None:
        return
    name = (script.get("id") or "").removesuffix(SUFFIX)
    place = next(root.iter(name), None) if name and name.replace("-", "").isalnum() else None
    place = place if place is not None else script.getparent()
    if place is not None:
        place.extend(list(filled))
