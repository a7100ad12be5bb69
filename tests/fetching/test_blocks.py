import pytest

from crawler.fetching.blocks import _beginnings, _place


@pytest.mark.parametrize(
    ("url", "place", "beginnings"),
    [
        ("http://shop.test/a", "shop.test", ("http://shop.test/", "https://shop.test/")),
        ("https://shop.test/a", "shop.test", ("http://shop.test/", "https://shop.test/")),
        ("https://shop.test:8443/a", "shop.test:8443", ("http://shop.test:8443/",)),
        ("http://127.0.0.1:21315/", "127.0.0.1:21315", ("http://127.0.0.1:21315/",)),
        ("http://[::1]/", "[::1]", ("http://[::1]/", "https://[::1]/")),
        ("http://[::1]:8000/", "[::1]:8000", ("http://[::1]:8000/",)),
    ],
)
def test_a_place_is_one_host_over_http_and_https_and_each_port_of_an_address(url, place, beginnings):
    assert _place(url) == place
    assert _beginnings(place) == beginnings
