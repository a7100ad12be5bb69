"""Pictures in a real crawl: fetched within the budget, by the rules for pages, hashed, forgotten, flagged."""

import shutil
import time
from pathlib import Path

import pytest
import yaml
from PIL import ImageOps
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from crawler.images.fingerprint import fingerprint
from pipelines.images import ImagesPipeline
from settings import base
from tests.command import command
from tests.images.pictures import drawing, encoded
from tests.spiders.shop import serve

ROOT = Path(__file__).resolve().parents[2]
PAGE = """<!doctype html><html lang="en"><head><title>{title}</title><script type="application/ld+json">
{{"@context": "https://schema.org", "@type": "Product", "name": "{title}", "image": "{image}", "sku": "{sku}",
"offers": {{"@type": "Offer", "price": "240.00", "priceCurrency": "EUR"}}}}</script></head>
<body><h1>{title}</h1><p>240.00 EUR</p><img src="{image}"></body></html>"""


@pytest.fixture
def register(tmp_path):
    folder = tmp_path / "register"
    shutil.copytree(ROOT / "crawler" / "data" / "register", folder)
    holder = yaml.safe_load((folder / "velmora.yaml").read_text("utf-8"))
    holder["brands"][0]["lines"][0]["reference_images"] = ["pictures/aurelia.jpg", "../../etc/passwd", "missing.jpg"]
    (folder / "velmora.yaml").write_text(yaml.safe_dump(holder, allow_unicode=True), "utf-8")
    (folder / "pictures").mkdir()
    (folder / "pictures" / "aurelia.jpg").write_bytes(encoded(drawing(1)))
    return folder


@pytest.fixture
def shop():
    with serve() as found:
        products = {
            "tote": ("Designer tote black", "/media/1.jpg"),
            "aurelia": ("Velmora Aurelia tote", "/media/2.jpg"),
            "hidden": ("Velmora evening bag", "/hidden/3.jpg"),
            "bomb": ("Velmora shoulder bag", "/media/4.jpg"),
        }
        rows = "".join(f'<li><a href="/p/{name}">{title}</a> 240 EUR</li>' for name, (title, _) in products.items())
        found.page("/bags", f"<html lang=en><title>Bags</title><h1>Bags</h1><ul>{rows}</ul></html>")
        for name, (title, image) in products.items():
            found.page(f"/p/{name}", PAGE.format(title=title, sku=name, image=f"{found.url}{image}"))
        picture = encoded(ImageOps.expand(ImageOps.mirror(drawing(1)), 30, "black"))
        headers = {"Content-Type": "image/jpeg"}
        for path, body in (("/media/1.jpg", picture), ("/media/2.jpg", encoded(drawing(1), quality=50)),
                           ("/hidden/3.jpg", picture), ("/media/4.jpg", b"\xff\xd8\xff" + b"x" * 9000)):  # fmt: skip
            found.page(path, body, **headers)
        yield found


@pytest.fixture
def crawl(redis_url, redis_client, mongo_uri, mongo_database, register):
    def run(url, **settings):
        environment = {"SCRAPY_SETTINGS_MODULE": "settings.test", "REDIS_URL": redis_url, "MONGO_URI": mongo_uri,
                       "MONGO_DATABASE": mongo_database.name, "TOUCHSTONE_REGISTER": str(register)}  # fmt: skip
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        done = command("crawl", "storefront", "-a", f"url={url}/", *options, environ=environment)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run


def asked_for_pictures(shop):
    return [path for path in shop.asked if path.endswith(".jpg")]


def test_by_default_no_picture_is_asked_for():
    with pytest.raises(NotConfigured, match=r"^$"):  # words would be a warning in every crawl
        ImagesPipeline.from_crawler(get_crawler(settings_dict={"IMAGES_PER_STOREFRONT": base.IMAGES_PER_STOREFRONT}))


def test_pictures_are_hashed_flagged_and_forgotten(crawl, shop, mongo_database, redis_client):
    crawl(shop.url, IMAGES_PER_STOREFRONT=10, LOG_LEVEL="INFO")
    assert sorted(asked_for_pictures(shop)) == ["/media/1.jpg", "/media/2.jpg", "/media/4.jpg"]  # robots.txt is obeyed
    offers = {offer["title"]: offer for offer in mongo_database.offers.find()}
    found = mongo_database.flags.find({"state": "raised", "ended_at": None})
    raised = {(flag["subject"], flag["code"]): flag for flag in found}
    tote, bag = offers["Designer tote black"], offers["Velmora Aurelia tote"]
    assert raised[tote["_id"], "image.official_unnamed"]["values"]["reference"] == "pictures/aurelia.jpg"
    assert raised[bag["_id"], "image.official"]["brand"] == "Velmora"
    assert bag["pictures"][0]["sha256"] == fingerprint(encoded(drawing(1), quality=50)).sha256
    for picture in (shop.pages["/media/1.jpg"][2], shop.pages["/media/2.jpg"][2]):
        kept = mongo_database["bodies.files"].count_documents({"filename": fingerprint(picture).sha256})
        assert kept == 0
    assert all(len(redis_client.get(key) or b"") < 500 for key in redis_client.keys("*images*:url:*"))
    first = len(asked_for_pictures(shop))
    crawl(shop.url, IMAGES_PER_STOREFRONT=10)
    again = asked_for_pictures(shop)[first:]
    assert set(again) <= {"/media/4.jpg"}  # what has no fingerprint is asked for again, within the budget


def test_the_budget_holds_and_pictures_keep_the_host_s_delay(crawl, shop):
    started = time.monotonic()
    crawl(shop.url, IMAGES_PER_STOREFRONT=2, HOST_DELAY=0.4)
    assert time.monotonic() - started > 0.4 * (len(shop.asked) - 1)
    assert 1 <= len(asked_for_pictures(shop)) <= 2  # one that robots.txt forbids counts as tried
