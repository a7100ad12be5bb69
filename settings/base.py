"""Every setting of the project, with defaults that are safe for production. Strings and numbers: no imports of ours.

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
REQUIRE_CONTACT = False  # production.py insists on it
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
DOWNLOAD_HANDLERS: dict[str, str | None] = {
    "http": "crawler.fetching.handler.GuardedDownloadHandler",
    "https": "crawler.fetching.handler.GuardedDownloadHandler",
    # A crawled page must not make us read a file or speak another protocol.
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
HTTPPROXY_ENABLED = False  # a proxy would connect where the guard cannot look
TELNETCONSOLE_ENABLED = False  # no port into a worker,
REMOTE_CONTROL_ENABLED = False  # nor an HTTP server that runs Python,
JOBDIR = None  # nor pickled requests on disk

DOWNLOADER_MIDDLEWARES: dict[str, int | None] = {
    # Smaller numbers stand nearer the engine: requests pass downwards, responses upwards.
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,  # we never log in
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,  # see HTTPPROXY_ENABLED
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": None,
    "crawler.fetching.user_agent.HonestUserAgentMiddleware": 500,  # in the place of Scrapy's
    "crawler.fetching.arrival.ArrivalMiddleware": 890,  # first to see a response: notes when it arrived
}

# --- limits on one response (crawler.fetching) ---------------------------------------------------------------------
DOWNLOAD_MAXSIZE = 10_000_000  # bytes, as sent and again after decompression; the largest shop pages seen are 4 MB
DOWNLOAD_WARNSIZE = 0  # a large page is no news
DOWNLOAD_TIMEOUT = 30  # seconds for look-up, connection, head and body together, however slowly they drip
DOWNLOAD_FAIL_ON_DATALOSS = False  # a body shorter than promised is read as a browser would, and counted
DNS_TIMEOUT = 10  # seconds
URLLENGTH_LIMIT = 2083  # the longest URL that all browsers take; redirect targets too
