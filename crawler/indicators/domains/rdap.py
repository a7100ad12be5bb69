"""Answers of registries in RDAP (RFC 9083), which the operator supplies as files: nothing is asked over the network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from crawler.errors import ConfigurationError
from crawler.indicators.whole import Registration

MAX_BYTES = 200_000_000  # a file of a hundred thousand answers
MAX_TEXT = 200  # characters of a registrar's name
MAX_NAME = 253  # characters of a host name (RFC 1035)
MAX_SERVERS = 13  # name servers of a domain; more fit into no answer of the root
AGAIN = frozenset({"reregistration", "reinstantiation"})
"""Event actions of RFC 9083, section 10.2.3, after which a domain may have another holder."""


def load(path: Path) -> dict[str, Registration]:
    """Return domain → registration from a file, or from all ``.json`` and ``.jsonl`` files of a folder.

    A file holds one answer, a list of them, or one on each line. Answers about no domain are left out.

    Raises:
        ConfigurationError: there is no such file, or one is no JSON; the message names it.
    """
    files = sorted(p for p in path.rglob("*") if p.suffix in {".json", ".jsonl"}) if path.is_dir() else [path]
    found: dict[str, Registration] = {}
    for file in files:
        for answer in _answers(file):
            registration = registration_of(answer, file.name)
            if registration is not None:
                found[registration.domain] = registration
    return found


def registration_of(answer: object, source: str = "") -> Registration | None:
    """Return what an RDAP answer says of a domain, None if it is none. Hostile or broken parts are left out."""
    if not isinstance(answer, Mapping) or not isinstance(answer.get("ldhName"), str):
        return None
    events = dict(_events(answer.get("events")))
    return Registration(
        domain=answer["ldhName"].strip().rstrip(".").lower()[:MAX_NAME],
        registered=events.get("registration"),
        registered_again=max((day for action, day in events.items() if action in AGAIN), default=None),
        expires=events.get("expiration"),
        registrar=_registrar(answer.get("entities")),
        name_servers=_name_servers(answer.get("nameservers")),
        source=source,
    )


def _answers(file: Path) -> Iterator[object]:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise ConfigurationError(f"{file} is larger than {MAX_BYTES} bytes: split it")
        text = file.read_text("utf-8")
        try:
            answers = json.loads(text)
        except json.JSONDecodeError:
            answers = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigurationError(f"RDAP answers cannot be read from {file}: {error}") from None
    yield from answers if isinstance(answers, list) else [answers]


def _events(events: object) -> Iterator[tuple[str, date]]:
    for event in _mappings(events):
        action, day = event.get("eventAction"), _day(event.get("eventDate"))
        if isinstance(action, str) and day is not None:
            yield action.lower(), day


def _day(text: object) -> date | None:
    try:
        return datetime.fromisoformat(text).date() if isinstance(text, str) else None
    except ValueError:
        return None


def _registrar(entities: object) -> str:
    """The name in the registrar's jCard (RFC 7095); empty without one."""
    for entity in _mappings(entities):
        roles, card = entity.get("roles"), entity.get("vcardArray")
        if isinstance(roles, list) and "registrar" in roles and isinstance(card, list) and len(card) > 1:
            for field in card[1] if isinstance(card[1], list) else []:
                if isinstance(field, list) and len(field) > 3 and field[0] == "fn" and isinstance(field[3], str):
                    return field[3][:MAX_TEXT]
    return ""


def _name_servers(servers: object) -> tuple[str, ...]:
    names = (server.get("ldhName") for server in _mappings(servers))
    hosts = {name.strip().rstrip(".").lower()[:MAX_NAME] for name in names if isinstance(name, str)}
    return tuple(sorted(hosts - {""})[:MAX_SERVERS])


def _mappings(value: object) -> Iterable[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
