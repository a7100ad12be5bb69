"""Whatever a page says, BSON takes it, and it means nothing to the database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import bson
import pytest
from bson.decimal128 import Decimal128
from hypothesis import given
from hypothesis import strategies as st

from crawler.store.values import FIELD_LIMIT, ID_LIMIT, LIST_LIMIT, TEXT_LIMIT, Cleaner, identifier, key, text, unkey


@pytest.mark.parametrize(
    ("name", "escaped"),
    [
        ("plain", "plain"),
        ("$where", "%24where"),
        ("a.b.c", "a%2Eb%2Ec"),
        ("", "%"),
        ("nul\x00", "nul%00"),
        ("100%", "100%25"),
        ("%24where", "%2524where"),
        ("\ud800", "%D800"),
        ("ключ", "ключ"),
    ],
)
def test_key(name: str, escaped: str) -> None:
    assert key(name) == escaped
    assert unkey(escaped) == name


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=50), st.text(max_size=50))
def test_keys_stay_different_and_come_back(one: str, other: str) -> None:
    assert unkey(key(one)) == one
    assert (key(one) == key(other)) == (one == other)


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("a\x00b\ud800", "a\ufffdb\ufffd"),
        ({"$set": {"a.b": 1}}, {"%24set": {"a%2Eb": 1}}),
        (Decimal("12.30"), Decimal128("12.30")),
        (Decimal("1E+9999"), None),
        (2**63, str(2**63)),
        (2**63 - 1, 2**63 - 1),
        (True, True),
        ((1, (2,)), [1, [2]]),
        ({"b", "a"}, ["a", "b"]),
        (datetime(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)),
        (datetime(2026, 1, 1, 5, tzinfo=timezone(timedelta(hours=5))), datetime(2026, 1, 1, tzinfo=UTC)),
        (date(2026, 1, 1), "2026-01-01"),
        ({1: "number as key"}, {"1": "number as key"}),
    ],
)
def test_clean(value: object, clean: object) -> None:
    assert Cleaner().clean(value) == clean
    bson.encode({"value": Cleaner().clean(value)})


def test_fifty_digits_are_rounded_not_refused() -> None:
    assert Cleaner().clean(Decimal("1" * 50)) == Decimal128("1." + "1" * 33 + "E+49")


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("x" * (TEXT_LIMIT + 1), "text"),
        (list(range(LIST_LIMIT + 1)), "members"),
        ({str(n): n for n in range(LIST_LIMIT + 1)}, "members"),
        (["x" * TEXT_LIMIT] * 10, "members"),
        (object(), "type"),
        (Decimal("1E+9999"), "decimal"),
    ],
)
def test_what_is_cut_is_counted(value: object, name: str) -> None:
    cleaner = Cleaner()
    cleaner.clean(value)
    assert cleaner.cut[name]


def test_depth_is_bounded() -> None:
    deep: object = "bottom"
    for _ in range(5_000):
        deep = {"a": [deep]}
    cleaner = Cleaner()
    assert len(bson.encode({"value": cleaner.clean(deep)})) < 500
    assert cleaner.cut["depth"] == 1


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()))
    | st.decimals(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=())), inner),
    max_leaves=20,
)


@given(JSON)
def test_anything_becomes_bson_within_its_limit(value: object) -> None:
    assert len(bson.encode({"value": Cleaner().clean(value)})) < 8 * FIELD_LIMIT


def test_long_ids_stay_different() -> None:
    one, other = identifier("x" * 5000 + "a"), identifier("x" * 5000 + "b")
    assert one != other
    assert len(one) == len(other) == ID_LIMIT
    assert identifier("short") == "short"
    assert text("\x00") == "\ufffd"
