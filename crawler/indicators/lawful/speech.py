"""The seller's own words in a description: what customers are quoted with says nothing of what is sold."""

from __future__ import annotations

import re

from crawler.indicators.text.ways import lower

QUOTED = re.compile(
    r"„[^„“”\n]{12,600}[“”\"]|“[^“”\n]{12,600}”|«[^«»\n]{12,600}»|»[^«»\n]{12,600}«|\"[^\"\n]{12,600}\"|「[^「」\n]{12,600}」"
    r"|『[^『』\n]{12,600}』"
)
"""Speech between quotation marks; what is shorter may be the name of a product."""
WORDS = re.compile(r"\w+")
SPEECH = 3  # words between the marks: fewer are a name
REVIEW = 400  # characters behind a word for a review that may be the customer's


def own(text: str, reviews: re.Pattern[str]) -> str:
    """Return ``text`` with what others say blanked out: quoted, or behind a word for a review in the same line."""
    quoted = QUOTED.sub(lambda m: m[0] if len(WORDS.findall(m[0])) < SPEECH else " " * len(m[0]), text)
    return "\n".join(_before(line, reviews) for line in quoted.split("\n"))


def _before(line: str, reviews: re.Pattern[str]) -> str:
    match = reviews.search(lower(line))
    if match is None:
        return line
    start, end = match.start(), min(len(line), match.end() + REVIEW)
    return line[:start] + " " * (end - start) + line[end:]
