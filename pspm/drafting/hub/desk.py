"""The database's side of the hub: services run in threads, each in one transaction of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from flask import Flask

from pspm.core.database import reading
from pspm.core.ids import new_public_id
from pspm.drafting import queries, services
from pspm.drafting.hub.admission import Admitted, Watcher, admit
from pspm.drafting.queries import Foreign
from pspm.drafting.services import Edit, Settled
from pspm.extensions import db

T = TypeVar("T")
Refused = Mapping[tuple[int, str], int]


@dataclass(frozen=True)
class News:
    """Edits that other processes took in; the stamps of the documents by item, and of the plans."""

    foreign: list[Foreign]
    stamps: dict[int, int]
    plans: dict[int, int]


class Desk:
    """Writes stand in one line, so that many edits share a commit; readers do not wait for them."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._name = new_public_id()
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="live-write")
        self._reading = ThreadPoolExecutor(2, thread_name_prefix="live-read")

    async def admit(self, scope: dict[str, Any], kind: str, public_id: str) -> Admitted:
        return await self._run(self._reading, partial(admit, self._app, scope, kind, public_id))

    async def check(self, writers: set[tuple[int, str]]) -> Refused:
        return await self._run(self._reading, partial(self._check, writers))

    async def check_watchers(self, watchers: set[Watcher]) -> set[Watcher]:
        """Those of the watchers who may not look any more."""
        return await self._run(self._reading, partial(self._check_watchers, watchers))

    async def open(self, item_id: int) -> Settled:
        return await self._write(partial(_open, item_id))

    async def keep(self, edits: list[Edit]) -> Refused:
        return await self._write(partial(services.keep_edits, edits=edits, hub=self._name))

    async def settle(self, item_id: int) -> Settled | None:
        return await self._write(partial(_settle, item_id))

    async def look(self, item_ids: set[int], plan_ids: set[int], after: int) -> News:
        """What other processes did to these items, and how far these plans are."""
        return await self._run(self._reading, partial(self._look, item_ids, plan_ids, after))

    async def list_unsettled(self) -> list[int]:
        return await self._write(lambda: list(queries.list_unsettled()))

    def _check(self, writers: set[tuple[int, str]]) -> Refused:
        with self._app.app_context(), reading():
            return services.check_writers(writers=writers)

    def _check_watchers(self, watchers: set[Watcher]) -> set[Watcher]:
        with self._app.app_context(), reading():
            return {each for each in watchers if not services.may_watch(each.plan_id, each.session_id)}

    def _look(self, item_ids: set[int], plan_ids: set[int], after: int) -> News:
        with self._app.app_context(), reading():
            foreign = queries.list_foreign(item_ids, hub=self._name, after=after)
            return News(foreign, queries.list_stamps(item_ids), queries.list_plan_stamps(plan_ids))

    async def _write(self, work: Callable[[], T]) -> T:
        return await self._run(self._writing, partial(self._commit, work))

    def _commit(self, work: Callable[[], T]) -> T:
        with self._app.app_context():
            try:
                result = work()
                db.session.commit()
            except BaseException:
                db.session.rollback()
                raise
            return result

    async def _run(self, pool: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(pool, work)


def _open(item_id: int) -> Settled:
    (item,) = queries.list_items([item_id])
    return services.open_text(item=item)


def _settle(item_id: int) -> Settled | None:
    (item,) = queries.list_items([item_id])
    return services.settle_text(item=item)
