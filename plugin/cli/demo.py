"""`aftercare demo`: a store to look at."""

import click

from plugin.cli.installation import installation
from plugin.demo.load import SHOPS, load_demo


@click.group("demo")
def command() -> None:
    """A store to look at, with orders in every state."""


@command.command("load")
def load() -> None:
    """Load the demo store, its dates moved to today; loading it again changes nothing."""
    with installation() as runtime:
        demo = load_demo(runtime.deps)
    if not demo.tally:
        click.echo("The demo is loaded already.")
        return
    told = ", ".join(f"{outcome} {count}" for outcome, count in sorted(demo.tally.items()))
    click.echo(f"Loaded {' and '.join(SHOPS.values())}: {told}.")
    click.echo("Recorded dates were moved so that the newest orders are of today.")
