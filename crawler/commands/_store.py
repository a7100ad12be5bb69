"""Opening the store for a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pymongo.database import Database

from crawler import servers
from crawler.assessment.means import Means, load
from crawler.operations.cli import ProjectCommand
from crawler.store.database import Document, answering, open_database


@contextmanager
def opened_store(command: ProjectCommand) -> Iterator[Database[Document]]:
    """The database of the settings, or the embedded one; a server that fails becomes one line."""
    uri = servers.mongo_uri(command.setting("MONGO_URI"))
    database = open_database(uri, command.setting("MONGO_DATABASE"))
    try:
        with answering():
            yield database
    finally:
        database.client.close()


def means_of(command: ProjectCommand) -> Means:
    """Rules, register and registries' answers of the settings."""
    return load(command.setting("REGISTER"), command.setting("RDAP"))
