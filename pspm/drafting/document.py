"""The shared document of a text, in the encoding of Yjs, version 1."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from pycrdt import Doc, XmlFragment, merge_updates

from pspm.drafting.lib0 import Reader
from pspm.drafting.markdown import to_markdown, write_markdown

log = logging.getLogger(__name__)
NAME = "text"
"""The fragment's name in the document; the page's script knows it too."""
MAX_APPLIED = 200
EMPTY = b"\x00\x00"
"""An update that changes nothing."""


def is_update(content: bytes) -> bool:
    """Whether the bytes are an update at all; what they change is another matter."""
    try:
        # Room is made for as many clients as the first number says, before any is read.
        if Reader(content).number() > len(content):
            return False
        merge_updates(content)
    except ValueError:
        return False
    return True


def new_state(markdown: str) -> bytes:
    """The first state of a document that says `markdown`."""
    document, fragment = _empty()
    with document.transaction():
        write_markdown(fragment, markdown)
    return document.get_update()


class Document:
    """A document that was read from its state. It belongs to the thread that made it."""

    def __init__(self, state: bytes) -> None:
        self._state = state
        self._applied: list[bytes] = []
        self._read()

    def _read(self) -> None:
        self._document, self._fragment = _empty()
        for content in (self._state, *self._applied):
            self._document.apply_update(content)

    def apply(self, content: bytes) -> bool:
        """Take an edit in; one that makes no sense here, though its bytes are an update, is passed over."""
        try:
            self._document.apply_update(content)
        except (ValueError, RuntimeError):
            log.warning("an edit of %s bytes made no sense and is passed over", len(content))
            self._read()
            return False
        self._remember(content)
        return True

    def _remember(self, content: bytes) -> None:
        """Keep what the document can be read from again, should a later edit harm it."""
        self._applied.append(content)
        if len(self._applied) > MAX_APPLIED:
            self._state, self._applied = self.state, []

    def apply_all(self, contents: Iterable[bytes]) -> None:
        for content in contents:
            self.apply(content)

    def write(self, markdown: str) -> None:
        """Change the document to say `markdown`."""
        before = self._document.get_state()
        with self._document.transaction():
            write_markdown(self._fragment, markdown)
        self._remember(self._document.get_update(before))

    @property
    def markdown(self) -> str:
        return to_markdown(self._fragment)

    @property
    def state(self) -> bytes:
        return self._document.get_update()

    @property
    def vector(self) -> bytes:
        """What the document has of each writer, as sync step 1 tells it."""
        return self._document.get_state()

    def missing(self, vector: bytes) -> bytes:
        """The update that brings one who has `vector` up to date; raises ValueError if it is no vector."""
        return self._document.get_update(vector)


def _empty() -> tuple[Doc[Any], XmlFragment]:
    document: Doc[Any] = Doc()
    return document, document.get(NAME, type=XmlFragment)
