"""Unlicensed copies: words that tell of them together, and the lawful goods that the same words stand beside."""

import pytest

from crawler.indicators.flags import flag_offer
from crawler.indicators.reading.context import Context
from crawler.indicators.text.open_phrases import OpenPhrases
from crawler.indicators.text.tokens import Tokens
from crawler.register.loading import load
from tests.indicators.offers import offer

REGISTER = """
rights_holder: Tallow Quay
sector: media and software
official_domains: [tallowquay.test]
allegations: [piracy, counterfeit]
brands:
  - name: Tallow Quay
    works:
      - {title: Marrow Deep, kind: game}
      - {title: Plotwright, kind: software}
      - {title: The Heron Line, kind: series}
      - {title: Brine and Ember, kind: novel}
      - {title: Copper Tides, kind: album}
      - {title: Autumn, kind: film, ambiguous: true, creators: [Ilse Varga]}
"""


@pytest.fixture(scope="module")
def works(tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    (folder / "tallow-quay.yaml").write_text(REGISTER)
    return Context.build(load(folder)).at("somewhere.test")


def flagged(works, title, **fields):
    return {f.code: f for f in flag_offer(offer(title, 30, **fields), works) if f.code.startswith("piracy.")}


def raised(works, title, **fields):
    return {code for code, flag in flagged(works, title, **fields).items() if flag.state == "raised"}


OFFERED = [
    ("ru", "Marrow Deep + 60 игр на внешнем диске", "copy"),
    ("es", "Marrow Deep + 90 juegos en disco externo", "copy"),
    ("hu", "Marrow Deep letöltés crackelve", "crack"),
    ("fi", "Plotwright ilman lisenssiä, ohitettu aktivointi", "crack"),
    ("de", "The Heron Line läuft noch im Kino, bei mir schon da", "stream"),
    ("sv", "The Heron Line filmad på bio, skickas på mail", "stream"),
    ("it", "pezzotto 1 anno, dentro anche The Heron Line", "iptv"),
    ("de", "Brine and Ember als Kopie, Ringbuch", "scan"),
    ("en", "Marrow Deep key, emailed within minutes", "key"),
    ("de", "Marrow Deep Schlüssel für PC, kommt sofort", "key"),
    ("fi", "Plotwright avain heti sähköpostiin", "key"),
    ("el", "Plotwright άδεια εφ' όρου ζωής", "key"),
    ("uk", "Plotwright студентська ліцензія на ваше ім'я", "key"),
    ("ko", "Marrow Deep 스팀키 바로 메일로", "key"),
    ("en", "Marrow Deep account, offline, password included", "account"),
    ("it", "Account Marrow Deep, giochi dal tuo profilo", "account"),
    ("hu", "Marrow Deep fiók, jelszó jár hozzá", "account"),
    ("id", "Akun Marrow Deep garansi 1 tahun", "account"),
    ("nl", "Plek in mijn gezinsabonnement Plotwright", "account"),
    ("en", "The Heron Line, all seasons on burned DVDs", "copy"),
    ("sk", "The Heron Line na napálených diskoch", "copy"),
    ("ru", "Жёсткий диск забит играми, есть Marrow Deep", "copy"),
    ("tr", "Harici disk oyun dolu, Marrow Deep dahil", "copy"),
    ("fr", "The Heron Line saison 2, lien après paiement", "download"),
    ("cs", "The Heron Line 3. série, odkaz na úložiště", "download"),
    ("ar", "The Heron Line جميع المواسم رابط ميجا", "download"),
    ("pt", "Copper Tides disco inteiro em flac", "download"),
    ("sv", "The Heron Line alla avsnitt i 1080p", "stream"),
    ("da", "The Heron Line i mkv", "stream"),
    ("es", "Brine and Ember en epub", "scan"),
    ("pl", "Brine and Ember ksero w spirali", "scan"),
    ("pt", "Caixa TV desbloqueada, The Heron Line e canais", "iptv"),
    ("vi", "Cài Plotwright từ xa qua AnyDesk", "crack"),
    ("ja", "Plotwright リモートでインストールします", "crack"),
    ("es", "Consola chipeada con Marrow Deep", "crack"),
    ("en", "Plotwright with patch", "crack"),
    ("it", "Plotwright con attivatore", "crack"),
    ("de", "Plotwright ohne Registrierung, läuft sofort", "crack"),
    ("pt", "Marrow Deep no pendrive, pronto pra jogar", "copy"),
    ("fi", "Marrow Deep muistitikulla, valmis pelattavaksi", "copy"),
    ("pl", "Dostęp do Plotwright na rok", "account"),
    ("ro", "Vând cheie Marrow Deep", "key"),
    ("hu", "Brine and Ember e-könyv emailben", "scan"),
]

LAWFUL = [
    ("nl", "Plotwright retaildoos met licentiekaart, nooit geactiveerd"),
    ("sv", "Plotwright i ask med licenskort, aldrig aktiverad"),
    ("en", "Marrow Deep keyring, brass"),
    ("en", "Marrow Deep key art print, A3"),
    ("de", "Marrow Deep Schlüsselanhänger"),
    ("en", "Marrow Deep boxed, code not redeemed"),
    ("fr", "Marrow Deep d'occasion, boîte et code de bonus"),
    ("ru", "Marrow Deep диск б/у, ключ внутри"),
    ("en", "Stair plug-in for Plotwright, key by e-mail"),
    ("nl", "Sjablonen Plotwright, direct te downloaden"),
    ("pl", "Szablony do Plotwright, plik do pobrania"),
    ("es", "Clases de Plotwright online, acceso a mi cuenta 12 meses"),
    ("de", "Plotwright gebraucht, Lizenz durch Hersteller übertragen"),
    ("it", "Attenzione ai crack di Plotwright: contengono virus"),
    ("tr", "Plotwright crack uyarısı: virüs"),
    ("fr", "TraceNet 3, licence à vie, l'alternative à Plotwright"),
    ("en", "The Heron Line season 1 Blu-ray, 1080p, English subtitles"),
    ("ja", "The Heron Line シーズン1 ブルーレイ 字幕"),
    ("en", "The Heron Line replacement case, no disc"),
    ("en", "Copper Tides LP with MP3 download card"),
    ("pt", "Brine and Ember capa dura, autografado"),
    ("ja", "Marrow Deep DVD-ROM 箱付き"),
    ("en", "Marrow Deep disc only, no case"),
    ("en", "Marrow Deep cross stitch pattern, PDF download"),
]


@pytest.mark.parametrize(("language", "title", "kind"), OFFERED)
def test_words_tell_of_an_unlicensed_copy_together(works, language, title, kind):
    assert f"piracy.{kind}" in raised(works, title, language=language)


@pytest.mark.parametrize(("language", "title"), LAWFUL)
def test_the_same_words_stand_beside_lawful_goods(works, language, title):
    assert not raised(works, title, language=language)


def test_one_word_of_them_tells_nothing(works):
    for title in ("Marrow Deep for PC", "The Heron Line season 2", "Plotwright for Windows", "Copper Tides, instant"):
        assert not raised(works, title)


def test_a_description_says_it_in_its_first_sentences(works):
    assert "piracy.key" in raised(works, "Marrow Deep", description="You get a key for PC by email. No returns.")
    boilerplate = "New. Free delivery. Questions? Write to us. We answer. Your account and password stay yours."
    assert not raised(works, "Marrow Deep", description=boilerplate)
    ours = "Plotwright is billed by the year. TraceNet 3 is paid once."
    assert not raised(works, "TraceNet 3, lifetime", description=ours)


def test_under_a_title_that_names_the_work_a_description_need_not(works):
    assert "piracy.crack" in raised(works, "Plotwright", description="Latest version. I install it remotely for you.")
    assert "piracy.scan" in raised(works, "Brine and Ember", description="The whole book as pdf. No returns.")
    assert not raised(works, "Brine and Ember", description="Paperback, 320 pages. A pdf catalogue is on our site.")
    assert not raised(works, "Plotwright set-up", description="I install it remotely, with your licence.")


def test_what_a_later_sentence_names_stops_no_earlier_one(works):
    shop = "Key for PC by email. Thank you. See you. Bye. We also have mugs."
    assert "piracy.key" in raised(works, "Marrow Deep", description=shop)


def test_a_profile_of_ones_own_tells_of_somebody_elses_account(works):
    assert "piracy.account" in raised(works, "Marrow Deep PS5", description="You play on your own profile.")
    assert "piracy.account" in raised(works, "Marrow Deep", language="pl", description="Nie zmieniać hasła.")


def test_what_is_denied_is_not_said(works):
    assert not raised(works, "Marrow Deep PS5", description="This is no key or code for PC.")
    assert not raised(works, "Marrow Deep PC、コードなし", language="ja")


def test_who_looks_for_it_offers_nothing(works):
    assert not raised(works, "Looking for Marrow Deep PC key, by email")


def test_a_file_is_told_by_the_kind_of_work(works):
    assert "piracy.scan" in raised(works, "Brine and Ember pdf")
    assert not raised(works, "Marrow Deep map, pdf")


def test_a_title_of_everyday_words_abstains_without_its_creator(works):
    alone = flagged(works, "Autumn 1080p mkv")["piracy.stream"]
    assert alone.state == "abstained"
    assert alone.values["reason"] == "ambiguous"
    assert "piracy.stream" in raised(works, "Autumn by Ilse Varga, 1080p mkv")


def test_what_stops_a_flag_is_told(works):
    stopped = flagged(works, "Marrow Deep mug, PC key by email")["piracy.key"]
    assert stopped.state == "abstained"
    assert "mug" in stopped.provenance[-1].text


def test_phrases_are_open_where_they_say_so():
    phrases = OpenPhrases({"a": ["crack*", "full crack"], "b": ["~schlüssel", "mail"]})
    assert [h.labels for h in phrases.find(Tokens.of("cracked full crack"))] == [{"a"}, {"a"}]
    assert [h.labels for h in phrases.find(Tokens.of("Spielschlüssel, mail"))] == [{"b"}, {"b"}]
    assert not phrases.find(Tokens.of("mall"))  # it folds to the same letters


def test_what_is_copied_on_a_machine_is_bound_too(works):
    assert "piracy.scan" in raised(works, "Brine and Ember fotokopiert, mit Spirale gebunden", language="de")
    assert "piracy.scan" in raised(works, "Brine and Ember bản photo đóng gáy", language="vi")
    assert not raised(works, "Brine and Ember, gebunden, 320 Seiten", language="de")


def test_what_was_downloaded_is_handed_on(works):
    assert "piracy.download" in raised(works, "Marrow Deep nedladdad, på usb-minne", language="sv")
    assert not raised(works, "Marrow Deep, inplastad, aldrig nedladdad", language="sv")


def test_no_film_comes_out_on_a_stick(works):
    assert "piracy.copy" in raised(works, "Autumn by Ilse Varga на флешке", language="ru")
    assert not raised(works, "Autumn by Ilse Varga, dvd, dubbed")
