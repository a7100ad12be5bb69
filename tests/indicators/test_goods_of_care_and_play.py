"""Goods of care, health, play, sport, music and smoking are known in all languages; what only goes with them is not."""

import pytest

from crawler.indicators.flags import flag_offer
from crawler.indicators.reading.context import Context
from crawler.register.loading import load
from tests.indicators.offers import SHOP, offer

HOLDERS = {
    "Glowina": "toiletries", "Medrona": "pharmaceuticals", "Pomperlo": "toys", "Ravenholt": "media and software",
    "Vaporel": "household", "Strandal": "sportswear", "Zephyka": "household",
}  # fmt: skip


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    for name, sector in HOLDERS.items():
        text = f"rights_holder: {name} House\nsector: {sector}\nbrands: [{{name: {name}}}]\n"
        (folder / f"{name}.yaml").write_text(text)
    return Context.build(load(folder)).at(SHOP)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Glowina Rasierschaum 200 ml neu"), ("it", "Glowina cofanetto profumo 50 ml nuovo"),
        ("pl", "Glowina zestaw pędzli 12 szt nowe"), ("ja", "Glowina クレンジングオイル 200ml 新品"),
        ("vi", "Nước tẩy trang Glowina 400ml mới"), ("es", "Medrona lentillas diarias 30 unidades"),
        ("uk", "Medrona тест на вагітність новий"), ("ko", "Medrona 임신테스트기 새상품"),
        ("fr", "peluche Pomperlo 30 cm neuve"), ("da", "Pomperlo puslespil 1000 brikker ny"),
        ("zh", "Pomperlo 毛绒玩具 全新"), ("en", "Ravenholt action figure new"),
        ("nl", "Ravenholt verzamelfiguur nieuw"),
        ("ru", "Зажигалка Vaporel новая"), ("es", "Strandal caña de pescar 2,4 m nueva"),
        ("tr", "Strandal koşu bandı sıfır"), ("fr", "Zephyka pédale d'effet neuve"),
        ("cs", "Zephyka bicí souprava nová"), ("ja", "Zephyka 電子ピアノ 新品"),
    ],
)  # fmt: skip
def test_goods_are_known_in_the_language_of_the_shop(known, language, title):
    assert "brand.unauthorised" in _raised(title, language, known)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Contact lens case, fits Medrona lenses"), ("en", "Sleeves for Pomperlo trading cards"),
        ("en", "hair dye similar to Glowina"), ("en", "Storage case for Pomperlo doll"),
        ("de", "Hülle für Vaporel E-Zigarette"), ("fr", "Boîte vide coffret parfum Glowina"),
        ("es", "Funda para vaper Vaporel"), ("it", "Vestito per bambola Pomperlo"), ("ru", "Чехол для вейпа Vaporel"),
        ("en", "Spare spool for Strandal fishing reel"), ("de", "Gitarrenkoffer für Zephyka E-Gitarre"),
        ("fr", "Housse pour piano numérique Zephyka"), ("es", "Correa para guitarra Zephyka"),
        ("pl", "pokrowiec na gitarę Zephyka"), ("ja", "Zephyka ギター ケース"),
    ],
)  # fmt: skip
def test_what_goes_with_goods_is_claimed_in_no_language(known, language, title):
    assert _raised(title, language, known) == set()


def _raised(title, language, known):
    return {flag.code for flag in flag_offer(offer(title, 19, language=language), known) if flag.state == "raised"}
