"""Sentences of legal and service texts, made comparable: shops of one maker share them under different names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from crawler.extract.facts.page import Page, identifier
from crawler.items import Identifier
from crawler.urls import host, storefront_key

LIMIT = 40  # sentences of one page
_SHORTEST, _LONGEST = 60, 600  # characters: shorter sentences say the same everywhere, longer are lists
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+|\n+|(?<=[。！？])")
_ADDRESS = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}|https?://\S{1,200}|\bwww\.\S{1,100}")
_NUMBER = re.compile(r"\d+")
_NOT_WORDS = re.compile(r"[^\w@#]+")
_LEGAL = re.compile(
    r"refund|return|exchange|warrant|guarantee|deliver|shipp|ship |dispatch|privacy|personal (?:data|information)"
    r"|cookie|payment|customer service|terms|liabilit|copyright|cancel|we offer|about us"
    r"|our (?:store|shop|company|mission|customers)"
    r"|rückgabe|widerruf|versand|lieferung|datenschutz|zahlung|garantie|gewährleistung|haftung|umtausch|kundenservice"
    r"|rembours|retour|livraison|expédi|confidentialité|données personnelles|paiement|échange|conditions générales"
    r"|reembolso|devoluci|envío|entrega|privacidad|garantía|pago"
    r"|rimborso|reso |resi |spedizione|consegna|pagamento|garanzia"
    r"|terugbetal|verzend|levering|betaling|zwrot|dostaw|płatno|gwarancj|prywatno"
    r"|возврат|доставк|оплат|гарант|конфиденциальн"
    r"|退款|退货|发货|配送|隐私|支付|返品|返金|送料|お支払|個人情報|환불|배송|교환",
    re.IGNORECASE,
)


def find(page: Page) -> Iterator[Identifier]:
    """Yield a hash of each sentence that speaks of two or more legal matters; its text is the provenance."""
    if not _LEGAL.search(page.business_text):
        return
    names = _names(page.url)
    count = 0
    for sentence in _SENTENCE.split(page.business_text):
        if not _SHORTEST <= len(sentence) <= _LONGEST or len({m.lower() for m in _LEGAL.findall(sentence)}) < 2:
            continue
        value = hashlib.sha256(normalise(sentence, names).encode("utf-8", "replace")).hexdigest()[:32]
        yield identifier("boilerplate", value, "facts.boilerplate", "text", sentence)
        count += 1
        if count >= LIMIT:
            return


def _names(url: str) -> tuple[str, ...]:
    """Return the spellings of the shop's own name that its address gives, longest first."""
    key = storefront_key(url)
    label = key.partition(".")[0]
    found = {host(url) or "", key, label, label.replace("-", " "), label.replace("-", "")}
    return tuple(sorted((name for name in found if len(name) > 3), key=len, reverse=True))


def normalise(sentence: str, names: tuple[str, ...] = ()) -> str:
    """Return a sentence in lower case, one space between words, without names, addresses, numbers."""
    text = _ADDRESS.sub(" @ ", sentence.lower())
    for name in names:
        text = text.replace(name, " @ ")
    return " ".join(_NOT_WORDS.sub(" ", _NUMBER.sub("#", text)).split())
