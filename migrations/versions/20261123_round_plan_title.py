"""Rounds keep the title of the plan that they consulted on.

Revision ID: 0002_round_plan_title
Revises: 0001_initial
"""

import sqlalchemy as sa
from alembic import op

revision = "0002_round_plan_title"
down_revision = "0001_initial"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round", sa.Column("plan_title", sa.String(300)))
    op.execute(
        "UPDATE round SET plan_title = (SELECT title FROM plan WHERE plan.id = round.plan_id) "
        "WHERE started_at IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_column("round", "plan_title")
