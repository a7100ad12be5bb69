"""The shops of a run, as one worker knows them: from a page that was read to the requests that are worth making."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from crawler.discovery.economy import words
from crawler.discovery.economy.knowledge import Knowledge
from crawler.discovery.economy.plan import Refusal, Step, leaf, plan, run_of, step, worth
from crawler.discovery.economy.shapes import parse, shape
from crawler.extract.model import Link, Page
from crawler.urls import canonical, storefront_key

SHOPS_LIMIT = 500  # shops that a worker remembers at once; one that comes back starts from what Redis shares
LINKS_LIMIT = 100_000  # links of a shop that a worker remembers as handed on
ALTERNATIVES_LIMIT = 3  # other addresses of one product that are tried when the first cannot be had
PAGE_LINKS_LIMIT = 3_000  # links of one page that are looked at; the largest real menus have a few hundred


class Candidate(NamedTuple):
    """A link before it is judged: the address, and what the page that shows it makes of it ("" and 0: nothing)."""

    url: str
    guess: str = ""
    score: float = 0.0


class Shop:
    """One storefront's links: learns from each page, and hands every address on once."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.known = Knowledge()
        self.refused: Counter[str] = Counter()
        """Reason → links refused for it since the start."""
        self._handed_on: set[int] = set()
        self._missing: set[int] = set()
        self._own_hosts: dict[str, bool] = {}
        self._legal: set[str] = set()
        self._named: dict[str, list[Step]] = {}
        """Product id in an address → the steps to it: the first is handed on, the others wait in case it fails."""

    def learn(self, url: str, page: Page, offers: Iterable[str], kind: str = "", *, is_home: bool = False) -> None:
        """Take in a page that was read at ``url``, with the ids of its offers; ``kind`` is what it was taken for."""
        own = parse(url)
        self._first_time(url)
        inside = [parse(link.url) for link in page.links[:PAGE_LINKS_LIMIT] if self.owns(link.url)]
        self.known.learn_sessions(own, inside)
        if is_home:
            self.known.learn_language(own, inside)
        shown = [link.url for link in page.links[:PAGE_LINKS_LIMIT] if link.kind == "product" and self.owns(link.url)]
        found = "home" if is_home else page.kind
        run = run_of(kind, own, shape(own))
        self.known.fetched(run, found, self.known.new_products(map(self._plain, shown)))
        if page.kind == "product":
            for offer in list(offers)[:1]:
                self.known.learn_leaf(leaf(own), offer)

    def failed(self, url: str, kind: str = "") -> Step | None:
        """Take in that a page could not be had; the step to another address of the same product, if there is one."""
        address = parse(url)
        self.known.fetched(run_of(kind, address, shape(address)), "error", 0)
        if len(self._missing) < LINKS_LIMIT:
            self._missing.add(hash(self._plain(url)))
        others = self._named.get(leaf(address), [])
        if others:
            return others.pop(0)
        self._named.pop(leaf(address), None)  # the next address of it that is seen is handed on
        return None

    def steps(self, candidates: Iterable[Candidate]) -> list[Step]:
        """The requests worth making among these links, each address once, the most promising first.

        The order counts: a frontier keeps it within a band of priorities.
        """
        found = list(self._steps(candidates))
        return sorted(found, key=lambda found: found.rank)

    def _steps(self, candidates: Iterable[Candidate]) -> Iterator[Step]:
        for candidate in candidates:
            if not self.owns(candidate.url):
                self.refused["other_host"] += 1
                continue
            found = plan(candidate.url, candidate.guess, candidate.score, self.known, self.seen)
            if isinstance(found, Refusal):
                self.refused[found.reason] += 1
            elif self._first_time(found.url):
                if self._is_named_already(found):
                    self.refused["known_product"] += 1
                else:
                    yield found

    def _is_named_already(self, step: Step) -> bool:
        """Whether a product with the id that this address names was handed on; the address is kept for its failure."""
        address = parse(step.url)
        if not words.names_product(address):
            return False
        name = leaf(address)
        if name not in self._named:
            if len(self._named) < LINKS_LIMIT:
                self._named[name] = []
            return False
        if len(self._named[name]) < ALTERNATIVES_LIMIT:
            self._named[name].append(step)
        return True

    def remember(self, urls: Iterable[str], products: Iterable[str]) -> None:
        """Addresses of earlier visits: they are no news, and are not handed on for being linked."""
        for url in urls:
            self._first_time(url)
        self.known.new_products(map(self._plain, products))

    def legal(self, pages: dict[str, str]) -> Iterator[Step]:
        """The legal pages that this page names, each kind once per storefront."""
        for name, url in pages.items():
            if name not in self._legal and self.owns(url) and self._first_time(url):
                self._legal.add(name)
                yield step(url, "legal", parse(url), shape(parse(url)))

    def worth(self, url: str, kind: str) -> bool:
        """Whether a queued request is still worth making."""
        address = parse(url)
        if worth(kind, run_of(kind, address, shape(address)), self.known):
            return True
        self.refused[f"{kind}_gives_nothing_new"] += 1
        return False

    def owns(self, url: str) -> bool:
        """Whether an address belongs to this storefront."""
        netloc = urlsplit(url).netloc
        if netloc not in self._own_hosts:
            if len(self._own_hosts) > SHOPS_LIMIT:
                self._own_hosts.clear()
            self._own_hosts[netloc] = storefront_key(url) == self.key
        return self._own_hosts[netloc]

    def seen(self, url: str) -> bool:
        """Whether this address was handed on before, and nothing is known against it."""
        fingerprint = hash(self._plain(url))
        return fingerprint in self._handed_on and fingerprint not in self._missing

    def _plain(self, url: str) -> str:
        return canonical(url) or url

    def _first_time(self, url: str) -> bool:
        fingerprint = hash(self._plain(url))
        if fingerprint in self._handed_on:
            return False
        if len(self._handed_on) >= LINKS_LIMIT:
            self._handed_on.clear()  # the frontier's own set still drops what was seen
        self._handed_on.add(fingerprint)
        return True


def candidates(links: Iterable[Link]) -> Iterator[Candidate]:
    """The links of a page as candidates."""
    return (Candidate(link.url, link.kind, link.score) for link in list(links)[:PAGE_LINKS_LIMIT])


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
