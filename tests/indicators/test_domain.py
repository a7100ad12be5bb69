import pytest

from crawler.indicators.domain import readable
from crawler.indicators.flags import flag_offer, flag_storefront
from crawler.items import Storefront
from tests.indicators.cases import shop
from tests.indicators.offers import context, offer


@pytest.mark.parametrize(
    ("domain", "code"),
    [
        ("velmora-sale.com", "domain.brand_and_shop_word"),
        ("velmoraoutletuk.com", "domain.brand_and_shop_word"),
        ("buyvelmora.shop", "domain.brand_and_shop_word"),
        ("velmora.de", "domain.brand"),
        ("velmora-friends.org", "domain.brand"),
        ("velmorra.com", "domain.misspelt"),
        ("velm0ra.com", "domain.lookalike"),
        ("velrnora.com", "domain.lookalike"),
        ("xn--vlmora-3of.com", "domain.lookalike"),
        ("kestrel.org", None),
        ("kestrel-outlet.com", "domain.brand_and_shop_word"),
        ("velmora-handtaschen.de", "domain.brand_and_shop_word"),
        ("torebki-velmora.pl", "domain.brand_and_shop_word"),
        ("velmorasumki.ru", "domain.brand_and_shop_word"),
        ("velmora-vaskor.se", "domain.brand_and_shop_word"),
        ("velmora-aurelia.net", "domain.brand_and_shop_word"),
        ("velmora2027.com", "domain.brand_and_shop_word"),
        ("velmora-bags-museum.org", "domain.brand"),
        ("velmora-black-friday.com", "domain.brand_and_shop_word"),
        ("velmora-weihnachtsangebote.de", "domain.brand_and_shop_word"),
        ("velmora-pylesos.ru", "domain.brand_and_shop_word"),
        ("velmorabackpacks.com", "domain.brand_and_shop_word"),
        ("velmoraa-handtaschen.de", "domain.misspelt"),
        ("velmmmora.com", "domain.misspelt"),
        ("nuviks.pl", "domain.misspelt"),
        ("velmroa-knives.com", "domain.misspelt"),
        ("velmorason-law.com", "domain.brand"),
        ("devermelmora.fr", None),
        ("develmora.fr", "domain.brand"),  # "de" is a country only where it stands apart
        ("velmóra.com", "domain.lookalike"),
        ("vellmoraoutlet.com", "domain.misspelt"),
        ("velmoraa.com", "domain.misspelt"),
        ("avelmora.com", "domain.brand"),
        ("delmora.com", None),  # another first letter makes another name
        ("vetmora.com", None),
        ("wellmora-kitchens.com", None),
        ("kestrel-boots.com", "domain.brand_and_shop_word"),
        ("kestrel-perfume.com", None),
        ("velmora.test", None),
        ("galerie-nord.test", None),
        ("203.0.113.7", None),
        ("xn--99999999.com", None),
        ("com", None),
        ("handbags.com", None),
        ("", None),
    ],
)
def test_domains(domain, code):
    found = [flag.code for flag in flag_storefront(shop(domain or "x"), context()) if flag.state == "raised"]
    assert found == ([code] if code else [])


def test_only_shops_have_domains_of_their_own():
    seller = Storefront(
        id="m#1", key="bazaar.test:velmora-outlet", kind="marketplace_seller", url="https://bazaar.test/"
    )
    assert flag_storefront(seller, context()) == ()


@pytest.mark.parametrize(
    "domain", ["xn--", "xn--\ud800", "xn--" + "9" * 300, "a" * 70_000 + ".com", "..", "xn--a.xn--b"]
)
def test_hostile_domains(domain):
    readable(domain)
    flag_storefront(shop(domain), context())


def test_an_offer_of_the_brand_carries_what_the_domain_says():
    view = context().at("velmora-sale.com", shop("velmora-sale.com"))
    codes = {flag.code for flag in flag_offer(offer("Velmora tote"), view) if flag.state == "raised"}
    assert "domain.brand_and_shop_word" in codes
    assert "domain.brand_and_shop_word" not in {flag.code for flag in flag_offer(offer("Nuvix Pulse 3"), view)}
    assert not {flag.code for flag in flag_offer(offer("Tray for Velmora"), view) if flag.code.startswith("domain.")}
