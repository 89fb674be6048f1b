"""A writer's browser, as far as the wire goes: a document of its own, and what the server said."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from pycrdt import Doc, XmlElement, XmlFragment, XmlText
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from pspm.drafting.hub import protocol
from pspm.drafting.hub.protocol import Presence
from pspm.drafting.lib0 import Reader
from pspm.drafting.markdown import to_markdown

PATIENCE_SECONDS = 20.0


class Typist:
    """Connects, syncs and types; `wait` reads what comes until something is so."""

    def __init__(self, address: str, item: str, cookie: str, origin: str | None = None) -> None:
        self.address = f"{address.replace('http', 'ws', 1)}/live/items/{item}"
        self.cookie = cookie
        self.origin: Any = address if origin is None else origin
        self.document: Doc[Any] = Doc()
        self.fragment = self.document.get("text", type=XmlFragment)
        self.sent = self.saved = 0
        self.close_code: int | None = None
        self.synced = False
        self.presences: dict[int, Any] = {}
        self._open = ExitStack()
        self._socket: ClientConnection | None = None

    def connect(self) -> Typist:
        headers = {"Cookie": f"session={self.cookie}"}
        self.sent = self.saved = 0
        self.close_code, self.synced = None, False
        socket = connect(self.address, origin=self.origin, additional_headers=headers)
        self._socket = self._open.enter_context(socket)
        self.send(protocol.sync_step1(self.document.get_state()))
        self.wait(lambda: (self.synced and self.sent > 0) or self.close_code is not None)
        return self

    def leave(self) -> None:
        self._open.close()

    def send(self, message: bytes) -> None:
        assert self._socket is not None
        try:
            self._socket.send(message)
        except ConnectionClosed as closed:
            self._close(closed)

    @property
    def markdown(self) -> str:
        return to_markdown(self.fragment)

    def type(self, words: str, *, send: bool = True) -> bytes:
        """Add words to the end of the last paragraph; without `send` as if there were no connection."""
        before = self.document.get_state()
        with self.document.transaction():
            if not len(self.fragment.children):
                self.fragment.children.append(XmlElement("paragraph"))
            paragraph = self.fragment.children[len(self.fragment.children) - 1]
            if not len(paragraph.children):
                paragraph.children.append(XmlText())
            text = paragraph.children[0]
            text += words
        update = self.document.get_update(before)
        if send:
            self.push(update)
        return update

    def push(self, update: bytes) -> None:
        self.send(protocol.sync_update(update))
        self.sent += 1

    def show_presence(self, user: dict[str, str] | None) -> None:
        state = None if user is None else {"user": user, "cursor": None}
        presence = Presence(self.document.client_id, int(time.time() * 1000), state)
        self.send(protocol.awareness([presence]))

    def wait(self, condition: Callable[[], bool]) -> None:
        """Read what the server says until `condition` holds."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < deadline, "it did not happen"
            self.read(0.1)

    def wait_saved(self) -> None:
        self.wait(lambda: self.saved >= self.sent)

    def wait_closed(self) -> int:
        self.wait(lambda: self.close_code is not None)
        assert self.close_code is not None
        return self.close_code

    def read(self, seconds: float) -> None:
        """Take one message, if one comes in time."""
        assert self._socket is not None
        try:
            message = self._socket.recv(timeout=seconds)
        except TimeoutError:
            return
        except ConnectionClosed as closed:
            self._close(closed)
            return
        assert isinstance(message, bytes)
        self._take(Reader(message))

    def _close(self, closed: ConnectionClosed) -> None:
        self.close_code = closed.rcvd.code if closed.rcvd else 1006

    def _take(self, message: Reader) -> None:
        kind = message.number()
        if kind == protocol.SYNC:
            self._take_sync(message.number(), message.payload())
        elif kind == protocol.AWARENESS:
            for presence in protocol.read_awareness(message.payload()):
                self.presences[presence.client_id] = presence.state
        elif kind == protocol.SAVED:
            self.saved = message.number()

    def _take_sync(self, step: int, content: bytes) -> None:
        if step == protocol.STEP1:
            self.send(protocol.sync_step2(self.document.get_update(content)))
            self.sent += 1
        else:
            self.document.apply_update(content)
            self.synced = True
