"""Changes of plans: `from pspm.plans import services as plan_services`."""

from pspm.plans.services.items import add_item, delete_item, move_item, restore_item, save_item
from pspm.plans.services.merging import EditConflict, FieldConflict, Saved
from pspm.plans.services.plans import create_plan, import_snapshot

__all__ = [
    "EditConflict",
    "FieldConflict",
    "Saved",
    "add_item",
    "create_plan",
    "delete_item",
    "import_snapshot",
    "move_item",
    "restore_item",
    "save_item",
]
