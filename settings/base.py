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
AUTHORITY = os.environ.get("TOUCHSTONE_AUTHORITY", "")  # file; the only thing that overrides robots.txt, in its scope

# --- what to look for, where to keep it ----------------------------------------------------------------------------
REGISTER = os.environ.get("TOUCHSTONE_REGISTER", "")  # folder of register files; empty: the sample register
RDAP = os.environ.get("TOUCHSTONE_RDAP", "")  # file or folder of registries' JSON answers about domains; empty: none
EVIDENCE_URI = os.environ.get("TOUCHSTONE_EVIDENCE", "gridfs:")  # gridfs:, file:///folder, or an fsspec address

# --- the address guard (crawler.fetching) --------------------------------------------------------------------------
GUARD_ALLOW: list[str] = []  # networks, e.g. 127.0.0.0/8, opened although they are not public
# Redis, MongoDB and scrapyd: never, wherever they are; the ports of REDIS_URL and MONGO_URI are added at start, those
# of further servers (cluster nodes, a scrapyd elsewhere) come from the environment: TOUCHSTONE_DENIED_PORTS=7000,7001
GUARD_DENIED_PORTS = ["6379", "27017", "6800", *os.environ.get("TOUCHSTONE_DENIED_PORTS", "").replace(",", " ").split()]
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
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "crawler.fetching.user_agent.HonestUserAgentMiddleware": 500,  # in the place of Scrapy's, like the next five
    "crawler.fetching.retries.PatientRetryMiddleware": 550,  # above walls: a wall is not tried again
    "crawler.fetching.blocks.WallMiddleware": 560,  # sees decoded bodies at the end of their redirects
    "crawler.fetching.redirects.ScopedMetaRefreshMiddleware": 580,  # reads the decoded body
    "crawler.fetching.encodings.WebEncodingMiddleware": 585,  # before anybody reads text, after decoding
    "crawler.fetching.decompression.BoundedDecompressionMiddleware": 590,
    "crawler.discovery.revisits.validators.ValidatorsMiddleware": 595,  # asks the store before the wire is asked
    "crawler.fetching.redirects.ScopedRedirectMiddleware": 600,  # a redirect's body is not worth decoding
    "crawler.fetching.cookies.StorefrontCookiesMiddleware": 700,  # below redirects: they set cookies too
    "crawler.fetching.arrival.ArrivalMiddleware": 890,  # first to see a response: notes when it arrived
}

# --- limits on one response (crawler.fetching) ---------------------------------------------------------------------
DOWNLOAD_MAXSIZE = 10_000_000  # bytes, as sent and again after decompression; the largest shop pages seen are 4 MB
DOWNLOAD_WARNSIZE = 0  # a large page is no news
DOWNLOAD_TIMEOUT = 30  # seconds for look-up, connection, head and body together, however slowly they drip
DOWNLOAD_FAIL_ON_DATALOSS = False  # a body shorter than promised is read as a browser would, and counted
REDIRECT_MAX_TIMES = 10  # half of what browsers follow; honest shops need three (https, www, language)
METAREFRESH_MAXDELAY = 10  # seconds; a page that waits longer is meant to be read
RETRY_TIMES = 2
RETRY_HTTP_CODES = [408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]  # 52x: Cloudflare cannot reach the shop
RETRY_GIVE_UP_LOG_LEVEL = "WARNING"
COOKIES_ENABLED = True  # per storefront, in memory; see crawler/fetching/cookies.py
REFERRER_POLICY = "same-origin"  # no host learns from where we came
URLLENGTH_LIMIT = 2083  # the longest URL that all browsers take; redirect targets too

# --- the frontier (crawler.frontier; docs/frontier.md) -------------------------------------------------------------
SCHEDULER = "crawler.frontier.scheduler.Scheduler"
SCHEDULER_PERSIST = False  # as in scrapy-redis: False forgets what was seen, but only when the run has ended
FRONTIER_PREFIX = "touchstone"  # all keys begin with {PREFIX:SHARD}; hosts' clocks are shared by all spiders
FRONTIER_SHARDS = 1  # more only for Redis Cluster; must be the same for all workers of a run
FRONTIER_KEEP_WAITING = False  # True: stay when nothing is left, for seeds to come
FRONTIER_ATTEMPTS = (
    6  # times that a page may fail to be stored before it is a dead letter; three worker deaths count as one
)
FRONTIER_HOSTS_PER_WORKER = 256  # held at once, with at most 8 pages of each
LEASE_SECONDS = 30  # after which a silent worker's pages go to others; ten renewals may fail before that
HOST_DELAY = 1.0  # seconds from the end of a response to the next request to that host, over all workers
HOST_CONCURRENCY = 1  # transfers at a time per host, over all workers
HOST_PER_ADDRESS = False  # True: the same delay between all hosts of one IP address as well
HOST_REST_MAX = 600.0  # seconds; the longest of the growing pauses that a failing host is given
HOST_FAILURES_MAX = 15  # in a row, which with these pauses is most of an hour; then the host has ended for this run
MAX_DEPTH = 0  # links from a seed; 0 = no limit, here and in the next four
MAX_PAGES_PER_STOREFRONT = 20_000  # an honest shop rarely has more product pages; a calendar trap has no end
MAX_SECONDS_PER_STOREFRONT = 0
MAX_PAGES = 0  # of the whole run, over all workers
MAX_SECONDS = 0
DOWNLOADER_MIDDLEWARES["scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware"] = None
DOWNLOADER_MIDDLEWARES["crawler.fetching.robots.SharedRobotsMiddleware"] = 100  # in its place: one fetch for all
DOWNLOADER_MIDDLEWARES["crawler.fetching.tokens.TokensMiddleware"] = 940  # nearest to the wire: no copy holds a token
DOWNLOADER_MIDDLEWARES["crawler.fetching.host_clock.HostClockMiddleware"] = 950  # last before the wire: none goes round
DOWNLOAD_DELAY = 0  # Scrapy's own slots know neither ports nor other workers: the host clock keeps the delay
CONCURRENT_REQUESTS = 32  # transfers at a time in one worker
CONCURRENT_REQUESTS_PER_DOMAIN = 1_000  # never the limit: HOST_CONCURRENCY is

