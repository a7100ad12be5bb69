"""E-mails, phones and messengers: what counts, and what only looks like one."""

from __future__ import annotations

import pytest

from tests.extract.facts.pages import found, items


def cloudflare(address: str, key: int = 0x54) -> str:
    return bytes([key, *(byte ^ key for byte in address.encode())]).hex()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Mail info@Kestrel-Sport.test</p>", ["info@kestrel-sport.test"]),
        ("<p>Mail: info@shop.test.</p>", ["info@shop.test"]),
        ("<a href='mailto:Sales@Shop.test?subject=Hi'>write</a>", ["sales@shop.test"]),
        ("<a href='mailto:a%40shop.test'>write</a>", ["a@shop.test"]),
        ("<p>info [at] shop.test</p>", ["info@shop.test"]),
        ("<p>info [at] shop (dot) test</p>", ["info@shop.test"]),
        ("<p>info(at)my-shop(punkt)test</p>", ["info@my-shop.test"]),
        ("<p>info {arroba} shop {punto} test</p>", ["info@shop.test"]),
        ("<p>sales AT shop DOT test</p>", ["sales@shop.test"]),
        ("<p>info&#64;shop&#46;test</p>", ["info@shop.test"]),
        (f"<a data-cfemail='{cloudflare('me@shop.test')}'>[email protected]</a>", ["me@shop.test"]),
        (f"<a href='/cdn-cgi/l/email-protection#{cloudflare('me@shop.test')}'>x</a>", ["me@shop.test"]),
        ("<meta itemprop='email' content='org@shop.test'>", ["org@shop.test"]),
        (
            '<script type="application/ld+json">{"@type":"Store","email":"mailto:ld@shop.test"}</script>',
            ["ld@shop.test"],
        ),
        ("<p>a@shop.test b@shop.test a@shop.test</p>", ["a@shop.test", "b@shop.test"]),
        ("<p>logo@2x.png sprite@3x.webp</p>", []),
        ("<p>your@email.com name@example.com john.doe@gmail.com</p>", []),
        ("<p>meet us at shop (dot) in the city</p>", []),
        ("<p>@handle user@ @shop.test a@b</p>", []),
        ("<p>We open AT noon DOT</p>", []),
        ("<a data-cfemail='zz'>x</a><a data-cfemail=''>x</a><a data-cfemail='5'>x</a>", []),
        ('<script>var dsn="https://0123abc@o123.ingest.sentry.io/1"</script>', []),
        ("<a href='mailto:?subject=look'>share</a>", []),
    ],
)
def test_emails(body, expected):
    assert found(body, "email") == expected


@pytest.mark.parametrize(
    ("body", "hints", "expected"),
    [
        ("<p>Phone: +44 20 7946 0018</p>", {}, ["+442079460018"]),
        ("<p>+49 (0)30 901820</p>", {}, ["+4930901820"]),
        ("<p>Call us 0044 20 7946 0018</p>", {}, ["+442079460018"]),
        ("<p>Tel: 030 901820, Fax 030/901821</p>", {"country": "DE"}, ["+4930901820", "+4930901821"]),
        ("<p>Tél. : 01 42 68 53 00</p>", {"country": "FR"}, ["+33142685300"]),
        ("<p>Telefon: 020-79 46 00 18</p>", {"country": "GB"}, ["+442079460018"]),
        ("<p>тел. 8 (495) 123-45-68</p>", {"country": "RU"}, ["+74951234568"]),
        ("<p>电话：010-62345679</p>", {"country": "CN"}, ["+861062345679"]),
        ("<a href='tel:+12127365000'>call</a>", {}, ["+12127365000"]),
        ("<a href='tel:030%20901820'>call</a>", {"country": "DE"}, ["+4930901820"]),
        ("<meta itemprop='telephone' content='+44 20 7946 0018'>", {}, ["+442079460018"]),
        ("<p>Tel: 030 901820</p>", {}, []),  # whose 030? The page does not say
        ("<p>030 901820</p>", {"country": "DE"}, []),  # nothing says that it is a phone
        ("<p>EAN 4006381333931</p>", {"country": "DE"}, []),
        ("<p>Order no. 100200300400</p>", {"country": "DE"}, []),
        ("<p>Ordered on 2024-01-02, 1.299,00 EUR</p>", {"country": "DE"}, []),
        ("<p>SKU +440-12-3</p>", {"country": "GB"}, []),
        ("<p>Phone: 12345678</p>", {"country": "DE"}, []),
        ("<p>Tel: +1 555 555 0123 (demo) and +1 212 555 0123</p>", {}, []),
        ("<p>Call +1 000 000 0000</p>", {}, []),
        ("<p>Hotel: 030 901820 123</p>", {"country": "DE"}, []),  # the word ends in a label, and is none
    ],
)
def test_phones(body, hints, expected):
    assert found(body, "phone", **hints) == expected


