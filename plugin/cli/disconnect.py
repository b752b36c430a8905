"""`aftercare disconnect`: stops reading a shop."""

import click

from plugin.cli.installation import installation
from plugin.usecases.disconnect_shop import disconnect_shop
from plugin.usecases.find_shop import find_shop


@click.command("disconnect")
@click.option("--shop", "shop_name", required=True, metavar="NAME", help="The shop.")
@click.option("--merchant", metavar="NAME", help="The shop's merchant, when there are several.")
def command(shop_name: str, merchant: str | None) -> None:
    """Forget a shop's keys; everything read from it stays."""
    with installation() as runtime:
        deps = runtime.deps
        shop = find_shop(shop_name, merchant, directory=deps.directory, units=deps.units)
        disconnect_shop(shop, units=deps.units)
    click.echo(f"Disconnected {shop.name!r}: its keys are forgotten.")
