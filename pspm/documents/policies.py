"""Who may do what in `documents`; pure."""

from __future__ import annotations

from typing import Any

from pspm.accounts import policies as account_policies
from pspm.core.jobs import Job
from pspm.plans import policies as plan_policies


def can_import(user: Any) -> bool:
    """Whoever can begin a plan for some body can begin it from a file."""
    return plan_policies.can_create_any(user)


def can_stop(user: Any, job: Job, *, started_here: bool) -> bool:
    """Who asked for a PDF may stop it: by their account, or as a visitor in the same session."""
    if started_here or account_policies.is_admin(user):
        return True
    return bool(user.is_authenticated) and job.created_by_id == user.id


def can_use_upload(user: Any, upload: Job) -> bool:
    """A file that was sent to be imported is for nobody but who sent it."""
    return bool(user.is_authenticated) and upload.created_by_id == user.id
