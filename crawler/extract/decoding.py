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
FAR_ENCODINGS = ["gb18030", "big5", "cp949", "cp1251", "koi8_r", "cp1253", "cp1256", "cp874"]
"""Encodings of scripts whose letters hardly use ASCII: they are told apart by what they spell, Latin ones are not."""
_KANA = re.compile("[\u3041-\u30fe]")
KANA_SHARE = 0.2  # of what is not ASCII; Chinese or Korean bytes that are read as Japanese show next to none
_MARK = re.compile(rb"<[^<>]{0,2000}>")
_CODE = re.compile(rb"<(/?)(?:script|style)\b", re.IGNORECASE)
_ASCII_LETTERS = bytes(range(65, 91)) + bytes(range(97, 123))
_HEBREW = bytes(range(0xE0, 0xFB))  # of cp1255; without capitals it is taken for Russian
_NOT_HEBREW = bytes((*range(0xC0, 0xE0), 0xFB, 0xFC, 0xFF))
FAR_SHARE = 0.4  # of bytes above 127 beside ASCII letters: Vietnamese, the densest Latin script, has 0.3
SAMPLE = 100_000, 3_000  # bytes of a page that are looked at, and of its text: the detector takes some 20 ms for these


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
    encoding = OLD_ENCODINGS.get(name) or _far_encoding(body) or "cp1252"
    text = body.decode(encoding, "replace")
    return _YEN.sub("¥", text) if encoding in JAPANESE else text


def _far_encoding(body: bytes) -> str | None:
    """What a page in other than Latin letters is written in, by its text; None where its text is Latin, or untold."""
    words = _MARK.sub(b" ", _without_code(body[: SAMPLE[0]]))
    foreign = len(words.translate(None, bytes(range(128))))
    latin = len(words) - len(words.translate(None, _ASCII_LETTERS))
    if foreign <= FAR_SHARE * (foreign + latin):
        return None
    sample = words[: SAMPLE[1]]
    sample = sample[: sample.rfind(b" ")] or sample  # a space is no half of a character anywhere
    return _by_letters(sample) or _by_spelling(sample)


def _without_code(body: bytes) -> bytes:
    """A page without its scripts and styles, in one pass: a hostile page opens thousands and closes none."""
    kept, end = [], 0
    for tag in _CODE.finditer(body):
        if tag[1] and end < 0:
            end = tag.start()
        elif not tag[1] and end >= 0:
            kept.append(body[end : tag.start()])
            end = -1  # inside
    return b" ".join(kept if end < 0 else [*kept, body[end:]])


def _by_letters(words: bytes) -> str | None:
    """Japanese by its kana; Hebrew, which the detector takes for Russian, by its want of capitals."""
    for name in ("cp932", "euc_jp"):
        text = words.decode(name, "replace")
        if len(_KANA.findall(text)) > KANA_SHARE * len(_FOREIGN.findall(text)):
            return name
    hebrew = len(words) - len(words.translate(None, _HEBREW))
    is_hebrew = hebrew > 0.9 * len(words.translate(None, bytes(range(128))))
    return "cp1255" if is_hebrew and len(words.translate(None, _NOT_HEBREW)) == len(words) else None


def _by_spelling(words: bytes) -> str | None:
    from charset_normalizer import from_bytes  # a tenth of a second to load, for a page in thousands

    found = from_bytes(words, cp_isolation=FAR_ENCODINGS).best()
    return found.encoding if found else None


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
