"""What sentences of ten European languages admit: hidden words, new ones, and words that only look like a warning."""

from __future__ import annotations

import pytest

from tests.indicators.offers import flags

ADMITTED = [
    ("fr", "Une f@usse, mais qui le verra"),
    ("ro", "E f@lsă, o spun din start, dar arată superb"),
    ("el", "maimou alla teleia, me ola ta logo"),
    ("pl", "Podróbeczka, ale skóra miękka"),
    ("tr", "Çakmasıdır arkadaşlar, kutusu aynı"),
    ("hu", "Koppintott darab, de szépen varrták"),
    ("cs", "Neorig, logo sedí"),
    ("it", "Roba pezzotta, fodera uguale"),
    ("pt", "Mercadoria da candonga, sem fatura"),
    ("fr", "Copie assez réussie, fermoir doré"),
    ("it", "Copia cinese, lotto nuovo di dieci pezzi"),
    ("pl", "Kopia z kartonikiem i metką"),
    ("es", "Imitación exclusiva, piel suave"),
    ("pl", "Lepszej kopii nie znajdziecie"),
    ("hu", "Kínai piacos hamisítvány, szép darab"),
    ("cs", "Je to dost dobrá kopie"),
    ("nl", "n.e.p maar wel met merk op de tong"),
    ("el", "Μούφα είναι, αλλά γράφει το όνομα"),
    ("da", "Det er en kopi. Denne er ikke ægte"),
    ("it", "Velmora f a k e, con scatola"),
    ("pt", "Linha 1:1 do 34 ao 43, atacado"),
]
NOT_ADMITTED = [
    ("pl", "U nas kopii nie znajdziecie"),
    ("el", "Τέρμα οι μούφες: έρχεται με απόδειξη της μπουτίκ"),
    ("fr", "Marre des copies, ici tout vient de la maison"),
    ("pt", "Chega de cópias, só trabalhamos com a marca"),
    ("fr", "On lutte contre les contrefaçons depuis vingt ans"),
    ("it", "Le imitazioni vi costano il doppio alla fine"),
    ("en", "There are resealed and counterfeit ones going round, so I film every parcel as I pack it"),
    ("nl", "Krijg steeds de vraag of hij namaak is, nee dus"),
    ("da", "Min kollega købte en kopi til det halve. Den her er den rigtige"),
    ("no", "Broren min kjøpte en kopi på nettet og den røk. Denne er ekte"),
    ("pt", "Na feira vendem umas contrafeitas com o bolso ao contrário"),
    ("zh", "隔壁店卖的是翻版,标都印错。我家是品牌直供"),
    ("vi", "Shop nói không với hàng fake, rep 1:1. Hàng có tem"),
    ("da", "Uægte lommer bagpå, de er syet til"),
    ("ko", "레플리카 문의 차단합니다"),
]
LESSONS = [
    ("el", "Σεμινάριο: πλαστά τσάντες, η περίπτωση Velmora Aurelia"),
    ("pt", "Ação de formação: malas falsificadas, o caso Velmora Aurelia"),
    ("pl", "Szkolenie: torebki podrabiane, przykład Velmora Aurelia"),
]


def worded(title: str, language: str, **fields: str) -> set[str]:
    return {code for code in flags(title, 2000, language=language, **fields) if code.startswith("wording.")}


@pytest.mark.parametrize(("language", "text"), ADMITTED)
def test_words_that_admit_in_ten_languages(language, text):
    assert worded("Velmora Aurelia tote", language, description=text)


@pytest.mark.parametrize(("language", "text"), NOT_ADMITTED)
def test_a_slogan_against_copies_admits_none(language, text):
    assert not worded("Velmora Aurelia tote", language, description=text)


@pytest.mark.parametrize(("language", "title"), LESSONS)
def test_a_lesson_about_copies_admits_none(language, title):
    assert not worded(title, language)


CALLED_SO = [
    ("ro", "Velmora Aurelia adidași copii, albi"),
    ("es", "Velmora Aurelia bolso con trucha bordada"),
    ("fr", "Velmora Aurelia sac imprimé réplique culte"),
    ("fr", "Guirlande Velmora Aurelia imitation givre"),
    ("ro", "Velmora Aurelia geantă imitație ceramică la exterior"),
    ("tr", "Velmora Aurelia çanta ve karbon kopya kağıdı"),
    ("pl", "Velmora Aurelia torebka, piracka wyspa"),
]


@pytest.mark.parametrize(("language", "title"), CALLED_SO)
def test_everyday_words_and_stuffs_that_are_imitated_admit_nothing(language, title):
    assert not worded(title, language)
