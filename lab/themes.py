"""Themes that shops of the larger world use: drawn for one owner, or bought, as many strangers have bought them."""

from __future__ import annotations

from itertools import accumulate
from random import Random

SOLD = 0.35
"""Of shops and networks: use a theme that is sold to everybody. Our number."""
THEMES = 400
ZIPF = tuple(accumulate(1 / (rank + 3) for rank in range(THEMES)))
"""A few themes are everywhere, most have a handful of buyers, of whom some infringe by chance."""


def theme_of(holder: str, seed: str) -> str:
    """The theme of a shop, or a network; a bought one has the same name for all who bought it."""
    rng = Random(f"{seed}/theme/{holder}")
    return f"theme{rng.choices(range(THEMES), cum_weights=ZIPF)[0]}" if rng.random() < SOLD else holder
