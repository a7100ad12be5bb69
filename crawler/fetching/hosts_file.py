"""The operator's own names: a file of ``name address[:port]`` lines that is asked before DNS."""

from __future__ import annotations

import logging
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

from crawler.errors import ConfigurationError
from crawler.fetching.public_addresses import Address

logger = logging.getLogger(__name__)


class Target(NamedTuple):
    """An address and the port to connect to there."""

    address: Address
    port: int


WEB_PORTS = frozenset({80, 443})  # a line's port takes the place of these, so that pages can link plain http://name/


class HostsFile:
    """Reads the file again whenever it changes; a change that cannot be read leaves the old lines in force."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._stamp = self._current_stamp()
        self._names = self._read()

    def targets(self, name: str, port: int) -> list[Target] | None:
        """Return where the lines of ``name`` lead for ``port``, in file order; None if the file does not know it."""
        self._refresh()
        found = self._names.get(name)
        if found is None:
            return None
        return [Target(address, own if own and port in WEB_PORTS else port) for address, own in found]

    def _refresh(self) -> None:
        try:
            stamp = self._current_stamp()
            if stamp != self._stamp:
                self._names, self._stamp = self._read(), stamp
        except ConfigurationError as error:
            logger.warning("kept the old names: %s", error)

    def _current_stamp(self) -> tuple[int, int, int]:
        try:
            status = self._path.stat()
        except OSError as error:
            raise ConfigurationError(f"RESOLVER_HOSTS: cannot read {self._path}: {error.strerror}") from error
        return status.st_mtime_ns, status.st_size, status.st_ino

    def _read(self) -> dict[str, list[tuple[Address, int | None]]]:
        names: dict[str, list[tuple[Address, int | None]]] = {}
        for number, line in enumerate(self._path.read_text("utf-8").splitlines(), start=1):
            words = line.partition("#")[0].split()
            if not words:
                continue
            try:
                name, place = words
                names.setdefault(name.lower().rstrip("."), []).append(_address_and_port(place))
            except ValueError as error:
                raise ConfigurationError(
                    f"RESOLVER_HOSTS: {self._path} line {number}: want `name address[:port]`, {error}"
                ) from error
        return names


def _address_and_port(text: str) -> tuple[Address, int | None]:
    """Read ``1.2.3.4``, ``1.2.3.4:80``, ``::1`` or ``[::1]:80``."""
    if text.startswith("["):
        address, _, port = text[1:].partition("]")
        port = port.removeprefix(":")
    elif text.count(":") == 1:
        address, _, port = text.partition(":")
    else:
        address, port = text, ""
    return ip_address(address), int(port) if port else None
