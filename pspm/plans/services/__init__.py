"""Changes of plans: `from pspm.plans import services as plan_services`."""

from pspm.plans.services.history import restore_revision
from pspm.plans.services.items import add_item, delete_item, move_item, restore_item, save_item
from pspm.plans.services.lifecycle import (
    approve_plan,
    delete_plan,
    end_consultation,
    revise_plan,
    start_consultation,
)
from pspm.plans.services.members import (
    accept_invitation,
    change_role,
    invite_member,
    remove_member,
    send_invitation,
)
from pspm.plans.services.merging import EditConflict, FieldConflict, Saved
from pspm.plans.services.plans import check_new_plan, create_plan, import_snapshot
from pspm.plans.services.settings import save_settings, settings_of

__all__ = [
    "EditConflict",
    "FieldConflict",
    "Saved",
    "accept_invitation",
    "add_item",
    "approve_plan",
    "change_role",
    "check_new_plan",
    "create_plan",
    "delete_item",
    "delete_plan",
    "end_consultation",
    "import_snapshot",
    "invite_member",
    "move_item",
    "remove_member",
    "restore_item",
    "restore_revision",
    "revise_plan",
    "save_item",
    "save_settings",
    "send_invitation",
    "settings_of",
    "start_consultation",
]
