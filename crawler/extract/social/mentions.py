"""Other people's names in a post are not ours to keep: mentions and credits are cut out of the text.

A handle that the post gives as the place to order is business data, and stays.
"""

from __future__ import annotations

import re

from crawler.extract.social.wordings import contact_before

GONE = "@…"
MENTION = re.compile(r"(?<![\w.@/=?&-])@([A-Za-z0-9_](?:[\w.-]{0,58}\w)?)(?:@([\w-]+(?:\.[\w-]+)+))?", re.ASCII)
SENTENCE = re.compile(r"[.!?…]\s|\b(?:cc|thanks|thx|thank you|спасибо|gracias|merci|danke)\b", re.IGNORECASE)
REDDIT_USER = re.compile(r"(?<![\w/])/?u/([\w-]{3,24})", re.ASCII)
CREDIT = re.compile(  # "shared by Ann", as people of several languages write it
    r"(?P<words>(?i:(?:shared|photos?|pics?|video|found|spotted|posted|sent|submitted|requested|reviewed|modelled|worn)\s+by"
    r"|h/t|hat tip(?: to)?|thanks to|thx to|thank you|credits?(?: to)?\s*:|compartido por|foto de|gracias a|partagé par"
    r"|photo de|merci à|geteilt von|foto von|danke an|condiviso da|foto di|grazie a|compartilhado por|obrigad[oa] a"
    r"|udostępnił[ao]?|dzięki|прислал[аи]?|фото от|спасибо|gedeeld door|bedankt))\s+"
    r"(?P<name>(?:[A-ZÀ-ÞА-ЯЁ][\w'’.-]{1,40})(?:[ ][A-ZÀ-ÞА-ЯЁ][\w'’.-]{1,40}){0,2})",
)


def without_bystanders(text: str, account: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without the names of others, and the handles that it gives as places to order, lower case."""
    kept: list[str] = []

    def judged(match: re.Match[str]) -> str:
        handle = match[1].lower()
        if handle == account.lower().partition("@")[0]:
            return match[0]
        line = text[max(0, text.rfind("\n", 0, match.start()) + 1, match.start() - 60) : match.start()]
        if contact_before(SENTENCE.split(line)[-1]):
            kept.append(handle)
            return match[0]
        return GONE

    text = MENTION.sub(judged, text)
    text = REDDIT_USER.sub(lambda match: match[0] if match[1].lower() == account.lower() else "u/…", text)
    return CREDIT.sub(lambda match: f"{match['words']} …", text), tuple(dict.fromkeys(kept))
