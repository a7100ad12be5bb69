"""Companies, bank accounts, wallets, merchants: check digits right, everything else left alone."""

from __future__ import annotations

import pytest

from crawler.extract.facts.keccak import keccak256
from tests.extract.facts.pages import described, found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("USt-IdNr.: DE136695976", ["DE136695976"]),
        ("USt-IdNr. DE 136 695 976", ["DE136695976"]),
        ("VAT GB 980 7806 84", ["GB980780684"]),
        ("VAT number: 980 7806 84", ["GB980780684"]),
        ("CHE-109.740.078 MWST", ["CHE109740078"]),
        ("P.IVA 00743110157", ["IT00743110157"]),
        ("TVA: FR 40 303265045", ["FR40303265045"]),
        ("DE136695977", []),  # wrong check digit
        ("DE123456789", []),  # everybody's example
        ("order DE1366959761", []),
        ("Amtsgericht Berlin-Charlottenburg, HRB 12345 B", ["de_hr:HRB 12345 B"]),
        ("Handelsregister: HRB 1234", ["de_hr:HRB 1234"]),
        ("Registered in England and Wales, company number 01234567", ["gb:01234567"]),
        ("SIRET 732 829 320 00074", ["fr_siret:73282932000074"]),
        ("SIRET 732 829 320 00075", []),
        ("KvK: 12345679", ["nl_kvk:12345679"]),
        ("Org.nr: 556036-0793", ["se_org:5560360793"]),
        ("京ICP备12345678号-1", ["cn_icp:京ICP备12345678号-1"]),
        ("统一社会信用代码: 91110000600037341L", ["cn_uscc:91110000600037341L"]),
        ("CNPJ 16.727.230/0001-97", ["br_cnpj:16727230000197"]),
        ("ИНН 7707083893", ["ru_inn:7707083893"]),
        ("ABN 51 824 753 556", ["au_abn:51824753556"]),
        ("Adószám: 12892312-2-06", ["HU12892312"]),
        ("Cégjegyzékszám: 01-09-123456", ["hu_cg:01-09-123456"]),
        ("ΑΦΜ: 094259216", ["EL094259216"]),
        ("ח.פ. 516179157", ["il_hp:516179157"]),
        ("ח.פ. 516179158", []),
        ("เลขทะเบียนนิติบุคคล 0994000617721", ["th:0994000617721"]),
        ("NIPC 501 964 843", ["PT501964843"]),
        ("CUI: RO18547290", ["RO18547290"]),
        ("OIB: 33392005961", ["HR33392005961"]),
        ("ЕИК 175074752", ["bg_eik:175074752"]),
        ("PIB: 101134702", ["rs_pib:101134702"]),
        ("統一編號: 00501503", ["tw_ubn:00501503"]),
        ("RUT 76.086.428-5", ["cl_rut:760864285"]),
        ("NIT 213.123.432-1", ["co_nit:2131234321"]),
        ("RUC: 20512333797", ["pe_ruc:20512333797"]),
        ("古物商許可 奈良県公安委員会 第641110001234号", ["jp_kobutsu:641110001234"]),
        ("سجل تجاري رقم 345678", ["arab_cr:345678"]),
        ("RUT-avdrag 2025, tel 90 555 01 23", []),
        ("Article 12345679, EAN 4006381333931", []),
        ("call 01234567", []),
    ],
)
def test_company_numbers(text, expected):
    assert found(f"<p>{text}</p>", "vat", "company_number") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("IBAN: DE91 1000 0000 0123 4567 89 BIC MARKDEF1100", ["DE91100000000123456789"]),
        ("GB33BUKB20201555555555", ["GB33BUKB20201555555555"]),
        ("IBAN NO93 8601 1117 947", ["NO9386011117947"]),
        ("DE91 1000 0000 0123 4567 88", []),
        ("IBAN DE89 3704 0044 0532 0130 00", []),  # everybody's example
        ("AB12 CDEF 3456 GHIJ 7890", []),
    ],
)
def test_bank_accounts(text, expected):
    assert found(f"<p>{text}</p>", "iban") == expected


