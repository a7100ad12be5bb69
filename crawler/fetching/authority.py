"""A recorded authority: the only thing that overrides robots.txt, for what it names and until it ends.

The file (setting ``AUTHORITY``) is YAML: ``document`` (what allows it, as a person can look it up), ``scope``
(addresses; each covers what stands below it), ``expires`` (a date), ``recorded_by``. Every run says that it is in use.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from crawler.errors import ConfigurationError

Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=500)]


class Authority(BaseModel):
    """Who allowed what, and until when."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: Said
    scope: tuple[str, ...] = Field(min_length=1)
    expires: date
    recorded_by: Said

    @field_validator("scope")
    @classmethod
    def _are_addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for one in value:
            parts = urlsplit(one)
            if parts.scheme not in ("http", "https") or not parts.hostname or not parts.path:
                raise ValueError(f"{one} is no address with a path, such as https://market.example/search")
        return value

    def covers(self, url: str, today: date | None = None) -> bool:
        """Whether an address is within the scope, today: same origin, and the path begins with the scope's."""
        if (today or datetime.now(UTC).date()) > self.expires:
            return False
        asked = urlsplit(url)
        return any(_within(asked.scheme, asked.netloc, asked.path or "/", one) for one in self.scope)

    def sentence(self) -> str:
        """One line for the log and the report."""
        return f"{self.document}, for {', '.join(self.scope)}, until {self.expires}, recorded by {self.recorded_by}"


def _within(scheme: str, place: str, path: str, scope: str) -> bool:
    parts = urlsplit(scope)
    if (scheme, place.lower()) != (parts.scheme, parts.netloc.lower()) or ".." in path or "%2e" in path.lower():
        return False
    return path == parts.path or path.startswith(parts.path.rstrip("/") + "/")


@cache
def load_authority(file: str) -> Authority | None:
    """The authority of a file, None for no file.

    :raises ConfigurationError: the file cannot be read, says too little, or has expired.
    """
    if not file:
        return None
    try:
        found = Authority.model_validate(yaml.safe_load(Path(file).read_text("utf-8")))
    except (OSError, yaml.YAMLError) as error:
        raise ConfigurationError(f"AUTHORITY {file} cannot be read: {error}") from None
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise ConfigurationError(f"AUTHORITY {file}: {wrong}") from None
    if datetime.now(UTC).date() > found.expires:
        raise ConfigurationError(f"AUTHORITY {file} expired on {found.expires}; record a new one, or leave it out")
    return found
