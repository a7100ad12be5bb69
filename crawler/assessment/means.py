"""What an assessor needs beside the store: rules, register with its indicators, registries' answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from crawler.assessment import rules
from crawler.assessment.rules import Rules
from crawler.indicators import flags
from crawler.indicators.domains import rdap
from crawler.indicators.reading.context import Context
from crawler.indicators.version import version
from crawler.indicators.whole import Registration
from crawler.register.loading import load as load_register
from crawler.store.values import digest


@dataclass(frozen=True)
class Means:
    """Loaded once per process."""

    rules: Rules
    context: Context
    registrations: Mapping[str, Registration] = field(default_factory=dict)

    @property
    def flagging(self) -> str:
        """The version of everything that flags of offers rest on."""
        return digest(self.context.register.version, version())

    def registration(self, key: str) -> Registration | None:
        """What the registry says of a storefront's domain; None for sellers, accounts, and what was not supplied."""
        name = key.casefold()
        return None if ":" in name else self.registrations.get(name)


@lru_cache(maxsize=2)
def load(register: str = "", folder: str = "") -> Means:
    """Read the register of ``REGISTER`` and the answers of ``RDAP``; both may be empty.

    Raises:
        RegisterError: the register breaks its schema.
        ConfigurationError: answers or tables cannot be read.
    """
    context = flags.context(load_register(Path(register) if register else None))
    return Means(rules.load(), context, rdap.load(Path(folder)) if folder else {})
