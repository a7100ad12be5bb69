"""What is true of the world: written beside the pages, never on them."""

from __future__ import annotations

from typing import Any

from lab.model import Item
from lab.sites.market import Market
from lab.sites.site import Site
from lab.sites.social import Social
from lab.storefront import Storefront
from lab.traps import Trapped
from lab.world import World


def offered(site: Site, front: Storefront) -> list[tuple[str, Item]]:
    """Where each item of a storefront stands on its site, as the page shows it."""
    if isinstance(site, Market):
        return [(site.item_path(front, item), item) for item in front.items]
    if isinstance(site, Social):
        mine = ((path, post) for path, post in site.posts.items() if post.account is front)
        return [(path, post.item) for path, post in mine if post.item]
    return [(front.urls.product(item), item) for item in front.items]


def offers(world: World, front: Storefront) -> list[dict[str, Any]]:
    """What a storefront offers: URL, the shop's product id, title, price, currency and whose goods they are."""
    site = world.sites[front.plan.host]
    return [
        {
            "url": front.urls.absolute(path),
            "product_id": item.id,
            "sku": item.sku,
            "title": item.title,
            "price": None if item.price is None else str(item.price),
            "currency": front.plan.currency,
            "available": item.available,
            "brand_claimed": item.brand_claimed,
            "brand_sold": item.brand_sold,
        }
        for path, item in offered(site.site if isinstance(site, Trapped) else site, front)
    ]


def truth(world: World) -> dict[str, Any]:
    """Everything that a judge of the crawler may ask, by storefront."""
    return {
        "seed": world.seed,
        "storefronts": [
            {
                "key": key,
                "kind": front.plan.kind,
                "label": front.style.label,
                "style": front.plan.style,
                "allegations": list(front.style.allegations),
                "hard": front.style.hard,
                "owner": front.owner.id,
                "template": front.template,
                "language": front.plan.language,
                "traps": list(front.plan.traps),
                "offers": offers(world, front),
            }
            for key, front in world.storefronts.items()
        ],
    }
