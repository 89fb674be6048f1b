"""Addresses that files carry."""

from __future__ import annotations

from flask import current_app, url_for

from pspm.plans.models import Version
from pspm.practices.models import Practice


def version_address(version: Version) -> str:
    """The permanent address of a version, as its files say it."""
    plan = version.plan.public_id
    return _public(url_for("plans.version_show", plan=plan, number=version.number))


def practice_address(practice: Practice) -> str:
    return _public(url_for("practices.practice_show", practice=practice.public_id))


def _public(path: str) -> str:
    return f"{current_app.config['PUBLIC_URL']}{path}"
