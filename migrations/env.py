"""Runs migrations on the connection the app hands over, or on DATABASE_URL for authors at the command line."""

import os

from alembic import context
from sqlalchemy import Connection

from plugin.storage.engine import open_engines
from plugin.storage.tables import metadata


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
        # The job engine keeps its own tables in the same database.
        include_name=lambda name, kind, _parents: kind != "table" or name in metadata.tables,
    )
    context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with open_engines(os.environ["DATABASE_URL"]).write.begin() as own:
        run(own)
