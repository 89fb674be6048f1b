"""Fields of `accounts` and what can be said of them without the database."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Email, Length, Optional, Regexp, ValidationError

from pspm.accounts.labels import BODY_KINDS, BODY_ROLES
from pspm.accounts.models import BodyKind, BodyRole
from pspm.accounts.passwords import MAX_LENGTH, MIN_LENGTH
from pspm.accounts.websites import website_fault
from pspm.core.forms import BaseForm

PASSWORD_HINT = _l(
    "At least %(count)s characters. Several words that you remember are better than signs and digits.",
    count=MIN_LENGTH,
)


def one_line(value: Any) -> Any:
    """Input filter: line ends and runs of spaces become one space."""
    return " ".join(value.split()) if isinstance(value, str) else value


def _required(message: Any) -> DataRequired:
    return DataRequired(message=message)


def _email(label: Any, **kwargs: Any) -> EmailField:
    return EmailField(
        label,
        validators=[
            _required(_l("Type an e-mail address.")),
            Length(max=254, message=_l("This address is too long.")),
            Email(message=_l("This is not an e-mail address; it should look like name@example.org.")),
        ],
        render_kw={"autocomplete": "email", "spellcheck": "false"},
        **kwargs,
    )


def _name() -> StringField:
    return StringField(
        _l("Name and surname"),
        validators=[
            _required(_l("Type your name.")),
            Length(max=120, message=_l("Use at most 120 characters.")),
        ],
        filters=[one_line],
        description=_l("As others will see it beside what you write."),
        render_kw={"autocomplete": "name"},
    )


def _new_password(label: Any) -> PasswordField:
    return PasswordField(
        label,
        validators=[_required(_l("Choose a password.")), Length(max=MAX_LENGTH)],
        description=PASSWORD_HINT,
        render_kw={"autocomplete": "new-password"},
    )


def _password(label: Any) -> PasswordField:
    return PasswordField(
        label,
        validators=[_required(_l("Type your password.")), Length(max=MAX_LENGTH)],
        render_kw={"autocomplete": "current-password"},
    )


class SignUpForm(BaseForm):
    name = _name()
    email = _email(_l("E-mail address"), description=_l("We send a link there to confirm that it is yours."))
    password = _new_password(_l("Password"))
    next = HiddenField()


def _own_email() -> EmailField:
    """Any text that could be an address: whether it is one does not matter to who has an account."""
    return EmailField(
        _l("E-mail address"),
        validators=[_required(_l("Type your e-mail address.")), Length(max=254)],
        render_kw={"autocomplete": "username", "spellcheck": "false"},
    )


class ConfirmForm(BaseForm):
    password = _password(_l("Password"))


class SignInForm(BaseForm):
    email = _own_email()
    password = _password(_l("Password"))
    remember = BooleanField(
        _l("Keep me signed in on this device"),
        description=_l("For 30 days. Not on a computer that others use."),
    )
    next = HiddenField()


class ResumeForm(BaseForm):
    """Signing in in place. The prefix keeps its fields apart from those of the form that is carried."""

    email = _own_email()
    password = _password(_l("Password"))


class ForgotForm(BaseForm):
    email = _email(_l("E-mail address"))


class ResetForm(BaseForm):
    password = _new_password(_l("New password"))


class ProfileForm(BaseForm):
    name = _name()


class EmailChangeForm(BaseForm):
    email = _email(_l("New e-mail address"), description=_l("We send a link there; the change waits for it."))
    password = _password(_l("Your present password"))


class PasswordChangeForm(BaseForm):
    current_password = _password(_l("Your present password"))
    password = _new_password(_l("New password"))


def _kinds() -> list[tuple[str, Any]]:
    return [("", _l("Choose one")), *((kind.value, label) for kind, label in BODY_KINDS.items())]


def _upper(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


def _check_website(_form: Any, field: StringField) -> None:
    fault = website_fault(field.data or "")
    if fault:
        raise ValidationError(fault)


class BodyForm(BaseForm):
    name = StringField(
        _l("Full name"),
        validators=[_required(_l("Type the name of the body.")), Length(max=300)],
        filters=[one_line],
        description=_l("As its own documents write it, e.g. Ministero dell'Economia e delle Finanze."),
        render_kw={"autocomplete": "organization"},
    )
    acronym = StringField(
        _l("Acronym"),
        validators=[Length(max=40)],
        filters=[one_line],
        description=_l("If it has one, e.g. MEF."),
    )
    kind = SelectField(
        _l("Kind of body"),
        choices=_kinds,
        coerce=str,
        validators=[_required(_l("Choose the kind that fits best."))],
    )
    ipa_code = StringField(
        _l("IPA code"),
        validators=[
            Optional(),
            Length(max=40),
            Regexp(r"^[\w.\-]+$", message=_l("Letters, digits, dot, hyphen and underscore only, e.g. m_ef.")),
        ],
        description=_l(
            "The code in the Italian index of public administrations, e.g. m_ef. Leave empty if none."
        ),
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )
    country = StringField(
        _l("Country"),
        validators=[
            Regexp(r"^[A-Z]{2}$", message=_l("Type the two letters of the country, e.g. IT, ES or LV."))
        ],
        filters=[_upper],
        default="IT",
        description=_l("Two letters, e.g. IT, ES or LV."),
        render_kw={"maxlength": 2, "autocomplete": "country"},
    )
    website = StringField(
        _l("Website"),
        validators=[Optional(), Length(max=300), _check_website],
        description=_l("The full address, e.g. https://www.mef.gov.it."),
        render_kw={"autocomplete": "url", "inputmode": "url"},
    )

    def values(self) -> dict[str, Any]:
        """The fields as the services take them."""
        data = {name: field.data or "" for name, field in self._fields.items() if name != "csrf_token"}
        if "ipa_code" in data:
            data["ipa_code"] = data["ipa_code"] or None
        return data | {"kind": BodyKind(self.kind.data)}


class DeclineForm(BaseForm):
    reason = TextAreaField(
        _l("Reason"),
        validators=[_required(_l("Say why, so that the person knows what to do.")), Length(max=1000)],
        description=_l("The person who asked reads it."),
        render_kw={"rows": 3},
    )


def _roles() -> list[tuple[str, Any]]:
    return [(role.value, label) for role, label in BODY_ROLES.items()]


class RoleForm(BaseForm):
    role = SelectField(_l("Role"), choices=_roles, coerce=str, default=BodyRole.MEMBER.value)

    @property
    def chosen(self) -> BodyRole:
        return BodyRole(self.role.data)


class InvitationForm(RoleForm):
    email = _email(_l("E-mail address of the person"))
