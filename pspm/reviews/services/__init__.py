"""Changes in `reviews`: rounds, contributions and decisions."""

from pspm.reviews.services.contributions import (
    MAX_LENGTH,
    add_contribution,
    edit_contribution,
    withdraw_contribution,
)
from pspm.reviews.services.decisions import (
    draft_decision,
    publish_decisions,
)
from pspm.reviews.services.rounds import (
    close_round,
    create_round,
    start_round,
    update_round,
)

__all__ = [
    "MAX_LENGTH",
    "add_contribution",
    "close_round",
    "create_round",
    "draft_decision",
    "edit_contribution",
    "publish_decisions",
    "start_round",
    "update_round",
    "withdraw_contribution",
]
