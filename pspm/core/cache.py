"""What was rendered once is kept in the process, within a bound of bytes and of time.

Keys carry the stamps of what they were made from (and public ids, never reused), so that a change
makes a new key and several processes need not tell each other. Old entries fall out by themselves.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Iterable, Mapping
from threading import Lock
from typing import Any, TypeVar

from cachetools import TTLCache

V = TypeVar("V")
MAX_BYTES = 32 * 1024 * 1024
SECONDS = 600
"""Bounds how long what no stamp tells of (a person's new name) stays as it was."""


def keep(key: Hashable, make: Callable[[], V]) -> V:
    """The value kept under `key`, made now if there is none. Two at once may both make it."""
    found: V | None = find(key)
    if found is not None:
        return found
    value = make()
    put(key, value)
    return value


def find(key: Hashable) -> Any:
    """The value kept under `key`, or None."""
    with _lock:
        return _kept.get(key)


def put(key: Hashable, value: Any) -> None:
    """Keep plain data: text, and tuples and dicts of it. What is larger than all the room is not kept."""
    with _lock:
        try:
            _kept[key] = value
        except ValueError:
            _kept.pop(key, None)


def clear() -> None:
    with _lock:
        _kept.clear()


def size_of(value: Any) -> int:
    """Bytes of plain data, near enough."""
    own = sys.getsizeof(value)
    if isinstance(value, Mapping):
        return own + sum(size_of(key) + size_of(item) for key, item in value.items())
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        return own + sum(size_of(item) for item in value)
    return own


_kept: TTLCache[Hashable, Any] = TTLCache(maxsize=MAX_BYTES, ttl=SECONDS, getsizeof=size_of)
_lock = Lock()
