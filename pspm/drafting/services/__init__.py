"""Changes of live texts: `from pspm.drafting import services`."""

from pspm.drafting.services.keeping import Edit, Refusal, check_writers, keep_edits, may_watch
from pspm.drafting.services.settling import Settled, open_text, settle_plan, settle_text

__all__ = [
    "Edit",
    "Refusal",
    "Settled",
    "check_writers",
    "keep_edits",
    "may_watch",
    "open_text",
    "settle_plan",
    "settle_text",
]
