"""Genuine goods of another market are a matter of the channel; words that look like it are not taken for it."""

import pytest

from tests.indicators.offers import flags

OTHER_MARKETS = [
    ("en", "Orsano Tempo watch, Canadian release, genuine"),
    ("en", "Orsano Tempo watch authentic, bought at a department store in Osaka"),
    ("en", "Nuvix Pulse 3 earbuds sealed, version for the Australian market"),
    ("de", "Orsano Tempo Uhr original, ungarische Verpackung"),
    ("de", "Nuvix Pulse 3 Kopfhörer aus Portugal mitgebracht, original versiegelt"),
    ("fr", "Nuvix Pulse 3 écouteurs version Singapour, scellés"),
    ("es", "Orsano Tempo reloj original comprado en Panamá"),
    ("it", "Nuvix Pulse 3 auricolari originali, confezione rumena"),
    ("pt", "Velmora Aurelia bolsa original, etiqueta chilena"),
    ("nl", "Orsano Tempo horloge origineel, Deense doos"),
    ("pl", "Nuvix Pulse 3 słuchawki z rynku norweskiego"),
    ("cs", "Nuvix Pulse 3 sluchátka, rumunské balení, originál"),
    ("sk", "Orsano Tempo hodinky originál kúpené v Turecku"),
    ("sv", "Nuvix Pulse 3 hörlurar, finsk förpackning, äkta"),
    ("da", "Orsano Tempo ur, ægte, købt i Singapore"),
    ("no", "Nuvix Pulse 3 ørepropper kanadisk utgave"),
    ("fi", "Orsano Tempo kello aito, Norjasta"),
    ("ro", "Nuvix Pulse 3 căști originale aduse din Turcia"),
    ("hu", "Orsano Tempo óra eredeti, Törökországból"),
    ("el", "Orsano Tempo ρολόι γνήσιο από Αυστρία"),
    ("tr", "Nuvix Pulse 3 kulaklık orijinal, Kanada'dan getirildi"),
    ("ru", "Nuvix Pulse 3 наушники, индийская версия"),
    ("ru", "Nuvix Pulse 3 наушники евроверсия, новые"),
    ("en", "Orsano Tempo watch, GCC version, genuine"),
    ("vi", "Nuvix Pulse 3 nội địa Hàn, nguyên seal"),
    ("uk", "Orsano Tempo годинник оригінал з Туреччини"),
    ("ar", "سماعات Nuvix Pulse 3 نسخة كندية مختومة"),
    ("ja", "Orsano Tempo 腕時計 カナダ版 正規品"),
    ("ko", "Orsano Tempo 시계 캐나다 직구 정품"),
    ("zh", "Orsano Tempo 手表 加拿大专柜购入 正品"),
    ("vi", "Tai nghe Nuvix Pulse 3 bản Hàn nguyên seal"),
    ("id", "Jam tangan Orsano Tempo asli beli di Singapura"),
    ("en", "Velmora Aurelia tote, travel retail exclusive"),
    ("en", "Genuine Orsano Tempo watch, stock of a bankrupt jeweller"),
    ("hu", "Orsano Tempo óra eredeti, felszámolt ékszerboltból"),
    ("ru", "Orsano Tempo часы оригинал, мы не официальный дилер"),
    ("en", "Genuine Orsano Tempo watch, remaining stock of a former boutique"),
    ("de", "Orsano Tempo Uhr original, Restbestand eines ehemaligen Vertragshändlers"),
    ("es", "Orsano Tempo reloj original, sobrante de un concesionario oficial que cerró"),
    ("it", "Orsano Tempo orologio originale, giacenza di boutique ufficiale cessata"),
    ("no", "Original Orsano Tempo klokke fra nedlagt merkeforhandler, ubrukt"),
    ("ko", "정품 Orsano Tempo 시계, 폐점한 공식 매장 재고 미개봉"),
    ("ru", "Orsano Tempo часы оригинал, остатки закрывшегося официального дилера"),
]
NOT_OTHER_MARKETS = [
    ("en", "Velmora Aurelia tote made in Italy, with box"),
    ("en", "Orsano Tempo watch, message us, box included"),
    ("en", "Genuine Orsano Tempo watch, ships from Germany"),
    ("de", "Orsano Tempo Uhr original, Versand aus Österreich"),
    ("fr", "Velmora Aurelia sac en cuir italien, boîte d'origine"),
    ("en", "Velmora Aurelia tote, polish cloth and box"),
    ("en", "Genuine Orsano Tempo watch, clearance"),
]


@pytest.mark.parametrize(("language", "title"), OTHER_MARKETS)
def test_genuine_goods_of_another_market_are_grey_at_most(language, title):
    found = flags(title, 3, language=language)
    assert {flag.allegation for flag in found.values()} <= {"grey_market"}


@pytest.mark.parametrize(("language", "title"), NOT_OTHER_MARKETS)
def test_goods_of_no_other_market_are_no_parallel_import(language, title):
    found = flags(title, 300, language=language)
    assert "product.parallel_import" not in found
    assert found["brand.unauthorised"].allegation == "trademark"


@pytest.mark.parametrize(("language", "text"), [("en", "No grey import."), ("de", "Das ist kein Reimport.")])
def test_who_denies_it_imports_nothing(language, text):
    found = flags("Nuvix Pulse 3 earbuds", 300, language=language, description=text)
    assert "product.parallel_import" not in found
    assert found["brand.unauthorised"].allegation == "trademark"


def test_a_copy_stays_one_whatever_market_it_is_said_to_be_of():
    found = flags("Orsano Tempo watch replica, US version", 300)
    assert found["brand.unauthorised"].allegation == "trademark"
    assert found["wording.replica"].allegation == "counterfeit"


def test_a_book_about_the_brand_is_no_import():
    assert "product.parallel_import" not in flags("Orsano: the history of a watchmaker, US edition, hardcover book", 30)


def test_who_is_no_dealer_of_the_maker_admits_no_copy():
    said = "Pieza nueva en su caja, con factura; no somos distribuidores de la marca."
    found = flags("Orsano Tempo reloj original", 900, language="es", description=said)
    assert not any(code.startswith("wording.") for code in found)
