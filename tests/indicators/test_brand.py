import pytest

from tests.indicators.offers import abstentions, flags


@pytest.mark.parametrize(
    "seller", ["velmora.test", "shop.velmora.test", "VELMORA.test", "galerie-nord.test", "www.galerie-nord.test"]
)
def test_who_may_sell_is_never_flagged(seller):
    assert flags("Vеlmora tote, replica, 1:1", 5, at=seller) == {}


@pytest.mark.parametrize(
    "seller", ["notvelmora.test", "velmora.test.evil.test", "galerie-nord.test:8080", "bazaar.test:velmora"]
)
def test_who_only_looks_like_it_is(seller):
    assert "brand.unauthorised" in flags("Velmora tote", 2000, at=seller)


def test_the_flag_says_what_was_seen_and_where():
    flag = flags("Brand new Vеlmоrа tote", 2000)["brand.disguised"]
    assert flag.brand == "Velmora"
    assert flag.values["text"] == "Vеlmоrа"
    assert flag.values["disguise"] == ["homoglyph"]
    assert "U+0435" in flag.values["characters"]
    assert flag.provenance[0].path == "//title"
    assert "Vеlmоrа" in flag.provenance[0].text
    assert len(flag.register_version) == len(flag.weights_version) == 64


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Evening bag", "brand": "Velmora"},
        {"title": "Evening bag", "images": ("https://x.test/i/velmora-tote.jpg",)},
        {"title": "Evening bag", "url": "https://x.test/p/velmora-tote"},
        {"title": "Evening bag", "category": ("Bags", "Velmora")},
        {"title": "Evening bag #velmora"},
    ],
)
def test_the_name_may_stand_elsewhere(fields):
    assert "brand.unauthorised" in flags(**fields)


def test_a_description_alone_only_mentions():
    assert flags("Evening bag", description="Goes well with shoes of Velmora.") == {}


def test_two_brands_that_are_leaned_on():
    found = flags("Kestrel style, like Velmora")
    assert set(found) == {"wording.inspired"}
    assert "brand.unauthorised" in flags("Orsano Tempo watch and Velmora Corda belt", 4000)


def test_an_ambiguous_name_alone_abstains():
    assert flags("Kestrel nest box") == {}
    assert abstentions("Kestrel nest box")["brand.unauthorised"].values["reason"] == "ambiguous"
    assert "brand.unauthorised" in flags("Kestrel Stride")
    assert "brand.unauthorised" in flags("Stride 43", brand="Kestrel")


def test_no_brand_no_flag():
    assert flags("Replica sword AAA 1:1 mirror quality", 5) == {}
    assert abstentions("Replica sword") == {}


def test_a_title_that_is_not_understood_is_no_claim_unless_it_admits_a_copy():
    post = "Gizmo by the river, Petite clutch by Velmora - ivory €52.99 whenever we meet"
    assert {"brand.unauthorised", "price.below_range"} <= set(abstentions(post, 52))
    assert {"brand.unauthorised", "price.far_below_range", "wording.quality"} <= set(flags(f"{post}, top mirror", 52))
