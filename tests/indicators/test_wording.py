"""Admissions, denials and other meanings, by hand for each language. The brand stands in the title."""

import pytest

from crawler.indicators.flags import flag_offer
from tests.indicators.offers import context, flags, offer

ADMITS = [
    ("en", "High quality replica of the original."),
    ("en", "It's a fake, but a good one"),
    ("en", "r3plica bags, best price"),
    ("en", "Grade AAA copy"),
    ("en", "A+++ quality"),
    ("en", "1:1 from the same factory"),
    ("en", "7A top"),
    ("en", "not only a replica, but the best one"),
    ("en", "Not genuine? No: super clone."),
    ("en", "Original? No. Replica!"),
    ("de", "Perfekte Fälschung"),
    ("de", "Nachbildung in Spitzenqualität"),
    ("de", "Nicht nur ein Nachbau, sondern mehr"),
    ("de", "vom Original nicht zu unterscheiden"),
    ("fr", "Contrefaçon haut de gamme"),
    ("fr", "copie parfaite 1:1"),
    ("fr", "pas seulement une copie"),
    ("es", "imitación de lujo"),
    ("es", "igual al original, 1:1"),
    ("es", "no solo una réplica"),
    ("it", "imitazione di lusso"),
    ("it", "tarocco ma bello"),
    ("it", "identica all'originale"),
    ("pt", "imitação de luxo"),
    ("pt", "réplica perfeita 1:1"),
    ("nl", "namaak van topkwaliteit"),
    ("nl", "niet van echt te onderscheiden"),
    ("pl", "podróbka premium"),
    ("pl", "nie do odróżnienia od oryginału"),
    ("ru", "качественная реплика"),
    ("ru", "паль, но хорошая"),
    ("ru", "не отличить от оригинала"),
    ("tr", "çakma ama kaliteli"),
    ("tr", "1. kalite replika"),
    ("zh", "高仿 支持验货"),
    ("zh", "A货 超低价"),
    ("ja", "高品質コピー品"),
    ("ja", "本物と見分けがつかない"),
    ("de", "Wir liefern jede Kopie"),
    ("fr", "nous vendons toutes les copies"),
    ("nl", "goede kopie, dus zonder doos"),
    ("de", "Die Tasche ist nicht original"),
    ("es", "no es la auténtica, se parece mucho"),
    ("it", "non è quella originale ma non si vede"),
    ("pl", "nie oryginał, cena niska"),
    ("ja", "本物ではありません"),
    ("pl", "tak, to podróbka"),
    ("en", "Shipped as copy, with box"),
    ("pl", "to nie oryginał tylko replika"),
]

DENIES = [
    ("en", "This isn't a replica."),
    ("en", "no fakes, replicas or knock-offs"),
    ("en", "Fakes of it are going around: ours come with a receipt"),
    ("en", "Fakes of it are about: ours come with a receipt"),
    ("en", "We've never sold a counterfeit."),
    ("en", "Avoid cheap imitations!"),
    ("en", "Guaranteed not fake"),
    ("en", "Zero replicas here"),
    ("en", "counterfeits are never sold here"),
    ("en", "faux fur trim"),
    ("en", "with imitation leather handles"),
    ("en", "4 x AAA batteries included"),
    ("en", "model in 1:1 scale"),
    ("en", "aspect ratio 1:1"),
    ("en", "free 1:1 exchange"),
    ("en", "AAA service since we opened"),
    ("fr", "Service AAA depuis vingt ans"),
    ("pl", "obsługa AAA"),
    ("de", "kein Nachbau"),
    ("de", "Keine Replik, keine Fälschung"),
    ("de", "Vorsicht vor Fälschungen"),
    ("de", "ohne Kopien und Imitate"),
    ("de", "Futter: Lederimitat"),
    ("de", "niemals Plagiate"),
    ("fr", "aucune contrefaçon"),
    ("fr", "ce n'est pas une copie"),
    ("fr", "jamais d'imitations"),
    ("fr", "attention aux contrefaçons"),
    ("fr", "copie de la facture jointe"),
    ("es", "no es una imitación"),
    ("es", "nunca réplicas"),
    ("es", "cuidado con las imitaciones"),
    ("es", "sin falsificaciones"),
    ("it", "non è una copia"),
    ("it", "mai imitazioni"),
    ("it", "diffidate delle imitazioni"),
    ("pt", "não é uma imitação"),
    ("pt", "nunca vendemos réplicas"),
    ("pt", "cuidado com as imitações"),
    ("nl", "geen namaak"),
    ("nl", "pas op voor namaak"),
    ("pl", "to nie podróbka"),
    ("pl", "uważaj na podróbki"),
    ("ru", "не реплика"),
    ("ru", "никаких подделок"),
    ("ru", "остерегайтесь подделок"),
    ("tr", "taklit değildir"),
    ("tr", "replika ürün satmıyoruz"),
    ("zh", "非高仿"),
    ("zh", "谨防假货"),
    ("zh", "拒绝山寨"),
    ("ja", "レプリカではありません"),
    ("ja", "偽物にご注意"),
    ("ja", "フェイクレザー使用"),
    ("en", "The real cost of cheap shopping is the counterfeit"),
    ("de", "Der größte Schaden für Sammler ist die Fälschung"),
    ("en", "No original invoice any more"),
    ("en", "If it is not authentic, you get your money back"),
    ("de", "nicht nur original, auch schön"),
    ("de", "Das Band der Schließe ist nicht original"),
    ("en", "The last thing we would buy is a replica"),
    ("it", "nessuno compra una copia qui"),
    ("pt", "um amigo comprou uma réplica em outro lugar"),
    ("es", "lo último que vendería es una imitación"),
    ("en", "Copy of the warranty slip in the pocket"),
    ("fr", "une fois j'ai acheté une contrefaçon"),
    ("de", "Replik-Jäger sind hier richtig"),
    ("tr", "kopya ürün satmıyorum"),
    ("de", "Wegen Plagiaten prüfen wir jede Lieferung"),
    ("fr", "à cause des contrefaçons, contrôle de chaque pièce"),
]


