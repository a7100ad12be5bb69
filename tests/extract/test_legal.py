"""Legal pages by what links and headings call them: one page of a small shop is several of them."""

from importlib import resources

import pytest
import yaml

from crawler.extract import legal
from crawler.extract.page import read


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("Kontakt & Impressum", ("imprint", "contact")),
        ("Impressum / Datenschutz", ("imprint", "privacy")),
        ("AGB und Widerrufsrecht", ("terms", "returns")),
        ("Terms and Conditions", ("terms",)),
        ("Mentions légales et CGV", ("imprint", "terms")),
        ("Shoes & Contact", ()),
        ("Impressum", ("imprint",)),
        ("İletişim", ("contact",)),
        ("GİZLİLİK POLİTİKASI", ("privacy",)),
        ("About us | Contact", ("contact", "about")),
    ],
)
def test_the_kinds_that_words_name(words, kinds):
    assert legal.kinds(words) == kinds


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (
            "terms",
            "Salgsvilkår|Όροι και προϋποθέσεις|Общи условия|Opći uvjeti|Splošni pogoji|Voorwaarden",
        ),
        (
            "privacy",
            "Política de privacidade|Personvernerklæring|Adatkezelési tájékoztató|Πολιτική απορρήτου",
        ),
        (
            "returns",
            "Angrerett|Ångerrätt|Reklamační řád|Elállás|Επιστροφές|İade ve değişim|退换货政策|Chính sách đổi trả",
        ),
    ],
)
def test_small_languages_have_their_pages_too(kind, words):
    """What is missing here tells an honest shop that it has no such page."""
    assert {word: legal.kinds(word) for word in words.split("|")} == dict.fromkeys(words.split("|"), (kind,))


def test_every_kind_of_the_table_has_a_rank():
    data = yaml.safe_load(resources.files("crawler.data").joinpath("legal.yaml").read_text("utf-8"))
    assert set(data) <= set(legal._TELLS_MOST)


def test_an_imprint_behind_another_name_is_the_imprint():
    linking = read("<a href=kontakt.htm>Kontakt &amp; Impressum</a>", "http://joiner.test/")
    assert linking.legal_pages == {
        "imprint": "http://joiner.test/kontakt.htm",
        "contact": "http://joiner.test/kontakt.htm",
    }
    itself = read("<h2>Impressum</h2><p>Angaben gemäß § 5 DDG</p><p>Josef Ahlers</p>", "http://joiner.test/wir.htm")
    assert itself.legal_pages == {"imprint": "http://joiner.test/wir.htm"}
