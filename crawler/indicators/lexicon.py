"""The word lists of ``data/wording`` and ``data/lawful_use``, one file per language, compiled for lookup.

A longer phrase wins over a shorter one that begins at the same word: that is how ``faux leather`` (listed as
harmless) is no admission although ``faux`` is one, and how ``not only`` is no negation although ``not`` is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from pydantic import BaseModel, ConfigDict

from crawler import tabular
from crawler.indicators.tokens import Phrases, fold_phrase


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    language: str
    only_in_language: tuple[str, ...] = ()
    """Entries of this file that are everyday words elsewhere: used for texts of this language alone."""


class Wording(_File):
    """One file of ``data/wording``: what admits, what does not, and what turns it round."""

    replica: tuple[str, ...] = ()
    quality: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    no_papers: tuple[str, ...] = ()
    no_box: tuple[str, ...] = ()
    """Of these, what private sellers of used goods write as often: without the box alone."""
    no_prescription: tuple[str, ...] = ()
    inspired_before: tuple[str, ...] = ()
    """Stands before the name: ``inspired by``."""
    inspired_after: tuple[str, ...] = ()
    """Stands after the name: ``style``."""
    harmless: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_negations: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()
    """Things that are copied lawfully, if the copy is of one of them: ``Roman coin``, ``receipt``."""
    plenty: tuple[str, ...] = ()
    """``many`` before copies: others make them, if what is sold is called real in the same sentence."""
    real: tuple[str, ...] = ()
    """What calls the goods at hand real: ``this one is real``."""
    but: tuple[str, ...] = ()
    """Ends what a negation reaches: ``not the original but a copy``."""


class LawfulUse(_File):
    """One file of ``data/lawful_use``: the words of lawful references to another's name."""

    compatible_before: tuple[str, ...] = ()
    compatible_after: tuple[str, ...] = ()
    comparison_before: tuple[str, ...] = ()
    comparison_after: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    """Begins a comparison that ``than`` ends: ``more`` battery life ``than``."""
    than: tuple[str, ...] = ()
    about_before: tuple[str, ...] = ()
    about_after: tuple[str, ...] = ()
    repair_before: tuple[str, ...] = ()
    repair_after: tuple[str, ...] = ()
    person_before: tuple[str, ...] = ()
    person_after: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    parallel: tuple[str, ...] = ()
    accessories: tuple[str, ...] = ()
    accessory_ends: tuple[str, ...] = ()
    """Words for accessories that others are joined to: Neopren``hülle``."""
    no_accessories: tuple[str, ...] = ()
    """Longer phrases in which a word for an accessory says what the product is made of: ``steel case``."""
    included: tuple[str, ...] = ()
    """What joins an accessory to the product that it comes with: ``with``."""
    fillers: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    """What joins goods to their maker: headphones ``of`` Nuvix."""
    many: tuple[str, ...] = ()
    """Words for a set, a sample or another pack than the usual one."""
    media: tuple[str, ...] = ()
    """Books, prints, films: goods that show or tell of another's."""
    printed: tuple[str, ...] = ()
    """Those of them that software and films are not: books in print, courses in a room."""
    services: tuple[str, ...] = ()
    """Work on goods that the buyer has, wherever in the title it is named: ``overhaul``, ``resoling``."""
    wrapping: tuple[str, ...] = ()
    """What goods are packed in: ``box``, ``dust bag``."""
    alone: tuple[str, ...] = ()
    """What says that the wrapping comes without the goods: ``empty``, ``without watch``."""

    wanted: tuple[str, ...] = ()
    """Somebody looks for the goods, or buys them: ``WTB``, ``looking for``; at either end of a title."""


ADMISSIONS = ("replica", "quality", "surplus", "no_papers", "no_box", "no_prescription", "harmless")
NEGATIONS = ("not_before", "not_negations")
BEFORE = ("inspired_before", "compatible_before", "comparison_before", "about_before", "repair_before",
          "person_before")  # fmt: skip
AFTER = ("inspired_after", "compatible_after", "comparison_after", "about_after", "repair_after", "person_after")
SETS = ("not_after", "but", "media", "used", "parallel", "accessories", "many", "included", "of", "printed", "services",
        "wrapping", "alone", "copied", "plenty", "real", "more", "than",
        "wanted")  # fmt: skip


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


@dataclass(frozen=True)
class Lexicon:
    """All word lists; ``view`` gives those for one language."""

    files: tuple[_File, ...]
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


def _view(files: tuple[_File, ...], language: str) -> View:
    view = View()
    for file in files:
        local = {fold_phrase(entry) for entry in file.only_in_language} if file.language != language else set()
        for label, phrases in file.model_dump(exclude={"language", "only_in_language"}).items():
            for phrase in phrases:
                if fold_phrase(phrase) in local or (label == "accessory_ends" and file.language != language):
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


@cache
def load() -> Lexicon:
    """Return the packaged word lists.

    :raises pydantic.ValidationError: a file holds an unknown list.
    """
    files = [*_read("wording", Wording), *_read("lawful_use", LawfulUse)]
    return Lexicon(tuple(files))


def _read(folder: str, model: Any) -> list[_File]:
    root = resources.files(f"crawler.data.{folder}")
    names = sorted(item.name for item in root.iterdir() if item.name.endswith(".yaml"))
    return [model.model_validate(tabular.words((root / name).read_text("utf-8"))) for name in names]
