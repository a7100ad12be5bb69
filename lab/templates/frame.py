"""What every page of a shop has around its content: head, header, menu, footer, cookie notice."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from lab.model import Item
from lab.money import show
from lab.storefront import Storefront
from lab.templates.parts import Link, customers, image, links, now, price, say

LEGAL = {
    "own": ("imprint", "contact", "returns", "shipping", "payment", "privacy", "terms"),
    "partial": ("contact", "shipping", "privacy"),
    "copied": ("contact", "returns", "shipping", "privacy", "terms"),
    "missing": ("contact", "shipping"),
}
NETWORKS = ("facebook", "instagram")
FREE_FROM, SHIPPING = Decimal("99.00"), Decimal("4.90")


def menu(front: Storefront) -> list[Link]:
    """The main menu: home and the categories."""
    home = ("/", front.voice.ui("home"))
    if "sitemap_only" in front.plan.traps:
        return [home]
    return [home, *((front.urls.category(name), front.voice.category(name)) for name in front.categories)]


def legal_links(front: Storefront) -> list[Link]:
    """The footer's links to the legal and service pages that this shop has."""
    return [(front.urls.page(name), front.voice.all("legal", name)[0]) for name in LEGAL[front.legal]]


def analytics(front: Storefront) -> str:
    """The visitor counter's snippet."""
    code = front.owner.analytics
    return (f'<script async src="https://www.googletagmanager.com/gtag/js?id={code}"></script>'
            f"<script>window.dataLayer=window.dataLayer||[];function gtag(){{dataLayer.push(arguments)}}"
            f"gtag('js',new Date());gtag('config','{code}');</script>")  # fmt: skip


def header(front: Storefront) -> str:
    """Logo, menu, search and the cart with its total of nothing."""
    search, empty = say(front, "search"), price(front, Decimal("0.00"))
    return f"""<header class="{front.css("head")}">
<a href="/"><img src="/media/logo.png" alt="{escape(front.name)}" width="120" height="32"></a>
<nav>{links(menu(front))}</nav>
<form action="/search" method="get"><input name="q" placeholder="{search}"><button>{search}</button></form>
<div class="{front.css("cart")}"><a href="/cart" rel="nofollow">{say(front, "cart")} (0)</a>
 <span>{say(front, "total")}: {empty}</span></div></header>"""


def shipping_note(front: Storefront) -> str:
    """What delivery costs: two amounts that are nobody's price."""
    free, ship = (show(amount, front.plan.currency, front.plan.language) for amount in (FREE_FROM, SHIPPING))
    return escape(front.voice.ui("shipping_note").format(free=free, ship=ship))


def social(front: Storefront) -> str:
    """Links to the shop's accounts elsewhere; those who will not be here long leave them dead."""
    if front.social:
        return (
            ""
            if front.social == "none"
            else "".join(
                f'<a href="https://www.{network}.com/{account(front)}">{network.title()}</a> ' for network in NETWORKS
            )
        )
    where = f"https://photogram.test/{escape(front.plan.host)}" if front.legal == "own" else "#"
    return f'<a href="{where}">{say(front, "follow")}</a>'


def call(front: Storefront) -> str:
    """The telephone number, where there is one."""
    number = front.owner.phone
    return f'<a href="tel:{number.replace(" ", "")}">{number}</a>' if number else ""


def account(front: Storefront) -> str:
    """The handle behind the links; a template that nobody filled leaves it out. Nobody follows these links."""
    return f"lab.{front.plan.host.removesuffix('.test').replace('-', '.')}" if front.social == "real" else ""


def footer(front: Storefront, extra: Sequence[Link]) -> str:
    """Legal links, contact, payment marks, newsletter and the owner's own sentence."""
    owner = front.owner
    company = f" &ndash; {escape(owner.company)}" if front.legal == "own" else ""
    return f"""<footer class="{front.css("foot")}"><p>{say(front, "newsletter")}</p><p>{shipping_note(front)}</p>
<p>{links([*legal_links(front), *extra], " · ")}</p>
<p><a href="mailto:{owner.email}">{owner.email}</a> {call(front)}
{social(front)}</p><p>{escape(owner.boilerplate)}</p><p>VISA · Mastercard · PayPal</p>
<p>&copy; 2026 {escape(front.name)}{company}</p></footer>
<div class="{front.css("note")}"><p>{say(front, "cookies")}</p><button>{say(front, "accept")}</button>
<button>{say(front, "decline")}</button></div>"""


def document(front: Storefront, title: str, body: str, *, head: str = "", extra: Sequence[Link] = ()) -> str:
    """A whole page."""
    return f"""<!DOCTYPE html>
<html lang="{front.plan.language}"><head><meta charset="{charset(front)}">
<title>{escape(title)} | {escape(front.name)}</title>
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


def charset(front: Storefront) -> str:
    """The encoding of the shop's pages: the oldest themes never left theirs."""
    return "windows-1252" if front.template == "table" else "utf-8"


def crumbs(front: Storefront, item: Item) -> str:
    """The path from the home page to an item."""
    way: list[Link] = [("/", front.voice.ui("home"))]
    if "sitemap_only" not in front.plan.traps:
        way.append((front.urls.category(item.category), front.voice.category(item.category)))
    return f'<div class="{front.css("crumbs")}">{links(way, " / ")} / {escape(item.title)}</div>'


def related(front: Storefront, item: Item) -> str:
    """What customers said, and other items with their prices, as shops put below the one that is looked at."""
    if "sitemap_only" in front.plan.traps:
        return customers(front, item)
    others = [other for other in front.items if other.id != item.id]
    shown = front.rng(f"related/{item.id}").sample(others, min(3, len(others)))
    cards = "".join(
        f'<li><a href="{escape(front.urls.product(other))}">{image(front, other, "-s")}{escape(other.title)}</a> '
        f"<span>{now(front, other)}</span></li>"
        for other in shown
    )
    box = f'<section class="{front.css("side")}"><h2>{say(front, "related")}</h2><ul>{cards}</ul></section>'
    return customers(front, item) + box
