"""`aftercare db`: the database itself."""

import click

from plugin.cli.installation import installation


@click.group("db")
def command() -> None:
    """The database itself."""


@command.command("upgrade")
def upgrade() -> None:
    """Bring the schema up to date; the Procfile's release line."""
    with installation():
        click.echo("The database is up to date.")
