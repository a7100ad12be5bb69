"""Admissions without a word for a copy, and honest sentences that share their words."""

import pytest

from tests.indicators.offers import flags

ADMITS = [
    ("en", "Velmora Aurelia tote", "Not made by Velmora, but the tag is sewn on straight."),
    ("en", "Velmora Aurelia tote", "The bags are blank when they arrive; we stitch the Velmora label in next door."),
    ("en", "Nuvix Pulse 3 earphones", "Comes off the line after hours, box and all. The maker has no idea."),
    ("en", "Velmora Aurelia tote", "Logo in a separate envelope because of customs."),
    ("de", "Velmora Aurelia Tasche", "Kommt nicht vom Hersteller, der Schriftzug sitzt aber richtig."),
    ("de", "Velmora Aurelia Tasche", "Das Etikett nähen wir selbst ein, Karton wie im Laden."),
    ("nl", "Velmora Aurelia tas", "De fabriek weet van niks, hetzelfde merkje zit erop."),
    ("sv", "Velmora Aurelia väska", "Inte gjord av Velmora, men etiketten ser rätt ut."),
    ("da", "Velmora Aurelia taske", "Lavet uden producentens vidende, stemplet sidder på indersiden."),
    ("no", "Velmora Aurelia veske", "Vi syr på merkene selv. Produsenten vet ikke om det."),
    ("fi", "Velmora Aurelia laukku", "Ei ole Velmoran tekemä, mutta logo on kohdallaan."),
    ("ru", "Velmora Aurelia сумка", "Шьём сами, бирки пришиваем такие же."),
    ("uk", "Velmora Aurelia сумка", "Шиють у підвалі, логотип на місці."),
    ("ja", "Velmora Aurelia バッグ", "うちで縫っています。ロゴは直営店と同じです。"),
    ("zh", "Velmora Aurelia 包", "小厂做的,自己打上Velmora的标。"),
    ("id", "Velmora Aurelia tas", "Dibuat konveksi, kami jahit label Velmora."),
]
HONEST = [
    ("it", "Spilla per fan, Velmora Aurelia", "Dipinta e cucita da noi, in scatola. Nulla a che vedere con Velmora."),
    ("it", "Velmora Aurelia, stampa", "Illustrato e stampato da me, sul retro la dedica. Nessun legame con Velmora."),
    ("en", "Velmora Aurelia watercolour", "Painted and printed by us, in a gift box. We are no part of Velmora."),
    ("en", "Velmora Aurelia tote", "The box is not from Velmora, the logo on the bag is as crisp as ever."),
    ("en", "Velmora Aurelia tote", "We stitch your initials below the Velmora label."),
    ("en", "Velmora Aurelia tote", "Nobody will notice the small scratch beside the logo."),
    ("en", "Velmora Aurelia tote", "We are not from Velmora and have no connection with its logo."),
    (
        "de",
        "Velmora Aurelia Tasche",
        "Aus der veganen Linie, kein echtes Leder. Etikett und Rechnung liegen bei.",
    ),
    ("de", "Velmora Aurelia Tasche", "Der Riemen ist nicht von Velmora, Karton und Etikett sind dabei."),
    ("nl", "Velmora Aurelia tas", "Geen logo, geen label, gewoon leer."),
    ("ru", "Velmora Aurelia сумка", "Коробка и бирка на месте, логотип тиснёный, купили в бутике."),
    ("ko", "Velmora Aurelia 가방", "로고가 자수로 들어가 있고 저희가 박스 포장으로 보냅니다."),
    ("vi", "Velmora Aurelia túi", "Shop em bán túi thêu logo, đóng hộp cẩn thận."),
    ("id", "Velmora Aurelia tas", "Kami jual tas dengan logo bordir, kotak resmi."),
    ("en", "Velmora Aurelia tote", "Parcels may be held by customs, the label says merchandise. It comes in its box."),
    ("en", "Velmora Aurelia tote", "We print the shipping label within a day, the logo on the box is slightly rubbed."),
    ("de", "Velmora Aurelia Tasche", "Der Zoll kann Gebühren erheben, Etikett und Karton sind dabei."),
    ("fr", "Velmora Aurelia sac", "Nous gravons vos initiales dans notre atelier, le logo reste intact."),
    ("es", "Velmora Aurelia bolso", "Nadie lo nota puesto, la cremallera es invisible. Con etiqueta y caja."),
    ("sv", "Velmora Aurelia väska", "Repan på insidan är liten, ingen märker den. Etiketten sitter kvar."),
    ("de", "Velmora Aurelia Tasche", "Nachts leuchtet das Logo, Karton vorhanden."),
    ("nl", "Velmora Aurelia tas", "De douane kan kosten rekenen; het verzendlabel printen wij zelf."),
    ("vi", "Velmora Aurelia túi", "Hải quan có thể thu thuế, nhãn gửi hàng do shop tự in."),
    ("sv", "Velmora Aurelia väska", "Om den inte är från Velmora får du pengarna tillbaka, etikett och kvitto finns."),
]


@pytest.mark.parametrize(("language", "title", "text"), ADMITS)
def test_origin_denied_marks_put_on_and_makers_who_do_not_know_admit(language, title, text):
    assert "wording.replica" in flags(title, 2000, language=language, description=text)


@pytest.mark.parametrize(("language", "title", "text"), HONEST)
def test_honest_sentences_with_the_same_words_do_not(language, title, text):
    assert not [c for c in flags(title, 2000, language=language, description=text) if c.startswith("wording")]
