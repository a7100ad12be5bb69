"""The closed words of a language that tell what a sentence does: say, deny, ask, suppose, warn (``data/clauses``).

Which nouns call something a copy is in ``data/wording``. Here is what stands around them: such words are few in every
language, and sentences that nobody has listed are built of them too.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from crawler import tabular
from crawler.indicators.text.open_phrases import Words
from crawler.indicators.text.tokens import fold_phrase


class _File(BaseModel):
    """One file of ``data/clauses``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: str
    spaceless: bool = False
    """Written without spaces: what stands beside the noun cannot be told by words."""
    final: bool = False
    """The verb stands last, so what may follow the noun is looked at, not what leads to it."""
    compounds: bool = False
    """A noun before another, apart, is about that: the ``replica industry``."""
    denies: tuple[str, ...] = ()
    """Deny what stands before or behind them: ``not``, ``never``."""
    none: tuple[str, ...] = ()
    """Deny the noun behind them: ``no``, ``zero``."""
    without: tuple[str, ...] = ()
    """Keep away the noun behind them: ``without``, ``instead of``, ``against``."""
    alike: tuple[str, ...] = ()
    """Behind a denial, these say that a copy is a good one: not to ``tell`` apart, not ``only``."""
    supposes: tuple[str, ...] = ()
    """Make a clause one of what might be: ``if``, ``in case``."""
    moods: tuple[str, ...] = ()
    """Make a clause, wherever they stand, one of what is not so: ``would``, ``hätte``."""
    others: tuple[str, ...] = ()
    """Speak of somebody else's goods: ``who``, ``many``, ``the market``."""
    any: tuple[str, ...] = ()
    """Speak of copies in general: ``every``, ``any``."""
    warns: tuple[str, ...] = ()
    """Warning, refusing, recognising, punishing, vouching."""
    agrees: tuple[str, ...] = ()
    """Answers a question with yes."""
    names: tuple[str, ...] = ()
    """Lead from the goods to what they are: ``is``, ``sold as``."""
    linked: tuple[str, ...] = ()
    """Join a noun for copies to the goods right before them: bag ``in`` imitation, sold ``as`` replica."""
    of: tuple[str, ...] = ()
    """Lead from a copy to what it is a copy of."""
    models: tuple[str, ...] = ()
    """What goods are copied from: the ``original``, the ``designer`` piece. A copy of aught else admits nothing."""
    own: tuple[str, ...] = ()
    """Point at the goods at hand: ``this``, ``our``."""
    offers: tuple[str, ...] = ()
    """Selling, making, sending, having in stock."""
    leads: tuple[str, ...] = ()
    """Articles and other small words that lead to a noun."""
    grades: tuple[str, ...] = ()
    """Words of quality and kind before a noun."""
    after: tuple[str, ...] = ()
    """Particles behind a noun that make it what something is done to, in languages that mark it so."""
    generic: tuple[str, ...] = ()
    """Articles that make a noun at the beginning speak of all copies: ``les``, ``las``."""
    plural: tuple[str, ...] = ()
    """Endings of several: bare, before an unknown word, they speak of copies in general."""


class Grammar:
    """The words of one language, compiled."""

    def __init__(self, file: _File) -> None:
        self.language, self.spaceless, self.final = file.language, file.spaceless, file.final
        self.denies, self.none, self.without = Words(file.denies), Words(file.none), Words(file.without)
        self.alike, self.supposes, self.others = Words(file.alike), Words(file.supposes), Words(file.others)
        self.any, self.warns, self.agrees = Words(file.any), Words(file.warns), Words(file.agrees)
        self.names, self.own, self.offers = Words(file.names), Words(file.own), Words(file.offers)
        self.of, self.models = Words(file.of), Words(file.models)
        self.linked, self.moods, self.compounds = Words(file.linked), Words(file.moods), file.compounds
        self.leads, self.grades, self.after = Words(file.leads), Words(file.grades), Words(file.after)
        self.generic = Words(file.generic)
        self.plural = tuple(fold_phrase(ending)[0] for ending in file.plural)
        telling = (*file.denies, *file.none, *file.without, *file.own, *file.names, *file.leads, *file.supposes)
        self.telling = Words(telling)
        """Words by which the language itself is recognised."""

    def denied_at(self, words: tuple[str, ...], a: int, b: int) -> tuple[int, int]:
        """Return the words ``a:b`` with the denial right before them, or behind where the verb stands last."""
        if self.final:
            end, until = b, min(b + DENIAL, len(words))
            for start, stop in sorted((*self.denies.spans(words, b, until), *self.without.spans(words, b, until))):
                end = stop if start == end else end
            return a, end
        start = a
        while start > max(0, a - 2) and (self.leads.covers(words[start - 1]) or self.names.covers(words[start - 1])):
            start -= 1
        before = [k for one in (self.denies, self.none) for k, end in one.spans(words, max(0, start - 2), a)
                  if start <= end <= a]  # fmt: skip
        return min(before, default=a), b

    def begins(self, words: tuple[str, ...], k: int, until: int | None = None) -> bool:
        """Return whether word ``k`` or the next begins to name something, before ``until``: "it is a"."""
        last = min(len(words), k + BEGINS) if until is None else min(until, k + BEGINS)
        found = self.names.spans(words, k, min(len(words), last + 1))
        return any(start <= k + 1 for start, _ in found)

    def kept_away(self, words: tuple[str, ...], k: int) -> list[int]:
        """Return the last words of what keeps word ``k`` away, right before it or one word apart: no, without."""
        near = range(max(0, k - 2), k)
        return [end - 1 for one in (self.none, self.without) for _, end in one.spans(words, near.start, near.stop)]


@cache
def load() -> dict[str, Grammar]:
    """Return the grammars by language.

    :raises pydantic.ValidationError: a file holds an unknown list.
    """
    root = resources.files("crawler.data.clauses")
    texts = [item.read_text("utf-8") for item in root.iterdir() if item.name.endswith(".yaml")]
    files = [_File.model_validate(tabular.words(text)) for text in texts]
    return {file.language: Grammar(file) for file in files}


def of(words: tuple[str, ...], declared: str | None, near: int) -> Grammar | None:
    """Return the grammar that the words around word ``near`` are most likely built by; pages declare it wrongly.

    None if they are declared to be of a language without one, and are not plainly of another.
    """
    code = (declared or DEFAULT).lower().replace("_", "-").split("-", 1)[0]
    around = near // WINDOW * WINDOW
    return _voted(words[max(0, around - WINDOW) : around + 2 * WINDOW], code)


@lru_cache(maxsize=1000)
def _voted(words: tuple[str, ...], code: str) -> Grammar | None:
    grammars = load()
    votes = {language: len(grammar.telling.spans(words, 0, len(words))) for language, grammar in grammars.items()}
    if code in grammars:
        votes[code] += 1  # what the page declares is right unless its words say otherwise
    best = max(votes, key=lambda language: (votes[language], language == code))
    plain = code in grammars or (votes[best] >= PLAINLY and votes[best] >= SHARE * len(words))
    return grammars[best] if plain else None


BEGINS = 3  # words in which what names something begins
DENIAL = 8  # words, or letters of Japanese, of a denial behind its noun
WINDOW = 25  # words; those around a stretch of so many are asked for their language
DEFAULT = "en"
PLAINLY, SHARE = 3, 0.3
"""How many closed words, and what share of words, tell another language than a declared one that has no grammar."""
