"""Analytics, social links, templates and boilerplate."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extract.facts.pages import described, found
from tests.growth import grows_no_faster


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<script>ga('create','UA-98765432-3','auto')</script>", ["ga:UA-98765432"]),
        ("<script>gtag('config', 'G-ABCDE12345')</script>", ["ga4:G-ABCDE12345"]),
        ("<script src='https://www.googletagmanager.com/gtag/js?id=G-ABCDE12345'></script>", ["ga4:G-ABCDE12345"]),
        ("<script src='https://www.googletagmanager.com/gtm.js?id=GTM-AB12CD'></script>", ["gtm:GTM-AB12CD"]),
        ("<noscript><iframe src='https://www.googletagmanager.com/ns.html?id=GTM-AB12CD'></iframe></noscript>",
         ["gtm:GTM-AB12CD"]),
        ("<script>fbq('init', '1234567890123457');</script>", ["facebook:1234567890123457"]),
        ("<noscript><img src='https://www.facebook.com/tr?id=1234567890123457&ev=PageView'></noscript>",
         ["facebook:1234567890123457"]),
        ("<script>ttq.load('C4ABCDEFGHIJKLMNOPQR');</script>", ["tiktok:C4ABCDEFGHIJKLMNOPQR"]),
        ("<script>ym(87654321, 'init', {})</script>", ["yandex:87654321"]),
        ("<script>h._hjSettings={hjid:2345678,hjsv:6}</script>", ["hotjar:2345678"]),
        ("<script>var u='//stats.shop.test/';_paq.push(['setSiteId','3'])</script>", ["matomo:stats.shop.test#3"]),
        ("<script>_paq.push(['setSiteId','3'])</script>", []),  # site 3 of whom?
        ("<script src='https://hm.baidu.com/hm.js?0123456789abcdef0123456789abcdef'></script>",
         ["baidu:0123456789abcdef0123456789abcdef"]),
        ("<script>'G-XXXXXXXXXX'; ga('create','UA-XXXXX-Y'); 'UA-12345678-1'; 'GTM-XXXXXX'</script>", []),
        ("<script>fbq('init', '0000000000000000');</script>", []),
        ("<p>UA-98765432-3 G-ABCDE12345 GTM-AB12CD</p>", []),  # a text about them
    ],
)  # fmt: skip
def test_analytics_pixels_and_tag_managers(body, expected):
    assert found(body, "analytics", "pixel", "tag_manager") == expected


def test_owner_verifications():
    head = "<meta name='google-site-verification' content='AbCdEf0123456789-_x'><meta name='generator' content='WP'>"
    assert found("", "analytics", head=head) == ["verify_google:AbCdEf0123456789-_x"]


@pytest.mark.parametrize(
    ("href", "account", "nowhere"),
    [
        ("https://www.instagram.com/Kick.Shop/", ["instagram:kick.shop"], []),
        ("//facebook.com/kickshop?ref=x", ["facebook:kickshop"], []),
        ("https://www.facebook.com/pages/My-Shop/123456789", ["facebook:123456789"], []),
        ("https://www.facebook.com/profile.php?id=123456789", ["facebook:123456789"], []),
        ("https://x.com/kickshop", ["x:kickshop"], []),
        ("https://youtube.com/@kickshop", ["youtube:kickshop"], []),
        ("https://www.tiktok.com/@kick.shop", ["tiktok:kick.shop"], []),
        ("https://www.linkedin.com/company/kick-shop/", ["linkedin:kick-shop"], []),
        ("https://www.facebook.com/", [], ["facebook"]),
        ("https://facebook.com", [], ["facebook"]),
        ("https://instagram.com/#", [], ["instagram"]),
        ("https://twitter.com/shopify", [], ["x"]),  # what the theme ships with
        ("https://www.facebook.com/sharer/sharer.php?u=x", [], []),
        ("https://twitter.com/intent/tweet?text=x", [], []),
        ("https://pinterest.com/pin/create/button/?url=x", [], []),
        ("https://notfacebook.com/kickshop", [], []),
        ("https://facebook.com.evil.test/kickshop", [], []),
        ("http://[facebook.com/x", [], []),
    ],
)
def test_social_links(href, account, nowhere):
    body = f"<a href='{href}'>follow us</a>"
    assert found(body, "social") == account
    assert described(body)["social_nowhere"] == nowhere


CARD = "<li class='card item-{n}'><a class='name' href='/p{n}'>Thing {n}</a><span class='cost'>{n} €</span></li>"
SHELL = """<header class='top'><nav class='menu'><a class='home'>H</a></nav>
<form class='find'><input><button>go</button></form>
</header><div class='page'><h1 class='title'>{title}</h1><ul class='grid'>{cards}</ul></div>
<footer class='end'><p class='legal'>(c) {title}</p><div class='pay'><img></div></footer>"""


def shop(title: str, count: int, shell: str = SHELL) -> str:
    return shell.format(title=title, cards="".join(CARD.format(n=n) for n in range(count)))


def test_a_template_is_known_again_whatever_is_sold_in_it():
    assert found(shop("Kestrel", 3), "template") == found(shop("Orsano outlet", 40), "template")
    assert found(shop("Kestrel", 3), "template") != found(
        shop("Kestrel", 3, SHELL.replace("'grid'", "'rows'")), "template"
    )
    assert found("<p>parked</p>", "template") == []


def test_theme_and_icon():
    head = ("<link rel='stylesheet' href='/wp-content/themes/kick-child/style.css'>"
            "<link rel='shortcut icon' href='/img/f.ico'>")  # fmt: skip
    assert found("", "template", "favicon", head=head) == [
        "theme:wordpress:kick-child",
        "https://www.shop.test/img/f.ico",
    ]
    assert found("", "template", head="<link href='/catalog/view/theme/default/a.css'>") == []


def test_an_icon_is_one_icon_whatever_session_its_address_wears():
    head = "<link rel=icon href='/f.ico?osid=e211b9cd6d6459c9ea0522036c'>"
    assert found("", "favicon", head=head) == ["https://www.shop.test/f.ico"]


REFUND = "At {name} every refund is paid within {days} days after the return has reached us, shipping is not included."


def test_boilerplate_is_the_same_under_another_name():
    one = found(f"<p>{REFUND.format(name='shop.test', days=14)}</p>", "boilerplate", url="https://shop.test/")
    two = found(f"<p>{REFUND.format(name='Kick-Store', days=30)}</p>", "boilerplate", url="https://kick-store.test/")
    assert len(one) == 1
    assert one == two


@pytest.mark.parametrize(
    "text", ["Free returns.", "A running shoe for people who like to run in the wind and in the rain alike.", ""]
)
def test_what_is_no_boilerplate(text):
    assert found(f"<p>{text}</p>", "boilerplate") == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_looked_at_without_a_crash(text):
    shown = "".join(c for c in text if c.isprintable()).replace("<", "").replace("&", "")
    found(f'<p>{shown}</p><a href="{shown.replace(chr(34), "")}">x</a>', language="de", country="DE")


@pytest.mark.parametrize(
    "unit",
    [
        "a@",
        "a.",
        "+49 ",
        "1 2 ",
        "Tel: ",
        "0x",
        "bc1",
        "DE91 ",
        "[at] ",
        "VAT ",
        "refund return. ",
        "HRB 1 ",
        "a AT b DOT ",
        "T1",
    ],
)
def test_time_grows_no_faster_than_the_text(unit):
    def body(size):
        return f"<p>{unit * (size // len(unit))}</p>"

    assert grows_no_faster(lambda text: found(text, country="DE"), body, 12_500, 100_000)


def test_a_page_of_thousands_gives_a_bounded_number():
    body = " ".join(f"<p>a{n}@shop.test</p>" for n in range(3000))
    assert len(found(body, "email")) == 100
