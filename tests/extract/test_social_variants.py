"""Answers and exports as services and tools also write them, by hand: what each is to give, account by account."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from crawler.extract.post_offers import read_offers
from crawler.extract.social import sources
from crawler.money import Hints

Got = list[tuple[str, list[tuple[str, str] | None]]]
ANN = {
    "id": "7",
    "acct": "ann",
    "username": "ann",
    "display_name": "Ann",
    "url": "https://toot.example/@ann",
    "note": "",
}


def got(body: bytes, url: str, name: str = "") -> Got:
    """Account and prices of each post that offers something."""
    found = []
    for post in sources.read(body, url, "", name).posts:
        offered = read_offers(post, storefront="x:y#1", hints=Hints())
        if offered:
            prices = [(str(o.price.amount), o.price.currency or "") if o.price else None for o in offered.offers]
            found.append((post.account, prices))
    return found


def telegram(inner: str, place: str = "luxbags/12", kind: str = "") -> bytes:
    return (
        f'<html><body><section class="tgme_channel_history"><div class="tgme_widget_message_wrap">'
        f'<div class="tgme_widget_message {kind}" data-post="{place}">{inner}<div class="tgme_widget_message_footer">'
        '<a class="tgme_widget_message_date" href="https://t.me/luxbags/12"><time datetime="2026-11-02T10:00:00+00:00">'
        "10:00</time></a></div></div></div></section></body></html>"
    ).encode()


def words(text: str) -> str:
    return f'<div class="tgme_widget_message_text js-message_text">{text}</div>'


def status(content: str, **more: Any) -> dict[str, Any]:
    return {
        "id": "11", "created_at": "2026-11-02T10:00:00.000Z", "visibility": "public", "reblog": None, "spoiler_text": "",
        "url": "https://toot.example/@ann/11", "uri": "https://toot.example/users/ann/statuses/11", "content": content,
        "account": ANN, "media_attachments": [], "in_reply_to_id": None, "language": "en",
    } | more  # fmt: skip


def skeet(text: str, **more: Any) -> dict[str, Any]:
    return {
        "uri": "at://did:plc:abc/app.bsky.feed.post/3k", "cid": "c", "indexedAt": "2026-11-02T10:00:00.000Z",
        "author": {"did": "did:plc:abc", "handle": "ann.example"},
        "record": {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-11-02T10:00:00.000Z", "langs": ["en"]},
    } | more  # fmt: skip


def reddit(**more: Any) -> bytes:
    row = {"author": "ann", "title": "", "selftext": "", "permalink": "/r/sale/comments/1/x/", "created_utc": 1.7e9,
           "is_self": True, "url": "https://www.reddit.com/r/sale/comments/1/x/"} | more  # fmt: skip
    return json.dumps({"kind": "Listing", "data": {"after": None, "children": [{"kind": "t3", "data": row}]}}).encode()


def dumped(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


TG, MD, BS = "https://t.me/s/luxbags", "https://toot.example/api/v1/accounts/7/statuses", "https://api.example/xrpc/x"
LIST = (
    'text,username,permalink\n"Velmora bag, new, 120 € incl. shipping",ann,https://www.instagram.com/p/Cabc12345/\n'
    '"just a nice day",bob,https://www.instagram.com/p/Cabc12346/\n'
)
LEMMY = {
    "post": {"id": 1, "name": "[WTS] Velmora tote 210 EUR", "body": "New, with box.", "ap_id": "https://lemmy.example/post/1",
             "published": "2026-11-02T10:00:00Z", "deleted": False, "removed": False},
    "creator": {"name": "ann", "actor_id": "https://lemmy.example/u/ann", "deleted": False, "banned": False},
}  # fmt: skip

CASES: dict[str, tuple[bytes, str, str, Got]] = {
    "telegram: forwarded from a channel": (
        telegram('<div class="tgme_widget_message_forwarded_from">Forwarded from <a class="tgme_widget_message_forwarded'
                 '_from_name" href="https://t.me/factory_x/88"><span>Factory</span></a></div>'
                 + words("Velmora Aurelia bag 45€<br>DM to order")), TG, "", [("factory_x", [("45", "EUR")])]),
    "telegram: forwarded from somebody hidden": (
        telegram('<div class="tgme_widget_message_forwarded_from">Forwarded from <span class="tgme_widget_message_'
                 'forwarded_from_name"><span>Jo Doe</span></span></div>' + words("Velmora bag for sale, 45€")), TG, "",
        [("luxbags", [("45", "EUR")])]),
    "telegram: an album": (
        telegram('<div class="tgme_widget_message_grouped_wrap"><a class="tgme_widget_message_photo_wrap" style="'
                 "background-image:url('https://cdn.example/a.jpg')\"></a></div>" + words("Ціна 1 450 грн, пишіть в лс")),
        TG, "", [("luxbags", [("1450", "UAH")])]),
    "telegram: rubles and thousands": (
        telegram(words("Кроссовки Kestrel, в наличии<br>12 900 ₽")), TG, "", [("luxbags", [("12900", "RUB")])]),
    "telegram: a service message": (
        telegram(words("Channel photo updated, 45€"), kind="service_message"), TG, "", []),
    "telegram: a poll about prices": (
        telegram('<div class="tgme_widget_message_poll"><div class="tgme_widget_message_poll_question">Which drop next?'
                 '</div><div class="tgme_widget_message_poll_option_text">Bags</div></div>'), TG, "", []),
    "telegram: two things": (
        telegram(words("🔥 In stock<br>Velmora Aurelia tote — 250 zł<br>Orsano Tempo — 310 zł<br>Zamówienia: @lux_manager")),
        TG, "", [("luxbags", [("250", "PLN"), ("310", "PLN")])]),
    "telegram: emoji as bold and spoiler": (
        telegram(words('<i class="emoji" style=""><b>👜</b></i> <b>Velmora</b> <tg-spoiler>rep</tg-spoiler> bag '
                       '<s>300€</s> <b>99€</b>, order now')), TG, "", [("luxbags", [("99", "EUR")])]),
    "mastodon: behind a warning": (
        dumped([status("<p>Velmora tote, 120 €, <br>DM to order</p>", spoiler_text="selling", sensitive=True)]), MD, "",
        [("ann", [("120", "EUR")])]),
    "mastodon: a boost is the first author's": (
        dumped([status("", account=ANN | {"acct": "bob", "id": "9"}, reblog=status("<p>WTS Velmora bag £80</p>"))]), MD, "",
        [("ann", [("80", "GBP")])]),
    "mastodon: custom emoji in the price line": (
        dumped([status("<p>:bag: Velmora clutch for sale :euro: 75€</p>",
                       emojis=[{"shortcode": "bag"}, {"shortcode": "euro"}])]), MD, "", [("ann", [("75", "EUR")])]),
    "mastodon: an answer to somebody": (
        dumped([status("<p>I sell one for 75€</p>", in_reply_to_id="3", in_reply_to_account_id="99")]), MD, "", []),
    "mastodon: a quote of an offer is no offer": (
        dumped([status("<p>what do people think of this?</p>",
                       quote={"state": "accepted", "quoted_status": status("<p>WTS bag 80€</p>")})]), MD, "", []),
    "mastodon: an outbox of the protocol": (
        dumped({"type": "OrderedCollectionPage", "id": "https://toot.example/users/ann/outbox?page=true", "orderedItems": [
            {"type": "Create", "actor": "https://toot.example/users/ann", "published": "2026-11-02T10:00:00Z", "object": {
                "type": "Note", "id": "https://toot.example/users/ann/statuses/11", "attributedTo":
                "https://toot.example/users/ann", "content": "<p>Velmora bag for sale, 90 €</p>", "inReplyTo": None,
                "to": ["https://www.w3.org/ns/activitystreams#Public"]}}]}),
        "https://toot.example/users/ann/outbox?page=true", "", [("ann", [("90", "EUR")])]),
    "pixelfed: a caption": (
        dumped([status("New arrival <a href=\"https://pix.example/discover/tags/velmora\">#velmora</a> bag 60 USD, DM to buy",
                       pf_type="photo", media_attachments=[{"url": "https://pix.example/a.jpg", "type": "image"}])]),
        "https://pix.example/api/pixelfed/v1/accounts/7/statuses", "", [("ann", [("60", "USD")])]),
    "bluesky: facet links and a quoted post": (
        dumped({"feed": [{"post": skeet("Velmora bag, 55 €, shop.example/b...", embed={
            "$type": "app.bsky.embed.record#view", "record": {"value": {"text": "WTS other bag 99€"}}})}]}), BS, "",
        [("ann.example", [("55", "EUR")])]),
    "bluesky: an answer in somebody's thread": (
        dumped({"feed": [{"post": skeet("for sale 55€", record={"text": "for sale 55€", "createdAt": "2026-11-02T10:00:00Z",
            "reply": {"root": {"uri": "at://did:plc:zzz/app.bsky.feed.post/1"},
                      "parent": {"uri": "at://did:plc:zzz/app.bsky.feed.post/1"}}})}]}), BS, "", []),
    "bluesky: records of a repository": (
        dumped({"records": [{"uri": "at://did:plc:abc/app.bsky.feed.post/3k", "cid": "c", "value": {
            "$type": "app.bsky.feed.post", "text": "Velmora bag for sale 55 €", "createdAt": "2026-11-02T10:00:00Z"}}],
            "cursor": "x"}), "https://api.example/xrpc/com.atproto.repo.listRecords", "",
        [("did:plc:abc", [("55", "EUR")])]),
    "lemmy: a post": (dumped({"posts": [LEMMY]}), "https://lemmy.example/api/v3/post/list", "",
                      [("ann", [("210", "EUR")])]),
    "lemmy: removed": (dumped({"posts": [LEMMY | {"post": LEMMY["post"] | {"removed": True}}]}),
                       "https://lemmy.example/api/v3/post/list", "", []),
    "lemmy: the items of newer servers": (
        dumped({"items": [{"type_": "Post"} | LEMMY]}), "https://lemmy.example/api/v4/post/list", "",
        [("ann", [("210", "EUR")])]),
    "reddit: a crosspost is the first author's": (
        reddit(author="bob", crosspost_parent_list=[{"author": "ann", "title": "[WTS] Velmora bag $150 shipped",
                                                     "selftext": "", "permalink": "/r/a/comments/2/y/"}]), "https://x.example/", "",
        [("ann", [("150", "USD")])]),
    "reddit: a gallery": (
        reddit(title="[US-CA] [H] Velmora Aurelia [W] PayPal $240", is_self=False, is_gallery=True,
               gallery_data={"items": [{"media_id": "q1"}]}, media_metadata={"q1": {"s": {"u": "https://i.example/1.jpg"}}}),
        "https://x.example/", "", [("ann", [("240", "USD")])]),
    "reddit: removed": (reddit(title="WTS bag $150", selftext="[removed]"), "https://x.example/", "", []),
    "opengraph: a Facebook post": (
        b'<html><head><meta property="og:url" content="https://www.facebook.com/luxbags/posts/123"><meta property="og:title" '
        b'content="Lux Bags"><meta property="og:description" content="Velmora bag replica 45 EUR, order via WhatsApp '
        b'+44 20 7946 0000"></head></html>', "file:///x.html", "x.html", [("luxbags", [("45", "EUR")])]),
    "opengraph: a VK post": (
        '<html><head><meta property="og:url" content="https://vk.com/wall-1_2"><meta property="og:title" content="Lux Bags">'
        '<meta property="og:description" content="Сумка Velmora в наличии 4 500 руб."></head></html>'.encode(),
        "file:///x.html", "x.html", [("club1", [("4500", "RUB")])]),
    "csv: semicolons, a mark and a separator line": (
        ("\ufeffsep=;\r\nCaption;Username;URL\r\n\"Velmora bag; new, 120 €\";ann;https://www.instagram.com/p/Cabc12345/\r\n")
        .encode(), "file:///x.csv", "x.csv", [("ann", [("120", "EUR")])]),
    "csv: UTF-16": (LIST.encode("utf-16"), "file:///x.csv", "x.csv", [("ann", [("120", "EUR")])]),
    "csv: as Excel writes it in Western Europe": (LIST.encode("cp1252"), "file:///x.csv", "x.csv", [("ann", [("120", "EUR")])]),
    "csv: without an ending": (LIST.encode(), "file:///export", "export", [("ann", [("120", "EUR")])]),
    "csv: head in German": (
        "Beitragstext;Benutzername;Datum\nVelmora Tasche zu verkaufen 80 €;ann;02.11.2026\n".encode(), "file:///x.csv", "x.csv",
        [("ann", [("80", "EUR")])]),
    "jsonl: broken lines": (
        b'{"text": "cut off\n{"text": "Velmora bag for sale 70 EUR", "username": "ann"}\n\n[1, 2]\nnot json\n', "file:///x.jsonl",
        "x.jsonl", [("ann", [("70", "EUR")])]),
    "jsonl: the first line is a remark": (
        b'# exported 2026\n{"text": "Velmora bag for sale 70 EUR", "username": "ann"}\n', "file:///x.jsonl", "x.jsonl",
        [("ann", [("70", "EUR")])]),
    "jsonl: UTF-16": ('{"text": "Velmora bag for sale 70 €", "username": "ann"}\n'.encode("utf-16"), "file:///x.jsonl", "x.jsonl",
                      [("ann", [("70", "EUR")])]),
    "json: Telegram Desktop's export": (
        dumped({"name": "Lux Bags", "type": "public_channel", "id": 1, "messages": [
            {"id": 1, "type": "service", "action": "create_channel", "text": ""},
            {"id": 2, "type": "message", "date": "2026-11-02T10:00:00", "from": "Lux Bags", "from_id": "channel1",
             "text": ["Velmora bag ", {"type": "bold", "text": "45 €"}, "\nDM to order"]}]}),
        "file:///result.json", "result.json", [("Lux Bags", [("45", "EUR")])]),
    "json: an Instagram scraper's": (
        dumped([{"caption": "Velmora dupes 30€ DM to order", "ownerUsername": "ann", "shortCode": "Cabc12345",
                 "url": "https://www.instagram.com/p/Cabc12345/", "latestComments": [{"text": "how much? 20€?",
                 "ownerUsername": "bob"}]}]), "file:///x.json", "x.json", [("ann", [("30", "EUR")])]),
    "json: a TikTok scraper's": (
        dumped([{"text": "Velmora bag $35 link in bio", "authorMeta": {"name": "ann", "nickName": "Ann"},
                 "webVideoUrl": "https://www.tiktok.com/@ann/video/1", "createTimeISO": "2026-11-02T10:00:00.000Z"}]),
        "file:///x.json", "x.json", [("ann", [("35", "USD")])]),
}  # fmt: skip

HELD_OUT: dict[str, tuple[bytes, str, str, Got]] = {
    "telegram: a link preview of somebody else's offer": (
        telegram(words("look at this") + '<a class="tgme_widget_message_link_preview" href="https://news.example/a"><div class='
                 '"link_preview_title">Velmora bag</div><div class="link_preview_description">for sale 45€</div></a>'), TG, "", []),
    "telegram: an answer to an own post": (
        telegram('<a class="tgme_widget_message_reply" href="https://t.me/luxbags/3"><div class="tgme_widget_message_author">'
                 'Jo</div><div class="tgme_widget_message_text js-message_reply_text">WTS bag 99€</div></a>'
                 + words("New price: 80€, DM to order")), TG, "", [("luxbags", [("80", "EUR")])]),
    "telegram: edited, with views and a button": (
        telegram(words("Çanta Velmora, stokta, 1.250 TL") + '<span class="tgme_widget_message_meta">edited</span>'
                 '<a class="tgme_widget_message_inline_button" href="https://t.me/lux_bot">Order</a>'), TG, "",
        [("luxbags", [("1250", "TRY")])]),
    "telegram: Polish list with a struck price": (
        telegram(words("Na sprzedaż:<br>Velmora Petite <s>400 zł</s> 120 zł<br>Orsano Tempo <s>900 zł</s> 260 zł")), TG, "",
        [("luxbags", [("120", "PLN"), ("260", "PLN")])]),
    "mastodon: a self thread goes on": (
        dumped([status("<p>Still for sale: Velmora tote 65 €</p>", in_reply_to_id="10", in_reply_to_account_id="7")]), MD, "",
        [("ann", [("65", "EUR")])]),
    "mastodon: a private status": (dumped([status("<p>WTS bag 65 €</p>", visibility="private")]), MD, "", []),
    "mastodon: search results": (
        dumped({"accounts": [], "hashtags": [], "statuses": [status("<p>Verkaufe Velmora Tasche, 65 €, nur Abholung</p>")]}),
        "https://toot.example/api/v2/search?q=x", "", [("ann", [("65", "EUR")])]),
    "mastodon: a poll that sells nothing": (
        dumped([status("<p>Which is nicer?</p>", poll={"options": [{"title": "A"}, {"title": "B"}]})]), MD, "", []),
    "bluesky: a repost": (
        dumped({"feed": [{"post": skeet("Velmora scarf available, 40 GBP shipped"), "reason": {
            "$type": "app.bsky.feed.defs#reasonRepost", "by": {"did": "did:plc:zzz", "handle": "bob.example"}}}]}), BS, "",
        [("ann.example", [("40", "GBP")])]),
    "bluesky: a blocked post": (
        dumped({"thread": {"$type": "app.bsky.feed.defs#blockedPost", "blocked": True, "uri": "at://x"}}), BS, "", []),
    "bluesky: media beside a quoted record": (
        dumped({"posts": [skeet("Reloj Orsano disponible 120 € envío gratis", embed={
            "$type": "app.bsky.embed.recordWithMedia#view", "media": {"images": [{"fullsize": "https://c.example/a.jpg"}]},
            "record": {"record": {"value": {"text": "WTS 1 €"}}}})]}), BS, "", [("ann.example", [("120", "EUR")])]),
    "lemmy: a question": (
        dumped({"posts": [LEMMY | {"post": LEMMY["post"] | {"name": "Is 210 EUR too much for a tote?", "body": ""}}]}),
        "https://lemmy.example/api/v3/post/list", "", []),
    "reddit: a post with its comments": (
        dumped([json.loads(reddit(title="[WTS] Orsano watch $300 shipped")), {"kind": "Listing", "data": {"children": [
            {"kind": "t1", "data": {"author": "bob", "body": "WTS mine $200"}}]}}]), "https://x.example/", "",
        [("ann", [("300", "USD")])]),
    "reddit: struck through in Markdown": (
        reddit(title="[WTS] Velmora wallet", selftext="Price ~~$200~~ $150 shipped"), "https://x.example/", "",
        [("ann", [("150", "USD")])]),
    "reddit: wanted": (reddit(title="[WTB] Velmora wallet", selftext="paying up to $150"), "https://x.example/", "", []),
    "opengraph: an Instagram post in Spanish": (
        ('<html><head><meta property="og:url" content="https://www.instagram.com/p/Cabc12345/"><meta property="og:title" '
         'content="Ann on Instagram: &quot;Bolso Velmora 45€ envío gratis&quot;"><meta property="og:description" content="10 '
         'likes, 2 comments - ann.lux el noviembre 2, 2026: &quot;Bolso Velmora 45€ envío gratis&quot;"></head></html>').encode(),
        "file:///x.html", "x.html", [("ann.lux", [("45", "EUR")])]),
    "opengraph: a TikTok video": (
        b'<html><head><meta property="og:url" content="https://www.tiktok.com/@ann.lux/video/7"><meta property="og:title" '
        b'content="Ann on TikTok"><meta property="og:description" content="Velmora dupes in stock $35, order on WhatsApp">'
        b"</head></html>", "file:///x.html", "x.html", [("ann.lux", [("35", "USD")])]),
    "opengraph: a profile": (
        b'<html><head><meta property="og:url" content="https://www.instagram.com/ann/"><meta property="og:type" content='
        b'"profile"><meta property="og:description" content="1,200 Followers, 3 Following, 9 Posts - See photos"></head></html>',
        "file:///x.html", "x.html", []),
    "csv: tabs, and line breaks in a cell": (
        b'post_url\tauthor_name\tmessage\nhttps://www.facebook.com/luxbags/posts/1\tluxbags\t"Velmora bag\nfor sale 60 EUR"\n',
        "file:///x.tsv", "x.tsv", [("luxbags", [("60", "EUR")])]),
    "csv: a Cyrillic head": (
        "Текст;Автор;Ссылка\nСумка Velmora в наличии 4 500 ₽;ann;https://vk.com/wall-1_2\n".encode(), "file:///x.csv", "x.csv",
        [("ann", [("4500", "RUB")])]),
    "csv: answers in a table": (
        b"text,username,in_reply_to\nI sell one for 20 EUR,bob,123\nVelmora bag for sale 60 EUR,ann,\n", "file:///x.csv", "x.csv",
        [("ann", [("60", "EUR")])]),
    "jsonl: line ends of Windows, and a mark": (
        '\ufeff{"full_text": "Velmora bag, 70 € shipped, DM me", "user": {"screen_name": "ann"}}\r\n{"broken\r\n'.encode(),
        "file:///x.ndjson", "x.ndjson", [("ann", [("70", "EUR")])]),
    "json: a group's export names its sellers": (
        dumped({"name": "Market", "type": "public_supergroup", "id": 1, "messages": [
            {"id": 2, "type": "message", "date": "2026-11-02T10:00:00", "from": "Ann", "from_id": "user5",
             "text": "Продам сумку Velmora 2000 грн"},
            {"id": 3, "type": "message", "date": "2026-11-02T10:01:00", "from": "Bob", "from_id": "user6", "text": "nice!"}]}),
        "file:///result.json", "result.json", [("Ann", [("2000", "UAH")])]),
    "activitypub: for followers only": (
        dumped({"type": "OrderedCollectionPage", "orderedItems": [{"type": "Create", "actor": "https://toot.example/users/ann",
            "object": {"type": "Note", "id": "x", "attributedTo": "https://toot.example/users/ann", "content": "WTS bag 9 €",
                       "to": ["https://toot.example/users/ann/followers"]}}]}), "https://toot.example/x", "", []),
}  # fmt: skip
CASES |= HELD_OUT


@pytest.mark.parametrize("name", CASES)
def test_a_variant_is_read(name: str) -> None:
    body, url, file, wanted = CASES[name]
    found = got(body, url, file)
    plain = [
        (account, [one and (str(Decimal(one[0]).normalize() + 0), one[1]) for one in prices])
        for account, prices in found
    ]
    assert plain == [
        (a, [one and (str(Decimal(one[0]).normalize() + 0), one[1]) for one in prices]) for a, prices in wanted
    ]
