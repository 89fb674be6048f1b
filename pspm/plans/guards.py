"""An approved version never changes: the session refuses to update or delete one."""

from __future__ import annotations

from typing import Any, NoReturn

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from pspm.plans.models import Version


class VersionIsFrozen(RuntimeError):
    """A mistake in the code, not of a person: versions are only ever added."""


@event.listens_for(Version, "before_update")
@event.listens_for(Version, "before_delete")
def _refuse(_mapper: Any, _connection: Any, version: Version) -> NoReturn:
    raise VersionIsFrozen(f"version {version.number} of plan {version.plan_id}")


@event.listens_for(Session, "do_orm_execute")
def _refuse_in_bulk(state: ORMExecuteState) -> None:
    if (state.is_update or state.is_delete) and state.bind_mapper is Version.__mapper__:
        raise VersionIsFrozen("bulk change of versions")
