"""Why a storefront is judged differently than before, in words."""

from __future__ import annotations

from crawler.assessment.reflag import Again
from crawler.store.database import Document


def changed(before: Document | None, now: Document, again: Again) -> tuple[str, ...]:
    """What changed in what the verdict rests on; empty for a first look and where nothing did."""
    if before is None or before["said"] == now["said"]:
        return ()
    old, new = ({item["code"]: item for item in found["reasons"]} for found in (before, now))
    lines = [f"new: {new[code]['sentence']}" for code in new if code not in old]
    lines += [f"no longer: {old[code]['sentence']}" for code in old if code not in new]
    lines += [
        f"{code} counts {new[code]['counted']:g} instead of {old[code]['counted']:g}"
        for code in new
        if code in old and new[code]["counted"] != old[code]["counted"]
    ]
    return (*_because(before, now, again), *lines)


def _because(before: Document, now: Document, again: Again) -> list[str]:
    old, new = before.get("versions") or {}, now["versions"]
    names = {"rules": "weights or rules", "register": "the register", "tables": "word lists or tables"}
    because = [f"because {meant} changed" for name, meant in names.items() if old.get(name) != new[name]]
    return because + [f"flags: {line}" for line in again.lines()] or ["because more was seen"]
