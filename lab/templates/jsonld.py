"""A modern theme: what a machine should read stands in JSON-LD, in the forms that shop software gives it."""

from __future__ import annotations

from html import escape
from typing import Any

from lab.model import Item
from lab.storefront import Storefront
from lab.templates import frame, parts


def offer(front: Storefront, item: Item) -> dict[str, Any]:
    """The offer in it: the price as text or as number."""
    tree: dict[str, Any] = {
        "@type": "Offer",
        "url": front.urls.absolute(front.urls.product(item)),
        "availability": "https://schema.org/" + ("InStock" if item.available else "OutOfStock"),
        "itemCondition": "https://schema.org/" + ("UsedCondition" if item.used else "NewCondition"),
    }
    if item.price is not None:
        amount = float(item.price) if front.chance("price as number", 0.4) else str(item.price)
        tree |= {"price": amount, "priceCurrency": front.plan.currency}
    return tree


def product_tree(front: Storefront, item: Item) -> dict[str, Any]:
    """The item as schema.org describes one."""
    tree: dict[str, Any] = {
        "@type": "Product",
        "name": item.title,
        "sku": item.sku,
        "description": item.text,
        "image": [front.urls.absolute(front.urls.image(item))],
        "offers": [offer(front, item)] if front.chance("offers as list", 0.3) else offer(front, item),
    }
    if item.brand_shown:
        tree["brand"] = {"@type": "Brand", "name": item.brand_shown}
    return tree


def head(front: Storefront, item: Item) -> str:
    """JSON-LD, alone or in a graph beside the shop's own entry, and OpenGraph."""
    tree = product_tree(front, item)
    if front.chance("graph", 0.5):
        shop = {"@type": "WebSite", "name": front.name, "url": front.urls.absolute("/")}
        tree = {"@graph": [shop, tree]}
    data = parts.script_json({"@context": "https://schema.org/"} | tree)
    if front.chance("careless json", 0.25):
        data = data.removesuffix("}") + ",\n}"  # as a template with a loop leaves it; browsers do not mind
    graph = f'<meta property="og:title" content="{escape(item.title)}"><meta property="og:type" content="product">'
    return f'<script type="application/ld+json">{data}</script>{graph}'


def product(front: Storefront, item: Item) -> str:
    """The item's content."""
    css = front.css
    return f"""{frame.crumbs(front, item)}
{parts.image(front, item)}<h1 class="{css("title")}">{escape(item.title)}</h1>
<div class="{css("price")}">{parts.was(front, item)}<span>{parts.now(front, item)}</span>{parts.net(front, item)}</div>
<p class="{css("stock")}">{parts.stock(front, item)}</p><p>{parts.condition(front, item)}</p>
{parts.buy_form(front, item)}
<div class="{css("text")}"><h2>{parts.say(front, "details")}</h2><p>{escape(item.text)}</p></div>
{parts.brand(front, item)}{parts.sku(front, item)}{frame.related(front, item)}"""


def card(front: Storefront, item: Item) -> str:
    """The item in a list."""
    css = front.css
    return f"""<article class="{css("card")}"><a href="{escape(front.urls.product(item))}">
{parts.image(front, item, "-s")}<h3>{escape(item.title)}</h3></a>
<div class="{css("price")}">{parts.was(front, item)}{parts.now(front, item)}</div></article>"""
