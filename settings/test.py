"""Differences for tests: loopback is open, and a shop on it is not waited for."""

from settings.base import *  # noqa: F403

GUARD_ALLOW = ["127.0.0.0/8"]
HOST_DELAY = 0.0  # tests of politeness set their own
RENDER_AS_ROOT = True  # only our own pages are shown there
LOG_LEVEL = "WARNING"
