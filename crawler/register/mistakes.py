"""What is wrong with a register file: its line, its field and the fix, in words for a rights holder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from rapidfuzz import fuzz, process

from crawler.register import marks, schema
from crawler.register.schema import RightsHolder


@dataclass(frozen=True)
class Mistake:
    """One thing that a rights holder has to mend."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        return f"{place}: {self.field}: {self.message}" if self.field else f"{place}: {self.message}"


def mistake_of(name: str, marked: marks.Marked, error: Any) -> Mistake:
    """Return what pydantic says of a file, at the line of the field that it means."""
    path: list[str | int] = []
    for part in error["loc"]:
        if (*path, part) not in marked.lines and error["type"] != "missing":
            continue
        path.append(part)
    place = tuple(path)
    while place and place not in marked.lines:
        place = place[:-1]
    dotted = ".".join(str(part + 1) if isinstance(part, int) else str(part) for part in path)
    return Mistake(name, marked.lines.get(place, 1), dotted, _message(error))


def _message(error: Any) -> str:
    if error["type"] == "extra_forbidden":
        return f"unknown field{_nearest(error['loc'])}"
    if error["type"] == "missing":
        return "is missing"
    given = error.get("input")
    said = f" (found {given!r:.60})" if isinstance(given, str | int) or given is None else ""
    return str(error["msg"]).removeprefix("Value error, ") + said


def _nearest(loc: tuple[str | int, ...]) -> str:
    """Return ``; did you mean X?`` for a field name that nearly exists where ``loc`` stands."""
    model: type[BaseModel] = RightsHolder
    for part in loc[:-1]:
        model = _CHILDREN.get((model, str(part)), model)
    known = list(model.model_fields)
    best = process.extractOne(str(loc[-1]), known, scorer=fuzz.ratio, score_cutoff=60)  # 60: lnies → lines
    return f"; did you mean `{best[0]}`?" if best else f"; known here: {', '.join(known)}"


_CHILDREN: dict[tuple[type[BaseModel], str], type[BaseModel]] = {
    (RightsHolder, "brands"): schema.Brand,
    (RightsHolder, "authorised_sellers"): schema.AuthorisedSeller,
    (schema.Brand, "authorised_sellers"): schema.AuthorisedSeller,
    (schema.Brand, "lines"): schema.ProductLine,
    (schema.Brand, "works"): schema.Work,
    (schema.ProductLine, "price"): schema.PriceRange,
}
