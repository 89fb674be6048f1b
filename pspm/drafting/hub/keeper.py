"""Edits on their way to disk: many share one commit, and only then anybody else sees them."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from pspm.drafting.document import EMPTY
from pspm.drafting.hub import protocol
from pspm.drafting.hub.connection import TRY_AGAIN, Connection
from pspm.drafting.hub.desk import Desk, Refused
from pspm.drafting.hub.room import Room
from pspm.drafting.services import Edit

log = logging.getLogger(__name__)
MAX_BATCH = 500
MAX_WAITING = 5_000
TRIES = 5
PAUSE_SECONDS = 0.5


@dataclass(frozen=True, eq=False)
class _Waiting:
    room: Room
    connection: Connection
    content: bytes

    @property
    def edit(self) -> Edit:
        return Edit(self.room.item_id, self.connection.writer.session_id, self.content)


class Keeper:
    """One line of edits for all rooms."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._line: list[_Waiting] = []
        self._wake = asyncio.Event()

    def add(self, room: Room, connection: Connection, content: bytes) -> None:
        if len(self._line) >= MAX_WAITING:
            connection.close(TRY_AGAIN)
            return
        self._line.append(_Waiting(room, connection, content))
        self._wake.set()

    async def run(self) -> None:
        """Keep what comes, until cancelled."""
        while True:
            await self._wake.wait()
            await self.keep_waiting()

    async def keep_waiting(self) -> None:
        """Keep all that waits now."""
        self._wake.clear()
        while self._line:
            batch, self._line = self._line[:MAX_BATCH], self._line[MAX_BATCH:]
            await self._keep(batch)

    async def _keep(self, batch: list[_Waiting]) -> None:
        edits = [waiting.edit for waiting in batch if waiting.content != EMPTY]
        for attempt in range(TRIES):
            try:
                refused = await self._desk.keep(edits) if edits else {}
            except Exception:
                log.exception("%s edits could not be kept (try %s)", len(edits), attempt + 1)
                await asyncio.sleep(PAUSE_SECONDS * 2**attempt)
                continue
            _answer(batch, refused)
            return
        for waiting in batch:  # their writers have them still, and bring them again
            waiting.connection.close(TRY_AGAIN)


def _answer(batch: list[_Waiting], refused: Refused) -> None:
    kept: dict[Room, list[bytes]] = {}
    for waiting in batch:
        connection = waiting.connection
        code = refused.get((waiting.room.item_id, connection.writer.session_id))
        if code is not None:
            connection.close(code)
            continue
        kept.setdefault(waiting.room, []).append(waiting.content)
        connection.kept += 1
    for room, contents in kept.items():
        room.take(contents)
    for connection in {waiting.connection for waiting in batch}:
        connection.post(protocol.saved(connection.kept))