def test_a_region_from_domain_or_language_is_marked_as_a_guess():
    (stated,) = [i for i in items("<p>Tel: 030 901820</p>", country="DE")[0] if i.kind == "phone"]
    (guessed,) = [i for i in items("<p>Tel: 030 901820</p>", language="de-DE")[0] if i.kind == "phone"]
    (whole,) = [i for i in items("<p>Tel: +49 30 901820</p>", language="fr-FR")[0] if i.kind == "phone"]
    assert [i.provenance.extractor for i in (stated, guessed, whole)] == [
        "facts.phone",
        "facts.phone_guess",
        "facts.phone",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<a href='https://wa.me/8613800138000'>x</a>", ["whatsapp:8613800138000"]),
        ("<a href='https://api.whatsapp.com/send?phone=+86 138 0013 8000&text=hi'>x</a>", ["whatsapp:8613800138000"]),
        ("<a href='whatsapp://send?phone=8613800138000'>x</a>", ["whatsapp:8613800138000"]),
        ("<a href='https://t.me/KickShop'>x</a>", ["telegram:kickshop"]),
        ("<a href='tg://resolve?domain=KickShop'>x</a>", ["telegram:kickshop"]),
        ("<a href='viber://chat?number=%2B8613800138000'>x</a>", ["viber:8613800138000"]),
        ("<a href='https://m.me/kick.shop'>x</a>", ["messenger:kick.shop"]),
        ("<a href='https://line.me/ti/p/~kickshop'>x</a>", ["line:kickshop"]),
        ("<a href='skype:kick.shop?chat'>x</a>", ["skype:kick.shop"]),
        ("<a href='http://wpa.qq.com/msgrd?v=3&uin=12345678&site=qq'>x</a>", ["qq:12345678"]),
        ("<a href='https://discord.gg/AbCdEf'>x</a>", ["discord:AbCdEf"]),
        ("<p>WhatsApp: +86 138 0013 8000</p>", ["whatsapp:8613800138000"]),
        ("<p>Telegram: @kick_shop</p>", ["telegram:kick_shop"]),
        ("<p>WeChat ID: kicks_888 QQ：123456789</p>", ["wechat:kicks_888", "qq:123456789"]),
        ("<p>微信：kicks888</p>", ["wechat:kicks888"]),
        ("<a href='https://wa.me/?text=look'>share</a>", []),
        ("<a href='https://api.whatsapp.com/send?text=look'>share</a>", []),
        ("<a href='https://t.me/share/url?url=x'>share</a>", []),
        ("<p>Skype: online. WhatsApp: click here. Line: send</p>", []),
        ("<p>On-line: today. Deadline: tomorrow</p>", []),
        ("<a href='https://evil-wa.me/8613800138000'>x</a>", []),
        ("<a href='http://[bad'>x</a><a href='skype:'>x</a>", []),
    ],
)
def test_messengers(body, expected):
    assert found(body, "messenger") == expected


PERSONAL = "<p>joe@mail.test Tel: +44 20 7946 0018 Telegram: @joe_bloggs</p><a href='mailto:joe@mail.test'>Joe</a>"


@pytest.mark.parametrize(
    "wrapper",
    [
        "<div class='review'>{}</div>",
        "<ul class='commentlist'><li>{}</li></ul>",
        "<section id='reviews'>{}</section>",
        "<div class='customer-review-text'>{}</div>",
        "<div itemprop='review' itemscope itemtype='http://schema.org/Review'>{}</div>",
        "<div itemscope itemtype='https://schema.org/UserComments'>{}</div>",
        "<div class='testimonial'>{}</div>",
        "<div class='product-reviews'>{}</div>",
    ],
)
def test_reviewers_and_customers_are_left_out(wrapper):
    body = wrapper.format(PERSONAL) + "<footer>info@shop.test</footer>"
    assert found(body, "email", "phone", "messenger") == ["info@shop.test"]


@pytest.mark.parametrize(
    "wrapper", ["<body class='has-reviews review'>", "<main class='review'>", "<div class='preview'>"]
)
def test_a_class_of_the_whole_page_hides_nothing(wrapper):
    assert found(wrapper + "<footer>info@shop.test</footer>", "email") == ["info@shop.test"]


def test_every_identifier_says_where_it_stood():
    body = f"""<a href='mailto:a@shop.test'>m</a><p>b@shop.test Tel +44 20 7946 0018</p>
        <a data-cfemail='{cloudflare("c@shop.test")}'>x</a><a href='https://instagram.com/kick.shop'>i</a>
        <script>gtag('config', 'G-ABCDE12345')</script>"""
    found_items, tree = items(body)
    assert len(found_items) >= 6
    for item in found_items:
        where = item.provenance.path
        assert item.provenance.text
        assert len(item.provenance.text) <= 300
        assert item.provenance.extractor.startswith("facts.")
        assert where == "text" or tree.xpath(where), where
