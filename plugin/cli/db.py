"""`aftercare db`: the database itself."""

import click

from plugin.cli.installation import installation
from plugin.ports.vitals import SchemaState


@click.group("db")
def command() -> None:
    """The database itself."""


@command.command("upgrade")
def upgrade() -> None:
    """Bring the schema up to date; the Procfile's release line."""
    with installation() as runtime:
        if runtime.deps.vitals.schema() is SchemaState.NEWER:
            click.echo("A newer version has upgraded the database already: nothing was changed.")
        else:
            click.echo("The database is up to date.")
