"""The files of ``data/wording`` and ``data/lawful_use``: what each list of words is for."""

from __future__ import annotations

from importlib import resources
from typing import Any

from pydantic import BaseModel, ConfigDict

from crawler import tabular


class File(BaseModel):
    """What all files share."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: str
    only_in_language: tuple[str, ...] = ()
    """Entries of this file that are everyday words elsewhere: used for texts of this language alone."""


class Wording(File):
    """One file of ``data/wording``: what admits, what does not, and what turns it round."""

    replica: tuple[str, ...] = ()
    another: tuple[str, ...] = ()
    """What says of goods that they are a copy, and of a part only that another made it: ``not original``."""
    copy_heads: tuple[str, ...] = ()
    """What a word for a copy may be joined to: ``Marken`` in Markenfälschung."""
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
    equal_before: tuple[str, ...] = ()
    """Stands before the name of what the goods equal: ``equivalent to``. Whether they lean on it or fit like it, the
    sector tells."""
    equal_after: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_negations: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()
    """Things that are copied lawfully, if the copy is of one of them: ``Roman coin``, ``receipt``."""
    copied_parts: tuple[str, ...] = ()
    """Words for such things that others are joined to: ``Wikinger``messer, Hanse``kogge``."""
    doubtful: tuple[str, ...] = ()
    """Of the words for copies, those that much else is called, too: pirate, clone; so among unknown words."""
    imitates: tuple[str, ...] = ()
    """Of the words for copies, those that stuffs and details are called, too: ``imitation`` horn, a ``fake`` pocket."""
    imitated: tuple[str, ...] = ()
    """Stuffs and details that anybody may imitate."""
    told: tuple[str, ...] = ()
    """What tells of copies and offers none: news, warnings, guides. Anywhere in a title, or in the same sentence."""
    copiers: tuple[str, ...] = ()
    """What tells in the same sentence that a machine or a service copies: twenty copies ``per minute``."""
    ours: tuple[str, ...] = ()
    """Begins a clause that sets the goods at hand against those before: ``ours`` is of metal."""
    parting: tuple[str, ...] = ()
    """Who parts with a thing of his own says so: ``selling it cheap``, ``hence the price``, ``no use for it``."""
    rather: tuple[str, ...] = ()
    """Of ``but``, what is one behind a denial only: Swedish ``utan`` is else "without"."""
    plenty: tuple[str, ...] = ()
    """``many`` before copies: others make them, if what is sold is called real in the same sentence."""
    real: tuple[str, ...] = ()
    """What calls the goods at hand real: ``this one is real``."""
    but: tuple[str, ...] = ()
    """Ends what a negation reaches: ``not the original but a copy``."""


class LawfulUse(File):
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


def read(folder: str, model: Any) -> list[File]:
    """Return the files of ``crawler.data.<folder>``.

    :raises pydantic.ValidationError: a file holds an unknown list.
    """
    root = resources.files(f"crawler.data.{folder}")
    names = sorted(item.name for item in root.iterdir() if item.name.endswith(".yaml"))
    return [model.model_validate(tabular.words((root / name).read_text("utf-8"))) for name in names]
