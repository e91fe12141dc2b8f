"""Run by Alembic for every migration: on the connection that schema.py opened, in its transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
