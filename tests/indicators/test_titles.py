"""What leads a title, told by where it stands: nouns that no list knows, in languages that put them first or last."""

import pytest

from tests.indicators.offers import abstentions, flags

LED_BY_OTHERS = [
    ("en", "quokka widget Velmora Aurelia tote liner"),
    ("en", "GIZMO WITH SPRING ORSANO TEMPO WATCH BAND"),
    ("en", "weatherglass for bags Velmora Aurelia"),
    ("de", "Stulpnagel Tasche Velmora Aurelia"),
    ("fr", "bidulet de sac velmora aurelia"),
    ("es", "CHISME DE BOLSO VELMORA AURELIA"),
    ("it", "aggeggio borsa velmora aurelia"),
    ("pl", "cudak do torebki velmora aurelia"),
    ("ru", "ФИГОВИНА СУМКИ VELMORA AURELIA"),
    ("tr", "velmora aurelia çanta fırfır"),
    ("vi", "đồ chơi túi Velmora Aurelia"),
    ("hr", "drangulija torbe Velmora Aurelia"),
]


@pytest.mark.parametrize(("language", "title"), LED_BY_OTHERS)
def test_a_noun_that_no_list_knows_may_be_what_is_sold(language, title):
    assert flags(title, 19, language=language) == {}
    assert flags(title, 19, language=language, condition="new") == {}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "VELMORA AURELIA TOTE BAG BLACK LEATHER NEW"),
        ("en", "quilted padded Velmora Aurelia tote"),
        ("en", "Home > Bags > Totes | Velmora Aurelia tote, black"),
        ("en", "new arrival 🔥 velmora aurelia tote 6 colours"),
        ("fr", "sac matelassé velmora aurelia noir"),
        ("it", "borsa imbottita velmora aurelia nera"),
        ("pl", "pikowana torebka velmora aurelia czarna"),
        ("ru", "СУМКА СТЁГАНАЯ VELMORA AURELIA ЧЕРНАЯ"),
        ("en", "Orsano Tempo watch, steel bracelet, leather strap included"),
        ("es", "Reloj Orsano Tempo correa de piel marrón"),
        ("it", "Orologio Orsano Tempo, cinturino in pelle nero"),
        ("ru", "Часы Orsano Tempo кожаный ремешок"),
        ("en", "Kestrel Stride - Black Frost Blue"),
        ("fr", "Kestrel Stride - Rouge Équipe/ Blanc"),
        ("en", "Nuvix camcorder 12 mp with 3x optical zoom"),
        ("hu", "Nuvix okosóra fekete"),
    ],
)
def test_goods_that_are_told_what_they_are_like_are_claimed(language, title):
    assert "brand.unauthorised" in flags(title, 19, language=language)


@pytest.mark.parametrize(
    "title", ["Nuvix portable DVD player black", "Nuvix usb 3.0 headphones", "Nuvix true wireless 5.0 portable earbuds"]
)
def test_a_part_of_what_the_goods_are_called_says_nothing_else(title):
    assert "brand.unauthorised" in flags(title, 19)


def test_a_thing_between_strokes_is_no_colour():
    assert flags("Kestrel Stride - Frob Gadget/Gizmo", 19) == {}


@pytest.mark.parametrize("title", ["Correa Orsano Tempo reloj piel", "Reloj Orsano Tempo correa 20 mm"])
def test_a_strap_that_leads_or_is_told_by_its_width_is_sold_alone(title):
    assert flags(title, 19, language="es") == {}


def test_who_declares_the_brand_as_maker_may_name_parts():
    assert "brand.unauthorised" in flags("weatherglass Orsano Tempo watch", 19, brand="Orsano")
    assert flags("weatherglass on Orsano Tempo", 19, condition="new") == {}


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Nuvix Pulse 3 earbuds silent on one side?", "about"),
        ("Velmora, Orsano and others: bags", "accessory"),
        ("Velmora tote and similar", "accessory"),
    ],
)
def test_questions_and_lists_that_go_on_claim_nothing(title, reason):
    assert flags(title, 19) == {}
    assert abstentions(title, 19)["brand.unauthorised"].values["reason"] == reason


