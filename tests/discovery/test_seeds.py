"""Seeds: what is one, what is not, and what is said about it."""

import orjson
import pytest

from crawler.discovery.seeds import push_seeds, read_seed, read_seeds
from crawler.errors import SeedError


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://shop.test/", "https://shop.test/"),
        ("shop.test", "http://shop.test/"),
        ("  http://shop.test/a b  ", "http://shop.test/a%20b"),
        ("HTTP://SHOP.TEST/Path", "http://shop.test/Path"),
        ("http://127.0.0.1:21315/", "http://127.0.0.1:21315/"),
        ("http://localhost:8000/x", "http://localhost:8000/x"),
        ("http://münchen.test/", "http://xn--mnchen-3ya.test/"),
        ('{"url": "http://shop.test/", "priority": 5, "case": "op-1"}', "http://shop.test/"),
        ("http://shop.test/#top", "http://shop.test/"),
    ],
)
def test_seed_is_read(text: str, url: str) -> None:
    assert read_seed(text).url == url


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("javascript:alert(1)", "not a web address"),
        ("ftp://shop.test/", "not a web address"),
        ("http://user:secret@shop.test/", "password"),
        ("http:///nothing", "not a"),
        ("word", "not a host name"),
        ("http://" + "a" * 3000 + ".test/", "at most"),
        ('{"url": "http://shop.test/", "prio": 5}', "prio"),
        ('{"url": "http://shop.test/", "priority": 5000}', "priority"),
        ('{"priority": 1}', "url"),
        ('{"url": ', "not JSON"),
        ('{"url": ["http://shop.test/"]}', "string"),
        ("http://sh\x00op.test/", "not a web address"),
        ("http://[::1/", "not a web address"),
    ],
)
def test_bad_seed_says_why(text: str, said: str) -> None:
    with pytest.raises(SeedError, match=said):
        read_seed(text)


def test_file_keeps_order_and_reports_bad_lines_by_number() -> None:
    lines = [
        "\ufeff# our shops",
        "http://b.test/",
        "",
        "mailto:x@y.test",
        "http://a.test/",
        "http://b.test/",
        '{"url": 1}',
    ]
    seeds, problems = read_seeds(lines)
    assert [seed.url for seed in seeds] == ["http://b.test/", "http://a.test/"]
    assert [problem.line for problem in problems] == [4, 7]


def test_what_a_bad_line_says_is_safe_to_print() -> None:
    _, problems = read_seeds(["\x1b[31mred\x07" + "x" * 5000])
    assert problems[0].text.isprintable()
    assert len(problems[0].text) <= 300


@pytest.mark.services
def test_seeds_reach_redis_in_order_as_json(redis_client) -> None:
    seeds, _ = read_seeds([f"http://shop{number}.test/" for number in range(1200)])
    assert push_seeds(redis_client, "storefront:start_urls", seeds) == 1200
    stored = [orjson.loads(value)["url"] for value in redis_client.lrange("storefront:start_urls", 0, -1)]
    assert stored == [seed.url for seed in seeds]
