"""How like a slip of the pen a word is that misses a name by one letter: most such words are other names."""

from __future__ import annotations

from typing import Literal

Slip = Literal["slip", "near", "far"]
ALIKE = ("aeiouy", "ckqg", "vwfb", "bp", "dt", "sz", "sc", "mn", "iyj", "gj", "xs", "uvw", "rt")
"""Letters that sound alike, or that hands that learned another language exchange."""
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
"""Keys that lie beside each other."""


def slip_of(written: str, name: str) -> Slip:
    """Return how ``written`` misses ``name``, both as ``folding.squeeze`` gives them.

    ``slip``: a letter doubled, halved, or exchanged with its neighbour. ``near``: one added, lost, or replaced by one
    that sounds like it or lies beside it. ``far``: any other, and any other first letter.
    """
    first = next(
        (k for k, (a, b) in enumerate(zip(written, name, strict=False)) if a != b), min(len(written), len(name))
    )
    if len(written) == len(name):
        if written[first + 1 : first + 2] == name[first : first + 1] and sorted(written) == sorted(name):
            return "slip"
        near = _alike(written[first : first + 1], name[first : first + 1], keys=first > 0)
        return "near" if near else "far"
    longer = max(written, name, key=len)
    if first and longer[first] == longer[first - 1]:
        return "slip"
    return "near" if first else "far"


def _alike(a: str, b: str, *, keys: bool) -> bool:
    if any(a in group and b in group for group in ALIKE):
        return True
    return keys and any(abs(row.index(a) - row.index(b)) == 1 for row in ROWS if a in row and b in row)
