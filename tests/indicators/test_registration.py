import json
from datetime import date

import pytest

from crawler.errors import ConfigurationError
from crawler.indicators.domains.rdap import load, registration_of
from crawler.indicators.flags import flag_storefront
from crawler.indicators.whole import Goods, Registration, Whole
from tests.indicators.cases import TITLES, shop, whole
from tests.indicators.offers import context

ANSWER = {
    "objectClassName": "domain",
    "ldhName": "SMITH-DENTAL.COM",
    "events": [
        {"eventAction": "registration", "eventDate": "2009-04-01T07:00:00Z"},
        {"eventAction": "reregistration", "eventDate": "2026-02-01T07:00:00Z"},
        {"eventAction": "expiration", "eventDate": "2027-02-01T07:00:00Z"},
    ],
    "entities": [
        {"roles": ["registrar"], "vcardArray": ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "Any"]]]}
    ],
}


def codes(domain, known):
    return {(flag.code, flag.state) for flag in flag_storefront(shop(domain), context(), known)}


def test_an_answer_is_read():
    known = registration_of(ANSWER, "a.json")
    assert known == Registration(
        domain="smith-dental.com", registered=date(2009, 4, 1), registered_again=date(2026, 2, 1),
        expires=date(2027, 2, 1), registrar="Any", source="a.json",
    )  # fmt: skip
    assert known.begun == date(2026, 2, 1)


def test_name_servers_are_read_as_hosts_are_compared():
    servers = [{"ldhName": name} for name in ("NS2.Any.test.", "ns1.any.test", "ns1.ANY.test")]
    assert registration_of(ANSWER | {"nameservers": servers}).name_servers == ("ns1.any.test", "ns2.any.test")


@pytest.mark.parametrize("broken", [7, {"ldhName": "x"}, [None, 4, {"ldhName": ["x"]}, {"ldhName": " . "}]])
def test_hostile_name_servers_are_left_out(broken):
    assert registration_of(ANSWER | {"nameservers": broken}).name_servers == ()


@pytest.mark.parametrize(
    "answer",
    [None, 7, [], {}, {"ldhName": 4}, "text", {"ldhName": "a.com", "events": 9, "entities": {"roles": 1}}],
)
def test_a_hostile_answer_says_nothing(answer):
    known = registration_of(answer)
    assert known is None or known.begun is None


@pytest.mark.parametrize(
    "broken",
    [
        {"events": [None, {"eventAction": 4, "eventDate": []}, {"eventAction": "registration", "eventDate": "soon"}]},
        {"entities": [{"roles": "registrar"}, {"roles": ["registrar"], "vcardArray": ["vcard", "fn"]}]},
        {"entities": [{"roles": ["registrar"], "vcardArray": [1, [["fn"], ["fn", 1, 2, {"a": 1}]]]}]},
    ],
)
def test_broken_parts_are_left_out(broken):
    known = registration_of(ANSWER | broken)
    assert known is not None
    assert known.registrar in {"", "Any"}


def test_files_lists_and_lines(tmp_path):
    other = ANSWER | {"ldhName": "other.test"}
    (tmp_path / "one.json").write_text(json.dumps([ANSWER]))
    (tmp_path / "two.jsonl").write_text(json.dumps(other) + "\n\n" + json.dumps({"x": 1}) + "\n")
    assert set(load(tmp_path)) == {"smith-dental.com", "other.test"}
    assert set(load(tmp_path / "one.json")) == {"smith-dental.com"}


@pytest.mark.parametrize("text", ["no json", "[" * 200_000])
def test_a_broken_file_is_named(tmp_path, text):
    file = tmp_path / "answers.json"
    file.write_text(text)
    with pytest.raises(ConfigurationError, match=r"answers\.json"):
        load(file)


def test_without_dates_it_cannot_tell():
    known = Whole(Goods(branded={"Velmora": 2}), Registration(domain="smith-dental.com"), date(2026, 1, 1))
    assert ("domain.young", "abstained") in codes("smith-dental.com", known)


def test_age_counts_only_where_goods_of_the_register_are_sold():
    known = whole(registered=date(2026, 10, 1))
    assert ("domain.young", "raised") in codes("plain.com", known)
    assert codes("plain.com", Whole(Goods(), known.registration, known.seen_on)) == set()
    assert codes("velmora.test", known) == set()


def test_a_domain_registered_again_is_not_also_called_young():
    known = whole(registered=date(2009, 4, 1), registered_again=date(2026, 10, 1))
    assert codes("plain.com", known) == {("domain.registered_again", "raised")}


@pytest.mark.parametrize(
    ("domain", "found"),
    [
        ("smithdental.com", True), ("st-marys-parish.org", True), ("johnson-roofing.net", True),
        ("kyrkokoren-st-mikael.se", True), ("tandartsbakker.nl", True), ("parafiaswpiotra.pl", True),
        ("vizszerelo-kovacs.hu", True), ("stomatologiya-tver.ru", True), ("oakfieldchurch.org", True),
        ("hotelmode.com", False), ("oldschoolbags.com", False), ("templewear.com", False), ("schoenenhuis.nl", False),
        ("hotel-post-store.at", True), ("luxurybags.com", False), ("blue-river.com", False),
        ("galerie-nord.test", False), ("churchill.com", False), ("schooler.com", False), ("xn--", False),
    ],
)  # fmt: skip
def test_names_of_other_trades(domain, found):
    assert (("domain.unrelated_name", "raised") in codes(domain, whole())) is found


def test_a_shop_that_sells_what_it_is_called_after_is_not_unrelated():
    titles = (*TITLES, "Dental floss, 50 m")
    assert codes("smithdental.com", Whole(Goods(6, {"Velmora": 6}, titles))) == set()


def test_a_trade_that_hands_out_such_goods_is_not_unrelated():
    medicine = Whole(Goods(6, {"Cardexa": 6}, ("Cardexa 20 mg",) * 6))
    assert codes("klinik-nord.de", medicine) == set()
    assert codes("rathaus-nord.de", medicine) == {("domain.unrelated_name", "raised")}


def test_few_titles_are_not_enough():
    few = Whole(Goods(1, {"Velmora": 1}, TITLES[:1]))
    assert codes("smithdental.com", few) == {("domain.unrelated_name", "abstained")}
