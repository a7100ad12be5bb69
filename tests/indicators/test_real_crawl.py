"""The recorded honest shops through the real pipeline, makers of their goods in the register: nobody is suspected."""

import subprocess
import sys
import time
import urllib.request
from collections import Counter
from pathlib import Path

import pytest
import yaml

from tests.command import command
from tests.indicators.test_real import MAKERS, REAL

ROOT = Path(__file__).resolve().parents[2]
SHOPS = {"opencart": 21311, "phoenix": 21313, "evershop": 21318}
"""The fourth has 198 books and no goods of these makers: ``test_real`` reads its pages without a crawl."""

pytestmark = [
    pytest.mark.real,
    pytest.mark.slow,
    pytest.mark.skipif(not REAL.is_dir(), reason="the recorded shops are not here"),
]


@pytest.fixture
def shop():
    quiet = subprocess.DEVNULL
    server = subprocess.Popen([sys.executable, "serve.py"], cwd=REAL, stdout=quiet, stderr=quiet)
    try:
        _await(server)
        yield
    finally:
        server.terminate()
        server.wait(10)


def _await(server):
    for _ in range(100):
        if server.poll() is not None:
            pytest.skip("the recorded shops cannot be served here: their ports are taken")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{SHOPS['opencart']}/", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the recorded shop does not answer")


@pytest.mark.parametrize("name", SHOPS)
def test_honest_goods_give_no_flag_but_unauthorised(
    name, shop, tmp_path, redis_url, redis_client, mongo_uri, mongo_database
):
    brands = [brand.model_dump(mode="json", exclude_defaults=True) for brand in MAKERS]
    makers = {"rights_holder": "Makers", "sector": "electronics", "brands": brands}
    (tmp_path / "makers.yaml").write_text(yaml.safe_dump(makers), "utf-8")
    environment = {
        "SCRAPY_SETTINGS_MODULE": "settings.test", "REDIS_URL": redis_url, "MONGO_URI": mongo_uri,
        "MONGO_DATABASE": mongo_database.name, "TOUCHSTONE_REGISTER": str(tmp_path),
    }  # fmt: skip
    url = f"http://127.0.0.1:{SHOPS[name]}/"
    done = command("crawl", "storefront", "-a", f"url={url}", environ=environment, timeout=100)
    assert done.returncode == 0, done.stderr
    raised = Counter(flag["code"] for flag in mongo_database.flags.find({"state": "raised"}))
    assert mongo_database.offers.count_documents({}) >= 5
    assert set(raised) == ({"brand.unauthorised"} if name == "opencart" else set())
    assert raised["brand.unauthorised"] >= (10 if name == "opencart" else 0)
    (judged,) = mongo_database.assessments.find()
    assert judged["verdict"] in {"clear", "watch"}
