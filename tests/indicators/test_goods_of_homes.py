"""Goods of kitchens, homes and gardens are known in the languages of shops; what only goes with them is not."""

import pytest

from crawler.indicators.flags import flag_offer
from crawler.indicators.reading.context import Context
from crawler.register.loading import load
from tests.indicators.offers import offer

REGISTER = """
rights_holder: Brasko Haus
sector: household
official_domains: [brasko.test]
allegations: [counterfeit]
brands:
  - name: Brasko
"""


@pytest.fixture(scope="module")
def brasko(tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    (folder / "brasko.yaml").write_text(REGISTER)
    return Context.build(load(folder)).at("somewhere.test")


def flagged(brasko, title, language):
    return {flag.code for flag in flag_offer(offer(title, 30, language=language), brasko) if flag.state == "raised"}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Brasko Vorhängeschloss 50 mm"), ("it", "Decespugliatore Brasko 33 cc"),
        ("pl", "Kubek termiczny Brasko 400 ml"), ("no", "Brasko matboks blå"), ("hu", "Brasko kulacs 750 ml kék"),
        ("vi", "Bình giữ nhiệt Brasko 500ml màu đen"), ("fr", "Suspension luminaire Brasko laiton"),
        ("es", "Jarrón Brasko cerámica blanco"), ("sv", "Brasko ljusstake mässing"), ("da", "Brasko tommestok 2 m"),
        ("cs", "Brasko obojek pro psa červený"), ("fi", "Brasko kattovalaisin musta"),
        ("uk", "Набір викруток Brasko"), ("ja", "Brasko シャープペンシル 0.5mm ブラック"),
        ("pt", "Escadote Brasko 5 degraus"), ("el", "Κλειδαριά ποδηλάτου Brasko μαύρη"), ("id", "Gembok Brasko 50 mm"),
        ("tr", "Brasko dondurma makinesi beyaz"), ("ar", "ترمس Brasko لون أسود 1 لتر"),
        ("nl", "Brasko krabpaal 120 cm grijs"),
    ],
)  # fmt: skip
def test_goods_are_known_in_the_language_of_the_shop(brasko, language, title):
    assert "brand.unauthorised" in flagged(brasko, title, language)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Ersatzdeckel Brasko Thermobecher"), ("en", "knife sheath for Brasko chef knife 20 cm"),
        ("pl", "Uszczelka do szybkowaru Brasko"), ("zh", "适用于Brasko保温杯 杯盖"),
        ("ko", "Brasko 텀블러 실리콘 뚜껑 호환"),
        ("sv", "Överdrag till Brasko gasolgrill"), ("uk", "Кремінь для запальнички Brasko"),
        ("de", "Lampenschirm passend für Brasko Tischlampe"), ("hu", "Tok Brasko zsebkéshez"),
        ("de", "Leerkarton Brasko Kaffeevollautomat"), ("fi", "Suojapeite Brasko kaasugrilliin"),
        ("de", "Schlüsselanhänger in Form einer Brasko Bratpfanne"), ("it", "Portachiavi a forma di Brasko"),
        ("de", "Kostenvoranschlag: Brasko Pfanne, Griff neu, zwei Stunden"),
        ("fr", "Devis : théière Brasko, anse neuve"),
    ],
)  # fmt: skip
def test_what_goes_with_goods_is_claimed_in_no_language(brasko, language, title):
    assert flagged(brasko, title, language) == set()


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Thermobecher Brasko unterwegs tropfsicher spülmaschinenfest bruchsicher 400 ml"),
        ("en", "frying pan Brasko induction stackable dishwasher safe rustproof"),
        ("fr", "Gourde Brasko anti-fuite incassable pratique empilable"),
        ("it", "Borraccia Brasko infrangibile pieghevole lavabile antiscivolo"),
        ("nl", "Koekenpan Brasko krasvast stapelbaar inductie magnetisch"),
        ("sv", "Stekpanna Brasko reptålig diskmaskinssäker induktion slitstark"),
        ("ru", "Сковорода Brasko антипригарная ударопрочная складная для рыбалки"),
        ("tr", "Brasko tava yapışmaz çizilmez katlanabilir indüksiyonlu"),
        ("ko", "Brasko 프라이팬 인덕션 미끄럼방지 접이식 대용량"),
        ("en", "Brasko power bank 20000 mah black"), ("es", "Llavero Brasko metal mate"),
    ],
)  # fmt: skip
def test_what_goods_can_do_leads_no_title(brasko, language, title):
    """Nor is the capacity of a battery a year."""
    assert "brand.unauthorised" in flagged(brasko, title, language)
