"""Domain names of the larger world: shops named after what they sell, and names that somebody else has given up."""

from __future__ import annotations

from random import Random

STEMS = (
    "amber",
    "birch",
    "cobalt",
    "dune",
    "elm",
    "fjord",
    "garnet",
    "hazel",
    "indigo",
    "juniper",
    "kelp",
    "larch",
    "maple",
    "nectar",
    "opal",
    "pine",
    "quartz",
    "rowan",
    "slate",
    "thyme",
    "umber",
    "violet",
    "willow",
    "yarrow",
)
SHOP_NOUNS = ("goods", "trade", "supply", "cabinet", "studio", "atelier", "wardrobe", "kontor", "bazar",
              "comptoir", "emporio", "tienda", "kramik", "haus", "loft", "attic")  # fmt: skip
LURES = ("outlet", "sale", "deals", "store", "shop", "online", "cheap", "vip", "luxe", "mall")
PEOPLE = ("hansen", "moreau", "bianchi", "garcia", "nowak", "keller", "lindqvist", "okafor", "petrov", "silva")
FORMERLY = ("dental", "orchestra", "rowing-club", "plumbing", "bakery", "kindergarten", "law", "campsite", "choir",
            "veterinary", "brewery", "guesthouse", "driving-school", "football", "photography", "pottery", "parish",
            "roofing", "physio", "festival", "museum", "beekeepers", "chess-club", "notary", "yoga")  # fmt: skip
PLACES = ("lund", "ghent", "turin", "leeds", "graz", "nantes", "porto", "gdynia", "cork", "basel", "malmo", "verona")


def domain(former: bool, lure: float, brand: str, rng: Random, taken: set[str]) -> str:
    """A name nobody has taken: what a former holder called it, or what a shop calls itself.

    :param lure: chance of a shop or place word. The brand stands in one name of forty, honest or not.
    """
    while True:
        if former:
            name = f"{rng.choice((*PEOPLE, *PLACES))}-{rng.choice(FORMERLY)}"
            name = name.replace("-", "") if rng.random() < 0.4 else name
        elif brand and rng.random() < 0.025:
            name = f"{brand}-{rng.choice((*PLACES, *SHOP_NOUNS))}"
        else:
            name = f"{rng.choice((*STEMS, *PEOPLE))}-{rng.choice(SHOP_NOUNS)}"
        if rng.random() < lure:
            name += f"-{rng.choice(LURES)}"
        while f"{name}.test" in taken:
            name = f"{name}{rng.randrange(2, 99)}"
        taken.add(f"{name}.test")
        return f"{name}.test"
