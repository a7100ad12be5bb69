"""The errors of the project, one small tree; each says who raises it.

TouchstoneError
├── ConfigurationError
├── ServerUnavailable
├── RegisterError
├── SeedError
├── BlockedAddress
└── EvidenceError

A command prints the message of a ``TouchstoneError`` as one line and exits with 1: the message names the fix.
"""


class TouchstoneError(Exception):
    """Base of every error that a person can mend; never raised itself."""


class ConfigurationError(TouchstoneError):
    """A setting or argument is missing, unknown or contradictory. Raised by commands and ``from_crawler``."""


class ServerUnavailable(TouchstoneError):
    """Redis or MongoDB cannot be reached or started. Raised by ``servers`` and by whoever connects."""


class RegisterError(TouchstoneError):
    """A register file breaks its schema. Raised by ``register``; names file, line and field."""


class SeedError(TouchstoneError):
    """A seed cannot be crawled. Raised by ``discovery.seeds``; names the line."""


class BlockedAddress(TouchstoneError):
    """A connection was refused by the address guard. Raised by ``fetching`` at the moment of connecting."""


class EvidenceError(TouchstoneError):
    """A body is missing, or is not what its hash says. Raised by ``evidence``."""
