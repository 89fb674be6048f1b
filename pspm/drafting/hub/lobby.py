"""Those who look at a plan's outline: they are told when it has changed, and who writes where."""

from __future__ import annotations

from pspm.drafting.hub import protocol
from pspm.drafting.hub.connection import Connection

Person = dict[str, str]
"""The item's public id, the writer's name and colour."""


class Lobby:
    """All who look at the outline of one plan."""

    def __init__(self) -> None:
        self.connections: set[Connection] = set()
        self._told: tuple[int, list[Person]] | None = None

    def enter(self, connection: Connection) -> None:
        self.connections.add(connection)
        if self._told is not None:
            connection.post(_news(*self._told))

    def tell(self, stamp: int, people: list[Person]) -> None:
        """Pass on what is new: the plan's stamp, and who is in which text."""
        if self._told == (stamp, people):
            return
        self._told = (stamp, people)
        for connection in self.connections:
            connection.post(_news(stamp, people))


def _news(stamp: int, people: list[Person]) -> bytes:
    return protocol.news(kind="plan", stamp=stamp, people=people)
