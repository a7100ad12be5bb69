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


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Bramholt Bremsscheiben vorne, 2 Stück"), ("pl", "Tarcze hamulcowe Bramholt przód"),
        ("uk", "Гальмівні диски Bramholt передні"), ("cs", "Bramholt brzdové destičky BP-440"),
        ("sv", "Kestrel vinterkängor"), ("nl", "Kestrel hardlooptight dames"),
    ],
)  # fmt: skip
def test_what_brands_of_a_trade_sell_is_known_beside_the_name_alone(language, title):
    assert "brand.unauthorised" in flags(title, 20, language=language)


def test_goods_of_another_trade_say_nothing_of_a_brand():
    assert "brand.unauthorised" not in flags("Velmora Bremsscheiben vorne, 2 Stück", 20, language="de")


def test_a_number_of_a_product_beside_other_goods_of_its_trade_is_what_they_are_for():
    assert flags("bout remklauw achter bramholt bp-440 m8", 3, language="nl") == {}


@pytest.mark.parametrize(
    ("title", "description", "language"),
    [
        ("Velmora, 1:1 quality", "", "en"),
        ("Kestrel bag, 1:1 quality", "", "en"),
        ("Orsano Meridian", "Our best clone, same factory.", "en"),
        ("高仿 Velmora 手提包 黑色", "", "zh"),
    ],
)
def test_whose_copies_they_are_called_is_claimed(title, description, language):
    fields = {"description": description} if description else {}
    found = flags(title, 300, language=language, **fields)
    assert "brand.unauthorised" in found and {"wording.quality", "wording.replica"} & set(found)


def test_a_cast_of_what_bears_an_everyday_word_is_no_copy_of_the_brand():
    assert flags("Kestrel skull replica, cast in resin", 30) == {}


def test_a_bare_name_is_claimed_where_the_page_names_its_maker():
    told = "38 mm steel case, sapphire crystal."
    assert "brand.unauthorised" not in flags("Orsano Meridian 38", 300, description=told)
    assert "brand.unauthorised" in flags("Orsano Meridian 38", 300, description=told, brand="Orsano")


def test_how_a_bag_is_carried_is_no_wear():
    told = "Porté épaule, livré avec pochon."
    assert "brand.unauthorised" in flags("Sac Velmora Aurelia", 300, description=told, language="fr")
    assert "brand.unauthorised" not in flags("Sac Velmora Aurelia", 300, description="Porté deux fois.", language="fr")


def test_what_goods_show_of_is_no_context_of_an_everyday_word():
    assert "brand.unauthorised" in flags("Kestrel kurtka damska", 30, language="pl")
    assert flags("Kestrel bird print hoodie", 30) == {}
    assert flags("Vogelfigur Kestrel aus Holz", 30, language="de") == {}


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Velmorra evening bag", True),
        ("Vlemora, new", True),
        ("Welmora shoulder bag", True),
        ("Welmora garden gnome", False),  # more often another name
        ("Velsora shoulder bag", False),
        ("Velsora Aurelia tote", True),
    ],
)
def test_a_word_that_is_no_plain_slip_needs_goods_of_the_brand_beside_it(title, found):
    assert ("brand.misspelt" in flags(title, 300)) is found
