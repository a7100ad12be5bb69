import pytest

from crawler.indicators.products import identity, kinds, subkinds
from crawler.indicators.reading.offer import read
from crawler.indicators.text.tokens import fold_phrase
from crawler.register.schema import ProductLine
from tests.indicators.offers import context, flags, offer


def product(title, **fields):
    reading = read(offer(title, **fields), context())
    found = [identity.identify(reading, entry).line for entry in reading.brands if reading.claims(entry)]
    return next((line.name for line in found if line), "")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Sac à main Velmora Aurelia en cuir", "Aurelia tote"),
        ("Torebka damska Velmora Aurelia czarna", "Aurelia tote"),
        ("Vendo bolso Velmora Aurelia, sin caja", "Aurelia tote"),
        ("nuvix pulse3 earbuds with charging case", "Pulse 3 earbuds"),
        ("Nuvix Pulse 3 Kopfhörer mit Ladekabel", "Pulse 3 earbuds"),
        ("Filtro de aceite Bramholt OF-12", "OF-12 oil filter"),
        ("Масляный фильтр Bramholt OF-12", "OF-12 oil filter"),
        ("Crème de nuit Solcere Nuit 50 ml", "Nuit cream"),
        ("Mini Nuvix Volt charger", "Volt charger"),
        ("Camisa de lino H&V Riviera blanca", "Riviera shirt"),
        ("腕時計 Orsano Tempo 新品", "Tempo watch"),
    ],
)
def test_a_product_is_known_in_any_language(title, name):
    assert product(title) == name


@pytest.mark.parametrize(
    "title",
    [
        "Correa del reloj Orsano Tempo",
        "Verre de montre Orsano Tempo",
        "Korona zegarka Orsano Tempo",
        "Orsano Tempo saat camı",
        "Orsano Tempo 腕時計 リモコン",
        "Корпус масляного фильтра Bramholt OF-12",
        "Ölfiltergehäuse Bramholt OF-12",
        "Obudowa filtra oleju Bramholt OF-12",
        "Guarnizione per filtro olio Bramholt OF-12",
        "Fodera della borsa Velmora Aurelia",
        "Uhrenbox Orsano Tempo ohne Uhr",
        "Ручка сумки Velmora Aurelia",
        "Taschenboden Velmora Aurelia",
        "H&V Riviera cardigan grey",
    ],
)
def test_a_part_of_the_product_is_not_the_product(title):
    assert product(title) == ""


@pytest.mark.parametrize(
    "title",
    [
        "Solcere Hydra serum échantillon 1 ml",
        "Solcere Hydra serum пробник 2 мл",
        "Solcere Hydra sérum próbka 2 ml",
        "Solcere Hydra 精华 小样",
        "Coffret Solcere Hydra sérum",
        "Nuvix Pulse 3 earbuds + speaker Boom 7",
        "Nuvix Pulse 2, Pulse 3 earbuds, pair",
        "Velmora Aurelia Mini tote",
        "Kit cinghia + filtro olio Bramholt OF-12",
    ],
)
def test_less_or_more_than_the_product_is_not_the_product(title):
    assert product(title) == ""


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Bürstenwalze zum Staubsauger", "de"),
        ("Couvercle de la poêle", "fr"),
        ("Spazzola motorizzata aspirapolvere", "it"),
        ("Końcówki do szczoteczki", "pl"),
        ("saat camı", "tr"),
        ("プロジェクター用リモコン", "ja"),
        ("Щётка для пылесоса", "ru"),
        ("VX-9", None),
    ],
)
def test_a_title_tells_its_language(title, language):
    assert read(offer(f"Velmora {title}"), context()).declared == language


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("es", "Pastillas FRENALIA para discos Bramholt OF-12"),
        ("pl", "Obudowa filtra oleju Bramholt OF-12"),
        ("ru", "Корпус масляного фильтра Bramholt OF-12"),
        ("de", "Ölfiltergehäuse Bramholt OF-12"),
    ],
)
def test_what_is_joined_to_a_product_is_for_it(language, title):
    assert "brand.unauthorised" not in flags(title, 19, language=language)


def test_what_fits_goods_of_a_type_leans_on_no_name():
    assert "wording.inspired" not in flags("Pochette pour sac type Velmora Aurelia, cousue main", 19, language="fr")


def test_a_kind_is_told_by_what_its_longer_names_begin_with():
    ring = kinds.of(ProductLine(name="Anneau ring", spellings=["Anneau"]))
    assert ring.phrases and "bague" in ring.heads
    machine = kinds.of(ProductLine(name="Stitch 310 sewing machine", spellings=["Stitch 310"]))
    assert machine.headed(("stopka", "do", "maszyny")) == {2}


@pytest.mark.parametrize(
    ("name", "title", "another"),
    [
        ("Kelda 24 frying pan", "casseruola Kelda 24", True),
        ("Kelda 24 frying pan", "padella Kelda 24", False),
        ("Kelda 24 frying pan", "Grillpfanne Kelda 24", True),
        ("Dermal shampoo", "Dermal odżywka", True),
        ("Dermal shampoo", "Dermal szampon i odżywka", False),
        ("Regno hose", "Schlauchwagen Regno", False),
    ],
)
def test_a_neighbour_of_one_broad_kind_is_another_product(name, title, another):
    assert subkinds.another(fold_phrase(name), fold_phrase(title)) is another
