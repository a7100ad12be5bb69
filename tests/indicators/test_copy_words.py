"""How sellers call goods copies in hidden, joined and everyday words, and what only looks like it."""

import pytest

from tests.indicators.offers import abstentions, flags

ADMITS = [
    ("en", "Velmora Aurelia tote", "f*ke but you won't notice"),
    ("en", "Velmora Aurelia tote", "c o p y, full set"),
    ("en", "Velmora Aurelia tote", "Looks the same from outside, the inside is something else."),
    ("de", "Velmora Aurelia Tasche", "Das ist eine Markenkopie aus der Türkei."),
    ("de", "Velmora Aurelia Tasche", "Designerfälschung, sieht keiner."),
    ("de", "Orsano Tempo Uhr", "Außen identisch, Innenleben anders, daher der Preis."),
    ("de", "Orsano Tempo Uhr", "Superklon, 1zu1"),
    ("it", "Velmora Aurelia borsa", "Taroccata bene, dentro è un'altra cosa."),
    ("it", "Orsano Tempo orologio", "Clonato, stesso stampo."),
    ("nl", "Velmora Aurelia tas", "Merknamaak van hoge kwaliteit."),
    ("nl", "Orsano Tempo horloge", "Gekloonde uitvoering, binnenwerk is anders."),
    ("pl", "Orsano Tempo zegarek", "Superklon, nikt nie pozna."),
    ("cs", "Orsano Tempo hodinky", "Superklon, vnitřek je jiný."),
    ("sk", "Velmora Aurelia kabelka", "Falšovaná, logo rovnaké."),
    ("sv", "Velmora Aurelia väska", "Märkeskopia från Kina."),
    ("sv", "Orsano Tempo klocka", "Förfalskat märke, ingen märker."),
    ("da", "Velmora Aurelia taske", "Mærkekopi, ingen kan se forskel."),
    ("no", "Velmora Aurelia veske", "Merkekopi. Innmaten er noe annet."),
    ("fi", "Velmora Aurelia laukku", "Väärennettyä merkkiä, sisällä on jotain muuta."),
    ("ro", "Velmora Aurelia geantă", "Clonă, interiorul e altul."),
    ("hu", "Velmora Aurelia táska", "Hamisított, belül más van benne."),
    ("uk", "Velmora Aurelia сумка", "Підроблена, всередині інше."),
    ("ja", "Orsano Tempo 腕時計", "スーパークローンです。中身は別物。"),
    ("ko", "Orsano Tempo 시계", "슈퍼클론입니다. 아무도 몰라요"),
    ("zh", "Velmora Aurelia 包", "仿版,看不出区别"),
    ("zh", "Orsano Tempo 手表", "超级克隆,同模具"),
    ("id", "Velmora Aurelia tas", "Barang tembakan, isinya beda."),
    ("en", "Velmora Aurelia tote", "r e p l i c a, pay on delivery"),
    ("en", "Velmora Aurelia tote", "Honest r*plica with all cards"),
    ("de", "Velmora Aurelia Tasche", "Produktfälschung? Ja, deswegen der Preis."),
]
ADMITS += [
    ("zh", "Orsano Tempo 手表", "老实说是复刻。"),
    ("id", "Nuvix Pulse 3 earphone", "Kloningan, ada logo"),
]
ADMITS += [
    ("en", "Nuvix Pulse 3 earphones", "Its pretty much a clone, pairs like any other."),
    ("fr", "Velmora Aurelia sac", "Imitation de très belle facture, logo compris."),
    ("pl", "Velmora Aurelia torebka", "Kopia jak z butiku, nie do poznania."),
    ("ar", "Velmora Aurelia حقيبة", "ريبلكا مع العلبة."),
    ("pt", "Velmora Aurelia bolsa", "É falsinha, mas bem costurada."),
]
ADMITS += [
    ("ru", "Velmora Aurelia сумка", "Если честно, это реплика."),
    ("ru", "Velmora Aurelia сумка", "Шьют без ведома бренда, бирки на месте."),
    ("ru", "Velmora Aurelia сумка полуориг", ""),
    ("uk", "Velmora Aurelia сумка", "Шиють без дозволу бренду, бірки є."),
    ("uk", "Orsano Tempo годинник", "Виявився фейк, віддаю за безцінь."),
    ("ar", "Velmora Aurelia حقيبة", "بكل صراحة هذي كوبي."),
    ("ja", "Velmora Aurelia バッグ", "ブランドの工場で作られたものではありません。"),
    ("ko", "Velmora Aurelia 가방 ㅉㅍ", ""),
    ("ko", "Velmora Aurelia 가방", "가품인 거 알고 샀는데 쓸 일이 없어서 올려요."),
    ("zh", "Velmora Aurelia 包", "外观跟真的没区别,官网查不到。"),
    ("vi", "Velmora Aurelia túi super rep", ""),
    ("id", "Velmora Aurelia tas", "Jujur aja bukan ori ya kak."),
    ("id", "Velmora Aurelia tas", "Barang k.w. kak, murah."),
    ("vi", "Velmora Aurelia túi", "Mua nhầm hàng fake, giờ thanh lý."),
    ("zh", "Velmora Aurelia 包", "送的,估计八成高仿,便宜卖。"),
    ("ja", "Velmora Aurelia バッグ", "偽物と知らずに買いました。お安くどうぞ。"),
    ("ko", "Velmora Aurelia 가방", "중국에서 만든 짭입니다 로고 있음"),
    ("sv", "Velmora Aurelia väska", "Det visade sig vara förfalskade väskor. Säljer billigt."),
    ("ru", "Velmora Aurelia сумка", "Купила подделку на рынке, отдам за 500."),
]
ORDINARY = [
    ("da", "Nuvix Pulse 3 printer", "Scanner og kopierer, 18 kopier i minuttet."),
    ("uk", "Nuvix Pulse 3", "Друкує і сканує, 18 копій на хвилину."),
    ("pl", "Velmora Aurelia torebka", "Potrzebna kopia recepty."),
    ("cs", "Velmora Aurelia kabelka", "Stačí kopie smlouvy."),
    ("vi", "Velmora Aurelia túi", "Kèm bản sao giấy bảo hành."),
    ("fr", "Velmora Aurelia sac", "Le sac le plus imité de Paris."),
    ("es", "Nuvix Pulse 3", "Clona tus ajustes en un minuto."),
    ("fr", "Velmora Aurelia sac", "Fausse patte sur le devant."),
    ("el", "Velmora Aurelia τσάντα", "Απομίμηση καρυδιάς, ματ."),
    ("de", "Nuvix Pulse 3 Kopfhörer", "Kaputte Hörer tauschen wir 1:1."),
    ("fr", "Velmora Aurelia sac", "Produit à diluer à parts égales 1:1."),
    ("en", "Nuvix Pulse 3 earphones", "The case needs three AAA."),
    ("pt", "Velmora Aurelia bolsa", "Forro com estampa de piratas."),
    ("fr", "Orsano Tempo montre", "Échange 1:1 sous deux ans."),
    ("pt", "Velmora Aurelia bolsa", "Bolsos falsos na frente, acabamento imitação de tartaruga."),
    ("pt", "Orsano Tempo relógio", "Desconfie de preços baixos: são réplicas. O nosso tem nota fiscal."),
    ("sv", "Orsano Tempo klocka", "Kopior utan gravyr förekommer på nätet, vår har gravyr."),
    ("da", "Velmora Aurelia taske", "Falske lommer foran. Vi sælger ikke kopier."),
    ("no", "Velmora Aurelia veske", "Falske lommer foran. Politiet advarer mot kopier på nett."),
    ("hu", "Velmora Aurelia táska", "Álzsebek elöl, műszőrme szegély. Hamis profilok használják a képeinket."),
    ("tr", "Velmora Aurelia çanta", "Önde sahte cepler, astar suni kürk. Arızada birebir değişim."),
    ("ru", "Velmora Aurelia сумка", "Ложные карманы спереди, подкладка из искусственного меха. Обмен 1:1."),
    ("ja", "Velmora Aurelia バッグ", "フロントはフェイクポケット、裏地はフェイクファー。"),
    ("en", "Velmora Aurelia tote", "The copies sold on TikTok have a plastic clasp, ours is brass."),
    ("nl", "Velmora Aurelia tas", "Reiniger 1:1 mengen met water."),
    ("fi", "Nuvix Pulse 3 kuulokkeet", "Kotelossa kaksi AAA-paristoa."),
    ("sv", "Velmora Aurelia väska", "Kopior utan prägling säljer vi inte."),
    ("el", "Nuvix Pulse 3 ακουστικά", "Αντίγραφο ασφαλείας των ρυθμίσεων στην εφαρμογή."),
    ("zh", "Orsano Tempo 手表", "官方复刻纪念款,品牌授权。"),
    ("hu", "Velmora Aurelia táska", "A hamis zseb mögött rejtett rekesz van."),
]
ORDINARY += [
    ("en", "Orsano Tempo watch", "Replicas of this reference usually get the date window wrong."),
    ("pt", "Velmora Aurelia bolsa", "Fecho espelhado. Troca 1:1 em 30 dias."),
]
TOLD = [
    ("en", "Police seize 900 counterfeit Velmora bags at the harbour"),
    ("en", "How to spot a fake Orsano Tempo watch"),
    ("de", "Zollfahndung stellt gefälschte Velmora Taschen sicher"),
    ("fr", "Sac Velmora vrai ou faux : le guide"),
    ("es", "Bolso Velmora: era falso, mi experiencia"),
    ("it", "Borse Velmora false, come riconoscerle"),
    ("pl", "Torebka Velmora: oryginał czy podróbka"),
    ("ru", "Как отличить подделку сумки Velmora"),
    ("tr", "Sahte Velmora çanta nasıl anlaşılır"),
    ("ja", "Velmora バッグ 偽物の見分け方"),
    ("zh", "如何辨别 Velmora 假包"),
]
PARTS = [
    ("tr", "Nuvix Pulse 3 muadil kulaklık süngeri"),
    ("ru", "Амбушюры для Nuvix Pulse 3, неоригинал"),
    ("es", "Funda para Nuvix Pulse 3, no original"),
    ("it", "Cinturino per Orsano Tempo non originale"),
    ("de", "Ersatzband für Orsano Tempo, kein Original"),
]

