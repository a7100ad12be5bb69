"""Differences for a deployment: it says who it is."""

from settings.base import *  # noqa: F403

# Without TOUCHSTONE_CONTACT no crawl starts: a shop owner must be able to reach whoever crawls them. The user agent
# middleware raises, because settings import nothing of ours and a traceback from here would not be read.
REQUIRE_CONTACT = True
