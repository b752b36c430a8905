"""`aftercare rebuild`: computes what lists and reminders rest on again."""

import click

from plugin.cli.installation import installation
from plugin.usecases.claim.rebuild import rebuild_claims
from plugin.usecases.find_shop import find_merchant
from plugin.usecases.rebuild_entitlements import rebuild_entitlements


@click.command("rebuild")
@click.option("--merchant", "name", metavar="NAME", help="One merchant only.")
def command(name: str | None) -> None:
    """Compute every stored projection again; nothing is written where nothing changed."""
    with installation() as runtime:
        deps = runtime.deps
        owners = deps.directory.merchants()
        if name is not None:
            owners = [find_merchant(name, directory=deps.directory, units=deps.units)]
        now = deps.clock.now()
        rebuilt = [rebuild_entitlements((), merchant=o.id, units=deps.units, law=deps.law, now=now) for o in owners]
        told = [rebuild_claims(merchant=owner.id, units=deps.units) for owner in owners]
        click.echo(f"rebuilt {sum(rebuilt) + sum(told)}")
