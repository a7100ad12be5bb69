"""Opening the store: one place that sets durability, time zone and time limits for everybody."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from bson.codec_options import CodecOptions
from pymongo import AsyncMongoClient, MongoClient, WriteConcern
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.database import Database
from pymongo.errors import ConfigurationError as MongoConfigurationError
from pymongo.errors import InvalidName, InvalidURI, PyMongoError

from crawler.errors import ConfigurationError, ServerUnavailable

Document = dict[str, Any]

DURABLE = WriteConcern(w="majority", j=True)
"""Acknowledged means: in the journal of a majority. A standalone mongod with w:1 lost acknowledged writes."""
SELECT_TIMEOUT_MS = (
    5_000  # an embedded mongod that restarts is back in about 2 s; a failover takes up to 12 s, see retry
)
SOCKET_TIMEOUT_MS = 60_000  # the slowest sane answer: an index build or a long aggregation
CODEC: CodecOptions[Document] = CodecOptions(tz_aware=True, tzinfo=UTC)


@dataclass
class Store:
    """The collections, for whoever awaits: pipelines and the assessor. Close it with ``await store.close()``."""

    client: AsyncMongoClient[Document]
    database: AsyncDatabase[Document] = field(repr=False)

    def __getitem__(self, name: str) -> AsyncCollection[Document]:
        """A collection by name, with durable writes."""
        return self.database[name]

    async def close(self) -> None:
        """Give the connections back."""
        await self.client.close()


def connect(uri: str, name: str, **options: Any) -> Store:
    """Open the store for asynchronous use. Talks to no server yet. ``options`` go to the driver's client.

    Raises:
        ConfigurationError: the address or the database name cannot be one.
    """
    _quieten()
    try:
        client: AsyncMongoClient[Document] = AsyncMongoClient(uri, **_options() | options)
        return Store(client, client.get_database(name, codec_options=CODEC, write_concern=DURABLE))
    except (InvalidURI, MongoConfigurationError, InvalidName, ValueError) as error:
        raise ConfigurationError(f"MONGO_URI or MONGO_DATABASE is wrong: {error}") from None


def open_database(uri: str, name: str) -> Database[Document]:
    """Open the store for commands, and make sure that it answers. Close it with ``database.client.close()``.

    Raises:
        ConfigurationError: the address or the database name cannot be one.
        ServerUnavailable: nobody answers there.
    """
    _quieten()
    try:
        client: MongoClient[Document] = MongoClient(uri, **_options())
        database = client.get_database(name, codec_options=CODEC, write_concern=DURABLE)
    except (InvalidURI, MongoConfigurationError, InvalidName, ValueError) as error:
        raise ConfigurationError(f"MONGO_URI or MONGO_DATABASE is wrong: {error}") from None
    try:
        client.admin.command("ping")
    except PyMongoError as error:
        client.close()
        raise ServerUnavailable(
            f"MongoDB does not answer ({brief(error)}); start it with `scrapy servers up`"
        ) from None
    return database


@contextmanager
def answering() -> Iterator[None]:
    """Turn the driver's errors into one line for a person: for commands, which talk to the store many times.

    Raises:
        ServerUnavailable: the server went away or refused.
    """
    try:
        yield
    except PyMongoError as error:
        raise ServerUnavailable(f"MongoDB failed ({brief(error)}); see `scrapy servers status`") from error


def brief(error: BaseException) -> str:
    """The first clause of a driver's message: the rest is a dump of the topology."""
    return str(error).split(", full error")[0].split(", Timeout:")[0][:300]


def _quieten() -> None:
    """Scrapy lets every logger speak, and then the driver writes down each command: a fifth of a worker's time."""
    logging.getLogger("pymongo").setLevel(logging.INFO)


def _options() -> dict[str, Any]:
    return {
        "appname": "touchstone",
        "tz_aware": True,
        "tzinfo": UTC,
        "retryWrites": True,
        "retryReads": True,
        "serverSelectionTimeoutMS": SELECT_TIMEOUT_MS,
        "connectTimeoutMS": SELECT_TIMEOUT_MS,
        "socketTimeoutMS": SOCKET_TIMEOUT_MS,
    }
