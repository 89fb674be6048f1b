"""Texts that people write at the same time: the shared document of an item's text, and its newest edits.

The item's column stays canonical (Markdown); history, search and files read that. The document is what lets
the words of several writers flow together: a CRDT in the encoding of Yjs, version 1.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pspm.accounts.models import User
from pspm.core.columns import Created
from pspm.core.ids import LENGTH
from pspm.extensions import Model
from pspm.plans.models import Item


class LiveText(Created, Model):
    """The shared document of an item's text as of the item's last revision that is known to it.

    `state` and `text` (the column's Markdown) say the same. The document is never made anew: a writer who
    comes back with edits of last week merges them into it.
    """

    __tablename__ = "live_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), unique=True)
    state: Mapped[bytes] = mapped_column(LargeBinary)
    text: Mapped[str] = mapped_column(Text)
    stamp: Mapped[int] = mapped_column(default=1)
    """Rises with each new state, so that other processes know that there is one."""

    item: Mapped[Item] = relationship()


class LiveEdit(Created, Model):
    """An edit that its author was told is saved, and that no revision holds yet."""

    __tablename__ = "live_edit"

    id: Mapped[int] = mapped_column(primary_key=True)
    live_text_id: Mapped[int] = mapped_column(ForeignKey("live_text.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    hub: Mapped[str] = mapped_column(String(LENGTH))
    """The process that took it in; the others look for what is not theirs."""
    content: Mapped[bytes] = mapped_column(LargeBinary)

    author: Mapped[User] = relationship()
