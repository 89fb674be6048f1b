"""The ASGI app: WebSockets are served here, everything else by the pages' app."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from flask import Flask

from pspm.drafting.document import is_update
from pspm.drafting.hub import protocol
from pspm.drafting.hub.admission import Watcher, Writer
from pspm.drafting.hub.connection import MAX_MESSAGE_BYTES, TOO_MUCH, Connection
from pspm.drafting.hub.desk import Desk
from pspm.drafting.hub.keeper import Keeper
from pspm.drafting.hub.lobby import Lobby, Person
from pspm.drafting.hub.room import Room
from pspm.drafting.lib0 import Malformed, Reader
from pspm.drafting.services import Refusal

log = logging.getLogger(__name__)
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]
PATH = re.compile(r"/live/(items|plans)/([0-9a-z]{1,40})")
TICK_SECONDS = 0.5
LOOK_SECONDS = 0.3
CHECK_SECONDS = 5.0
LEFTOVERS_SECONDS = 30.0
GOODBYE_SECONDS = 5.0
MALFORMED = 1003


class Hub:
    """All rooms of this process."""

    def __init__(self, app: Flask, pages: ASGIApp) -> None:
        self._pages = pages
        self._desk = Desk(app)
        self._keeper = Keeper(self._desk)
        self._rooms: dict[int, Room] = {}
        self._lobbies: dict[int, Lobby] = {}
        self._opening: dict[int, asyncio.Task[Room]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._settling: set[asyncio.Task[None]] = set()
        self._seen = 0
        app.extensions["live_hub"] = self

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._serve(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._pages(scope, self._with_lifespan(receive), send)
        else:
            await self._pages(scope, receive, send)

    def notice(self, item_id: int) -> None:
        """An item was changed by a form, in some thread of this process: its writers see it at once."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._settle_soon, item_id)

    def _with_lifespan(self, receive: Receive) -> Receive:
        async def received() -> dict[str, Any]:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._start()
            elif message["type"] == "lifespan.shutdown":
                await self._stop()
            return message

        return received

    def _start(self) -> None:
        self._loop = asyncio.get_running_loop()
        work = (
            self._keeper.run(),
            self._every(TICK_SECONDS, self._settle_bursts),
            self._every(LOOK_SECONDS, self._look_around),
            self._every(CHECK_SECONDS, self._check_writers),
            self._every(CHECK_SECONDS, self._check_watchers),
            self._every(LEFTOVERS_SECONDS, self._settle_leftovers),
        )
        self._tasks = [asyncio.create_task(each) for each in work]

    async def _stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await self._keeper.keep_waiting()
        for room in self._rooms.values():
            await self._settle(room)

    # One connection

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        path = PATH.fullmatch(scope["path"])
        admitted = await self._desk.admit(scope, path[1], path[2]) if path else None
        if admitted is None:
            await send({"type": "websocket.close"})  # before it is accepted: the answer is 403
            return
        await send({"type": "websocket.accept"})
        if isinstance(admitted, Refusal):  # so that the script learns why
            await send({"type": "websocket.close", "code": int(admitted)})
        elif isinstance(admitted, Writer):
            await self._write(Connection(admitted, send), receive)
        else:
            await self._watch(Connection(admitted, send), receive)

    async def _write(self, connection: Connection, receive: Receive) -> None:
        room = await self._enter(connection)
        try:
            await _converse(connection, self._listen(room, connection, receive))
        finally:
            room.leave(connection)

    async def _watch(self, connection: Connection, receive: Receive) -> None:
        plan_id = connection.guest.plan_id
        lobby = self._lobbies.setdefault(plan_id, Lobby())
        lobby.enter(connection)
        try:
            await _converse(connection, _wait_for_leave(connection, receive))
        finally:
            lobby.connections.discard(connection)
            if not lobby.connections:
                self._lobbies.pop(plan_id, None)

    async def _enter(self, connection: Connection) -> Room:
        item_id = connection.writer.item_id
        room = self._rooms.get(item_id)
        if room is None:
            opening = self._opening.get(item_id)
            if opening is None:
                opening = self._opening[item_id] = asyncio.create_task(
                    self._open(item_id, connection.writer.plan_id)
                )
            opened = await asyncio.shield(opening)
            room = self._rooms.setdefault(item_id, opened)
        room.enter(connection)
        return room

    async def _open(self, item_id: int, plan_id: int) -> Room:
        try:
            settled = await self._desk.open(item_id)
            return self._rooms.setdefault(item_id, Room(item_id, plan_id, settled))
        finally:
            del self._opening[item_id]

    async def _listen(self, room: Room, connection: Connection, receive: Receive) -> None:
        """Take what the client says until it leaves; what can't be understood or is too much ends it."""
        while connection.close_code is None:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            content = message.get("bytes") or b""
            if len(content) > MAX_MESSAGE_BYTES or not connection.is_within_rate():
                connection.close(TOO_MUCH)
                return
            try:
                self._take(room, connection, Reader(content))
            except ValueError:
                connection.close(MALFORMED)

    def _take(self, room: Room, connection: Connection, message: Reader) -> None:
        kind = message.number()
        if kind == protocol.SYNC:
            self._take_sync(room, connection, message.number(), message.payload())
        elif kind == protocol.AWARENESS:
            room.take_presence(connection, list(protocol.read_awareness(message.payload())))
        elif kind == protocol.ASK_AWARENESS:
            room.tell_presences(connection)
        else:
            raise Malformed("unknown kind")

    def _take_sync(self, room: Room, connection: Connection, step: int, content: bytes) -> None:
        if step == protocol.STEP1:
            room.answer(connection, content)
        elif step in (protocol.STEP2, protocol.UPDATE) and is_update(content):
            self._keeper.add(room, connection, content)
        else:
            raise Malformed("no update")

    # What is done without being asked

    async def _every(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        """Do `work` again and again; a failure (a database that is away) is told, and the next try comes."""
        while True:
            await asyncio.sleep(seconds)
            try:
                await work()
            except Exception:
                log.exception("%s failed", work.__name__)

    async def _settle_bursts(self) -> None:
        for room in list(self._rooms.values()):
            if room.is_due(time.monotonic()):
                await self._settle(room)
            elif room.is_empty:
                del self._rooms[room.item_id]

    def _settle_soon(self, item_id: int) -> None:
        room = self._rooms.get(item_id)
        if room is not None:
            task = asyncio.create_task(self._settle(room))
            self._settling.add(task)
            task.add_done_callback(self._settling.discard)

    async def _settle(self, room: Room) -> None:
        room.begin_burst()
        try:
            settled = await self._desk.settle(room.item_id)
        except Exception:
            log.exception("the text of item %s could not be settled", room.item_id)
            return
        if settled is not None:
            room.take_settled(settled)

    async def _settle_leftovers(self) -> None:
        """What a server that was killed had on disk, but in no revision."""
        for item_id in await self._desk.list_unsettled():
            if item_id not in self._rooms:
                await self._desk.settle(item_id)

    async def _look_around(self) -> None:
        """What other processes took in is seen here too, without the two knowing each other."""
        if not self._rooms and not self._lobbies:
            return
        news = await self._desk.look(set(self._rooms), set(self._lobbies), self._seen)
        for edit in news.foreign:
            self._seen = max(self._seen, edit.id)
            if edit.item_id in self._rooms:
                self._rooms[edit.item_id].take_foreign(edit.content)
        for item_id, stamp in news.stamps.items():
            if item_id in self._rooms and stamp > self._rooms[item_id].stamp:
                self._settle_soon(item_id)
        for plan_id, lobby in self._lobbies.items():
            if plan_id in news.plans:
                lobby.tell(news.plans[plan_id], self._people_of(plan_id))

    def _people_of(self, plan_id: int) -> list[Person]:
        rooms = [room for room in self._rooms.values() if room.plan_id == plan_id]
        return [person for room in rooms for _id, person in sorted(room.list_people().items())]

    async def _check_writers(self) -> None:
        """Rights change while people write: whoever has lost theirs sees no further word."""
        connections = [each for room in self._rooms.values() for each in room.connections]
        writers = {(each.writer.item_id, each.writer.session_id) for each in connections}
        refused = await self._desk.check(writers) if writers else {}
        for each in connections:
            code = refused.get((each.writer.item_id, each.writer.session_id))
            if code is not None:
                each.close(code)

    async def _check_watchers(self) -> None:
        connections = [each for lobby in self._lobbies.values() for each in lobby.connections]
        watchers = {each.guest for each in connections if isinstance(each.guest, Watcher)}
        refused = await self._desk.check_watchers(watchers) if watchers else set()
        for each in connections:
            if each.guest in refused:
                each.close(Refusal.NOT_ALLOWED)


async def _converse(connection: Connection, listen: Coroutine[Any, Any, None]) -> None:
    """Send and listen until one of both is done."""
    sending, listening = asyncio.create_task(connection.send_queued()), asyncio.create_task(listen)
    try:
        await asyncio.wait({sending, listening}, return_when=asyncio.FIRST_COMPLETED)
        if connection.close_code is not None:
            await asyncio.wait({sending}, timeout=GOODBYE_SECONDS)
    finally:
        for task in (sending, listening):
            task.cancel()
        await asyncio.gather(sending, listening, return_exceptions=True)


async def _wait_for_leave(connection: Connection, receive: Receive) -> None:
    """Watchers have nothing to say but that they are there."""
    while (await receive())["type"] != "websocket.disconnect":
        if not connection.is_within_rate():
            connection.close(TOO_MUCH)
            return