BITCOIN = "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"
SEGWIT = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"
TAPROOT = "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr"
ETHEREUM = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
TRON = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<p>BTC {BITCOIN}</p>", [f"btc:{BITCOIN}"]),
        (f"<p>{SEGWIT}</p>", [f"btc:{SEGWIT}"]),
        (f"<p>{SEGWIT.upper()}</p>", [f"btc:{SEGWIT}"]),
        (f"<p>{TAPROOT}</p>", [f"btc:{TAPROOT}"]),
        (f"<p>{ETHEREUM}</p>", [f"eth:{ETHEREUM.lower()}"]),
        (f"<p>ETH wallet {ETHEREUM.lower()}</p>", [f"eth:{ETHEREUM.lower()}"]),
        (f"<p>{TRON}</p>", [f"tron:{TRON}"]),
        (f"<button data-clipboard-text='{TRON}'>copy</button>", [f"tron:{TRON}"]),
        (f"<a href='bitcoin:{BITCOIN}?amount=1'>pay</a>", [f"btc:{BITCOIN}"]),
        (f"<p>{BITCOIN[:-1]}3</p>", []),
        (f"<p>{SEGWIT[:-1]}p</p>", []),
        (f"<p>{TAPROOT[:-1]}q</p>", []),
        (f"<p>{ETHEREUM.replace('A', 'a', 1)}</p>", []),
        (f"<p>commit {ETHEREUM.lower()}</p>", []),  # no checksum in one case, and nothing speaks of money
        (f"<p>{TRON[:-1]}u</p>", []),
        ("<p>bc1" + "q" * 60 + " 0x" + "0" * 40 + " 1" + "1" * 33 + "</p>", []),
    ],
)
def test_wallets(body, expected):
    assert found(body, "wallet") == expected


@pytest.mark.parametrize(
    ("data", "digest"),
    [
        (b"", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
        (b"abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
    ],
)
def test_keccak_is_the_one_of_ethereum(data, digest):
    assert keccak256(data).hex() == digest
    assert len(keccak256(b"x" * 136)) == 32  # a whole block of padding


CLIENT = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefgh"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<script src='https://www.paypal.com/sdk/js?currency=EUR&client-id={CLIENT}'></script>",
         [f"paypal_client:{CLIENT}"]),
        ("<script>Stripe('pk_live_51HabcDEFghiJKLmnoPQR')</script>", ["stripe:pk_live_51HabcDEFghiJKLmnoPQR"]),
        ("<script>Stripe('pk_test_51HabcDEFghiJKLmnoPQR')</script>", []),
        ("<form action='https://www.paypal.com/cgi-bin/webscr'><input name='business' value='Pay@Shop.test'></form>",
         ["paypal:pay@shop.test"]),
        ("<form action='/cart'><input name='business' value='x@y.test'></form>", []),
        ("<a href='https://paypal.me/KickShop/20'>pay</a>", ["paypal_me:kickshop"]),
        ("<a href='https://www.paypal.com/paypalme/KickShop'>pay</a>", ["paypal_me:kickshop"]),
        ("<a href='https://www.paypal.com/paypalme/'>pay</a><a href='https://paypal.me/'>pay</a>", []),
        ("<script>var key='rzp_live_AbCdEfGhIjKlMn'</script>", ["razorpay:rzp_live_AbCdEfGhIjKlMn"]),
        ("<script>Shopify.shop = \"kick-shop.myshopify.com\";</script>", ["shopify_shop:kick-shop.myshopify.com"]),
    ],
)  # fmt: skip
def test_merchants(body, expected):
    assert found(body, "merchant_id") == expected


def test_payment_marks_are_taken_from_pictures_only():
    body = (
        "<img alt='Visa'><img src='/i/apple-pay.svg'><i class='fa fa-cc-mastercard'></i><p>We do not take PayPal.</p>"
    )
    assert described(body)["payment_marks"] == ["apple pay", "mastercard", "visa"]
