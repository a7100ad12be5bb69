"""Differences for a developer's machine: loopback is open, for the lab and the recorded shops."""

from settings.base import *  # noqa: F403

GUARD_ALLOW = ["127.0.0.0/8"]
