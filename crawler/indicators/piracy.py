"""Unlicensed copies of protected works: downloads, streams, IPTV, licence keys, accounts, copied discs, scans."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.indicators.lawful import uses as lawful
from crawler.indicators.raising import abstained, raised
from crawler.indicators.reading.found import Found
from crawler.indicators.reading.offer import Reading
from crawler.indicators.reading.roles import role_of
from crawler.indicators.works import telling, unlicensed
from crawler.indicators.works.telling import Sentence
from crawler.indicators.works.unlicensed import Said
from crawler.items import Flag, Provenance

Reason = tuple[str, Provenance]
USED = "second-hand: a used licence may be sold on in some countries"
AMBIGUOUS = "ambiguous: “{work}” is made of everyday words, and nothing here says the work"
WHY = {
    "told": "about: the text tells of unlicensed copies, or of the work",
    "thing": "about: a thing that bears the title is named",
    "book": "about: a book is named",
    "bound": "about: a book in print is named",
    "taught": "about: somebody teaches the work, or works with it",
    "plugin": "accessory: something for the work is named, which may have a key of its own",
    "instead": "comparison: another product is sold instead",
    "consent": "second-hand: the maker's consent or the buyer's own licence is named",
    "on_disc": "second-hand: an original disc is named, which has what is told of it",
    "boxed": "second-hand: a boxed or original copy is named, which has its own key",
}
"""Why the words of ``piracy_unless.yaml`` stop a flag."""
MOST = 5  # sentences that say one thing are judged: who repeats it says it the same way
ANOTHER = frozenset({"comparison", "outdone", "equal", "inspired"})
"""Roles in which a title stands for another product than what is sold."""


def offered(reading: Reading) -> Iterator[Flag]:
    """A work of the register stands beside words that describe an unlicensed copy."""
    works = [f for f in reading.found if _protected(f) and not reading.context.authorised(f.entry)]
    if not works:
        return
    subject = min(works, key=lambda f: f.mention.ambiguous)
    kinds = _kinds(works)
    sentences = telling.sentences(reading)
    used = any("used_licence" in sentence.labels for sentence in sentences)
    every: dict[str, list[Said]] = {}
    for sentence in sentences:
        for said in unlicensed.said(sentence, kinds):
            every.setdefault(said.code, []).append(said)
    for code, several in every.items():
        judged = [(said, _lawful(reading, subject, sentences, said)) for said in several[:MOST]]
        said, why = next((one for one in judged if one[1] is None), judged[0])
        if why is None:
            yield from _flag(reading, subject, said, used and code == "piracy.key")
        else:
            reason, proof = why
            proofs = (subject.proof, said.place.proof(said.start, said.end), proof)
            words = said.place.text[said.start : said.end]
            yield abstained(code, reading.context, reason, proofs, entry=subject.entry, words=words)


def _flag(reading: Reading, subject: Found, said: Said, used: bool) -> Iterator[Flag]:
    proofs = (subject.proof, said.place.proof(said.start, said.end))
    words, work = said.place.text[said.start : said.end], subject.mention.work or subject.mention.text
    if used or subject.mention.ambiguous:
        reason = USED if used else AMBIGUOUS
        yield abstained(said.code, reading.context, reason, proofs, entry=subject.entry, words=words, work=work)
        return
    flag = raised(
        said.code, reading.context, proofs, entry=subject.entry, work=work, words=words, field=said.place.field
    )
    if flag is not None:
        yield flag


def _protected(found: Found) -> bool:
    """Whether the name is that of a work, or of a brand whose holder pursues piracy."""
    if found.mention.work:
        return True
    return not found.mention.ambiguous and found.role == "claim" and "piracy" in found.entry.holder.allegations


def _kinds(works: list[Found]) -> frozenset[str]:
    """Return the kinds of the works that are named; of a brand alone, of all of its works."""
    named = {(f.entry.name, f.mention.work) for f in works}
    return unlicensed.kinds_of(
        work.kind
        for f in works
        for work in f.entry.brand.works
        if (f.entry.name, work.title) in named or not f.mention.work
    )


def _lawful(reading: Reading, subject: Found, sentences: list[Sentence], said: Said) -> Reason | None:
    """Return why it is no unlicensed copy that a sentence speaks of, and where that stands."""
    for label, place, start, end in unlicensed.beside(reading, sentences, said):
        return WHY[label], place.proof(start, end)
    if "made_for" in unlicensed.unless(said.code) and _made_for(reading, subject, said):
        return WHY["plugin"], subject.proof
    return lawful.wanted(reading)


def _made_for(reading: Reading, subject: Found, said: Said) -> bool:
    """Whether what is said of keys is said of a thing that is named first and made for the work, or instead of it."""
    mention, place = subject.mention, subject.place
    role, by = role_of(place.tokens, mention, frozenset(), frozenset(), reading.view)
    if role in ANOTHER:
        return True
    behind = place is said.place and said.start > mention.start
    return role == "compatible" and behind and len(place.text[: mention.start].strip()) > len(by)