# --- pages to items to store ---------------------------------------------------------------------------------------
REFERENCE_CURRENCY = "EUR"  # prices are converted into it, beside the price as read, so that they can be compared
ITEM_PIPELINES = {
    "pipelines.validate.ValidatePipeline": 100,  # first: counts what was turned away, before anything is lost
    "pipelines.normalise.NormalisePipeline": 200,  # before flags: they compare normalised values
    "pipelines.provenance.ProvenancePipeline": 300,  # before flags: they copy places, complete ones
    "pipelines.keep_body.KeepBodyPipeline": 400,  # before the store: no document names a body that is not there
    "pipelines.images.ImagesPipeline": 450,  # before flags, which read what the pictures are; off by default
    "pipelines.flag.FlagPipeline": 500,  # after the values are final
    "pipelines.discover.DiscoverPipeline": 600,  # after flags: whoever is suspicious points to what is asked first
    "pipelines.fetch_flagged.FetchFlaggedPipeline": 650,  # after flags, before the page is settled
    "pipelines.store.StorePipeline": 900,  # last: when it returns, the page is durable
}
IMAGES_PER_STOREFRONT = 0  # pictures fetched, hashed and forgotten, over all workers, in 56 days; 0: none
IMAGES_MAXSIZE = 5_000_000  # bytes; a product photograph in print quality
IMAGES_SECONDS = 20  # that a page waits for a picture: its host's clock, transfer and hashing
CONCURRENT_ITEMS = 4  # one item is a whole page; Scrapy's 100 starts a hundred tasks per response for nothing
FEED_PRODUCT_PAGES = "flagged"  # whose own pages are fetched beside a platform's catalogue feed; or "all"
FRONTIER_NAME = "storefront"
PROFILES = os.environ.get("TOUCHSTONE_PROFILES", "")  # folder of an operator's marketplace profiles; they win
MARKET_QUERIES = 50  # searches of one run of a marketplace, over all workers
MARKET_WINDOW = 6 * 86_400  # seconds in which no query is made twice; a weekly schedule asks each once
SOCIAL_PAGES = 25  # pages of one account, hashtag or community in a run: about a thousand posts
DOWNLOADER_MIDDLEWARES["crawler.discovery.economy.middleware.EconomyMiddleware"] = 90  # before robots.txt is asked for
RENDER = "never"  # or "when_needed": pages that need JavaScript, in a browser (docs/decisions/rendering.md)
RENDER_CHROMIUM = ""  # path of the browser; empty: chromium on PATH
RENDER_AS_ROOT = False  # True in tests only: as root Chromium's sandbox cannot work
RENDER_SECONDS = 60.0  # for one page, its sub-requests waiting for the host's clock among them
RENDER_REQUESTS = 20  # sub-requests of one page: scripts and data; shops' pages make 5 to 15
RENDER_ELEMENTS = 50_000  # of the page that comes out; large shop pages have 5,000
REVISIT_SHARE = 0.1  # of a known shop's pages that a visit may ask for again; 1: all (docs/decisions/revisits.md)
REVISIT_DAYS = 90  # after which a page is asked for again whatever its turn: at a visit a week that is 8 % a visit
LOG_LEVEL = "INFO"

# --- discovery (crawler.discovery; docs/sources.md) ----------------------------------------------------------------
DISCOVERY_BUDGET = 0  # storefronts that were pointed to and are crawled in one run; 0: they are ranked, and wait
DISCOVERY_DEPTH = 3  # pointers from an operator's seed; published closed loops find little beyond the third
DISCOVERY_AT_ONCE = 16  # hosts in the frontier below which the next are taken: the fewer, the better the order holds
DISCOVERY_RANKED = True  # False: in the order of their discovery, to compare

# --- assessment ----------------------------------------------------------------------------------------------------
ASSESS_INTERVAL = 15  # seconds between two rounds of the assessor while a crawl runs; 0: only `scrapy assess` judges
ASSESS_CLOSE_SECONDS = 10  # by which its last round may delay the end of a crawl; what is left stays marked
EXTENSIONS: dict[str, int | None] = {
    "scrapy.extensions.remote_control.RemoteControl": None,  # off as it is; only to import it takes a third of a second
    "scrapy.extensions.telnet.TelnetConsole": None,
    "crawler.operations.heap.FrozenHeap": 500,  # shorter pauses of the reactor
    "crawler.operations.bookkeeper.Bookkeeper": 500,  # what `scrapy report` shows
    "crawler.assessment.extension.Assessor": 500,  # extensions are independent of each other: the order is nothing
}
