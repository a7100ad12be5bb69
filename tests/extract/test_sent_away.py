"""Where the script of a page that shows nothing sends its visitors."""

import pytest

from crawler.extract.page import read


@pytest.mark.parametrize(
    ("script", "target"),
    [
        ("window.location.href = 'https://two.test/a'", "https://two.test/a"),
        ('top.location="//two.test/"', "https://two.test/"),
        ("setTimeout(function(){location.replace('\\/shop\\/')}, 500)", "https://one.test/shop/"),
        ("document.location.assign('?v=2')", "https://one.test/?v=2"),
        ("mylocation = '/x'; geo.location = '/y'", ""),
        ("location.href = target + '/x'", ""),
        ("location.replace('javascript:alert(1)')", ""),
    ],
)
def test_the_target_of_a_script(script, target) -> None:
    page = read(
        f"<html><body><p>You are being redirected …</p><script>{script}</script></body></html>", "https://one.test/"
    )
    assert page.sends_to == target


@pytest.mark.parametrize(
    "body", ['<a href="/shop">Shop</a>', "<p>We make vases by hand, since 1970, in our yard.</p>" * 9]
)
def test_a_page_that_shows_something_sends_nobody(body) -> None:
    assert not read(f"{body}<script>location.href='https://two.test/'</script>", "https://one.test/").sends_to