def words(text, language, **fields):
    found = flags("Velmora Aurelia tote", 2000, description=text, language=language, **fields)
    return {code for code in found if code.startswith("wording.")}


@pytest.mark.parametrize(("language", "text"), ADMITS)
def test_admissions(language, text):
    assert words(text, language)


@pytest.mark.parametrize(("language", "text"), DENIES)
def test_denials_and_other_meanings(language, text):
    assert words(text, language) == set()


LEANS = [
    ("en", "Velmora style shoulder bag"),
    ("en", "Shoulder bag like Velmora"),
    ("de", "Tasche im Stil von Velmora"),
    ("fr", "Sac inspiré de Velmora"),
    ("es", "Bolso al estilo de Velmora"),
    ("it", "Borsa stile Velmora"),
    ("pt", "Bolsa inspirada na Velmora"),
    ("nl", "Tas geïnspireerd op Velmora"),
    ("pl", "Torebka w stylu Velmora"),
    ("ru", "Сумка в стиле Velmora"),
    ("tr", "Velmora tarzı çanta"),
    ("zh", "Velmora同款 手袋"),
    ("ja", "Velmora風 バッグ"),
]


@pytest.mark.parametrize(("language", "text"), LEANS)
def test_goods_that_lean_on_the_name(language, text):
    assert "wording.inspired" in flags(text, 40, language=language)


@pytest.mark.parametrize("text", [text for language, text in LEANS if language != "it"])
def test_a_phrase_is_read_without_the_language_too(text):
    assert "wording.inspired" in flags(text, 40)  # Italian `stile` alone is an everyday word elsewhere


def test_an_accessory_in_the_style_of_the_goods_may_fit_them():
    assert flags("Buckle 18 mm, Orsano style lugs", 15) == {}


def test_a_denial_does_not_reach_into_the_next_sentence():
    assert words("We do not ship abroad. Replica of the summer model.", "en")
    assert words("No returns! High quality replica", "en")


def test_used_goods_may_lack_their_box():
    assert "wording.no_papers" not in flags("Orsano Tempo, no box no papers", condition="used")


SMALLER = [
    ("sv", "Detta är en replika i läder", "Ingen replika, köpt i butiken"),
    ("da", "Det er en kopi i læder", "Vi sælger ikke kopier"),
    ("no", "Dette er en kopi i skinn", "Ingen kopi, kjøpt i butikken"),
    ("fi", "Tämä on kopio", "Ei kopio, ostettu liikkeestä"),
    ("cs", "Je to kvalitní replika", "Není to replika, koupeno v obchodě"),
    ("sk", "Je to kvalitná replika", "Nie je to replika, kúpené v obchode"),
    ("hu", "Ez egy jó minőségű replika", "Nem replika, boltban vettem"),
    ("ro", "Este o replică de calitate", "Nu este o replică, cumpărată din magazin"),
    ("uk", "Це якісна репліка", "Це не репліка, куплена в магазині"),
    ("el", "Είναι ρέπλικα", "Δεν είναι ρέπλικα, από το κατάστημα"),
    ("vi", "Đây là hàng replica", "Đây không phải hàng replica"),
    ("id", "Ini tas KW super", "Tas ini bukan KW, kami tidak menjual barang tiruan"),
    ("id", "Kami menjual replika", "Awas barang palsu! Toko lain menjual replika"),
    ("ko", "레플리카 가방 판매합니다", "레플리카 가방은 판매하지 않습니다"),
    ("ar", "نبيع حقيبة تقليد", "هذه ليست حقيبة تقليد"),
    ("pl", "Sprzedajemy repliki", "Sklepy, które sprzedają repliki, kradną zdjęcia"),
]


