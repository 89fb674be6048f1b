"""One item's text while people write it: its document in memory, those who are here, and where they are."""

from __future__ import annotations

import time

from pycrdt import merge_updates

from pspm.drafting.colours import colour_of
from pspm.drafting.document import EMPTY, Document
from pspm.drafting.hub import protocol
from pspm.drafting.hub.connection import Connection
from pspm.drafting.hub.protocol import Presence
from pspm.drafting.services import Settled

PAUSE_SECONDS = 3.0
"""A burst ends when nobody has typed for so long …"""
BURST_SECONDS = 20.0
"""… or after so long."""


class Room:
    """All connections that write one item's text. It holds only what is on disk."""

    def __init__(self, item_id: int, plan_id: int, settled: Settled) -> None:
        self.item_id = item_id
        self.plan_id = plan_id
        self.document = Document(settled.state)
        self.stamp = settled.stamp
        self.connections: set[Connection] = set()
        self._presences: dict[int, Presence] = {}
        self._first_edit: float | None = None
        self._last_edit = 0.0

    def enter(self, connection: Connection) -> None:
        self.connections.add(connection)
        connection.post(protocol.sync_step1(self.document.vector))
        if self._presences:
            connection.post(protocol.awareness(list(self._presences.values())))

    def leave(self, connection: Connection) -> None:
        self.connections.discard(connection)
        gone = [Presence(client_id, clock + 1, None) for client_id, clock in connection.clients.items()]
        for presence in gone:
            self._presences.pop(presence.client_id, None)
        if gone:
            self._tell(protocol.awareness(gone))

    def answer(self, connection: Connection, vector: bytes) -> None:
        """Send what the client lacks; raises ValueError if `vector` is none."""
        connection.post(protocol.sync_step2(self.document.missing(vector)))

    def take(self, contents: list[bytes]) -> None:
        """Edits that are on disk now: everybody sees them, in one message.

        Their writers too, to whom they are no news: with many writers one message for all costs less than
        one for each that leaves out their own.
        """
        edits = [content for content in contents if content != EMPTY]
        if not edits or not self._show(merge_updates(*edits)):
            return
        self._last_edit = time.monotonic()
        self._first_edit = self._first_edit or self._last_edit

    def take_foreign(self, content: bytes) -> None:
        """An edit that another process took in, which will make a revision of it too."""
        self._show(content)

    def take_settled(self, settled: Settled) -> None:
        """The document as forms and other processes left it: what was not seen here is seen now."""
        if settled.stamp == self.stamp:
            return
        before = self.document.vector
        self.document.apply(settled.state)
        self.stamp = settled.stamp
        self._tell(protocol.sync_update(self.document.missing(before)))

    def take_presence(self, connection: Connection, presences: list[Presence]) -> None:
        """Pass on where a client is, if it says no other name than its own."""
        own = [presence for presence in presences if self._is_own(connection, presence)]
        for presence in own:
            connection.clients[presence.client_id] = presence.clock
            if presence.state is None:
                self._presences.pop(presence.client_id, None)
            else:
                self._presences[presence.client_id] = presence
        if own:
            self._tell(protocol.awareness(own), connection)

    def list_people(self) -> dict[str, dict[str, str]]:
        """Where those are who are here, with name and colour, by their public ids."""
        writers = {connection.writer for connection in self.connections}
        return {
            each.user_id: {"item": each.item, "name": each.name, "color": colour_of(each.user_id)}
            for each in writers
        }

    def tell_presences(self, connection: Connection) -> None:
        connection.post(protocol.awareness(list(self._presences.values())))

    def is_due(self, moment: float) -> bool:
        """Whether a burst has ended, and its edits wait to become revisions."""
        if self._first_edit is None:
            return False
        paused = moment - self._last_edit >= PAUSE_SECONDS
        return paused or moment - self._first_edit >= BURST_SECONDS or not self.connections

    def begin_burst(self) -> None:
        """What was typed until now is being settled; what comes next is a new burst."""
        self._first_edit = None

    @property
    def is_empty(self) -> bool:
        return not self.connections and self._first_edit is None

    def _is_own(self, connection: Connection, presence: Presence) -> bool:
        if any(presence.client_id in other.clients for other in self.connections if other is not connection):
            return False
        if presence.state is None:
            return presence.client_id in connection.clients
        user = presence.state.get("user")
        writer = connection.writer
        return isinstance(user, dict) and (user.get("id"), user.get("name")) == (writer.user_id, writer.name)

    def _show(self, content: bytes) -> bool:
        if not self.document.apply(content):
            return False
        self._tell(protocol.sync_update(content))
        return True

    def _tell(self, message: bytes, source: Connection | None = None) -> None:
        for connection in self.connections:
            if connection is not source:
                connection.post(message)
