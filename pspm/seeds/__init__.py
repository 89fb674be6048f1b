"""The sample data: people, bodies, plans, consultations and practices, loaded through the services."""

from __future__ import annotations

from pspm.accounts import queries as account_queries
from pspm.seeds.accounts import PASSWORD as PASSWORD
from pspm.seeds.accounts import list_people as list_people
from pspm.seeds.accounts import load_accounts, load_waiting
from pspm.seeds.plans import load_plans
from pspm.seeds.practices import load_practices
from pspm.seeds.sample import Sample


def load_sample_data() -> bool:
    """Load everything, for the caller to commit; False if it is there already."""
    if any(account_queries.find_user_by_email(person["email"]) for person in list_people()):
        return False
    sample = Sample()
    load_accounts(sample)
    load_plans(sample)
    load_practices(sample)
    load_waiting(sample)
    return True
