"""Which words of a title name a thing, beside the names and numbers of products."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.indicators.products import lead_words
from crawler.indicators.titles.title import Title

SHORT = 2  # letters of no noun
WITH = 3  # words in front of a thing in which it says that it comes with the goods


def named(title: Title, among: Iterable[int], any_word: bool = False) -> int | None:
    """Return the last word that names a thing and no measure of it, None if there is none.

    :param any_word: whether a word of selling may name one, too.
    """
    things = [
        k for k in among if k not in title.names | title.own and title.words[k] not in lead_words.folded("counts")
    ]
    return next((k for k in reversed(things) if _names(title, k, any_word)), None)


def _names(title: Title, k: int, any_word: bool) -> bool:
    if k in title.parts | title.soft | title.goods:
        return True
    return len(title.written(k)) > SHORT and title.written(k).isalpha() and (any_word or not title.known(k))


def before(title: Title, k: int) -> range:
    """Return the words before ``k`` since the last pause."""
    a = k
    while a > title.start and not title.parted(a):
        a -= 1
    return range(a, k)


def comes_with(title: Title, k: int) -> bool:
    """Whether the thing at word ``k`` comes with the product: + 2 batteries, mit Koffer."""
    joins = lead_words.folded("with")
    near = (j for j in range(max(0, k - WITH), k) if j not in title.own)
    with_it = any(title.words[j] in joins or title.written(j) == "+" for j in near)
    return with_it and any(j in title.own | title.names for j in range(k))
