"""One shop as one worker knows it: from a page that was read to the requests that are worth making."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from crawler.discovery.economy import misplaced, slugs, words
from crawler.discovery.economy.dress import leaf, name_of, strip, undressed
from crawler.discovery.economy.knowledge import Knowledge
from crawler.discovery.economy.left_lists import LeftLists
from crawler.discovery.economy.needless import Needless
from crawler.discovery.economy.patience import ALWAYS, group_of, run_of, worth
from crawler.discovery.economy.plan import Candidate, Refusal, Step, plan, step
from crawler.discovery.economy.shapes import Address, parse, shape
from crawler.extract.model import Page
from crawler.urls import canonical, storefront_key

HOSTS_LIMIT = 500  # of which it is remembered whether they are this storefront's
LINKS_LIMIT = 100_000  # products of a shop of which a worker remembers other addresses
OTHERS_LIMIT = 3  # further addresses of one product that are tried when the first cannot be had
NAMED = "sitemap"  # where an address stands that the shop's own list of its products names
WORDINGS_LIMIT = 5_000  # different pages of a shop whose words are remembered
SAME_PAGES = 3  # paths with the same words from which they stand for pages that are not there
PAGE_LINKS_LIMIT = 3_000  # links of one page that are looked at; the largest real menus have a few hundred


class Shop:
    """One storefront's links: learns from each page, and hands every address on once."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.known = Knowledge()
        self.refused: Counter[str] = Counter()
        """Reason → links refused for it since the start."""
        self.marks = self.known.marks
        self.is_joined = False
        """Whether what other workers learned of it was taken."""
        self.has_company = False
        """Whether another worker was at it when the two exchanged what they know."""
        self.pages = 0
        """Pages of it that this worker read."""
        self._own_hosts: dict[str, bool] = {}
        self._wordings: dict[str, set[int]] = {}
        """Digest of all words of a page → hashes of the paths that showed it."""
        self.others: list[tuple[str, str]] = []
        """Further addresses of products, with the product's name: to be kept in case the first fails."""
        self._pairs = Needless()
        self.lists = LeftLists(self.known)
        self._others: Counter[str] = Counter()
        """Name of a product → how many of these were seen."""

    def read(
        self,
        url: str,
        page: Page,
        offers: Iterable[str] = (),
        kind: str = "",
        *,
        is_home: bool = False,
        like: str = "",
        left: bool = False,
    ) -> list[Step]:
        """Take in a page that was read at ``url``, with the ids of its offers; the requests worth making among its
        links. ``kind`` is what the page was taken for when it was asked for, ``like`` the form of the addresses of
        things to which it names none; ``left``: its cards were left to the pages of their products."""
        own = parse(url)
        self._first_time(url)
        links = page.links[:PAGE_LINKS_LIMIT]
        inside = [parse(link.url) for link in links if self.owns(link.url)]
        self.known.learn_sessions(own, inside)
        if is_home:
            self.known.learn_language(own, inside)
        before = self.known.products()
        found = [Candidate(link.url, link.kind, link.score, link.where) for link in links]
        steps = self.steps([*found, *slugs.candidates(page, like)])
        self._learn(url, own, page, kind, self.known.products() - before, is_home=is_home)
        if page.kind == "product":
            self._learn_product(url, own, page, offers)
        if left:
            self.lists.remember(url)
        return [*steps, *self.lists.again()]

    def _learn(self, url: str, own: Address, page: Page, kind: str, new: int, *, is_home: bool) -> None:
        self.known.fetched(shape(own), "home" if is_home else page.kind)
        if page.kind == "product" or kind == "product":
            self.lists.learn(is_product=page.kind == "product")
        if kind == "product":
            self.known.looked([run_of(kind, own)], found=page.kind == "product")
        elif kind and kind not in ALWAYS and page.kind != "legal":
            found = new > 0 or (page.kind == "product" and kind != "other")  # a review shows a price as well
            runs = [run_of(kind, own), group_of(kind)]
            self.known.looked([run for run in runs if run is not None], found=found)
            if kind == "paging" and words.first_pages(own) and self.seen(strip(url, words.first_pages(own))):
                self.known.counts["first|differs" if new else "first|same"] += 1
        if kind != "product" and self.known.counts["named|there"]:
            self.known.counts["named|missed"] += new

    def _learn_product(self, url: str, own: Address, page: Page, offers: Iterable[str]) -> None:
        """One product under several addresses: by the offers that they gave, or by the page's own word."""
        for offer in list(offers)[:1]:
            self.known.learn_leaf(leaf(own), offer)
            self._pairs.learn(url, own, offer, self.known)
        misplaced.served(url, self.known, self._handed_on)
        said = parse(page.canonical)
        if page.canonical and leaf(said) == leaf(own) and self._plain(page.canonical) != self._plain(url):
            self.known.counts["leaf|again"] += 1
            self._first_time(page.canonical)

    def failed(self, url: str, kind: str = "") -> str:
        """Take in that a page could not be had; the name of its product, if that may have other addresses."""
        address = parse(url)
        self.known.fetched(shape(address), "error")
        if kind and kind not in ALWAYS:
            runs = [run_of(kind, address), group_of(kind)]
            self.known.looked([run for run in runs if run is not None], found=False)
        self.marks.add("missing", self._plain(url))
        misplaced.failed(url, self.known, self._handed_on)
        name = name_of(address, self._plain(url))
        return name if name != self._plain(url) else ""

    def elsewhere(self, url: str) -> str:
        """The address at which a page that could not be had must be; empty when nothing tells, or it was handed on."""
        other = misplaced.elsewhere(url, self.known)
        return other if other and not self._handed_on(other) else ""

    def shows_the_same(self, url: str, page: Page) -> bool:
        """Whether a page says word for word what others of the shop say under other paths: "not found" with status 200.

        What sells, lists or informs is never taken for that; nor a page whose words only scripts know.
        """
        if page.kind != "other" or page.needs_javascript or not page.wording:
            return False
        paths = self._wordings.setdefault(page.wording, set()) if len(self._wordings) < WORDINGS_LIMIT else set()
        paths.add(hash(parse(url).segments))
        if len(paths) < SAME_PAGES:
            return False
        self.refused["same_page"] += 1
        return True

    def left(self, url: str) -> None:
        """Take in that an address led out of the shop."""
        self.known.looked([f"away {shape(parse(url))}"], found=False)

    def steps(self, candidates: Iterable[Candidate]) -> list[Step]:
        """The requests worth making among these links, each address once, the most promising first.

        The order counts: a frontier keeps it within a band of priorities.
        """
        return sorted(self._steps(candidates), key=lambda found: found.rank)

    def _steps(self, candidates: Iterable[Candidate]) -> Iterator[Step]:
        for candidate in candidates:
            if not self.owns(candidate.url):
                self.refused["other_host"] += 1
                continue
            found = plan(candidate, self.known, self.seen)
            if isinstance(found, Refusal):
                self.refused[found.reason] += 1
            elif self._needs_no_page(found.url):
                self.refused["in_feed"] += 1
            elif found.kind == "product":
                yield from self._product(found, candidate)
            elif self._first_time(found.url):
                yield found

    def _product(self, found: Step, candidate: Candidate) -> Iterator[Step]:
        """The step to a product unless it was handed on, or a step to another address of it was."""
        name = self._name(found.url)
        bare = found.url.partition("?")[0]
        if bare != found.url and self.known.knows(self._name(bare)):  # chosen size, or where one came from
            self.refused["known_product"] += 1
            return
        new = self.known.new_products([name])
        if candidate.where == NAMED:
            self.known.counts["named|there"] += new
        if self._is_dropped(found.url):
            self.marks.add("again", self._plain(found.url))
            yield found._replace(again=True)
        elif self._first_time(found.url):
            if self._has_its_step(name, found):
                self.refused["known_product"] += 1
                return
            yield found

    def _has_its_step(self, name: str, found: Step) -> bool:
        """Whether a step to another address of this product was given; then this one waits in case that fails."""
        if name == self._plain(found.url) or self.marks.add("named", name) or self.marks.has("gone", name):
            return False
        if self._others[name] < OTHERS_LIMIT and len(self._others) < LINKS_LIMIT:
            self._others[name] += 1
            self.others.append((name, found.url))
        return True

    def _is_dropped(self, url: str) -> bool:
        """Whether an address was handed on for less and dropped, and not handed on again since."""
        plain = self._plain(url)
        return self.marks.has("dropped", plain) and not self.marks.has("again", plain)

    def remember(self, urls: Iterable[str], products: Iterable[str]) -> None:
        """Addresses of earlier visits: they are no news, and are not handed on for being linked."""
        for url in urls:
            self._first_time(url)
        self.known.new_products(map(self._name, products))

    def in_feed(self, urls: Iterable[str]) -> None:
        """Take in that a feed gave these products whole: their own pages are asked for only where ``wanted``."""
        for url in urls:
            self.known.counts["named|there"] += self.known.new_products([self._name(url)])
            self.marks.add("in_feed", self._name(url))

    def wanted(self, url: str) -> Iterator[Step]:
        """The step to a product's own page although a feed gave it: it is evidence. None when it is under way."""
        self.marks.add("wanted", self._name(url))
        is_dropped = self._is_dropped(url)
        if is_dropped:
            self.marks.add("again", self._plain(url))
        if is_dropped or self._first_time(url):
            yield step(url, "product")._replace(again=is_dropped)

    def _needs_no_page(self, url: str) -> bool:
        name = self._name(url)
        return self.marks.has("in_feed", name) and not self.marks.has("wanted", name)

    def legal(self, pages: dict[str, str]) -> Iterator[Step]:
        """The legal pages that this page names, each kind once per storefront."""
        for name, url in pages.items():
            if self.marks.has("legal", name) or not self.owns(url) or words.prior(parse(url)) == "never":
                continue
            bare = undressed(url, self.known, self.seen)
            if self._first_time(bare):
                self.marks.add("legal", name)
                yield step(bare, "legal")

    def worth(self, url: str, kind: str) -> bool:
        """Whether a queued request is still worth making, by the newest that is known of its address."""
        address = parse(url)
        if kind not in ALWAYS and self.known.knows(self._name(url)):
            kind = "product"
        reason = self._needless(url, address, kind)
        if reason:
            self.refused[reason] += 1
            self.marks.add("dropped", self._plain(url))
        return not reason

    def _needless(self, url: str, address: Address, kind: str) -> str:
        """Why a request is not worth making any more."""
        if self._needs_no_page(url):
            return "in_feed"
        if misplaced.elsewhere(url, self.known):
            return "" if self.elsewhere(url) else "known_product"
        bare = undressed(url, self.known, self.seen)
        another = self._plain(bare) != self._plain(url)  # else what was handed on is this very request
        if another and kind != "product" and self.seen(bare):
            return "dressed"
        if kind == "product" and self.known.leaf_tells(leaf(address)):
            return "known_product"
        return "" if worth(kind, address, self.known) else f"{kind}_gives_nothing_new"

    def owns(self, url: str) -> bool:
        """Whether an address belongs to this storefront."""
        netloc = urlsplit(url).netloc
        if netloc not in self._own_hosts:
            if len(self._own_hosts) > HOSTS_LIMIT:
                self._own_hosts.clear()
            self._own_hosts[netloc] = storefront_key(url) == self.key
        return self._own_hosts[netloc]

    def seen(self, url: str) -> bool:
        """Whether this address was handed on before, and nothing is known against it."""
        return self._handed_on(url) and not self.marks.has("missing", self._plain(url))

    def _handed_on(self, url: str) -> bool:
        return self.marks.has("handed_on", self._plain(url))

    def _plain(self, url: str) -> str:
        return canonical(url) or url

    def _name(self, url: str) -> str:
        return name_of(parse(url), self._plain(url))

    def _first_time(self, url: str) -> bool:
        return self.marks.add("handed_on", self._plain(url))
