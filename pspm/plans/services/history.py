"""Going back to an earlier text: a new revision like any other."""

from __future__ import annotations

from pspm.accounts.models import User
from pspm.core.errors import StateConflict
from pspm.core.i18n import gettext as _
from pspm.plans.fields import decode_fields
from pspm.plans.models import Revision
from pspm.plans.services.items import restore_item, save_item
from pspm.plans.services.merging import Saved


def restore_revision(*, revision: Revision, author: User, expected_revision: int) -> Saved:
    """Give the item the words that it had after `revision`; a deleted item comes back first.

    Its place in the tree stays. `expected_revision` is the one that the person saw as the current one.
    """
    item = revision.item
    was_deleted = item.deleted_at is not None
    if was_deleted:
        restore_item(item=item, author=author)
        expected_revision = item.revision_number
    saved = save_item(
        item=item,
        author=author,
        expected_revision=expected_revision,
        values=decode_fields(item.kind, revision.after),
    )
    if saved.revision is None and not was_deleted:
        raise StateConflict(_("The item reads like this already."))
    return saved
