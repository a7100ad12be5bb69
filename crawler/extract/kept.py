"""``functools.cached_property`` without its lock, which costs more than most of what a page keeps (gone in 3.12)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class kept(Generic[T]):  # noqa: N801 - named as what it stands in for
    """A property that is worked out when it is first asked for; a page is read by one thread."""

    def __init__(self, find: Callable[[Any], T]):
        self._find, self._name, self.__doc__ = find, find.__name__, find.__doc__

    def __get__(self, instance: Any, owner: type) -> T:
        value = instance.__dict__[self._name] = self._find(instance)
        return value
