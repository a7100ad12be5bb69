"""Flags as indicators make them: code, weight and sentence from the data, versions from the context."""

from __future__ import annotations

from typing import Any

from crawler.indicators.reading.context import Context
from crawler.indicators.safe import quote
from crawler.items import Allegation, Flag, Provenance
from crawler.register.loading import Entry

VALUE_LIMIT = 200  # characters of a value that came from a page


def raised(
    code: str,
    context: Context,
    proofs: tuple[Provenance, ...],
    *,
    entry: Entry | None = None,
    allegation: Allegation | None = None,
    **values: Any,
) -> Flag | None:
    """Return the flag ``code``; None if the rights holder pursues none of its allegations.

    :param allegation: what to allege instead of what the data says.
    :param values: what the flag rests on; those that are text are quoted safely, in the sentence too.
    """
    rule = context.weights[code]
    choices = (allegation,) if allegation else (rule.allegation, *rule.otherwise)
    if entry is not None:
        choices = tuple(choice for choice in choices if choice in entry.holder.allegations)
        if not choices:
            return None
    safe = {name: _safe(value) for name, value in values.items() if value is not None}
    return Flag(
        code=code,
        state="raised",
        allegation=choices[0],
        weight=rule.weight,
        sentence=rule.sentence.format_map(_words(safe, entry, context)),
        values=safe,
        provenance=proofs,
        brand=entry.name if entry else None,
        register_version=context.register.version,
        weights_version=context.weights.version,
    )


def abstained(
    code: str,
    context: Context,
    reason: str,
    proofs: tuple[Provenance, ...] = (),
    *,
    entry: Entry | None = None,
    **values: Any,
) -> Flag:
    """Return the flag ``code`` as not decided.

    :param reason: why, as the end of a sentence; it may name ``values`` in braces.
    """
    safe = {name: _safe(value) for name, value in values.items() if value is not None}
    why = reason.format_map(_words(safe, entry, context))
    return Flag(
        code=code,
        state="abstained",
        sentence=f"Not decided: {why}.",
        values={"reason": why.split(":", 1)[0], **safe},
        provenance=proofs,
        brand=entry.name if entry else None,
        register_version=context.register.version,
        weights_version=context.weights.version,
    )


def _safe(value: Any) -> Any:
    if isinstance(value, str):
        return quote(value, VALUE_LIMIT)
    if isinstance(value, list | tuple):
        return [_safe(item) for item in value[:20]]
    return value


def _words(values: dict[str, Any], entry: Entry | None, context: Context) -> dict[str, str]:
    words = {name: quote(_plain(value)) for name, value in values.items()}
    return {"brand": entry.name if entry else "", "storefront": quote(context.storefront_key), **words}


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
