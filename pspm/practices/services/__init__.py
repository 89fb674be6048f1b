"""Changes in `practices`: writing an entry, checking it, its files and its links to plans."""

from pspm.practices.services.attachments import MAX_FILES, add_attachment, delete_attachment
from pspm.practices.services.links import link_item, unlink_item
from pspm.practices.services.review import (
    publish_practice,
    recall_practice,
    return_practice,
    submit_practice,
)
from pspm.practices.services.writing import (
    FIELDS,
    EditConflict,
    check_deletable,
    create_practice,
    delete_draft,
    save_practice,
)

__all__ = [
    "FIELDS",
    "MAX_FILES",
    "EditConflict",
    "add_attachment",
    "check_deletable",
    "create_practice",
    "delete_attachment",
    "delete_draft",
    "link_item",
    "publish_practice",
    "recall_practice",
    "return_practice",
    "save_practice",
    "submit_practice",
    "unlink_item",
]
