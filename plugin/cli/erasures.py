"""`aftercare erasures`: keeps what was erased erased."""

import click

from plugin.cli.installation import installation


@click.group("erasures")
def command() -> None:
    """Keep what was erased erased."""


@command.command("replay")
def replay() -> None:
    """Erase again whom the erasure list names. Commands do so first, and workers as they start."""
    with installation():
        click.echo("Everybody on the erasure list is erased.")
