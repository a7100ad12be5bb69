from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from pymongo.database import Database

from crawler.store.database import Store, connect
from crawler.store.writer import Writer


@pytest.fixture
async def store(mongo_uri: str, mongo_database: Database[dict[str, Any]]) -> AsyncIterator[Store]:
    opened = connect(mongo_uri, mongo_database.name)
    yield opened
    await opened.close()


@pytest.fixture
def writer(store: Store) -> Writer:
    """A writer that leaves indexes and rules out: making thirty indexes takes longer than most tests."""
    quick = Writer(store, patience=20)
    quick.prepared = True
    return quick
