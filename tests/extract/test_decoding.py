"""Pages that say nothing of their encoding, or the wrong thing."""

from __future__ import annotations

import pytest

from crawler.extract.decoding import decode
from crawler.extract.page import read
from tests.growth import grows_no_faster


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


UNDECLARED = {
    "cp1251": "Колодки тормозные передние, комплект на ось. Цена 4 850 руб. В наличии",
    "koi8_r": "Колодки тормозные передние, комплект на ось. Цена 4 850 руб. В наличии",
    "cp932": "【中古】革のボストンバッグ 価格 12万8000円 カートに入れる 在庫あり",
    "euc_jp": "【中古】革のボストンバッグ 価格 12万8000円 カートに入れる 在庫あり",
    "gb18030": "手机支架 铝合金 价格 88.00元 加入购物车 有货 收到商品七日内可以退货",
    "cp949": "가죽 가방 판매가 189,000원 장바구니 담기 재고 있음 교환 및 반품",
    "cp1253": "Γυαλιά ανάγνωσης Τιμή 24,90 Προσθήκη στο καλάθι Διαθέσιμο",
    "cp1255": "רצועת עור לשעון מחיר 249 הוסף לסל במלאי החזרות תקנון",
    "cp1256": "مبخرة خشب منقوشة السعر أضف إلى السلة متوفر",
    "cp1252": "Trinkgürtel für Läufer, Größe L, 24,90 € – jetzt mit zwei Flaschen",
}


@pytest.mark.parametrize("encoding", UNDECLARED)
def test_other_than_latin_letters_tell_the_encoding_of_a_page_that_says_nothing(encoding) -> None:
    said = UNDECLARED[encoding]
    html = f"<html><head><title>{said}</title><style>b {{ color: red }}</style></head><body><b>{said}</b></body></html>"
    assert f"<b>{said}</b>" in decode(html.encode(encoding), "text/html")


def test_an_undeclared_japanese_page_has_its_yen_sign() -> None:
    html = "<html><body><p>USED デニムジャケット Lサイズ 在庫あり</p><p>\\7,480（税込）</p></body></html>"
    assert "¥7,480" in decode(html.encode("cp932"))


def test_the_encoding_of_a_long_undeclared_page_is_told_from_its_beginning() -> None:
    html = "<html><body>" + "<p>適当な長さの文章です。返品はご遠慮ください。</p>" * 5000
    assert decode(html.encode("cp932")).endswith("ご遠慮ください。</p>")


@pytest.mark.parametrize("opened", [b"<script ", b"<style>x", b"<", b"</script", b"<script></style>"])
def test_an_undeclared_page_of_broken_code_takes_linear_time(opened) -> None:
    def made(pieces: int) -> bytes:
        return opened * pieces + "деталь тормозная ".encode("cp1251") * pieces

    assert grows_no_faster(decode, made, 1000, 4000)


def test_scripts_and_stray_closing_tags_do_not_hide_the_letters_of_an_undeclared_page() -> None:
    text = "<p>Колодки тормозные передние, в наличии на складе, доставка по всей стране</p></style>"
    html = (
        f"<html><body><script>var a = 'latin latin latin latin latin latin';</script>{text}<style>p {{}}</style></body>"
    )
    assert "Колодки тормозные" in decode(html.encode("cp1251"))
