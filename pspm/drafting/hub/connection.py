"""One writer's WebSocket: what goes out is queued, what comes in is counted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, cast

from pspm.drafting.hub.admission import Watcher, Writer

Send = Callable[[dict[str, Any]], Awaitable[None]]
MAX_QUEUE = 1_000
"""Messages that may wait for a slow reader; past that it is cut off, and catches up when it comes back."""
MESSAGES_A_SECOND = 60
BURST = 600
MAX_MESSAGE_BYTES = 1_048_576
TOO_MUCH, TRY_AGAIN = 4413, 1013
SERVER_OPTIONS: dict[str, Any] = {
    "ws": "websockets-sansio",
    "ws_max_size": MAX_MESSAGE_BYTES,
    "ws_per_message_deflate": False,
    "log_level": "warning",
    "access_log": False,
}
"""How uvicorn is to serve the hub: edits are small, compressing each costs more than it saves."""


class Connection:
    """What is known of one open WebSocket."""

    def __init__(self, guest: Writer | Watcher, send: Send) -> None:
        self.guest = guest
        self.clients: dict[int, int] = {}
        """The clocks of the awareness states that came over this connection."""
        self.kept = 0
        """How many of its content messages are on disk."""
        self.close_code: int | None = None
        self._send = send
        self._queue: asyncio.Queue[bytes | None] = asyncio.Queue(MAX_QUEUE)
        self._allowance = float(BURST)
        self._counted_at = time.monotonic()

    @property
    def writer(self) -> Writer:
        """The guest of a room; a lobby's are Watchers."""
        return cast("Writer", self.guest)

    def post(self, message: bytes) -> None:
        """Send when there is time; never waits."""
        try:
            self._queue.put_nowait(message)
        except asyncio.QueueFull:
            self.close(TRY_AGAIN)

    def close(self, code: int) -> None:
        """End the connection after what is queued, or at once where the queue is full."""
        if self.close_code is not None:
            return
        self.close_code = code
        while True:
            try:
                self._queue.put_nowait(None)
            except asyncio.QueueFull:
                self._queue.get_nowait()
            else:
                return

    def is_within_rate(self) -> bool:
        """Count one message; False when they come faster than people and their programs type."""
        moment = time.monotonic()
        earned = (moment - self._counted_at) * MESSAGES_A_SECOND
        self._allowance = min(BURST, self._allowance + earned) - 1
        self._counted_at = moment
        return self._allowance >= 0

    async def send_queued(self) -> None:
        """Send what is queued until the connection is closed."""
        while (message := await self._queue.get()) is not None:
            await self._send({"type": "websocket.send", "bytes": message})
        await self._send({"type": "websocket.close", "code": self.close_code or 1000})
