"""From the bytes of a page to text that libxml2 can parse in linear time.

Bytes are decoded here and nowhere else, by what browsers do, and made harmless: bounded, without NUL, and without tags
whose attributes would be compared each with all others.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from w3lib.encoding import html_to_unicode

PAGE_LIMIT = 8_000_000
"""Characters of a page that are read: twice the largest product page met in the wild, a bound on time and memory."""
ATTRIBUTES_LIMIT = 20_000  # equal signs in a page above which its tags are measured; large shops have 8,000
TAG_LIMIT = 20_000  # characters of one tag; variations of WooCommerce in an attribute reach 500,000, but as one piece
TAG_PIECES = 1_000  # attributes of one tag that are kept: 2 ms of comparing
_TAG = re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+')*+>?""")
JAPANESE = frozenset({"shift_jis", "shift-jis", "cp932", "euc_jp", "euc-jp"})
_YEN = re.compile(r"\\(?=\d{1,3}(?:,\d{3}){1,3}(?!\d)|\d{2,9}(?!\d))")
"""In Japanese encodings the byte of the backslash is drawn as a yen sign, and meant as one before an amount."""
_OPENS = re.compile(r"<[a-zA-Z]")


class Decoded(NamedTuple):
    """The text of a page, and its UTF-8 bytes for the parser."""

    text: str
    body: bytes


UTF8 = frozenset({"utf-8", "utf8"})
_FOREIGN = re.compile(r"[^\x00-\x7f\ufffd]")
_LANGUAGE = re.compile(rb"<html[^>]{0,300}\slang\s{0,3}=\s{0,3}[\"']?([A-Za-z]{2})", re.IGNORECASE)
OLD_ENCODINGS = {
    **dict.fromkeys(("ru", "uk", "bg", "sr", "mk", "be"), "cp1251"),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "ro", "bs"), "cp1250"),
    **dict.fromkeys(("lt", "lv", "et"), "cp1257"),
    "el": "cp1253", "tr": "cp1254", "he": "cp1255", "ar": "cp1256", "fa": "cp1256", "vi": "cp1258", "th": "cp874",
    "ja": "cp932", "zh": "gb18030", "ko": "cp949",
}  # fmt: skip
"""Language of a page → what pages without a declared encoding are written in (the defaults of browsers)."""


def decoded(html: bytes | str, content_type: str = "") -> Decoded:
    """The harmless text of a page; the bytes are those that came, where they are the same."""
    if isinstance(html, str):
        return _encoded(harmless(html))
    text = _as_utf8(html)
    if text is None:
        return _encoded(harmless(decode(html, content_type)))
    safe = harmless(text)
    return Decoded(text, html) if safe is text else _encoded(safe)


def _encoded(text: str) -> Decoded:
    text = text.replace("\0", "")  # libxml2 ends a page at the first NUL
    return Decoded(text, text.encode("utf-8", "replace"))


def _as_utf8(body: bytes) -> str | None:
    """The text of a body that is UTF-8 without NUL, and nothing else: ISO-2022-JP and HZ have its bytes, too."""
    if b"\x1b" in body or b"\0" in body or body[:3] == codecs.BOM_UTF8:
        return None
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def decode(body: bytes, content_type: str = "") -> str:
    """Text of a body: byte order mark, header and meta as browsers do; valid UTF-8 beats a wrong declaration."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        try:
            encoding, text = html_to_unicode(content_type or None, body[: PAGE_LIMIT * 4])
            if encoding in UTF8 and text.count("\ufffd") > len(_FOREIGN.findall(text)):
                return _undeclared(body[: PAGE_LIMIT * 4])
            return _YEN.sub("¥", text) if encoding in JAPANESE else text
        except (LookupError, ValueError):
            return body.decode("cp1252", "replace")
    return html_to_unicode(content_type or None, body)[1] if "\x1b" in text else text.removeprefix("\ufeff")


def _undeclared(body: bytes) -> str:
    """A page that says nothing of its encoding, or UTF-8 without being it: the usual one of its language."""
    language = _LANGUAGE.search(body[:2_000])
    name = (language[1] or b"").decode("ascii").lower() if language else ""
    return body.decode(OLD_ENCODINGS.get(name, "cp1252"), "replace")


def harmless(text: str) -> str:
    """The text, cut and with monstrous tags shortened; the very same object where nothing was wrong with it."""
    if len(text) > PAGE_LIMIT:
        text = text[:PAGE_LIMIT]
    if text.count("=") > ATTRIBUTES_LIMIT or _has_long_tag(text):
        return _TAG.sub(_shortened, text)
    return text


def _has_long_tag(text: str) -> bool:
    """Whether a tag goes on for ``TAG_LIMIT`` characters without an end; a few searches per page."""
    position = 0
    while position + TAG_LIMIT < len(text):
        end = text.rfind(">", position, position + TAG_LIMIT)
        if end >= 0:
            position = end + 1
            continue
        end = text.find(">", position)
        end = len(text) if end < 0 else end
        opens = _OPENS.search(text, position, end)  # a script holds as much, without a tag in it
        if opens and end - opens.start() > TAG_LIMIT:
            return True
        position = end + 1
    return False


def _shortened(tag: re.Match[str]) -> str:
    """A tag with its first attributes only: libxml2 compares each attribute of a tag with all others."""
    if len(tag[0]) <= TAG_LIMIT or len(tag[0].split(None, TAG_PIECES)) <= TAG_PIECES:
        return tag[0]
    return " ".join(tag[0].split(None, TAG_PIECES)[:TAG_PIECES]) + ">"
