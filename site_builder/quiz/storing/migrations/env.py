"""What Alembic runs its steps in: the connection that the server hands over."""

from __future__ import annotations

from alembic import context

from site_builder.quiz.storing.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
