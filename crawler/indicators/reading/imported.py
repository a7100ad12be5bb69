"""Whether an offer says that genuine goods come past the maker's own channels: another market's, duty-free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from crawler import tabular
from crawler.indicators.reading.places import Place
from crawler.indicators.text.lexicon import DEFAULT, View
from crawler.indicators.text.negation import negated
from crawler.indicators.text.tokens import Tokens, fold_phrase

Said = tuple[Place, int, int]
BESIDE = 2  # words between a place and what is of it: "version for the US"
LEFT = 3  # words between a dealer and what is left of the stock: "remaining stock of a former boutique"
CAME = 3  # words between a place and how the goods came from it: "bought at a boutique in Milan"
SHORTEST = 2  # letters of a beginning
READ = 400  # words of a text: where goods come from is said early


class _File(BaseModel):
    """The words of one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    says: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    got: tuple[str, ...] = ()
    from_ends: tuple[str, ...] = ()
    real: tuple[str, ...] = ()
    void: tuple[str, ...] = ()
    freed: tuple[str, ...] = ()
    dealers: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


class Stems:
    """Phrases of which any word may be open at its end, found at a word in the time that its letters take."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._by_first: dict[tuple[str, bool], list[tuple[tuple[str, bool], ...]]] = {}
        self.written: dict[tuple[tuple[str, bool], ...], str] = {}
        for entry in entries:
            words = tuple(_words(entry))
            if words:
                self._by_first.setdefault(words[0], []).append(words)
                self.written[words] = entry.replace("*", "")
        for found in self._by_first.values():
            found.sort(key=len, reverse=True)

    def at(self, words: tuple[str, ...], k: int) -> Iterator[tuple[int, str]]:
        """Yield the end of each phrase that begins at word ``k``, and how it is listed."""
        beginnings = ((words[k][:n], True) for n in range(SHORTEST, len(words[k]) + 1))
        for key in ((words[k], False), *beginnings):
            for phrase in self._by_first.get(key, ()):
                inside = words[k : k + len(phrase)]
                if len(inside) == len(phrase) and all(map(_fits, inside, phrase)):
                    yield k + len(phrase), self.written[phrase]

    def any(self, words: tuple[str, ...], a: int, b: int) -> list[tuple[int, int]]:
        """Return the ranges of words that begin within ``a:b``."""
        return [(k, end) for k in range(max(0, a), min(b, len(words))) for end, _ in self.at(words, k)]


class _Words:
    def __init__(self, *files: _File) -> None:
        lists = {name: Stems(w for file in files for w in getattr(file, name)) for name in _File.model_fields}
        self.says, self.places, self.kinds, self.got = (lists[name] for name in ("says", "places", "kinds", "got"))
        self.real, self.void, self.freed = lists["real"], lists["void"], lists["freed"]
        self.dealers, self.gone = lists["dealers"], lists["gone"]
        self.from_ends = tuple(fold_phrase(end)[0] for file in files for end in file.from_ends)


def said(places: Iterable[Place], language: str, view: View) -> Said | None:
    """Return where title or description says so, with its characters; a text that denies it does not."""
    texts = [place for place in places if place.field in {"title", "description"}]
    words = _of(language)
    real = any(words.real.any(place.tokens.words, 0, READ) for place in texts)
    for place in texts:
        tokens = place.tokens
        for a, b in _spans(tokens, words, real):
            if not negated(tokens, a, b, view):
                return place, tokens.starts[a], tokens.ends[b - 1]
    return None


def _spans(tokens: Tokens, words: _Words, real: bool) -> Iterator[tuple[int, int]]:
    for k in range(min(READ, len(tokens.words))):
        for end, _ in (*words.says.at(tokens.words, k), *(words.freed.at(tokens.words, k) if real else ())):
            yield k, end
        if real:
            yield from ((k, end) for end, _ in words.dealers.at(tokens.words, k) if _gone(tokens, words, k, end))
        for end, entry in words.places.at(tokens.words, k):
            written = tokens.text[tokens.starts[k] : tokens.ends[end - 1]]
            hidden = entry != entry.lower() and written not in {entry, entry.upper()}
            if hidden or _near(tokens, words.void, k, end, CAME, 1):
                continue
            if _near(tokens, words.kinds, k, end, BESIDE, BESIDE) or (real and _from(tokens, words, k, end)):
                yield k, end


def _gone(tokens: Tokens, words: _Words, k: int, end: int) -> bool:
    """Whether the dealer at the words ``k:end`` closed, or is named beside what is left of the stock."""
    return _near(tokens, words.gone, k, end, LEFT, LEFT)


def _from(tokens: Tokens, words: _Words, k: int, end: int) -> bool:
    """Whether the goods came from the place at the words ``k:end``."""
    ending = bool(words.from_ends) and tokens.words[end - 1].endswith(words.from_ends)
    return ending or _near(tokens, words.got, k, end, CAME, CAME)


def _near(tokens: Tokens, stems: Stems, k: int, end: int, before: int, behind: int) -> bool:
    """Whether one of ``stems`` stands so many words before or behind the words ``k:end``, no pause between."""
    ahead = [b for a, b in stems.any(tokens.words, k - before - 2, k) if k - before <= b <= k]
    if any(not _paused(tokens, b, k) for b in ahead):
        return True
    return any(not _paused(tokens, end, a) for a, _ in stems.any(tokens.words, end, end + behind + 1))


def _paused(tokens: Tokens, a: int, b: int) -> bool:
    """Whether a pause stands between the words before ``a`` and word ``b``."""
    return any(tokens.pause(j - 1, j) for j in range(a, b + 1))


def _words(entry: str) -> Iterator[tuple[str, bool]]:
    for part in entry.split():
        folded = fold_phrase(part.rstrip("*")) if part.strip("*") else ()
        for n, word in enumerate(folded):
            yield word, part.endswith("*") and n == len(folded) - 1


def _fits(word: str, part: tuple[str, bool]) -> bool:
    return word.startswith(part[0]) if part[1] else word == part[0]


def dealers(language: str) -> Stems:
    """Return the words for dealers of a maker's goods, in one language and in English."""
    return _of(language).dealers


@cache
def _of(language: str) -> _Words:
    files = load()
    return _Words(files[DEFAULT], *(files[language],) if language in files and language != DEFAULT else ())


@cache
def load() -> dict[str, _File]:
    """Return the words by language.

    :raises pydantic.ValidationError: the file holds an unknown list.
    """
    text = (resources.files("crawler.data") / "imports.yaml").read_text("utf-8")
    return {language: _File.model_validate(lists) for language, lists in tabular.words(text).items()}
