"""Short forms of what these tests call."""

from __future__ import annotations

from crawler.discovery.economy.knowledge import Knowledge
from crawler.discovery.economy.patience import worth as worth_of
from crawler.discovery.economy.plan import Candidate, Refusal, Step
from crawler.discovery.economy.plan import plan as plan_of
from crawler.discovery.economy.shapes import parse
from crawler.discovery.economy.shop import Shop
from crawler.extract.model import Link, Page


def plan(url: str, guess: str, score: float, known: Knowledge, seen=bool, where: str = "main") -> Step | Refusal:
    return plan_of(Candidate(url, guess, score, where), known, seen)


def worth(kind: str, url: str, known: Knowledge) -> bool:
    return worth_of(kind, parse(url), known)


def shop_steps(shop: Shop, *urls: str) -> list[str]:
    return [step.url for step in shop.steps([Candidate(url) for url in urls])]


def page(*links: Link, kind: str = "list", canonical: str = "") -> Page:
    return Page(url="", kind=kind, links=links, canonical=canonical)


def card(url: str) -> Link:
    return Link(url, "A thing", "", "main", "product", 0.9)


def plain(url: str, where: str = "main") -> Link:
    return Link(url, "A thing", "", where, "other", 0.3)