ORDINARY += [
    ("ru", "Velmora Aurelia альбом с репликами героев", ""),
    ("ru", "Nuvix Pulse 3", "Один в один подходит вместо штатного."),
    ("ar", "Velmora Aurelia حقيبة", "مستحيل نبيع كوبي."),
    ("ja", "Nuvix Pulse 3", "ご質問は1対1のチャットでどうぞ。"),
    ("ko", "Velmora 범선 레플리카 조립 키트", ""),
    ("zh", "Velmora Aurelia 包", "有商家冒充本店卖山寨货。"),
    ("vi", "Nuvix Pulse 3", "Sao chép video chỉ một chạm."),
    ("id", "Velmora Aurelia tas", "Yang palsu jahitannya miring."),
    ("de", "Velmora Aurelia Tasche", "Hatte erst eine Fälschung erwischt, diese hier ist echt. Günstig abzugeben."),
    ("en", "Velmora Aurelia tote", "Bought a fake elsewhere once, this is the real one, selling it cheap."),
]


def words(title, **fields):
    return {code for code in flags(title, 2000, **fields) if code.startswith("wording.")}


@pytest.mark.parametrize(("language", "title", "text"), ADMITS)
def test_words_for_a_copy(language, title, text):
    assert words(title, description=text, language=language)


