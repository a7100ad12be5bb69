"""An indicator is a function, an entry in the weights, a section in the docs, and cases: none without the others."""

import ast
import re
from pathlib import Path

import pytest

from crawler.indicators import domain, weights
from crawler.indicators.flags import INDICATORS, STOREFRONT_INDICATORS, flag_offer, flag_storefront
from crawler.indicators.reading.offer import read
from tests.indicators.cases import RAISES, SHOPS_RAISE, SHOPS_SILENT, SILENT, WHOLES, WHOLES_SILENT
from tests.indicators.offers import context, flags

ROOT = Path(__file__).resolve().parents[2]
CODES = sorted(weights.load().table.flags)
PAGE = (ROOT / "docs" / "indicators.md").read_text("utf-8")
SOURCES = "\n".join(p.read_text("utf-8") for p in (ROOT / "crawler" / "indicators").rglob("*.py"))


def raised(code, offers, shops, wholes):
    if code in wholes:
        shop, whole = wholes[code]
        found = flag_storefront(shop, context(), whole)
    else:
        found = flag_storefront(shops[code], context()) if code in shops else flag_offer(offers[code], context())
    return code in {flag.code for flag in found if flag.state == "raised"}


@pytest.mark.parametrize("code", CODES)
def test_each_flag_has_cases_that_raise_it_and_do_not(code):
    assert raised(code, RAISES, SHOPS_RAISE, WHOLES)
    assert not raised(code, SILENT, SHOPS_SILENT, WHOLES_SILENT)


@pytest.mark.parametrize("code", CODES)
def test_each_flag_has_a_section(code):
    section = re.search(rf"^### {re.escape(code)}\n(.*?)(?=^### |^## |\Z)", PAGE, re.S | re.M)
    assert section, f"docs/indicators.md has no section ### {code}"
    for part in ("**Means**", "**Wrong when**", "**Source**"):
        assert part in section[1], f"{code} lacks {part}"


def test_no_section_and_no_case_without_a_flag():
    assert set(re.findall(r"^### (\S+)$", PAGE, re.M)) == set(CODES)
    assert set(RAISES) | set(SHOPS_RAISE) | set(WHOLES) == set(CODES)
    assert set(SILENT) | set(SHOPS_SILENT) | set(WHOLES_SILENT) == set(CODES)


def test_every_code_of_the_functions_is_in_the_weights():
    """Whatever looks like a code in the sources is one, of a family that nobody had thought of as well."""
    named = set(re.findall(r'"([a-z]+\.(?!yaml|data)[a-z_]+)"', SOURCES))
    assert named == set(CODES)


def test_every_function_that_yields_flags_is_run():
    listed = {f"{function.__module__}.{function.__name__}" for function in (*INDICATORS, *STOREFRONT_INDICATORS)}
    written = set()
    for path in (ROOT / "crawler" / "indicators").glob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            returns = getattr(node, "returns", None)
            if returns is not None and ast.unparse(returns) == "Iterator[Flag]" and not node.name.startswith("_"):
                written.add(f"crawler.indicators.{path.stem}.{node.name}")
    assert written == listed


@pytest.mark.parametrize("function", INDICATORS, ids=lambda f: f"{f.__module__}.{f.__name__}")
def test_every_function_raises_a_flag_in_some_case(function):
    shops = SHOPS_RAISE.values() if function is domain.sold_there else [None]
    views = [context().at(shop.key, shop) if shop else context() for shop in shops]
    readings = [read(offer, view) for offer in RAISES.values() for view in views]
    assert any(flag.state == "raised" for reading in readings for flag in function(reading))


def test_families_are_explained():
    table = weights.load().table
    assert {rule.family for rule in table.flags.values()} == set(table.families)


def test_the_version_is_that_of_the_file(tmp_path):
    source = ROOT / "crawler" / "data" / "weights.yaml"
    changed = tmp_path / "weights.yaml"
    changed.write_bytes(source.read_bytes() + b"# another weight\n")
    assert weights.load(changed).version != weights.load().version


def test_a_work_is_offered_by_the_season_too() -> None:
    assert "piracy.download" in flags("Lumen Forge Studio 8, full season download 1080p")
