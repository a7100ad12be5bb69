"""The shops of a run that a worker remembers."""

from __future__ import annotations

from collections import Counter, OrderedDict

from crawler.discovery.economy.shop import Shop

SHOPS_LIMIT = 500  # shops that a worker remembers at once; one that comes back starts from what Redis shares


class Shops:
    """The shops that a worker knows, the least recently used forgotten first."""

    def __init__(self) -> None:
        self._shops: OrderedDict[str, Shop] = OrderedDict()

    def __getitem__(self, key: str) -> Shop:
        """The shop of a key; a new one is remembered."""
        shop = self._shops.setdefault(key, Shop(key))
        self._shops.move_to_end(key)
        if len(self._shops) > SHOPS_LIMIT:
            self._shops.popitem(last=False)
        return shop

    def known(self) -> dict[str, Shop]:
        """Key → shop, of those remembered."""
        return dict(self._shops)

    def refused(self) -> Counter[str]:
        """Reason → links refused, over all shops remembered."""
        return sum((shop.refused for shop in self._shops.values()), Counter[str]())
