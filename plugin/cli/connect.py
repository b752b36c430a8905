"""`aftercare connect`: connects a WooCommerce shop with pasted keys, or with those its own page hands out."""

import sys

import click

from plugin.cli.installation import installation
from plugin.domain.connection import Credentials
from plugin.domain.ids import MerchantId
from plugin.domain.order import Platform
from plugin.ports.deps import Deps
from plugin.usecases.connect_shop import connect_shop
from plugin.usecases.find_shop import Ambiguous, candidates, find_merchant
from plugin.usecases.open_shop import open_merchant
from plugin.usecases.request_keys import request_keys


@click.command("connect")
@click.option("--address", required=True, metavar="URL", help="The shop's address, as in the browser.")
@click.option("--merchant", metavar="NAME", help="The merchant the shop joins, when there are several.")
@click.option("--join", "join_code", metavar="CODE", help="An owner's code instead, by which the shop joins.")
@click.option("--ask", is_flag=True, help="Print the address of the shop's own page, which hands out keys on a yes.")
def command(address: str, merchant: str | None, join_code: str | None, *, ask: bool) -> None:
    """Connect a WooCommerce shop: its consumer key and secret are asked for, or read from two lines of standard input.

    Connecting a connected shop again replaces its keys. Keys never stand on the command line, which others can read.
    """
    if merchant and join_code:
        raise click.UsageError("--merchant and --join exclude each other.")
    if ask and join_code:
        raise click.UsageError("--ask and --join exclude each other.")
    if ask:
        _ask(address, merchant)
        return
    credentials = _pasted()
    with installation() as runtime:
        deps = runtime.deps
        connected = connect_shop(
            address,
            credentials,
            owner=None if join_code else _owner(merchant, deps),
            join_code=join_code,
            sources=deps.sources,
            directory=deps.directory,
            units=deps.units,
            ids=deps.ids,
            secrets=deps.secrets,
            now=deps.clock.now(),
        )
    found = connected.found
    click.echo(f"Connected {found.name} (WooCommerce {found.version or 'of a version it does not tell'})")
    click.echo(f"at {found.address}, here called {connected.shop.name!r}.")
    click.echo("The worker begins to read it within half a minute; `aftercare connections` tells how far it is.")


def _ask(address: str, merchant: str | None) -> None:
    """Print where somebody who may manage the shop says yes; the keys come to us and connect it."""
    with installation() as runtime:
        deps, now = runtime.deps, runtime.deps.clock.now()
        owner = open_merchant(merchant, directory=deps.directory, units=deps.units, ids=deps.ids, now=now)
        asked = request_keys(
            address,
            merchant=owner.id,
            asked_by=None,
            public_url=deps.public_url,
            exchange=deps.exchanges[Platform.WOOCOMMERCE],
            units=deps.units,
            ids=deps.ids,
            secrets=deps.secrets,
            now=now,
        )
    click.echo(asked.page)
    click.echo(f"Holds until {asked.request.expires_at:%Y-%m-%d %H:%M} UTC. It is shown only now.", err=True)


def _pasted() -> Credentials:
    """Key and secret: typed without echo at a terminal, else the first two lines of standard input."""
    if sys.stdin.isatty():
        return Credentials(
            click.prompt("Consumer key", hide_input=True), click.prompt("Consumer secret", hide_input=True)
        )
    return Credentials(sys.stdin.readline().strip(), sys.stdin.readline().strip())


def _owner(name: str | None, deps: Deps) -> MerchantId | None:
    """The merchant named, or the only one; none yet: the shop gets one of its own."""
    if name is not None:
        return find_merchant(name, directory=deps.directory, units=deps.units).id
    owners = candidates(None, directory=deps.directory, units=deps.units)
    if len(owners) > 1:
        raise Ambiguous({"field": "merchant"})
    return owners[0].id if owners else None
