# Needs Python 3.11, make and pip, nothing else: no root, no git, no Redis, no MongoDB.
# Every target sets up .venv first; that takes a minute once, and nothing afterwards.

BIN := .venv/bin
# Processes that run the tests, each with servers of its own: one a core, and at most four.
JOBS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN); echo $$((n > 4 ? 4 : n)))

.PHONY: help setup demo test check format real bench-brands bench-extract bench-money bench-wide evaluate evaluate-crawled calibrate bench-assess evaluate-indicators bench-frontier bench-economy bench-revisits bench-discover evaluate-sources chaos lock clean
.DEFAULT_GOAL := help

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' Makefile

setup:  ## create .venv and install the locked packages
	@bin/setup

demo: setup  ## crawl a little internet on this machine and list the suspected storefronts
	@$(BIN)/python -m lab.demo $(ARGS)

test: setup  ## run all tests against a real Redis and a real MongoDB (ARGS="-k name" to choose, JOBS=0: in one process)
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(ARGS)

check: setup  ## linter, formatter, strict types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: setup  ## let the formatter and the linter mend what they can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

real: setup  ## crawl the recorded shops and compare with their databases (ARGS="--kills 4": killed four times each)
	@$(BIN)/python -m bench.real $(ARGS)

bench-brands: setup  ## how well and how fast brand names are found, in disguise or not
	@$(BIN)/python -m bench.brands $(ARGS)

bench-wide: setup  ## false offers on pages of the wide web (TOUCHSTONE_WIDE: their folder)
	@$(BIN)/python -m bench.wide $(ARGS)

bench-money: setup  ## how many prices that CLDR wrote in fifty locales are read back
	@$(BIN)/python -m bench.money $(ARGS)

evaluate-indicators: setup  ## precision and recall of the flags, on cases that the code does not read
	@$(BIN)/python -m bench.indicators $(ARGS)

evaluate: setup  ## judge ten thousand generated storefronts and compare with the truth (ARGS="--count 2000": a quick look)
	@$(BIN)/python -m bench.evaluate $(ARGS)

evaluate-crawled: setup  ## crawl a sample of the generated world end to end, and compare with the same sample generated
	@$(BIN)/python -m bench.evaluate.crawled $(ARGS)

calibrate: setup  ## write crawler/data/calibration.yaml anew, on seeds that evaluate never uses
	@$(BIN)/python -m bench.evaluate.calibrate $(ARGS)

bench-assess: setup  ## offers per second of assessing everything again, beside bare reading and writing
	@$(BIN)/python -m bench.assess $(ARGS)

bench-extract: setup  ## CPU of reading a page against extruct, on the same pages
	@$(BIN)/python -m bench.extract $(ARGS)

lock: setup  ## write the locks anew from pyproject.toml
	@bin/lock

clean:  ## stop the embedded servers, remove .venv and caches; data in .touchstone stay
	@if [ -x $(BIN)/scrapy ]; then $(BIN)/scrapy servers down; fi
	rm -rf .venv .tools .setup.lock build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

bench-discover: setup  ## names of a domain feed read per second beside grep -F -f of the same names
	@$(BIN)/python -m bench.discover $(ARGS)

evaluate-sources: setup  ## marketplaces, social listings and the discovery loop on large worlds, against their truth (25 minutes at most)
	@$(BIN)/python -m bench.sources $(ARGS)

bench-economy: setup  ## what a crawl of the lab costs beside a plain CrawlSpider
	@$(BIN)/python -m bench.economy $(ARGS)

bench-revisits: setup  ## what a second visit costs beside the first, and which changes it finds
	@$(BIN)/python -m bench.revisits $(ARGS)

bench-frontier: setup  ## every figure of the frontier beside its peer (ARGS=--quick for a short one)
	@$(BIN)/python -m bench.frontier $(ARGS)

chaos: setup  ## kill workers and servers while they crawl, count what is lost (ARGS=--short for a minute's)
	@$(BIN)/python -m chaos $(ARGS)
