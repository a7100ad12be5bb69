"""A shop that moved: where its first page leads goes before what others link to."""

from crawler.discovery.suspicion import FROM_SUSPECT, ranked
from crawler.extract.outside import irrelevant
from crawler.items import Pointer
from crawler.register.loading import load
from crawler.register.matching import Matcher


def pointer(source, target, how, page):
    return Pointer(source=source, target=target, url=f"http://{target}/", how=how, page=page, text="")


def test_where_a_shops_first_page_leads_goes_before_the_links_of_a_suspect_and_before_other_redirects():
    matcher = Matcher(load())
    links = pointer("bad.test#1", "credits.test", "page", "http://bad.test/")
    moved = pointer("old.test#1", "new.test", "redirect", "http://old.test/")
    left = pointer("blog.test#1", "partner.test", "redirect", "http://blog.test/go/7")
    heat = {"bad.test": FROM_SUSPECT}
    by_target = {one.target: one.suspicion for one in ranked([links, moved, left], heat, matcher)}
    assert by_target["new.test"] > by_target["credits.test"] > by_target["partner.test"]


def test_makers_of_shop_software_are_no_shops_and_their_tenants_are():
    assert irrelevant("http://www.zen-cart.com/")
    assert irrelevant("https://www.bigcartel.com/?utm_source=bigcartel")
    assert irrelevant("https://www.nopcommerce.com/")
    assert not irrelevant("https://someshop.bigcartel.com/")
