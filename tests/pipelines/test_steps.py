"""The steps between a page and the store, each alone, on captures as the spider yields them."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.test import get_crawler

from crawler.extract.normalised import tidy
from crawler.items import Capture, Identifier, Money, Observation, Offer, Provenance, Storefront
from pipelines.flag import FlagPipeline
from pipelines.normalise import NormalisePipeline
from pipelines.provenance import ProvenancePipeline
from pipelines.validate import ValidatePipeline

SHA = "a" * 64


def place(text: str = "x") -> Provenance:
    return Provenance(extractor="visible", path="/html/body/p", text=text)


def offer(_id: str = "s.test#1|id:1", title: str = "Velmora Aurelia tote", price: Money | None = None) -> Offer:
    places = {"title": place(title)} | ({"price": place("1")} if price else {})
    return Offer(id=_id, storefront="s.test#1", url="http://s.test/p/1", title=title, price=price, provenance=places)


def capture(*offers: Offer, rejected: dict[str, int] | None = None) -> Capture:
    look = Observation(fetched_at=datetime(2026, 3, 10, tzinfo=UTC), url="http://s.test/p/1",
                       final_url="http://s.test/p/1", status=200, body_sha256=SHA, body_size=1)  # fmt: skip
    email = Identifier(kind="email", value="a@s.test", provenance=place("a@s.test"))
    shop = Storefront(id="s.test#1", key="s.test", kind="shop", url="http://s.test/", identifiers=(email,))
    return Capture(observation=look, body=b"x", page_kind="product", offers=list(offers), storefronts=[shop],
                   rejected=rejected or {})  # fmt: skip


@pytest.fixture
def stats() -> MemoryStatsCollector:
    return MemoryStatsCollector(get_crawler())


def test_what_was_turned_away_is_counted_under_its_name(stats) -> None:
    page = capture(offer(), offer(), offer("s.test#1|id:2"), rejected={"offer.no_title": 3})
    done = ValidatePipeline(stats).process_item(page)
    assert [one.id for one in done.offers] == ["s.test#1|id:1", "s.test#1|id:2"]
    assert stats.get_value("rejected/shown_twice") == 1
    assert stats.get_value("rejected/offer.no_title") == 3
    assert stats.get_value("pages/product") == 1


def test_prices_become_comparable_and_say_by_which_rate(stats) -> None:
    page = capture(offer(price=Money(amount=Decimal("100"), currency="USD")))
    found = NormalisePipeline(stats, "EUR").process_item(page).offers[0].converted
    assert found is not None
    assert found.currency == "EUR"
    assert found.amount == (Decimal(100) * found.rate).quantize(Decimal("0.01"))
    assert found.rate_date == "2026-03-10"


@pytest.mark.parametrize(("currency", "counted"), [("VND", "VND"), (None, "no_currency")])
def test_a_price_without_a_rate_is_not_guessed_and_counted(stats, currency, counted) -> None:
    page = capture(offer(price=Money(amount=Decimal("100"), currency=currency)))
    assert NormalisePipeline(stats, "EUR").process_item(page).offers[0].converted is None
    assert stats.get_value(f"prices/unconverted/{counted}") == 1


@pytest.mark.parametrize(
    ("text", "tidied"),
    [("  a \n\t b ", "a b"), ("e\u0301", "é"), ("Ｖｅｌｍｏｒａ", "Ｖｅｌｍｏｒａ"), ("Ⓥelmora", "Ⓥelmora"), ("", "")],
)
def test_text_is_folded_and_a_disguise_is_kept(text, tidied) -> None:
    assert tidy(text) == tidied


def test_every_place_names_its_body() -> None:
    done = ProvenancePipeline().process_item(capture(offer()))
    assert done.offers[0].provenance["title"].body_sha256 == SHA
    assert done.storefronts[0].identifiers[0].provenance.body_sha256 == SHA


async def test_flags_rest_on_places_of_the_offer(stats) -> None:
    page = ProvenancePipeline().process_item(capture(offer(), offer("s.test#1|id:2", "Brass lamp")))
    first, second = (await FlagPipeline("", stats).process_item(page)).offers
    assert {flag.code for flag in first.flags if flag.state == "raised"} == {"brand.unauthorised"}
    assert first.flags[0].provenance[0].body_sha256 == SHA
    assert second.flags == ()
    assert stats.get_value("flags/raised/brand.unauthorised") == 1


@pytest.mark.parametrize(("opened", "warned"), [([], 1), (["127.0.0.0/8"], 0)])
def test_a_crawl_without_a_register_says_that_it_looks_for_invented_brands(opened, warned, caplog) -> None:
    settings = {"REDIS_URL": "redis://127.0.0.1:1", "FRONTIER_PREFIX": "x", "REGISTER": "", "GUARD_ALLOW": opened}
    crawler = get_crawler(settings_dict=settings)
    crawler.stats = MemoryStatsCollector(crawler)
    FlagPipeline.from_crawler(crawler)
    assert sum("TOUCHSTONE_REGISTER" in record.getMessage() for record in caplog.records) == warned
