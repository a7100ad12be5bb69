"""The words of the acts by which sellers admit a copy without a word for one (``data/signs``)."""

from __future__ import annotations

from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from crawler import tabular
from crawler.indicators.text.open_phrases import Words

LABELS = ("marks", "alike", "not_theirs", "unaware", "hidden")


class _File(BaseModel):
    """One file of ``data/signs``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: str
    by: tuple[str, ...] = ()
    """Lead to who made the goods: ``from``, ``by``."""
    by_behind: tuple[str, ...] = ()
    """The same behind the maker: Finnish ``tekemä``."""
    comes: tuple[str, ...] = ()
    """Leads from the goods to where they come from: ``comes``, ``made``."""
    makers: tuple[str, ...] = ()
    """Who makes the brand's goods: ``the maker``, ``them``, ``the factory``."""
    selves: tuple[str, ...] = ()
    """Who speaks: ``we``, ``ourselves``, ``my cousin``."""
    yours: tuple[str, ...] = ()
    """What is put on for the buyer, mended, or the seller's own work: ``your name``, ``drawn``, ``by hand``."""
    puts: tuple[str, ...] = ()
    """Puts a mark on: ``sew``, ``print``, ``engrave``."""
    later: tuple[str, ...] = ()
    """Tells that a mark was put on by no maker: ``afterwards``, ``self-printed``."""
    marks: tuple[str, ...] = ()
    """What shows whose goods they are: ``logo``, ``label``, ``box``, ``serial number``."""
    alike: tuple[str, ...] = ()
    """Like the real ones: ``same as in the shop``, ``matches the original``."""
    not_theirs: tuple[str, ...] = ()
    """Another's hand: ``our own filling``, ``no-name``, ``the maker has nothing to do with it``."""
    unaware: tuple[str, ...] = ()
    """The maker does not know or allow it: ``behind the maker's back``, ``after hours``."""
    hidden: tuple[str, ...] = ()
    """Nobody is to notice: ``nobody will spot``, ``don't tell``."""
    kept: tuple[str, ...] = ()
    """Takes the sign back where it stands in the sentence: a ``scratch`` that nobody notices."""


class Signs:
    """The words of one language, compiled."""

    def __init__(self, file: _File) -> None:
        self.by, self.by_behind, self.makers = Words(file.by), Words(file.by_behind), Words(file.makers)
        self.selves, self.yours, self.puts, self.later = (
            Words(file.selves), Words(file.yours), Words(file.puts), Words(file.later))  # fmt: skip
        self.kept, self.comes = Words(file.kept), Words(file.comes)
        self.labels = {label: Words(getattr(file, label)) for label in LABELS}


@cache
def load() -> dict[str, Signs]:
    """Return the signs by language.

    :raises pydantic.ValidationError: a file holds an unknown list.
    """
    root = resources.files("crawler.data.signs")
    texts = [item.read_text("utf-8") for item in root.iterdir() if item.name.endswith(".yaml")]
    files = [_File.model_validate(tabular.words(text)) for text in texts]
    return {file.language: Signs(file) for file in files}
