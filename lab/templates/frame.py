"""What every page of a shop has around its content: head, header, menu, footer, cookie notice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Any

from lab.model import Item
from lab.money import show
from lab.storefront import Storefront

LEGAL = {
    "own": ("imprint", "contact", "returns", "shipping", "payment", "privacy", "terms"),
    "copied": ("contact", "returns", "shipping", "privacy", "terms"),
    "missing": ("contact", "shipping"),
}
FREE_FROM, SHIPPING = Decimal("99.00"), Decimal("4.90")
Link = tuple[str, str]


def price(front: Storefront, amount: Decimal) -> str:
    """An amount as this shop prints it, escaped."""
    return escape(show(amount, front.plan.currency, front.plan.language))


def script_json(value: Any) -> str:
    """JSON that may stand inside a script element."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True).replace("</", "<\\/")


def links(pairs: Sequence[Link], separator: str = " ") -> str:
    """Anchors in a row."""
    return separator.join(f'<a href="{escape(href)}">{escape(text)}</a>' for href, text in pairs)


def menu(front: Storefront) -> list[Link]:
    """The main menu: home and the categories."""
    home = ("/", front.voice.ui("home"))
    if "sitemap_only" in front.plan.traps:
        return [home]
    return [home, *((front.urls.category(name), front.voice.category(name)) for name in front.categories)]


def legal_links(front: Storefront) -> list[Link]:
    """The footer's links to the legal and service pages that this shop has."""
    pages = LEGAL[front.style.legal]
    return [(front.urls.page(name), front.voice.all("legal", name)[0]) for name in pages]


def analytics(front: Storefront) -> str:
    """The visitor counter's snippet."""
    code = front.owner.analytics
    return (f'<script async src="https://www.googletagmanager.com/gtag/js?id={code}"></script>'
            f"<script>window.dataLayer=window.dataLayer||[];function gtag(){{dataLayer.push(arguments)}}"
            f"gtag('js',new Date());gtag('config','{code}');</script>")  # fmt: skip


def header(front: Storefront) -> str:
    """Logo, menu, search and the cart with its total of nothing."""
    voice, empty = front.voice, price(front, Decimal("0.00"))
    return f"""<header class="{front.css("head")}">
<a href="/"><img src="/media/logo.png" alt="{escape(front.name)}" width="120" height="32"></a>
<nav>{links(menu(front))}</nav>
<form action="/search" method="get"><input name="q" placeholder="{escape(voice.ui("search"))}"><button>{escape(voice.ui("search"))}</button></form>
<div class="{front.css("cart")}"><a href="/cart" rel="nofollow">{escape(voice.ui("cart"))} (0)</a>
 <span>{escape(voice.ui("total"))}: {empty}</span></div></header>"""


def footer(front: Storefront, extra: Sequence[Link]) -> str:
    """Legal links, contact, payment marks, newsletter and the owner's own sentence."""
    owner, voice = front.owner, front.voice
    note = voice.ui("shipping_note").format(
        free=show(FREE_FROM, front.plan.currency, front.plan.language),
        ship=show(SHIPPING, front.plan.currency, front.plan.language),
    )
    return f"""<footer class="{front.css("foot")}"><p>{escape(voice.ui("newsletter"))}</p>
<p>{escape(note)}</p><p>{links([*legal_links(front), *extra], " · ")}</p>
<p><a href="mailto:{owner.email}">{owner.email}</a> <a href="tel:{owner.phone.replace(" ", "")}">{owner.phone}</a></p>
<p>{escape(owner.boilerplate)}</p><p>VISA · Mastercard · PayPal</p>
<p>&copy; 2026 {escape(front.name)} &ndash; {escape(owner.company) if front.style.legal == "own" else ""}</p></footer>
<div class="{front.css("note")}"><p>{escape(voice.ui("cookies"))}</p><button>{escape(voice.ui("accept"))}</button>
<button>{escape(voice.ui("decline"))}</button></div>"""


def document(front: Storefront, title: str, body: str, *, head: str = "", extra: Sequence[Link] = ()) -> str:
    """A whole page."""
    return f"""<!DOCTYPE html>
<html lang="{front.plan.language}"><head><meta charset="utf-8"><title>{escape(title)} | {escape(front.name)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/favicon.ico">
{analytics(front)}
{head}
</head><body>
{header(front)}
<main>
{body}
</main>
{footer(front, extra)}
</body></html>
"""


def crumbs(front: Storefront, item: Item) -> str:
    """The path from the home page to an item."""
    way = links(menu(front)[:1] if "sitemap_only" in front.plan.traps else
                [("/", front.voice.ui("home")), (front.urls.category(item.category), front.voice.category(item.category))],
                " / ")  # fmt: skip
    return f'<div class="{front.css("crumbs")}">{way} / {escape(item.title)}</div>'


def related(front: Storefront, item: Item) -> str:
    """Other items with their prices, as shops put below the one that is looked at."""
    if "sitemap_only" in front.plan.traps:
        return ""
    rng = front.rng(f"related/{item.id}")
    others = [other for other in front.items if other.id != item.id]
    shown = rng.sample(others, min(3, len(others)))
    cards = "".join(
        f'<li><a href="{escape(front.urls.product(other))}"><img src="{front.urls.image(other, "-s")}" alt="">'
        f"{escape(other.title)}</a> <span>{price(front, other.price) if other.price else escape(front.voice.ui('on_request'))}</span></li>"
        for other in shown
    )
    return (
        f'<section class="{front.css("side")}"><h2>{escape(front.voice.ui("related"))}</h2><ul>{cards}</ul></section>'
    )


def stock_text(front: Storefront, item: Item) -> str:
    """In stock or not, in words."""
    return escape(front.voice.ui("in_stock" if item.available else "out_of_stock"))


def condition_text(front: Storefront, item: Item) -> str:
    """New or used, in words."""
    return escape(f"{front.voice.ui('condition')}: {front.voice.ui('used' if item.used else 'new')}")


def buy_form(front: Storefront, item: Item) -> str:
    """The form that puts an item into the cart; no crawler may send it."""
    if not item.available or item.price is None:
        return ""
    return (f'<form action="/cart/add" method="post"><input type="hidden" name="item" value="{item.id}">'
            f"<label>{escape(front.voice.ui('quantity'))} <input name=\"qty\" value=\"1\" size=\"2\"></label>"
            f"<button>{escape(front.voice.ui('add'))}</button></form>")  # fmt: skip
