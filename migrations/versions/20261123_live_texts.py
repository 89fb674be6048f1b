"""Texts that several people write at once, and the edits that wait for a revision.

Revision ID: 0004_live_texts
Revises: 0003_contribution_language
"""

import sqlalchemy as sa
from alembic import op


revision = '0004_live_texts'
down_revision = '0003_contribution_language'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('live_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.LargeBinary(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('stamp', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_live_text_item_id_item')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_live_text')),
    sa.UniqueConstraint('item_id', name=op.f('uq_live_text_item_id'))
    )
    op.create_table('live_edit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('live_text_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('hub', sa.String(length=12), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_live_edit_author_id_user')),
    sa.ForeignKeyConstraint(['live_text_id'], ['live_text.id'], name=op.f('fk_live_edit_live_text_id_live_text')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_live_edit'))
    )
    with op.batch_alter_table('live_edit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_live_edit_live_text_id'), ['live_text_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('live_edit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_live_edit_live_text_id'))

    op.drop_table('live_edit')
    op.drop_table('live_text')
