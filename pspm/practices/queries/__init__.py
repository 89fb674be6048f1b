"""Named reads of `practices`: `from pspm.practices import queries`."""

from pspm.practices.queries.entries import (
    count_attachments,
    get_attachment,
    get_practice,
    is_file_used,
    list_bodies_for,
    list_curators,
    list_hashes,
    list_own,
    list_queue,
    list_remarks,
    lock_file,
    lock_practice,
)
from pspm.practices.queries.links import (
    LINKABLE,
    LinkedItem,
    find_items_to_link,
    get_item,
    is_linked,
    list_linked_items,
    list_practices_of,
)
from pspm.practices.queries.published import (
    WINDOW,
    Found,
    find_search_entry,
    list_latest,
    search_published,
)

__all__ = [
    "LINKABLE",
    "WINDOW",
    "Found",
    "LinkedItem",
    "count_attachments",
    "find_items_to_link",
    "find_search_entry",
    "get_attachment",
    "get_item",
    "get_practice",
    "is_file_used",
    "is_linked",
    "list_bodies_for",
    "list_curators",
    "list_hashes",
    "list_latest",
    "list_linked_items",
    "list_own",
    "list_practices_of",
    "list_queue",
    "list_remarks",
    "lock_file",
    "lock_practice",
    "search_published",
]