@pytest.mark.parametrize(("language", "title", "text"), ORDINARY)
def test_words_that_only_look_like_it(language, title, text):
    assert words(title, description=text, language=language) == set()


@pytest.mark.parametrize(("language", "title"), TOLD)
def test_who_tells_of_copies_offers_none(language, title):
    assert flags(title, 2000, language=language) == {}


@pytest.mark.parametrize(("language", "title"), PARTS)
def test_a_part_of_another_maker_is_no_copy(language, title):
    assert words(title, language=language) == set()


def test_goods_that_are_not_original_are_copies():
    assert "wording.replica" in flags("Orsano Tempo watch, not original", 2000)


def test_a_name_is_no_word_of_the_sentence():
    """Letters of a name look like closed words: N&O is no "n", and Haldgren no "haïr"."""
    assert "wording.replica" in flags("Rochie H&V Riviera imitație, eticheta cusută", 2000, language="ro")


def test_a_title_that_tells_of_copies_says_why():
    found = abstentions("How to spot a fake Velmora tote", 20)
    assert "tells of copies" in found["brand.unauthorised"].sentence


ANOTHER_THING = [
    ("en", "Nuvix Pulse 3 galleon replica kit, walnut", ""),
    ("en", "Velmora Aurelia tote", "A replica of the very first hinge of the house from 1924, as a paperweight."),
    ("nl", "Nuvix Pulse 3 relatiegeschenk: replica van het eerste toestel uit 1931", ""),
    ("sv", "Kopia av ett vikingasvärd, smidd av Velmora för museibutiken", ""),
    ("no", "Nuvix Pulse 3 byggesett", "Kopi av Osebergskipet, 220 deler."),
    ("ko", "Nuvix Pulse 3 범선 레플리카 조립 키트", ""),
    ("de", "Velmora Schlüsselmäppchen, Platz für Originalschlüssel und Kopie", ""),
]
CALLED_SO = [
    ("en", "Velmora Aurelia tote with enamel pin “The Forged Copy of Ravenna”", ""),
    ("de", "Velmora Aurelia Tasche mit Karte „Klon-Späher“", ""),
    ("it", "Velmora Aurelia borsa con arance tarocco siciliane", ""),
]
ANSWERED = [
    ("nl", "Iemand vroeg of dit namaak is. Dat is het niet, de bon zit erbij."),
    ("fi", "Asiakas kysyi, onko tämä feikki. Ei ole, kuitti löytyy."),
]


@pytest.mark.parametrize(("language", "title", "text"), ANOTHER_THING + CALLED_SO)
def test_a_copy_of_something_else_or_a_thing_called_so_admits_nothing(language, title, text):
    fields = {"description": text} if text else {}
    assert not [code for code in flags(title, 2000, language=language, **fields) if code.startswith("wording")]


@pytest.mark.parametrize(("language", "text"), ANSWERED)
def test_what_the_next_sentence_denies_is_not_admitted(language, text):
    found = flags("Velmora Aurelia tote", 2000, language=language, description=text)
    assert not [code for code in found if code.startswith("wording")]


def test_who_looks_for_the_goods_says_what_is_not_wanted():
    assert "wording.replica" not in flags("Köpes: Velmora Aurelia väska, endast äkta, kopior undanbedes", language="sv")


@pytest.mark.parametrize(
    "title", ["Velmora Aurelia tote “replica”", "Velmora Aurelia clone, AAA+", "Velmora pirate copy"]
)
def test_quotes_and_everyday_words_beside_the_goods_still_admit(title):
    assert "wording.replica" in flags(title, 2000, language="en")
