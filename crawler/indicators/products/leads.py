"""What a title sells beside the name of a product: a part of it, a sample, a set, or another thing under its name.

What the product is, its name tells (``VX-9 vacuum cleaner``), and the tables of kinds know what that is called
elsewhere. So another noun that is joined to it by a preposition ("Bürste für Staubsauger VX-9"), that it stands
behind in a case ("щётка пылесоса"), that begins with it (Staubsauger|beutel), or that leads the title by the grammar of
its language, is what is sold.
"""

from __future__ import annotations

from dataclasses import replace

from crawler.indicators.products import lead_words, packings, things
from crawler.indicators.products.kinds import Kinds
from crawler.indicators.reading.offer import LEANT_ON, Reading
from crawler.indicators.text.title_words import colours, languages, people
from crawler.indicators.text.ways import lower
from crawler.indicators.titles import heads, shades
from crawler.indicators.titles.title import Title, title_of
from crawler.register.loading import Entry
from crawler.register.schema import ProductLine

PLAIN = 1.2  # the weight of a word that leads a title and is no word for what it is like
SPACELESS = frozenset({"ja", "zh", "ko"})
"""Languages that name a part before the name as well as behind the product's kind."""
READ = 300  # characters of a title


def other(reading: Reading, entry: Entry, line: ProductLine, kinds: Kinds, numbered: bool = False) -> str:
    """Return the words of the title that say that something else than ``line`` is sold; empty if none do.

    :param numbered: whether the product's number stands there, so that its goods need not be named.
    """
    title = title_of(reading, entry)
    if title is None:
        return ""
    kind = kinds.named(title.words)
    led = (
        packings.told(title, line, entry.holder.sector, kind)
        or _linked(title, kind, kinds)
        or _joined(title, kinds, kind)
        or _in_a_case(title, kinds, kind)
        or _denied(reading, title, kind)
        or _part(title, kinds, kind, reading.declared)
    )
    if led or not kinds.phrases or reading.declared is None or numbered:
        return led
    return _leading(reading, shades.known(title) if entry.holder.sector in LEANT_ON else title, kinds, kind)


def joined_to(reading: Reading, entry: Entry, kinds: Kinds) -> str:
    """Return a thing that the title joins to a product of ``kinds``: by a preposition, a case or in one word."""
    title = title_of(reading, entry)
    if title is None:
        return ""
    kind = kinds.named(title.words)
    return _linked(title, kind, kinds) or _joined(title, kinds, kind) or _in_a_case(title, kinds, kind)


def _leading(reading: Reading, title: Title, kinds: Kinds, kind: frozenset[int]) -> str:
    """Another noun leads the title by the grammar of its language."""
    if kind - title.own and title.language in languages("cases"):
        return ""
    leading = heads.leading(replace(title, selling=title.selling | _like_any(reading, title)))
    if leading and title.words[leading[0]] in kinds.heads:
        return ""
    cased = {k for a, b in kinds.in_a_case(title.words) for k in range(a, b)}
    return title.written(leading[0]) if leading and leading[1] >= PLAIN and leading[0] not in kind | cased else ""


def _like_any(reading: Reading, title: Title) -> set[int]:
    """Words for colours, people and used goods, which name no thing in any language."""
    if title.language in SPACELESS:
        return set()
    spans = [(a, b) for a, b, _ in reading.view.sets["used"].find(title.words)]
    for words in (colours(), people()):
        spans.extend(words.spans(title.words, title.start, title.stop))
    return {k for a, b in spans for k in range(a, b)}


def _part(title: Title, kinds: Kinds, kind: frozenset[int], language: str | None) -> str:
    """A part is named where the language of the title names what is sold: first, or right behind the product's kind."""
    before_all = {*languages("first"), *languages("joining"), *SPACELESS}
    first = title.language in before_all or language is None
    for match in lead_words.parts(language).finditer(lower(title.tokens.text[:READ])):
        a, b = title.tokens.at(*match.span())
        inside = set(range(a, b))
        if a >= b or not inside.isdisjoint(kind) or not inside.isdisjoint(title.own) or things.comes_with(title, a):
            continue
        if not kind and kinds.firsts.issuperset(title.words[a:b]):
            continue  # the product itself is called a hose
        before = [k for k in kind if k < a]
        behind_kind = before and a - 1 in kind and not title.parted(a)
        spaceless = title.language in SPACELESS
        if not kind or (first and not before) or (behind_kind and (spaceless or not (first and language))):
            return match[0]
    return ""


def _linked(title: Title, kind: frozenset[int], kinds: Kinds) -> str:
    """Another thing stands before a preposition that leads to the product: "brosse de l'aspirateur"."""
    headed = kinds.headed(title.words) if not kind else frozenset()
    for k in range(title.start + 1, title.stop):
        before = things.before(title, k)
        if k in title.own | title.names | kind or not (kind | title.own).isdisjoint(before):
            continue
        to_it = _leads_to(title, k, "for", kind | title.own | title.names) or _to_a_head(title, k, headed)
        of_it = _leads_to(title, k, "of", kind)
        thing = things.named(title, before, any_word=of_it) if to_it or of_it else None
        if thing is not None:
            return title.written(thing)
    return ""


def _to_a_head(title: Title, k: int, headed: frozenset[int]) -> bool:
    """Whether a preposition of any language stands at word ``k`` and a word for the product behind it: do maszyny."""
    return k + 1 in headed and title.words[k] in lead_words.any_for()


def _leads_to(title: Title, k: int, name: str, targets: frozenset[int]) -> bool:
    """Whether a preposition stands at word ``k`` and leads, over articles, to one of the words ``targets``."""
    entries = lead_words.links(name, title.language if name == "for" else "")
    entry = next((entry for entry in entries if title.words[k : k + len(entry)] == entry), None)
    if entry is None:
        return False
    at = k + len(entry)
    while at < title.stop and at not in targets and title.words[at] in lead_words.folded("articles"):
        at += 1
    sure = name == "for" and entry in lead_words.links("for")
    if sure and at not in targets and at + 1 in targets and not title.known(at) and title.unknown(at) == 1:
        at += 1  # a noun for the product that no table knows
    return at in targets and at < title.stop


def _denied(reading: Reading, title: Title, kind: frozenset[int]) -> str:
    """The product itself is not there: "box, no watch"; or what it is packed in is empty."""
    negated = (k for k in kind - title.own if k - 1 not in kind and reading.view.negations.ending_at(title.words, k))
    empty = (a for a, _, _ in reading.view.sets["alone"].find(title.words) if reading.first("wrapping", ("title",)))
    return next(map(title.written, (*negated, *empty)), "")


def _joined(title: Title, kinds: Kinds, kind: frozenset[int]) -> str:
    """A word that begins with the product's kind and ends with another: Staubsaugerbeutel."""
    others = (k for k, word in enumerate(title.words) if k not in title.names | title.own | kind and kinds.begins(word))
    return "" if kind - title.own else next(map(title.written, others), "")


def _in_a_case(title: Title, kinds: Kinds, kind: frozenset[int]) -> str:
    """Another thing stands before the product's kind in a case: "щётка пылесоса", "pasek zegarka"."""
    for k, _ in kinds.in_a_case(title.words) if not kind else ():
        before = list(things.before(title, k))
        if title.own.isdisjoint(before) and (thing := things.named(title, before)) is not None:
            return title.written(thing)
    return ""
