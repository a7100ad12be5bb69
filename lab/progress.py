"""How far a crawl is, read from the lab's own log of requests."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path


class Progress:
    """Reads what was added to a request log since the last look."""

    def __init__(self, log: Path) -> None:
        self.log, self._offset = log, 0
        self.requests, self.pages, self.errors = 0, 0, 0
        self.by_host: Counter[str] = Counter()

    def look(self) -> None:
        """Count the new lines; a line that is still being written waits for the next look."""
        with self.log.open("rb") as file:
            file.seek(self._offset)
            for line in file:
                if not line.endswith(b"\n"):
                    break
                self._offset += len(line)
                self._count(json.loads(line))

    def _count(self, request: dict[str, str | int]) -> None:
        self.requests += 1
        self.errors += int(request["status"]) >= 500
        if request["status"] == 200 and not str(request["path"]).startswith(("/robots.txt", "/media/", "/favicon")):
            self.pages += 1
            self.by_host[str(request["host"])] += 1

    def line(self, seconds: float) -> str:
        """One line for a person."""
        return (f"{seconds:5.0f} s  {self.pages:5d} pages  {len(self.by_host):3d} sites  "
                f"{self.requests:5d} requests  {self.errors:3d} server errors")  # fmt: skip
