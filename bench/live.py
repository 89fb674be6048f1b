"""Writing together: how soon the others see an edit, and how soon it is on disk."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pycrdt import Doc, XmlFragment
from websockets.asyncio.client import ClientConnection, connect

from bench import data
from bench.pages import environ_of, sign_in
from bench.servers import Server, memory_mb, pspm_server
from config import Settings
from pspm.app import create_app
from pspm.drafting.hub import protocol
from pspm.drafting.lib0 import Reader
from pspm.extensions import db

CLIENTS = (2, 10, 50, 100, 200)
SECONDS = 10
PACE_SECONDS = 0.5
KEYSTROKES = "abc"
WORDS = 1_700
"""About 12 kB."""
AIMS_MS = {50: 50, 200: 250}


def run(folder: Path) -> None:
    environ = environ_of(folder, "live")
    app = create_app(Settings.from_env(environ).as_flask())
    with app.app_context():
        db.create_all()
        people = data.add_people(1)
        item = data.add_draft(people[0], data.prose(WORDS))
        headers, _token = sign_in(app, people[0])
    with pspm_server(environ) as server:
        address = f"{server.url.replace('http', 'ws', 1)}/live/items/{item}"
        for clients in CLIENTS:
            asyncio.run(_measure(server, address, headers, clients))
        print(f"\nall processes after writing together: {memory_mb(server.pid):.0f} MB PSS\n", flush=True)


@dataclass
class Times:
    """Seconds from an edit to where it was seen by the others, and to its confirmation."""

    seen: list[float] = field(default_factory=list)
    kept: list[float] = field(default_factory=list)


class Client:
    """Types into its own place of the text. It reads what comes only as far as the clock needs."""

    def __init__(self, socket: ClientConnection, times: Times, typed: dict[bytes, float]) -> None:
        self.socket = socket
        self.times = times
        self.typed = typed
        """When each writer's marks were typed; shared by all."""
        self.document: Doc[Any] = Doc()
        self.fragment = self.document.get("text", type=XmlFragment)
        self.sent: list[float | None] = []
        """When each counted message left; None for the one with which a client joins."""
        self.kept = 0

    async def join(self) -> None:
        await self.socket.send(protocol.sync_step1(self.document.get_state()))
        while not len(self.fragment.children):
            await self._read()

    async def listen(self) -> None:
        while True:
            await self._read()

    async def type(self, until: float) -> None:
        await asyncio.sleep(random.random() * PACE_SECONDS)
        while time.perf_counter() < until:
            mark = f"{KEYSTROKES}{random.getrandbits(48):012x}"
            before = self.document.get_state()
            with self.document.transaction():
                paragraph: Any = self.fragment.children[0]
                text = paragraph.children[0]
                text.insert(len(text) // 2, mark)
            moment = time.perf_counter()
            self.typed[mark.encode()] = moment
            self.sent.append(moment)
            await self.socket.send(protocol.sync_update(self.document.get_update(before)))
            await asyncio.sleep(PACE_SECONDS)

    async def _read(self) -> None:
        content = await self.socket.recv()
        assert isinstance(content, bytes)
        message = Reader(content)
        kind = message.number()
        if kind == protocol.SAVED:
            self._count(message.number())
        elif kind == protocol.SYNC:
            await self._sync(message.number(), message.payload())

    def _count(self, kept: int) -> None:
        moment = time.perf_counter()
        for number in range(self.kept, kept):
            sent = self.sent[number]
            if sent is not None:
                self.times.kept.append(moment - sent)
        self.kept = kept

    async def _sync(self, step: int, content: bytes) -> None:
        if step == protocol.STEP1:
            self.sent.append(None)
            await self.socket.send(protocol.sync_step2(self.document.get_update(content)))
        elif step == protocol.STEP2:
            self.document.apply_update(content)
        else:
            self._look_for_marks(content)

    def _look_for_marks(self, content: bytes) -> None:
        moment = time.perf_counter()
        start = content.find(KEYSTROKES.encode())
        while start >= 0:
            mark = content[start : start + len(KEYSTROKES) + 12]
            if mark in self.typed:
                self.times.seen.append(moment - self.typed[mark])
            start = content.find(KEYSTROKES.encode(), start + 1)


async def _measure(server: Server, address: str, headers: dict[str, str], number: int) -> None:
    times, typed = Times(), dict[bytes, float]()
    sockets = [
        await connect(
            address, additional_headers=headers, origin=server.url, max_queue=None, compression=None
        )
        for _ in range(number)
    ]
    clients = [Client(socket, times, typed) for socket in sockets]
    for client in clients:
        await client.join()
    listening = [asyncio.create_task(client.listen()) for client in clients]
    until = time.perf_counter() + SECONDS
    await asyncio.gather(*(client.type(until) for client in clients))
    await asyncio.sleep(2)
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    for socket in sockets:
        await socket.close()
    _print_row(number, times)


def _print_row(number: int, times: Times) -> None:
    aim = f"≤ {AIMS_MS[number]}" if number in AIMS_MS else ""
    print(f"| {number} | {_quantiles(times.seen)} | {_quantiles(times.kept)} | {aim} |", flush=True)


def _quantiles(seconds: list[float]) -> str:
    """p50 and p99 in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100)
    return f"{cuts[49] * 1000:.1f}, {cuts[98] * 1000:.1f}"
