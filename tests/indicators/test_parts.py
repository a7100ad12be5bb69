"""A part behind the goods that it is of is not the goods, in whatever order a language puts the two."""

import pytest

from tests.indicators.offers import flags

PARTS = [
    ("en", "Nuvix security camera mount"),
    ("en", "Nuvix VR headset face pad"),
    ("en", "Kestrel tennis racket replacement grip"),
    ("en", "Nuvix chainsaw guide bar"),
    ("pl", "Nuvix pilarka prowadnica"),
    ("de", "Nuvix Staubsauger Schlauch"),
    ("fr", "Nuvix lave-vaisselle panier supérieur"),
    ("fr", "lave-vaisselle Nuvix panier supérieur"),
    ("es", "Nuvix aspiradora tubo"),
    ("it", "Nuvix monopattino pneumatico"),
    ("pl", "Nuvix hulajnoga elektryczna opona"),
    ("cs", "Nuvix koloběžka pneumatika"),
    ("ru", "Nuvix пылесос шланг"),
    ("tr", "Nuvix çamaşır makinesi kapak lastiği"),
    ("id", "Nuvix mesin cuci karet pintu"),
]
GOODS = [
    ("en", "Nuvix security camera outdoor wireless"),
    ("en", "Velmora hobo bag slouchy suede chestnut"),
    ("de", "Velmora Corda Wendegürtel Goldschnalle 95 cm neu"),
    ("fr", "Nuvix trottinette électrique pliable"),
    ("es", "Velmora bolso correa ajustable"),
    ("es", "Nuvix aspiradora motor 700 W"),
    ("en", "Nuvix coffee maker with carafe"),
]


@pytest.mark.parametrize(("language", "title"), PARTS)
def test_a_part_behind_the_goods_is_no_claim_to_them(language, title):
    assert "brand.unauthorised" not in flags(title, 19, language=language)


@pytest.mark.parametrize(("language", "title"), GOODS)
def test_what_goods_are_like_stands_behind_them_too(language, title):
    assert "brand.unauthorised" in flags(title, 19, language=language)