@pytest.mark.parametrize(
    ("language", "title", "description", "reason"),
    [
        ("en", "Velmora Aurelia tote", "It was my aunt's and I never liked the colour.", "second-hand"),
        ("de", "Velmora Aurelia Tasche", "Ich trenne mich von ihr, mein Schrank ist zu klein.", "second-hand"),
        ("ru", "сумка Velmora Aurelia", "Мне её отдала сестра, я не ношу сумки.", "second-hand"),
        ("en", "Nuvix Pulse 3", "We are not affiliated with the maker; the name says what it fits.", "accessory"),
        ("en", "Orsano Tempo", "Stopped? We do a full overhaul with pressure test.", "service"),
        ("en", "Orsano Tempo", "The box is empty and makes a nice keepsake.", "packaging"),
    ],
)
def test_descriptions_say_what_a_bare_name_does_not(language, title, description, reason):
    assert flags(title, 19, language=language, description=description) == {}
    flag = abstentions(title, 19, language=language, description=description)["brand.unauthorised"]
    assert flag.values["reason"] == reason


def test_a_disclaimer_does_not_turn_plain_goods():
    told = "We are not affiliated with the maker."
    assert "brand.unauthorised" in flags("Velmora Aurelia tote black leather", 19, description=told)
    assert "brand.unauthorised" in flags("Velmora Aurelia tote", 19, description="New stock! Write me for the price.")


@pytest.mark.parametrize(
    ("language", "post"),
    [
        ("en", "Just landed in the studio: Velmora Aurelia tote, black. Ships on Monday, write to https://t.me/x_desk"),
        ("en", "Velmora Aurelia tote black, €19.50. Any question, we answer before noon. https://t.me/x_desk"),
        ("de", "Frisch bei uns eingetroffen: Tasche Velmora Aurelia, schwarz. Wer mag, schreibt uns an"),
        ("de", "Noch ein paar Velmora Aurelia Taschen, 19 €. Meldet euch bei uns, wir antworten schnell"),
        ("it", "Ancora qualche borsa Velmora Aurelia nera. Scriveteci, rispondiamo subito"),
        ("pl", "Zostało kilka Velmora Aurelia, czarne. Prosimy o wiadomość, odpisujemy szybko"),
    ],
)
def test_of_a_post_the_sentence_that_names_the_goods_is_understood(language, post):
    assert "brand.unauthorised" in flags(post, 19, language=language, description=post)


@pytest.mark.parametrize(
    ("language", "post"),
    [
        ("en", "Velmora Aurelia tote, black. Worn twice, receipt here"),
        ("en", "Quokka widget for: Velmora Aurelia tote. We answer before noon"),
        ("en", "A few words on the Velmora Aurelia tote. We answer before noon"),
        ("de", "Tausche meine Velmora Aurelia Tasche. Bitte melden"),
    ],
)
def test_a_post_that_tells_of_used_or_other_goods_claims_nothing(language, post):
    assert flags(post, 19, language=language, description=post) == {}


@pytest.mark.parametrize(
    ("language", "title", "claimed"),
    [
        ("en", "Original Velmora quokkapod VM-2208", True),
        ("de", "Original Velmora Stulpnagel VM-2208 schwarz", True),
        ("pl", "Oryginalny Velmora cudak VM-2208", True),
        ("en", "Velmora quokkapod VM-2208", False),
        ("en", "Original Velmora quokkapod", False),
        ("en", "Original Velmora strap VM-2208", False),
        ("en", "Original case for Velmora VM-2208", False),
    ],
)
def test_who_vouches_for_a_model_claims_it(language, title, claimed):
    assert ("brand.unauthorised" in flags(title, 19, language=language)) == claimed


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Bramholt Achsschenkel vorne links"), ("cs", "Bramholt těhlice přední"),
        ("en", "Bramholt front knuckle"),
    ],
)  # fmt: skip
def test_what_no_table_knows_is_goods_where_it_is_told_as_those_of_a_trade_are(language, title):
    assert "brand.unauthorised" in flags(title, 20, language=language)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Achsschenkel vorne für Bramholt"), ("en", "Front wear sensor, suits Bramholt BP-440"),
        ("en", "Solcere bottle 50 ml, empty"), ("it", "500 pezzi compatibili Bramholt"), ("en", "Bramholt knuckle"),
        ("en", "Velmora front panel 50 ml"),
    ],
)  # fmt: skip
def test_what_is_for_the_brand_or_of_no_known_trade_stays_undecided(language, title):
    assert flags(title, 20, language=language) == {}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("es", "Maletín para pastillas de freno Bramholt"), ("cs", "Kufr na brzdové destičky Bramholt"),
        ("tr", "Bramholt fren diski için çanta"), ("ko", "Bramholt 브레이크 디스크용 가방"),
    ],
)  # fmt: skip
def test_what_is_for_goods_of_the_trade_is_no_claim(language, title):
    assert flags(title, 20, language=language) == {}
