"""Whether work grows no faster than its input, told through the noise of a busy machine."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

LOOKS = 5
LEAST = 0.002  # seconds: below it the clock's own grain decides


def grows_no_faster(work: Callable[[Any], object], make: Callable[[int], Any], small: int, large: int) -> bool:
    """Whether ``work`` on ``large`` pieces costs at most ``(large/small) ** 1.5`` times what it costs on ``small``.

    That lies midway between linear and square. Other work may disturb any single look; a square shows in all of them.
    """
    limit = (large / small) ** 1.5
    little, much = make(small), make(large)
    _seconds(work, make(small // 10))  # tables are loaded, patterns compiled
    return any(_seconds(work, much) < limit * max(_seconds(work, little), LEAST) for _ in range(LOOKS))


def _seconds(work: Callable[[Any], object], given: Any) -> float:
    begin = time.process_time()
    work(given)
    return time.process_time() - begin
