"""Numbers and payloads as Yjs writes them (lib0): variable-length numbers, payloads after their length."""

from __future__ import annotations

MAX_VARINT_BYTES = 8


class Malformed(ValueError):
    """The bytes are no message."""


class Reader:
    """Reads a message piece by piece; raises Malformed where it ends too early."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    @property
    def is_at_end(self) -> bool:
        return self._at >= len(self._content)

    def number(self) -> int:
        value = 0
        for place in range(MAX_VARINT_BYTES):
            byte = self._take(1)[0]
            value |= (byte & 127) << (7 * place)
            if byte < 128:
                return value
        raise Malformed("number too long")

    def payload(self) -> bytes:
        return self._take(self.number())

    def words(self) -> str:
        try:
            return self.payload().decode()
        except UnicodeDecodeError as error:
            raise Malformed("no text") from error

    def _take(self, size: int) -> bytes:
        end = self._at + size
        if end > len(self._content):
            raise Malformed("message ends too early")
        taken = self._content[self._at : end]
        self._at = end
        return taken


def number(value: int) -> bytes:
    parts = bytearray()
    while value > 127:
        parts.append(128 | (value & 127))
        value >>= 7
    parts.append(value)
    return bytes(parts)


def payload(content: bytes) -> bytes:
    return number(len(content)) + content
