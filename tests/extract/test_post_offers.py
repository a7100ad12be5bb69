"""What a post offers: nothing, one thing, or several."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from crawler.extract.model import PostReading
from crawler.extract.post_offers import Offered, read_offers
from crawler.money import Hints


def post(text: str, *links: str, account: str = "ann", platform: str = "telegram") -> PostReading:
    return PostReading(account, "https://t.me/ann", "https://t.me/ann/1", text, None, links, "/posts/0", platform)


def read(text: str, *links: str) -> Offered | None:
    return read_offers(post(text, *links), storefront="telegram:ann#1", hints=Hints())


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("Velmora tote 45 €, pick up only", "45 EUR"),
        ("45€", "45 EUR"),
        ("Ціна $1 450", "1450 USD"),
        ("Сумка, ціна 1 450 грн", "1450 UAH"),
        ("New bag, DM for price", ""),
        ("PM for price", ""),
        ("Velmora replicas, WhatsApp for prices +49 151 23456789", ""),
        ("Продам кроссовки, цена в лс", ""),
        ("Bolso Velmora nuevo, precio por privado", ""),
        ("现货 手表 私信", ""),
        ("Bought for 120€, selling for 45€", "45 EUR"),
        ("Retail price $1,450, our price $120, DM to order", "120 USD"),
        ("Interested? 45€ and it is yours", "45 EUR"),
        ("Looking for a Velmora tote? DM for price", ""),
        ("1pc 45€\n3pcs 120€\n10pcs 350€", "45 EUR"),
        ("S 45€, M 50€, L 55€", "45 EUR"),
        ("Velmora tote 45€, shipping 5€", "45 EUR"),
    ],
)
def test_one_offer(text: str, price: str) -> None:
    found = read(text)
    assert found is not None
    assert len(found.offers) == 1
    money = found.offers[0].price
    assert (f"{money.amount} {money.currency}" if money else "") == price
    assert found.offers[0].price_problem == (None if price else "on_request")


@pytest.mark.parametrize(
    "text",
    [
        "", "Soup weather #style", "Our 3 new shelves are up", "I saw the admin yesterday",
        "I paid 45€ for my lunch today", "Is 45€ a fair price for this bag?", "WTB Velmora tote, budget 200€, DM me",
        "Suche Velmora Tasche bis 200 €", "Giveaway! Win a Velmora bag worth 1450€, tag a friend",
        "Police seized 400 fake Velmora bags worth 2,000 € each", "My phone bill was 45 € this month",
        "The new Orsano watch costs €4,200, says the maker", "My sister paid $300 for the same one",
        "Walked the coast today, saw a kestrel over the dunes", "Message me if you come to the party",
        "Toot number 29! #tag", "Watch Dogs 2 DLC Gameplay - THE ULTIMATE PACK!! ALL SKINS / OUTFITS",
    ],
)  # fmt: skip
def test_no_offer(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("New drop!\n👜 Velmora Aurelia tote 120€\n⌚ Orsano Meridian 200€\nDM to order",
         [("Velmora Aurelia tote", "120"), ("Orsano Meridian", "200")]),
        ("Velmora tote 45€, Orsano watch 120€, Kestrel Stride 60€",
         [("Velmora tote", "45"), ("Orsano watch", "120"), ("Kestrel Stride", "60")]),
        ("Velmora tote\nblack leather\n45€\n\nOrsano watch\n200€",
         [("Velmora tote black leather", "45"), ("Orsano watch", "200")]),
        ("• Velmora bag\n• Orsano watch\nDM for price", [("Velmora bag", None), ("Orsano watch", None)]),
        ("1. Сумка Velmora — 4500 руб\n2. Часы Orsano — 12 000 руб", [("Сумка Velmora", "4500"), ("Часы Orsano", "12000")]),
    ],
)  # fmt: skip
def test_several_offers(text: str, things: list[tuple[str, str | None]]) -> None:
    found = read(text)
    assert found is not None
    got = [(offer.title, str(offer.price.amount) if offer.price else None) for offer in found.offers]
    assert got == things
    assert len({offer.id for offer in found.offers}) == len(things)


def test_a_shop_linked_beside_a_thing_is_an_offer_and_a_film_is_none() -> None:
    assert read("Velmora bags, get them here 👉", "https://luxe-outlet.test/bags") is not None
    assert read("Velmora bags, my review is here 👉", "https://www.youtube.com/watch?v=1") is None


def test_sizes_tags_contacts_and_language() -> None:
    found = read(
        "Сумка Velmora новая, в наличии, размеры 36-41, цена 4500 руб #сумки\nЗаказ: @Manager_Anna, +49 151 27364518"
    )
    assert found is not None
    assert found.post.language == "ru"
    assert found.post.sizes == ("36-41",)
    assert found.post.hashtags == ("сумки",)
    values = {(one.kind, one.value) for one in found.post.identifiers}
    assert ("messenger", "telegram:manager_anna") in values
    assert ("phone", "+4915127364518") in values


def test_bystanders_are_cut_out_and_the_place_to_order_is_kept() -> None:
    found = read(
        "Thanks @maria_k for the picture! Photo by Otto Lehmann. Bag 40€ in stock, order via @ann_shop. cc @bob@x.social"
    )
    assert found is not None
    dumped = found.post.model_dump_json() + "".join(offer.model_dump_json() for offer in found.offers)
    assert not any(name in dumped for name in ("maria", "Otto", "Lehmann", "bob"))
    assert "@ann_shop" in dumped


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Velmora tote, 89 €. Write to https://t.me/desk #style #deal", "Velmora tote, 89 €. Write to"),
        ("#Velmora tote 89 € http://shop.example/a", "#Velmora tote 89 €"),  # the name itself is a tag
        ("DM to order https://shop.example/tote", "DM to order"),
    ],
)
def test_a_title_has_no_addresses_and_no_tags_behind_it(text: str, title: str) -> None:
    found = read_offers(post(text), storefront="s", hints=Hints())
    assert found
    assert [offer.title for offer in found.offers] == [title]
    assert found.post.text == text


def test_a_repeat_is_the_same_post_and_another_text_is_not() -> None:
    ids = [read(text).post.id for text in ("Bag 4 €", "Bag  4 €", "Bag 5 €")]  # type: ignore[union-attr]
    assert ids[0] == ids[1] != ids[2]


def test_long_and_hostile_texts_end() -> None:
    for text in ("45€ " * 5000, "@" * 20_000, "sizes 36-" * 3000, "photo by A" * 3000, "[" * 9000, "?" * 20_000 + "5€"):
        read(text[:10_000])


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("This week's list:\n- Aurelia tote 45 €\n- Corda belt 20 €\n- Petite clutch 99,50 €\n- Tempo watch 120 €", 4),
        ("Vendo bolso Aurelia, 108 €, envío a toda España", 1),
        ("Nouvel arrivage : sac Aurelia, 691,90 € livraison comprise, MP pour commander", 1),
        ("Pulse 3 za 610 zł, zostały dwie sztuki, wysyłka", 1),
        ("Klocki BP-440 189,50 zł, sprzedam", 1),
    ],
)
def test_prices_beside_words_of_delivery_and_numbers_of_models(text: str, amounts: int):
    read_ = read(text)
    found = read_.offers if read_ else []
    assert len(found) == amounts
    assert all(offer.price and offer.price.amount < 1000 for offer in found)


def test_a_diary_with_two_amounts_is_no_list():
    assert not read(
        "Spent the day in town, walked a lot, met friends\nlunch was 12 €\nthe museum 9 €\nand home by bus at six"
    )


CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "posts.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_posts_as_people_write_them(case: dict[str, Any]) -> None:
    found = read(case["text"])
    offered = [one.price for one in found.offers] if found else []
    said = [price and f"{price.amount:f} {price.currency or ''}".strip() for price in offered]
    assert said == [str(one) if one is not None else None for one in case["offers"]]
