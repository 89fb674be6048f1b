"""What several pages of `documents` load and check, and addresses that files carry."""

from __future__ import annotations

from flask import current_app, url_for
from flask_login import current_user

from pspm.core.web import require
from pspm.documents import policies
from pspm.plans import queries as plan_queries
from pspm.plans.models import Plan, Version
from pspm.practices import policies as practice_policies
from pspm.practices import queries as practice_queries
from pspm.practices.models import Practice


def get_viewable_plan(public_id: str) -> Plan:
    """The plan, for those who may see it at work."""
    plan = plan_queries.get_plan(public_id)
    require(policies.can_see_draft_files(current_user, plan), hide=True)
    return plan


def get_readable_practice(public_id: str) -> Practice:
    practice = practice_queries.get_practice(public_id)
    require(practice_policies.can_view(current_user, practice), hide=True)
    return practice


def version_address(version: Version) -> str:
    """The permanent address of a version, as its files say it."""
    plan = version.plan.public_id
    return _public(url_for("plans.version_show", plan=plan, number=version.number))


def practice_address(practice: Practice) -> str:
    return _public(url_for("practices.practice_show", practice=practice.public_id))


def _public(path: str) -> str:
    return f"{current_app.config['PUBLIC_URL']}{path}"
