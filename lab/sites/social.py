"""A social site: accounts with posts; some sell, some point to shops, some only talk."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape

from lab import money
from lab.model import Item
from lab.sites.common import common, framed, missing
from lab.sites.site import Page, Request
from lab.storefront import Storefront

SAYS = {"admitting": "selling", "coy": "quiet", "deep_discount": "quiet", "adapted": "quiet", "second_hand": "honest",
        "renewed": "honest"}  # fmt: skip
"""Style → the posts that it writes; all others post as shops do."""
SHARED = 0.6
"""Of the accounts of one hand: name its one messenger. Our number."""
LED = 0.6
"""Of the offers of an account that leads to shops: name one of these."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One post of an account; ``item`` is what it offers, if anything."""

    id: str
    account: Storefront
    text: str
    link: str
    item: Item | None


class Social:
    """A time line, a page per account, a page per post."""

    def __init__(self, front: Storefront, accounts: list[Storefront], shops: list[Storefront]) -> None:
        self.front, self.accounts = front, accounts
        self.posts = {f"/p/{post.id}": post for account in accounts for post in postings(account, shops)}

    def answer(self, request: Request) -> Page:
        """The page for a request."""
        shared = common(self.front, request, ["/", *self.posts])
        if shared:
            return shared
        if request.path == "/":
            return self._page(self.front.name, list(self.posts))
        if request.path in self.posts:
            return self._page(self.posts[request.path].text[:40], [request.path])
        for account in self.accounts:
            if request.path == f"/@{account.plan.account}":
                mine = [path for path, post in self.posts.items() if post.account is account]
                return self._page(f"@{account.plan.account}", mine)
        return missing(self.front)

    def _page(self, title: str, paths: list[str]) -> Page:
        rows = "".join(self._post(path, self.posts[path]) for path in paths)
        return framed(self.front, title, f"<h1>{escape(title)}</h1>{rows}")

    def _post(self, path: str, post: Posting) -> str:
        text = escape(post.text)
        if post.link:
            text = text.replace(post.link, f'<a href="{post.link}">{post.link}</a>')
        name = post.account.plan.account
        day = f"2026-11-{post.account.rng(post.id).randrange(1, 21):02d}"
        return (f'<article class="{self.front.css("card")}"><a href="/@{name}">@{name}</a> '
                f'<a href="{path}"><time datetime="{day}">{day}</time></a><p>{text}</p></article>')  # fmt: skip


def handle(account: Storefront) -> str:
    """Where buyers write to; several accounts of one hand mostly have one."""
    plan = account.plan
    shared = bool(plan.owner) and account.rng("handle").random() < SHARED
    return re.sub(r"[^a-z0-9]", "", plan.owner if shared else plan.account) + "_desk"


def postings(account: Storefront, shops: list[Storefront]) -> list[Posting]:
    """What an account posted: its offers, and idle talk between them."""
    rng = account.rng("posts")
    number = rng.randrange(10**5, 10**6)
    found = []
    for item in [*account.items, None, None]:
        number += rng.randrange(1, 500)
        found.append(_posting(account, str(number), item, shops))
    return found


def _posting(account: Storefront, number: str, item: Item | None, shops: list[Storefront]) -> Posting:
    rng, voice = account.rng(number), account.voice
    tags = " ".join(f"#{tag}" for tag in rng.sample(["style", "dailylook", "deal", "weekend", "forsale"], 2))
    if item is None:
        return Posting(number, account, voice.pick("posts", "idle", salt=number).format(tag=tags), "", None)
    kind = SAYS.get(account.plan.style, "shop")
    form = rng.choice(voice.all("posts", kind))
    link = shops[rng.randrange(len(shops))].urls.absolute("/") if shops and "{link}" in form else ""
    link = f"https://t.me/{handle(account)}" if "{handle}" in form else link
    if "{price}" not in form:
        item = replace(item, price=None)
    amount, brand = item.price, item.brand_claimed or ""
    price = money.show(amount, account.plan.currency, account.plan.language) if amount else voice.ui("on_request")
    brand = "" if "{line}" in form else brand  # the title says it
    text = form.format(brand=brand, line=item.title, noun="", price=price, tag=tags, link=link, handle=handle(account))
    if account.plan.leads and not link and rng.random() < LED:
        link = f"http://{rng.choice(account.plan.leads)}/"
        text = f"{text} {link}"
    text = " ".join(text.split())
    return Posting(number, account, text, link, item)
