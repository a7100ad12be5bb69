"""Every setting of the project, with defaults that are safe for production. Strings and numbers only: no imports of ours.

``development.py``, ``production.py`` and ``test.py`` hold differences, nothing else.
"""

import os

BOT_NAME = "touchstone"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
COMMANDS_MODULE = "crawler.commands"

# --- servers -------------------------------------------------------------------------------------------------------
# Empty: the embedded ones that `scrapy servers up` started, if they run.
REDIS_URL = os.environ.get("REDIS_URL", "")
MONGO_URI = os.environ.get("MONGO_URI", "")
MONGO_DATABASE = os.environ.get("MONGO_DATABASE", "touchstone")

# --- who we are ----------------------------------------------------------------------------------------------------
CONTACT = os.environ.get("TOUCHSTONE_CONTACT", "")  # mail or page where a shop owner reaches the operator
VANTAGE = os.environ.get("TOUCHSTONE_VANTAGE", "")  # egress country, ISO 3166-1 alpha-2, stated by the operator
ROBOTSTXT_OBEY = True

# --- what to look for, where to keep it ----------------------------------------------------------------------------
REGISTER = os.environ.get("TOUCHSTONE_REGISTER", "")  # folder of register files; empty: the sample register
EVIDENCE_URI = os.environ.get("TOUCHSTONE_EVIDENCE", "gridfs:")  # gridfs:, file:///folder, or an fsspec address

# --- the address guard (crawler.fetching) --------------------------------------------------------------------------
GUARD_ALLOW: list[str] = []  # networks, e.g. 127.0.0.0/8, opened although they are not public
GUARD_DENIED_PORTS = [6379, 27017, 6800]  # never, wherever they are; the servers in use are added at start
RESOLVER_HOSTS = os.environ.get("TOUCHSTONE_HOSTS", "")  # file of `name address[:port]` lines, asked before DNS
RESOLVER_LOG = os.environ.get("TOUCHSTONE_RESOLVER_LOG", "")  # file that records every name that was asked for
