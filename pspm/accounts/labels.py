"""The words for the enums of `accounts`, in the reader's language."""

from flask_babel import lazy_gettext as _l

from pspm.accounts.models import BodyKind, BodyRole

BODY_KINDS = {
    BodyKind.MINISTRY: _l("Ministry or Presidency of the Council"),
    BodyKind.AGENCY: _l("National authority, agency or institute"),
    BodyKind.REGION: _l("Region or autonomous province"),
    BodyKind.LOCAL: _l("Municipality, province or other local body"),
    BodyKind.HEALTH: _l("Health"),
    BodyKind.EDUCATION: _l("University, school or research"),
    BodyKind.IN_HOUSE: _l("In-house or publicly owned company"),
    BodyKind.OTHER_PUBLIC: _l("Other public body"),
    BodyKind.PRIVATE: _l("Private organisation"),
}
BODY_ROLES = {
    BodyRole.MEMBER: _l("Member"),
    BodyRole.PLANNER: _l("Planner"),
    BodyRole.MANAGER: _l("Manager"),
}
ROLE_NOTES = {
    BodyRole.MEMBER: _l("speaks for the body in consultations"),
    BodyRole.PLANNER: _l("also writes its plans and practices"),
    BodyRole.MANAGER: _l("also looks after its members and its data"),
}
