"""Blocks that real pages carry and strict parsers refuse."""

import pytest

from crawler.extract.markup.json_ld import loads

GOOD = {"@type": "Product", "name": "Oak Stool"}
REPAIRED = {
    "trailing comma": '{"@type":"Product","name":"Oak Stool",}',
    "line break in a string": '{"@type":"Product","name":"Oak\nStool"}',
    "comment around": '<!-- {"@type":"Product","name":"Oak Stool"} -->',
    "cdata around": '//<![CDATA[\n{"@type":"Product","name":"Oak Stool"}\n//]]>',
    "semicolon after": '{"@type":"Product","name":"Oak Stool"};',
    "single quotes": "{'@type':'Product','name':'Oak Stool'}",
    "escaped quotes": "{&quot;@type&quot;:&quot;Product&quot;,&quot;name&quot;:&quot;Oak Stool&quot;}",
    "tab in a string": '{"@type":"Product","name":"Oak\tStool"}',
    "two commas": '{"@type":"Product",,"name":"Oak Stool"}',
    "a comment inside": '{"@type":"Product",/* name */"name":"Oak Stool"}',
    "bare keys": '{"@type":"Product",name:"Oak Stool"}',
}


@pytest.mark.parametrize("name", REPAIRED)
def test_a_block_is_repaired(name):
    found, repaired = loads(REPAIRED[name])
    assert repaired
    assert {key: " ".join(value.split()) for key, value in found.items()} == GOOD


def test_several_values_in_a_row_are_all_read():
    found, _ = loads('{"@type":"Product","name":"a"}{"@type":"Product","name":"b"}')
    assert [one["name"] for one in found] == ["a", "b"]


@pytest.mark.parametrize("block", ["", "hello", "<p>x</p>", "[" * 100_000, '{"a":' * 50_000])
def test_what_is_no_json_is_nothing(block):
    assert not loads(block)[0]
