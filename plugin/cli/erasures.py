"""`aftercare erasures`: keeps what was erased erased."""

import click

from plugin.cli.installation import installation


@click.group("erasures")
def command() -> None:
    """Keep what was erased erased."""


@command.command("replay")
def replay() -> None:
    """Erase again whom the erasure list names; run it after restoring a backup."""
    with installation() as runtime:
        click.echo(f"erased again {runtime.storage.replay_erasures()}")
