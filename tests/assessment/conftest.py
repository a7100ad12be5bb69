from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pymongo.database import Database

from crawler.store.database import open_database


@pytest.fixture
def database(mongo_uri: str, mongo_database: Database[dict[str, Any]]) -> Iterator[Database[dict[str, Any]]]:
    opened = open_database(mongo_uri, mongo_database.name)
    yield opened
    opened.client.close()
