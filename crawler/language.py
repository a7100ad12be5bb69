"""The language of a text that declares none: py3langid, and nothing where the text is too short to tell."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LETTERS = 20  # of a post: below this the classifier guesses, "Ціна 1 450 грн" came out as Belarusian
CANDIDATES = (
    "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja",
    "ko", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip
"""Languages that texts are taken to be in: among all 140 of the model short English texts become Pidgin."""
LINKS_AND_TAGS = re.compile(r"https?://\S+|[@#＃]\S+")
UKRAINIAN, RUSSIAN = re.compile(r"[іїєґ]", re.IGNORECASE), re.compile(r"[ыэё]", re.IGNORECASE)
"""Letters that the other of the two does not have, and Bulgarian has none of."""

SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("th", re.compile("[\u0e01-\u0e5b]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("el", re.compile("[\u0391-\u03c9]")),
    ("vi", re.compile("[ảạấầẩẫậắằẳẵặẻẽẹếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)),
    ("zh", re.compile("[邮货买卖发价钱质级现单订购这为给个们东联顶厂颜码销图赠极专尺样]")),
)
"""Letters that tell a language however short the text is; for Chinese those that Japan does not write."""


@lru_cache(maxsize=4)
def _identifier(among: tuple[str, ...]) -> LanguageIdentifier:
    from py3langid.langid import (  # numpy with it: half of the time a command takes to start
        MODEL_FILE,
        LanguageIdentifier,
    )

    found = LanguageIdentifier.from_model_file(MODEL_FILE)
    found.set_languages(among)
    return found


def language_of(text: str, least: int = LETTERS, among: tuple[str, ...] = CANDIDATES) -> str | None:
    """An ISO 639-1 code, None when the text has fewer letters than ``least``.

    :param among: the languages that are thought of, ISO 639-1; scripts that tell one are read whatever these are.
    """
    plain = LINKS_AND_TAGS.sub(" ", text)[:2_000]
    if not plain.isascii() and (told := next((one for one, letters in SCRIPTS if letters.search(plain)), None)):
        return told
    if sum(character.isalpha() for character in plain) < least:
        return None
    if RUSSIAN.search(plain) or UKRAINIAN.search(plain):
        return "uk" if len(UKRAINIAN.findall(plain)) > len(RUSSIAN.findall(plain)) else "ru"
    return str(_identifier(among).classify(plain)[0])
