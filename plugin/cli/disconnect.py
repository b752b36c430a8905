"""`aftercare disconnect`: stops reading a shop."""

import click

from plugin.cli.installation import installation
from plugin.domain.disconnection import DisconnectionState
from plugin.usecases.disconnect_shop import disconnect_shop
from plugin.usecases.find_shop import find_shop


@click.command("disconnect")
@click.option("--shop", "shop_name", required=True, metavar="NAME", help="The shop.")
@click.option("--merchant", metavar="NAME", help="The shop's merchant, when there are several.")
def command(shop_name: str, merchant: str | None) -> None:
    """Let a shop go: our webhooks there are taken away, its keys forgotten; everything read from it stays."""
    with installation() as runtime:
        deps = runtime.deps
        shop = find_shop(shop_name, merchant, directory=deps.directory, units=deps.units)
        begun = disconnect_shop(shop, units=deps.units, now=deps.clock.now())
    click.echo(f"Disconnected {shop.name!r}: it is read no more.")
    if begun.state is DisconnectionState.REMOVED:
        click.echo("Its tokens are forgotten. Uninstall the app in the shop's admin as well.")
        return
    click.echo("The worker takes our webhooks away there, then forgets the keys; the Shops page tells how that ended.")
    click.echo(f"Delete the keys at the shop as well: its list shows those that end in {begun.key_ending}.")
