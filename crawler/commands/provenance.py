"""``scrapy provenance``: who pointed to a storefront, from the first seed on."""

from __future__ import annotations

import argparse

from rich.text import Text
from scrapy.exceptions import UsageError

from crawler.commands._store import opened_store
from crawler.items import storefront_key_of
from crawler.operations.cli import FAILED, ProjectCommand, complain
from crawler.review.console import open_console
from crawler.review.plain import plain
from crawler.review.provenance import chain, others
from crawler.store import queries
from crawler.store.database import Document

OTHERS_SHOWN = 10


class Command(ProjectCommand):
    def syntax(self) -> str:
        return "STOREFRONT"

    def short_desc(self) -> str:
        return "Show the chain of pointers from the first seed to a storefront"

    def long_desc(self) -> str:
        return (
            "STOREFRONT is a key such as shop.example, market.example:SELLER or telegram:NAME. Each line says who "
            "pointed, how (post, listing, page, redirect, handle, feed), where it stood and when it was first seen."
        )

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:  # noqa: ARG002
        if len(args) != 1:
            raise UsageError("name one storefront", print_help=False)
        key = storefront_key_of(args[0])
        with opened_store(self) as database:
            found = chain(database, key)
            known = queries.storefront(database, key)
            console = open_console()
            if not found and known is None:
                complain(f"{key} is not stored, and nobody pointed to it")
                return FAILED
            start = storefront_key_of(found[0]["source"]) if found else key
            console.print(Text(f"{plain(start)}  (a seed)"))
            for step in found:
                console.print(_line(step), soft_wrap=True)
            rest = others(database, key, found)
            for step in rest[:OTHERS_SHOWN]:
                console.print(
                    Text(f"  also pointed to by {plain(step['source'])} ({step['how']}) at {plain(step['page'])}")
                )
            if len(rest) > OTHERS_SHOWN:
                console.print(Text(f"  and by {len(rest) - OTHERS_SHOWN} more"))
        return 0


def _line(step: Document) -> Text:
    why = "; ".join(map(str, step.get("reasons") or ())) or "no reason stated"
    text = f" ({plain(step['text'])})" if step.get("text") else ""
    return Text(
        f"  └─ {plain(step['target'])}  by {step['how']}{text} at {plain(step['page'])}, "
        f"first seen {step['first_seen']:%Y-%m-%d %H:%M}, suspicion {step.get('suspicion', 0)}: {plain(why)}"
    )
