from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pymongo.database import Database

from crawler.items import Capture
from crawler.store.database import connect, open_database
from crawler.store.writer import Writer
from tests.assessment.build import Store, Write


@pytest.fixture
def database(mongo_uri: str, mongo_database: Database[dict[str, Any]]) -> Iterator[Database[dict[str, Any]]]:
    opened = open_database(mongo_uri, mongo_database.name)
    yield opened
    opened.client.close()


@pytest.fixture
def write(mongo_uri: str, database: Store) -> Write:
    async def write(*captures: Capture) -> None:
        store = connect(mongo_uri, database.name)
        writer = Writer(store)
        writer.prepared = True
        for item in captures:
            await writer.write(item)
        await store.close()

    return write
