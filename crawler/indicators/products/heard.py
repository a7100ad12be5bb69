"""Products whose names a title writes in another script, letter by letter or by ear."""

from __future__ import annotations

from collections.abc import Iterator

from anyascii import anyascii

from crawler.indicators.text.tokens import Tokens, fold_phrase
from crawler.register import sound
from crawler.register.loading import Entry

READ = 500  # characters of a title


def words_by_ear(entry: Entry, title: str) -> Iterator[str]:
    """Yield the words of ``title`` in Latin letters, and those of product names that its words sound like, folded."""
    if title.isascii() or not (heard := [sound.heard(match[0]) for match in sound.WORD.finditer(title[:READ])]):
        return
    yield from Tokens.of(anyascii(title[:READ])).words
    for line in entry.brand.lines:
        for word in line.name.split():
            named = sound.sounds(word)
            if any(_same(script, named[script], one) for script, one in heard):
                yield from fold_phrase(word)


def _same(script: str, name: sound.Sound, word: sound.Sound) -> bool:
    """Whether they sound the same; beside the brand, fewer consonants are enough."""
    return (name == word and len(word.plain) >= sound.LEAST) or sound.alike(script, name, word) == 0