@pytest.mark.parametrize(("language", "admits", "denies"), SMALLER)
def test_smaller_languages(language, admits, denies):
    assert words(admits, language)
    assert words(denies, language) == set()


@pytest.mark.parametrize(
    ("language", "text"), [("bg", "Това е реплика"), ("sw", "Hii ni replica"), ("hr", "Ovo je replica")]
)
def test_a_language_without_grammar_abstains(language, text):
    found = flag_offer(offer("Velmora Aurelia tote", 2000, description=text, language=language), context())
    said = [flag for flag in found if flag.code == "wording.replica"]
    assert [flag.state for flag in said] == ["abstained"]
    assert said[0].values["reason"] == "unclear"


def test_what_is_explained_is_not_admitted():
    assert words("Glossary. Replica – a product that looks like another.", "en") == set()
    assert words("Replica – free shipping", "en")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "My brother swore it was a fake."), ("de", "Die Nachbarin behauptete, das sei eine Fälschung."),
        ("fr", "Je pensais que c'était une copie."), ("ru", "Я думала, что это подделка."),
    ],
)  # fmt: skip
def test_what_others_said_or_somebody_thought_is_not_admitted(language, text):
    assert words(text, language) == set()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("el", "Δεν πουλάμε αντίγραφα."), ("el", "ΔΕΝ ΕΙΝΑΙ ΑΝΤΙΓΡΑΦΟ"), ("ru", "КОПИЯМИ НЕ ТОРГУЕМ"),
        ("pl", "Prędzej zamkniemy, niż sprzedamy kopię."), ("tr", "Kopya satmaktansa kapatırız."),
        ("fr", "Quelqu'un a copié notre boutique et vend des imitations."), ("ar", "التقليد ملمسه مختلف."),
        ("en", "Check the stitching: on fakes it is crooked."),
    ],
)  # fmt: skip
def test_who_would_sooner_close_and_what_copies_are_like_admit_nothing(language, sentence):
    assert not {
        code for code in flags("Velmora tote", 2000, language=language, description=sentence) if "wording" in code
    }


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("pt", "O artigo é uma réplica."), ("de", "Was Sie sehen, ist eine Replik aus unserer Werkstatt."),
        ("es", "Lo que ve es una réplica de nuestro taller."), ("zh", "不是正品 是高仿"),
        ("ja", "本物ではなくコピーです"),
        ("ru", "ЭТО РЕПЛИКА ВЫСОКОГО КАЧЕСТВА"), ("el", "Δεν είναι αυθεντική, αλλά το δέρμα είναι το ίδιο."),
    ],
)  # fmt: skip
def test_articles_politeness_and_what_is_denied_before_deny_no_copy(language, sentence):
    assert "wording.replica" in flags("Velmora tote", 2000, language=language, description=sentence)


def test_of_whose_make_a_copy_is_differs_from_what_it_is_a_copy_of():
    for sentence in ("copia de mi DNI si hace falta", "Copia de nuestra factura incluida"):
        assert "wording.replica" not in flags("Velmora tote", 2000, language="es", description=sentence)


@pytest.mark.parametrize(
    ("title", "language", "leans"),
    [
        ("Parfum type Solcere Nuit, Maison Verre", "fr", True),
        ("Duftzwilling zu Solcere Nuit", "de", True),
        ("Solcere Nuit muadili parfüm", "tr", True),
        ("Plaquettes équivalentes Bramholt BP-440, marque Frenax", "fr", False),
        ("Speaker 20 W, like Nuvix but cheaper", "en", False),
        ("Handbag like Velmora but cheaper", "en", True),
    ],
)
def test_what_equals_goods_leans_on_looks_and_scents_and_fits_where_things_work(title, language, leans):
    found = flags(title, 19, language=language)
    assert ("wording.inspired" in found) is leans
    assert "brand.unauthorised" not in found


@pytest.mark.parametrize(
    ("language", "text", "admits"),
    [
        ("sv", "Varför köpa en kopia, när originalet kostar så lite?", False),
        ("pl", "Po co kupować podróbkę, skoro oryginał kosztuje tyle?", False),
        ("pl", "Podróbki poznasz po szwie.", False),
        ("de", "Unsere Repliken bestehen jeden Vergleich.", True),
        ("ko", "정품은 아니지만 품질이 좋습니다.", True),
        ("cs", "K nerozeznání od originálu.", True),
    ],
)
def test_who_asks_why_warns_and_of_ones_own_copies_nobody_does(language, text, admits):
    found = flags("Velmora Aurelia tote", 2000, language=language, description=text)
    assert any(code.startswith("wording.") for code in found) is admits


def test_words_in_capitals_are_read_as_in_small_letters():
    assert flags("ЧЕХОЛ ДЛЯ НАУШНИКОВ NUVIX PULSE 3", 9, language="ru") == {}
    assert flags("ΘΗΚΗ ΣΥΜΒΑΤΗ ΜΕ NUVIX PULSE 3", 9, language="el") == {}
