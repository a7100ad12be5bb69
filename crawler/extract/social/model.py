"""What reading an answer of a social source gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from crawler.extract.model import PostReading

TEXT_LIMIT = 10_000  # characters of a post; Reddit's longest is 40,000, a sales text's end tells nothing new
LINKS_LIMIT = 50  # of one post
POSTS_LIMIT = 500  # of one answer; the largest page of the documented interfaces is 200
HANDLE_LIMIT = 120  # characters; a federated handle is a name and a host


@dataclass(frozen=True, slots=True)
class AccountReading:
    """What an account says of itself: its bio may offer something when no post does."""

    platform: str
    handle: str
    url: str
    name: str | None = None
    text: str = ""
    links: tuple[str, ...] = ()


@dataclass(slots=True)
class SocialPage:
    """The posts of one answer, the accounts that introduce themselves there, and where older posts are."""

    source: str
    posts: list[PostReading] = field(default_factory=list)
    accounts: list[AccountReading] = field(default_factory=list)
    following: str | None = None
    """Address of the next page; None at the end."""
    lookups: tuple[str, ...] = ()
    """Addresses that have to be asked to get at the posts."""
    problems: dict[str, int] = field(default_factory=dict)

    def problem(self, name: str) -> None:
        """Count a problem under its own name."""
        self.problems[name] = self.problems.get(name, 0) + 1

    def take(self, post: PostReading | str) -> None:
        """Add a post, or count why a row of the payload is none."""
        if isinstance(post, str):
            self.problem(post)
        else:
            self.posts.append(post)


def text_of(value: Any) -> str:
    """A string of a payload; anything else is none."""
    return value.strip() if isinstance(value, str) else ""


def table_of(value: Any) -> dict[str, Any]:
    """An object of a payload; anything else is empty."""
    return value if isinstance(value, dict) else {}


def rows_of(value: Any) -> list[dict[str, Any]]:
    """The objects of a list of a payload; whatever else stands there is left out."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def when(value: Any) -> datetime | None:
    """A time: ISO 8601, seconds or milliseconds since 1970; None for what is none. Without a zone it is UTC."""
    try:
        if isinstance(value, int | float) or (isinstance(value, str) and value.strip().replace(".", "", 1).isdigit()):
            number = float(value)
            return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)  # 1e11 s is the year 5138
        found = datetime.fromisoformat(text_of(value).replace("Z", "+00:00"))
    except (ValueError, OverflowError, OSError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
