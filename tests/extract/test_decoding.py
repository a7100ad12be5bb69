"""Pages that say nothing of their encoding, or the wrong thing."""

from __future__ import annotations

import pytest

from crawler.extract.decoding import decode
from crawler.extract.page import read


@pytest.mark.parametrize(
    ("language", "encoding", "said"),
    [
        ("", "latin-1", "Price £61.00"),
        ("de", "cp1252", "Größe für 12,00 €"),
        ("ru", "cp1251", "Цена 300 руб."),
        ("pl", "cp1250", "Koszyk pełen żyłek 12,00 zł"),
        ("el", "cp1253", "Τιμή"),
        ("ja", "cp932", "価格"),
        ("tr-TR", "cp1254", "Şehir içi"),
    ],
)
@pytest.mark.parametrize("header", ["", "text/html", "text/html; charset=utf-8"])
def test_what_is_not_utf_8_is_read_in_the_usual_encoding_of_its_language(language, encoding, said, header) -> None:
    html = f'<HTML lang="{language}"><BODY>{said}</BODY></HTML>' if language else f"<HTML><BODY>{said}</BODY></HTML>"
    assert said in decode(html.encode(encoding), header)


def test_one_broken_byte_does_not_change_the_encoding_of_a_page() -> None:
    assert "Größe für £5" in decode("Größe für £5 ".encode() + b"\xff", "text/html; charset=utf-8")
    assert "Größe" in decode("<p>Größe</p>".encode("cp1252"), "text/html; charset=iso-8859-1")


def test_an_old_page_has_its_price() -> None:
    html = "<HTML><BODY><H2>Fly reel</H2><P><B>Price: £61.00</B><FORM><INPUT TYPE=submit VALUE='Order'></FORM>"
    page = read(html.encode("latin-1"), "http://s.test/reel.htm", content_type="text/html")
    assert [str(one.value("price").amount) for one in page.products] == ["61.00"]
