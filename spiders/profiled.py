"""Pages of a marketplace as its profile reads them: results, items and sellers, and which pages they lead to."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from urllib.parse import quote

from scrapy import Request
from scrapy.http import Response

from crawler.extract.profiles import reading
from crawler.extract.profiles.offers import offer_of, seller_of
from crawler.extract.profiles.places import Found
from crawler.extract.profiles.reading import Reading, Row
from crawler.extract.profiles.schema import Profile
from crawler.extract.profiles.values import Value
from crawler.items import Capture, Storefront
from crawler.urls import canonical, join
from spiders.base import content_type
from spiders.storefront import StorefrontSpider

SELLER_PRIORITY, ITEM_PRIORITY = 5, 10
"""Above result pages: what was found is read before more is searched for, so that a cut run has whole offers."""


class ProfiledSpider(StorefrontSpider):
    """What a spider of marketplaces makes of a page; one that is not as the profile says is kept, and an alarm."""

    name = ""  # not a spider of its own

    @abstractmethod
    def search(self, profile: Profile, words: str, page: int, priority: int = 0) -> Request:
        """A request for one page of results."""

    def refused(self, profile: Profile, response: Response) -> None:
        """No access: the run is degraded, and says which token is missing."""
        self.count("profile/degraded")
        self.count(f"profile/degraded/{response.status}")
        wanted = f"; it wants a token in {profile.token.environment}" if profile.token else ""
        self.logger.error("%s refused %s (%s)%s", profile.name, response.url, response.status, wanted)

    def results(self, profile: Profile, response: Response) -> Iterator[Capture | Request]:
        """A page of results: its offers, requests for items and sellers, and for the next page."""
        before = (response.meta["page"] - profile.search.first) * profile.search.per_page
        found = reading.read_results(profile, response.body, response.url, content_type(response), before)
        yield self.kept(profile, response, found, "results")
        yield from self.visits(profile, found.rows, words=response.meta["words"])
        page, first = response.meta["page"], str(found.rows[0]["id"].value) if found.rows else ""
        if (
            not found.rows
            or page - profile.search.first + 1 >= profile.search.pages
            or first == response.meta.get("seen")
        ):
            return  # a page behind the last one may show the last one again
        asked = (page - profile.search.first + 1) * profile.search.per_page
        if found.total is None or asked < found.total:
            following = self.search(profile, response.meta["words"], page + 1, response.meta["band"])
            following.meta["seen"] = first
            yield following if not found.following else following.replace(url=found.following)

    def item(self, profile: Profile, response: Response) -> Iterator[Capture | Request]:
        """The page of an item: its offer, and a request for its seller."""
        found = reading.read_item(profile, response.body, response.url, content_type(response))
        number = response.meta["number"]
        found.one.setdefault("id", Value(number, Found(number, "url")))
        found.one.setdefault("url", Value(response.url, Found(response.url, "url")))
        found.rows = [found.one] if not found.alarms else []
        yield self.kept(profile, response, found, "item", own_page=True)
        yield from self.sellers(profile, found.rows)

    def seller_page(self, profile: Profile, response: Response) -> Iterator[Capture | Request]:
        """A seller's page, or one of his items'."""
        listing = response.meta["role"] == "items"
        read = reading.read_results if listing else reading.read_seller
        found = read(profile, response.body, response.url, content_type(response))
        if listing:
            found.alarms = []  # of one seller's items nobody says how many there are at least
        yield self.kept(profile, response, found, "seller")
        yield from self.visits(profile, found.rows, with_sellers=False)
        yield from self.more_items(profile, response, found, listing)

    def more_items(self, profile: Profile, response: Response, found: Reading, listing: bool) -> Iterator[Request]:
        """The next page of a seller's items."""
        meta = {"profile": profile.name, "role": "seller"}
        if found.following and found.following != response.url:
            yield Request(found.following, headers=profile.headers, priority=SELLER_PRIORITY, meta=meta)
        form, number = profile.seller.lists if profile.seller else None, response.meta.get("number", "")
        if not form or form == "page" or not number:
            return
        page = response.meta.get("page", profile.search.first - 1) + 1
        asked = (page - profile.search.first) * profile.search.per_page
        if listing and (not found.rows or (found.total is not None and asked >= found.total)):
            return
        url = _filled(form, id=number, page=page, offset=asked)
        meta |= {"role": "items", "number": number, "page": page}
        yield Request(url, headers=profile.headers, priority=SELLER_PRIORITY, meta=meta)

    def kept(
        self, profile: Profile, response: Response, found: Reading, kind: str, *, own_page: bool = False
    ) -> Capture:
        """The capture of a page. One that is not as the profile says is kept, and degrades the run."""
        capture = self.capture(response)
        capture.page_kind = "degraded" if found.alarms else f"market_{kind}"
        capture.rejected = {f"profile.{alarm}": 1 for alarm in found.alarms}
        sellers: dict[str, Storefront] = {}
        if kind == "seller" and (own := seller_of(profile, found.one)):
            sellers[own.id] = own
        for row in found.rows:
            self._add(profile, capture, row, found.one if kind == "seller" else {}, sellers, visited=not own_page)
        capture.storefronts = list(sellers.values())
        if found.alarms:
            response.meta["degraded"] = True
            self.count("profile/degraded")
            for alarm in found.alarms:
                self.count(f"profile/degraded/{alarm}")
            self.logger.error("%s is not as profile %s says: %s", response.url, profile.name, ", ".join(found.alarms))
        return capture

    def _add(
        self, profile: Profile, capture: Capture, row: Row, page: Row, sellers: dict[str, Storefront], visited: bool
    ) -> None:
        seller = seller_of(profile, row, page)
        if seller is not None:
            seller = sellers.setdefault(seller.id, seller)
        if visited and self.needs_visit(profile, row, seller):
            _count(capture, "offer.has_its_own_page")
        elif seller is None:
            _count(capture, "offer.without_seller")
        else:
            offer = offer_of(profile, row, seller, capture.observation.final_url)
            if isinstance(offer, str):
                _count(capture, offer)
            else:
                capture.offers.append(offer)

    def needs_visit(self, profile: Profile, row: Row, seller: Storefront | None) -> bool:
        """Whether the item's own page is asked for."""
        if profile.item is None or profile.visit == "never":
            return False
        return profile.visit == "always" or seller is None or any(n not in row for n in profile.item.required)

    def visits(
        self, profile: Profile, rows: list[Row], *, with_sellers: bool = True, words: str = ""
    ) -> Iterator[Request]:
        """Requests for the pages of items and sellers; the frontier drops what was asked for before.

        ``words`` found them, and are credited with what their pages show.
        """
        for row in rows:
            number = str(row["id"].value)
            if self.needs_visit(profile, row, seller_of(profile, row)):
                url = _own_page(profile, row, number)
                meta = {"profile": profile.name, "role": "item", "number": number} | ({"words": words} if words else {})
                if url:
                    yield Request(url, headers=profile.headers, priority=ITEM_PRIORITY, meta=meta)
        if with_sellers:
            yield from self.sellers(profile, rows)

    def sellers(self, profile: Profile, rows: list[Row]) -> Iterator[Request]:
        """Requests for the pages of the rows' sellers, each once."""
        if profile.seller is None:
            return
        found: dict[str, Request] = {}
        for row in rows:
            seller = seller_of(profile, row)
            if seller is not None:
                own = str(row["seller.id"].value)
                url = _filled(profile.seller.url, id=own) if profile.seller.url else seller.url
                meta = {"profile": profile.name, "role": "seller", "number": own}
                found.setdefault(url, Request(url, headers=profile.headers, priority=SELLER_PRIORITY, meta=meta))
        yield from found.values()


def _own_page(profile: Profile, row: Row, number: str) -> str | None:
    assert profile.item is not None
    if profile.item.url:
        return _filled(profile.item.url, id=number)
    url = str(row["url"].value) if "url" in row else ""
    return join(url, url) if canonical(url) and url.split("/", 3)[2] in profile.hosts else None


def _filled(form: str, **values: object) -> str:
    for name, value in values.items():
        form = form.replace("{" + name + "}", quote(str(value), safe=""))
    return form


def _count(capture: Capture, reason: str) -> None:
    capture.rejected[reason] = capture.rejected.get(reason, 0) + 1
