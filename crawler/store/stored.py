"""Stored offers → the models that indicators read: what was written by ``documents`` comes back."""

from __future__ import annotations

from typing import Any

from bson.decimal128 import Decimal128

from crawler.items import NEEDS_PROVENANCE, Offer
from crawler.store.database import Document

FIELDS = frozenset(Offer.model_fields) - {"id", "flags"}
PROVENANCE = frozenset({"extractor", "path", "text", "body_sha256"})


def offer_of(document: Document) -> Offer:
    """The offer that a document holds, without flags.

    A value whose place is not stored is left out, as the model demands: a flag must be able to name it.

    Raises:
        pydantic.ValidationError: the document was written by something else.
    """
    values = {name: _plain(document[name]) for name in FIELDS & document.keys() if document[name] is not None}
    places = {name: _place(place) for name, place in (values.get("provenance") or {}).items()}
    unplaced = {name for name in NEEDS_PROVENANCE & values.keys() if name not in places}
    kept = {name: value for name, value in values.items() if name not in unplaced}
    return Offer.model_validate(kept | {"id": document["_id"], "provenance": places})


def _place(place: Document) -> Document:
    return {name: value for name, value in place.items() if name in PROVENANCE}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal128):
        return value.to_decimal()
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
