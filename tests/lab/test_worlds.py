"""The large worlds: as large as they say, the same for the same seed, and full of people who offer nothing."""

from __future__ import annotations

import pytest

from lab.sites.site import Request
from lab.worlds import WORLDS


def test_markets_are_large():
    world, _, truth = WORLDS["markets"]("3")
    offers = [offer for one in truth["storefronts"] for offer in one["offers"]]
    assert len(offers) >= 5_000 and len({offer["url"] for offer in offers}) == len(offers)
    assert len(world.storefronts) >= 300


def test_social_sites_answer_with_every_post_and_its_bystander():
    world, seeds, truth = WORLDS["social"]("3")
    assert len(truth["posts"]) >= 3_000 and len({post["language"] for post in truth["posts"]}) >= 5
    assert truth == WORLDS["social"]("3")[2]
    for url in seeds[::10]:
        host, _, path = url.removeprefix("http://").partition("/")
        page = world.sites[host].answer(Request(f"/{path}"))
        assert page.status == 200 and any(post["bystander"] in page.text for post in truth["posts"][:5_000])


@pytest.mark.parametrize("seed", ["1", "2"])
def test_linked_shops(seed: str):
    world, seeds, truth = WORLDS["linked"](seed)
    assert len(world.sites) >= 200 and len(seeds) == 5
    host = next(iter(world.sites))
    page = world.sites[host].answer(Request("/")).text
    assert all(f"http://{target}/" in page for target in truth["links"][host])
