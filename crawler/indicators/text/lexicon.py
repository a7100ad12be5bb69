"""The word lists of ``data/wording`` and ``data/lawful_use``, one file per language, compiled for lookup.

A longer phrase wins over a shorter one that begins at the same word: that is how ``faux leather`` (listed as
harmless) is no admission although ``faux`` is one, and how ``not only`` is no negation although ``not`` is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from crawler.indicators.text.tokens import Phrases, fold_phrase
from crawler.indicators.text.word_lists import File, LawfulUse, Wording, read

ADMISSIONS = ("replica", "another", "quality", "surplus", "no_papers", "no_box", "no_prescription", "harmless")
NEGATIONS = ("not_before", "not_negations")
BEFORE = ("inspired_before", "equal_before", "compatible_before", "comparison_before", "about_before", "repair_before",
          "person_before")  # fmt: skip
AFTER = (
    "inspired_after",
    "equal_after",
    "compatible_after",
    "comparison_after",
    "about_after",
    "repair_after",
    "person_after",
)
SETS = ("not_after", "but", "media", "used", "accessories", "many", "included", "of", "printed", "services",
        "wrapping", "alone", "copied", "imitates", "imitated", "told", "copiers", "ours", "rather", "plenty", "real",
        "more", "than", "wanted", "doubtful", "copied_parts", "parting")  # fmt: skip


OWN = frozenset(
    {
        "accessory_ends",
        "told",
        "copiers",
        "ours",
        "rather",
        "imitates",
        "imitated",
        "copy_heads",
        "copied_parts",
        "parting",
    }
)
"""Lists that apply to texts of their own language alone: elsewhere their words are others."""
DEFAULT = "en"  # a text of unknown language is most often English, or borrows from it


@dataclass(frozen=True)
class View:
    """The lists that apply to texts of one language: those of all languages, without the local words of others."""

    admissions: Phrases = field(default_factory=Phrases)
    negations: Phrases = field(default_factory=Phrases)
    before: Phrases = field(default_factory=Phrases)
    after: Phrases = field(default_factory=Phrases)
    sets: dict[str, Phrases] = field(default_factory=lambda: {name: Phrases() for name in SETS})
    fillers: set[str] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)
    """Endings of words for accessories."""
    copies: dict[str, str] = field(default_factory=dict)
    """Single words for copies that others may be joined to, and what they admit."""
    heads: set[str] = field(default_factory=set)
    """What is joined to them: Marken|fälschung."""


@dataclass(frozen=True)
class Lexicon:
    """All word lists; ``view`` gives those for one language."""

    files: tuple[File, ...]
    views: dict[str, View] = field(default_factory=dict)

    @property
    def languages(self) -> frozenset[str]:
        """The languages that have lists."""
        return frozenset(file.language for file in self.files)

    def view(self, language: str | None) -> View:
        """Return the lists for texts in ``language`` (``de`` and ``de-AT`` alike); an unknown one is read as
        DEFAULT."""
        code = (language or "").lower().replace("_", "-").split("-", 1)[0]
        code = code if code in self.languages else DEFAULT
        if code not in self.views:
            self.views[code] = _view(self.files, code)
        return self.views[code]


def _view(files: tuple[File, ...], language: str) -> View:
    view = View()
    for file in files:
        local = {fold_phrase(entry) for entry in file.only_in_language} if file.language != language else set()
        for label, phrases in file.model_dump(exclude={"language", "only_in_language"}).items():
            for phrase in phrases:
                if fold_phrase(phrase) in local or (label in OWN and file.language != language):
                    continue
                for form in {phrase, *_inflected(phrase, file.language)} if label in BEFORE else {phrase}:
                    _put(view, label, form)
    return view


CONTRACTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "fr": {"à": ("au", "aux", "à la", "à l"), "de": ("du", "des", "de la", "de l", "d")},
    "es": {"a": ("al",), "de": ("del",)},
    "it": {"a": ("al", "alla", "ai", "agli", "alle", "allo"), "di": ("del", "della", "dei", "degli", "delle", "dello")},
    "pt": {"a": ("ao", "à", "aos", "às"), "de": ("do", "da", "dos", "das"), "em": ("no", "na", "nos", "nas")},
    "de": {"zu": ("zum", "zur"), "von": ("vom",), "an": ("am", "ans"), "in": ("im", "ins")},
}
"""Prepositions that melt with an article."""
ENDINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "fr": {"é": ("és", "ée", "ées"), "e": ("es",), "t": ("ts", "te", "tes"), "n": ("ns", "nne", "nnes")},
    "es": {"o": ("a", "os", "as"), "e": ("es",)},
    "it": {"o": ("a", "i", "e"), "e": ("i",)},
    "pt": {"o": ("a", "os", "as"), "e": ("es",), "l": ("is",)},
}
"""Endings of gender and number of the first word: adatto a → adatta alle."""


def _inflected(phrase: str, language: str) -> Iterator[str]:
    """Yield the forms that grammar gives a phrase; some are no words, and match nothing."""
    words = phrase.split(" ")
    firsts = {words[0]}
    for ending, others in ENDINGS.get(language, {}).items():
        if words[0].endswith(ending) and len(words[0]) > 4:
            firsts |= {words[0].removesuffix(ending) + other for other in others}
    lasts = {words[-1], *CONTRACTIONS.get(language, {}).get(words[-1], ())}
    for first in firsts:
        for last in lasts:
            yield " ".join([first, *words[1:-1], last]) if len(words) > 1 else first


def _put(view: View, label: str, phrase: str) -> None:
    if label == "fillers":
        view.fillers.update(fold_phrase(phrase))
    elif label == "copy_heads":
        view.heads.update(fold_phrase(phrase))
    elif label == "accessory_ends":
        view.ends.add(fold_phrase(phrase)[0])
    elif label in view.sets:
        view.sets[label].add(phrase, label)
    elif label == "no_accessories":
        view.sets["accessories"].add(phrase, label)
    else:
        for labels, target in (
            (ADMISSIONS, view.admissions),
            (NEGATIONS, view.negations),
            (BEFORE, view.before),
            (AFTER, view.after),
        ):
            if label in labels:
                target.add(phrase, label)
        if label in {"replica", "another"} and len(fold_phrase(phrase)) == 1:
            view.copies[fold_phrase(phrase)[0]] = label


@cache
def load() -> Lexicon:
    """Return the packaged word lists.

    :raises pydantic.ValidationError: a file holds an unknown list.
    """
    files = [*read("wording", Wording), *read("lawful_use", LawfulUse)]
    return Lexicon(tuple(files))
