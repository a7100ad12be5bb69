"""A marketplace over real HTTP into the real store: searched, paged, sellers visited; a changed page is an alarm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lab.fair import HALL, LOTS, fair
from lab.model import Plan
from lab.sites.site import Request
from lab.world import World
from tests.spiders.hosts import Hosts

PAGES = Path(__file__).parent.parent / "pages" / "markets"


def few(seed: str) -> list[Plan]:
    """A hall and an interface with five sellers each."""
    plans = fair(seed)
    hosts = {host: [one for one in plans if one.host == host] for host in (HALL, LOTS)}
    return [one for rows in hosts.values() for one in rows[:6]]


class Lab:
    def __init__(self, folder: Path) -> None:
        self.world, self.robots, self.change = World("9", few), b"", None
        self.net = Hosts(folder, self.world.sites, self.answer)

    def answer(self, host: str, path: str) -> tuple[int, str, bytes]:
        found = self.world.sites[host].answer(Request(path))
        body = self.robots if path == "/robots.txt" and self.robots else found.body
        return found.status, found.content_type, self.change(body) if self.change else body

    def items(self, host: str) -> int:
        return sum(
            len(one.items) for one in self.world.storefronts.values() if one.plan.host == host and one.plan.account
        )


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    found = Lab(tmp_path)
    yield found
    found.net.close()


def market(crawl: Any, lab: Lab, name: str, *more: str, **settings: str) -> Any:
    options = {"RESOLVER_HOSTS": str(lab.net.file), "HOST_DELAY": "0", "HOST_CONCURRENCY": "8", "ASSESS_INTERVAL": "0"}
    return crawl("marketplace", "-a", f"profile={PAGES / name}.yaml", *more, **options | settings)


@pytest.mark.parametrize("name", ["grandhall", "lotwerk"])
def test_all_offers_of_the_sellers_and_nothing_else(crawl: Any, lab: Lab, mongo_database: Any, name: str):
    done = market(crawl, lab, name, MARKET_QUERIES="60")
    assert done.returncode == 0, done.stderr[-2000:]
    offers = list(mongo_database["offers"].find())
    assert len(offers) == lab.items(f"{name}.test")
    sellers = list(mongo_database["storefronts"].find({"kind": "marketplace_seller"}))
    assert len(sellers) == 5 and all(one["country"] and one["facts"]["member_since"] for one in sellers)
    assert (
        all(one["key"].startswith(f"{name}.test:") for one in sellers)
        and mongo_database["storefronts"].count_documents({}) == 5
    )
    kept = " ".join(map(str, offers + sellers))
    assert "Beste Angebote" not in kept and "Beendet" not in kept and "service@grandhall.test" not in kept
    if name == "lotwerk":  # no query twice in a window
        assert market(crawl, lab, name, MARKET_QUERIES="60").returncode == 0
    searched = [path for host, path in lab.net.asked if "suche" in path or "find" in path]
    assert len(searched) == len(set(searched))


def test_a_changed_page_degrades_the_run_and_is_kept(crawl: Any, lab: Lab, mongo_database: Any):
    lab.change = lambda body: body.replace(b"k-karte", b"q")
    done = market(crawl, lab, "grandhall", "-a", "keywords=Velmora,Kestrel")
    assert done.returncode == 4 and "results.none" in done.stderr
    page = mongo_database["pages"].find_one({"kind": "degraded"})
    assert page["rejected"]
    assert mongo_database["bodies.files"].count_documents({"filename": page["body_sha256"]}) == 1


def test_robots_are_obeyed_unless_an_authority_is_recorded(crawl: Any, lab: Lab, mongo_database: Any, tmp_path: Path):
    lab.robots = b"User-agent: *\nDisallow: /suche\n"
    market(crawl, lab, "grandhall", "-a", "keywords=Velmora")
    assert not [path for _, path in lab.net.asked if "suche" in path]
    paper = tmp_path / "authority.yaml"
    paper.write_text("{document: order 12 of the court of Example, scope: ['http://grandhall.test/suche'],"
                     " expires: 2999-01-01, recorded_by: an operator}")  # fmt: skip
    done = market(crawl, lab, "grandhall", "-a", "keywords=Velmora", AUTHORITY=str(paper))
    assert done.returncode == 0 and "order 12 of the court" in done.stderr
    assert [path for _, path in lab.net.asked if "suche" in path] and mongo_database["offers"].count_documents({})
