"""Forms of a plan's members."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectField
from wtforms.validators import Email, Length

from pspm.core.forms import BaseForm, Filled
from pspm.plans.models import PlanRole
from pspm.plans.terms import term


def _roles() -> list[tuple[str, Any]]:
    return [(role.value, term(role)) for role in PlanRole]


class RoleForm(BaseForm):
    role = SelectField(
        _l("Role"),
        choices=_roles,
        default=PlanRole.DRAFTER.value,
        description=_l(
            "Coordinators run the plan and decide, drafters write, reviewers read the draft and comment."
        ),
    )

    @property
    def chosen(self) -> PlanRole:
        return PlanRole(self.role.data)


class InvitationForm(RoleForm):
    email = EmailField(
        _l("E-mail address of the person"),
        validators=[
            Filled(_l("Type an e-mail address.")),
            Length(max=254, message=_l("This address is too long.")),
            Email(message=_l("This is not an e-mail address; it should look like name@example.org.")),
        ],
        description=_l("Colleagues, people of other bodies, also without an account yet."),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
