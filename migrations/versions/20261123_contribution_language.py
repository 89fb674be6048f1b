"""Contributions know the language that they are written in.

Revision ID: 0003_contribution_language
Revises: 0002_round_plan_title
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_contribution_language"
down_revision = "0002_round_plan_title"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What stands is taken to be in its author's language, or else in the plan's."""
    op.add_column("contribution", sa.Column("language", sa.String(5)))
    op.execute(
        "UPDATE contribution SET language = COALESCE("
        '(SELECT locale FROM "user" WHERE "user".id = contribution.author_id), '
        "(SELECT plan.language FROM plan JOIN round ON round.plan_id = plan.id "
        "WHERE round.id = contribution.round_id))"
    )
    with op.batch_alter_table("contribution") as batch:
        batch.alter_column("language", existing_type=sa.String(5), nullable=False)


def downgrade() -> None:
    op.drop_column("contribution", "language")
