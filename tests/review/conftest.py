"""A store with content: shops of every verdict, one of them written by an enemy of terminals."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pymongo.database import Database
from scrapy.cmdline import execute
from scrapy.utils.project import get_project_settings

from crawler.assessment.assess import assess_changed
from crawler.store.database import connect, open_database
from crawler.store.writer import Writer
from tests.assessment.build import MEANS
from tests.store.build import capture, email, flag, offer, own_page, shop

EVIL = "\x1b[2J\x1b]0;pwned\x07[red]bold[/red]\u202egnp.exe\x00 \r\noverwritten\x9b31m"


def captures(key: str, kind: str, flags: tuple[Any, ...], count: int = 12, word: str = "bag") -> list[Any]:
    owner = f"{key}#1"
    seller = shop(id=owner, key=key, kind=kind, url=f"https://{key}/", legal_pages={"imprint": "/i"}, name=word)
    offers = [
        offer(n, id=f"{owner}/{n}", storefront=owner, url=f"https://{key}/{n}", title=f"{word} {n}", flags=flags)
        for n in range(count)
    ]
    seller.identifiers = (email("owner@mail.test" if flags[:1] and flags[0].weight > 2 else f"owner@{key}"),)
    whole = capture(*offers, storefronts=[seller], url=f"https://{key}/")
    return [whole, own_page(offers[0].model_copy(update={"flags": flags}), at=1, storefronts=[seller])]


ADMITS = (flag(weight=2.5), flag("brand.unauthorised", weight=0.3, allegation="trademark"))


async def write_shops(uri: str, name: str) -> None:
    store = connect(uri, name)
    writer = Writer(store)
    evil = (flag(weight=2.5, sentence=EVIL, brand=EVIL), ADMITS[1])
    for item in (
        *captures("plain.test", "shop", ADMITS),
        *captures("evil.test", "shop", evil, word=EVIL),
        *captures("cheap.test", "shop", (flag("price.far_below_range", weight=1.6),)),
        *captures("honest.test", "shop", ()),
        *captures("tiny.test", "social_account", (), count=1),
    ):
        await writer.write(item)
    await store.close()


@pytest.fixture(scope="package")
def database(mongo_uri: str) -> Iterator[Database[dict[str, Any]]]:
    """Shared by the tests of this room, which only read, or judge again what is judged."""
    name = f"test_review_{secrets.token_hex(6)}"
    asyncio.run(write_shops(mongo_uri, name))
    opened = open_database(mongo_uri, name)
    assert len({item.storefront for item in assess_changed(opened, MEANS)}) == 5
    yield opened
    opened.client.drop_database(name)
    opened.client.close()


@pytest.fixture
def run(
    database: Database[dict[str, Any]],
    mongo_uri: str,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., tuple[int, str, str]]:
    """Run one of our commands as ``scrapy`` does: ``(exit code, stdout, stderr)``."""
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words: str, uri: str = mongo_uri, name: str = database.name) -> tuple[int, str, str]:
        settings = get_project_settings()
        settings.set("MONGO_URI", uri, "cmdline")
        settings.set("MONGO_DATABASE", name, "cmdline")
        with pytest.raises(SystemExit) as left:
            execute(["scrapy", *words], settings)
        out, error = capfd.readouterr()
        return int(left.value.code or 0), out, error

    return run
