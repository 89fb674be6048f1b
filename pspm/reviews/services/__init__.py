"""Changes in `reviews`: rounds, contributions and decisions."""

from pspm.reviews.services.contributions import (
    add_contribution as add_contribution,
    edit_contribution as edit_contribution,
    withdraw_contribution as withdraw_contribution,
)
from pspm.reviews.services.decisions import (
    draft_decision as draft_decision,
    publish_decisions as publish_decisions,
)
from pspm.reviews.services.rounds import (
    close_round as close_round,
    create_round as create_round,
    start_round as start_round,
    update_round as update_round,
)
