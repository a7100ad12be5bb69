"""Who pointed to whom, as documents: one for each source and target, the strongest suspicion wins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from pymongo import UpdateOne
from pymongo.database import Database

from crawler.items import Pointer
from crawler.store.database import Document
from crawler.store.values import clean_fields, digest, identifier


def pointer_update(pointer: Pointer, at: datetime, cut: Counter[str]) -> UpdateOne:
    """The update that stores a pointer; repeating it changes nothing."""
    fields = clean_fields(pointer.model_dump(exclude={"suspicion"}), cut)
    fields["source"], fields["target"] = identifier(pointer.source), identifier(pointer.target)
    return UpdateOne(
        {"_id": digest(pointer.source, pointer.target, pointer.how)},
        {
            "$setOnInsert": fields,
            "$max": {"suspicion": pointer.suspicion, "last_seen": at},
            "$min": {"first_seen": at},
        },
        upsert=True,
    )


def store_pointers(database: Database[Document], pointers: Iterable[Pointer], at: datetime) -> None:
    """Store pointers that no page gave, such as those of a feed."""
    updates = [pointer_update(pointer, at, Counter()) for pointer in pointers]
    if updates:
        database["pointers"].bulk_write(updates, ordered=False)
