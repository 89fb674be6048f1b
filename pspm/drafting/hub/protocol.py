"""The messages on the wire: those of y-protocols (sync, awareness), and two of our own (saved, news).

Numbers are variable-length as in lib0, payloads are prefixed with their length in bytes.
https://github.com/yjs/y-protocols/blob/master/PROTOCOL.md
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pspm.drafting.lib0 import Malformed, Reader, number, payload

SYNC, AWARENESS, ASK_AWARENESS, SAVED, NEWS = 0, 1, 3, 4, 5
STEP1, STEP2, UPDATE = 0, 1, 2


@dataclass(frozen=True)
class Presence:
    """One client's awareness: where it is (None: gone). The clock rises with each change."""

    client_id: int
    clock: int
    state: dict[str, Any] | None


def sync_step1(vector: bytes) -> bytes:
    return bytes((SYNC, STEP1)) + payload(vector)


def sync_step2(update: bytes) -> bytes:
    return bytes((SYNC, STEP2)) + payload(update)


def sync_update(update: bytes) -> bytes:
    return bytes((SYNC, UPDATE)) + payload(update)


def saved(count: int) -> bytes:
    """The first `count` content messages of this connection are on disk."""
    return bytes((SAVED,)) + number(count)


def news(**told: Any) -> bytes:
    return bytes((NEWS,)) + payload(json.dumps(told).encode())


def awareness(presences: list[Presence]) -> bytes:
    parts = [number(len(presences))]
    for presence in presences:
        state = json.dumps(presence.state, separators=(",", ":")).encode()
        parts += [number(presence.client_id), number(presence.clock), payload(state)]
    return bytes((AWARENESS,)) + payload(b"".join(parts))


def read_awareness(content: bytes) -> Iterator[Presence]:
    reader = Reader(content)
    for _ in range(reader.number()):
        client_id, clock, words = reader.number(), reader.number(), reader.words()
        try:
            state = json.loads(words)
        except ValueError as error:
            raise Malformed("no JSON") from error
        if state is not None and not isinstance(state, dict):
            raise Malformed("no state")
        yield Presence(client_id, clock, state)
