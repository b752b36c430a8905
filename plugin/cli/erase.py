"""`aftercare erase`: forgets a person."""

import click

from plugin.cli.installation import installation
from plugin.usecases.erase_everywhere import Places, erase_everywhere
from plugin.usecases.find_shop import find_merchant


@click.command("erase")
@click.option("--email", required=True, help="Whose data to destroy.")
@click.option("--merchant", metavar="NAME", help="The merchant, when there are several.")
@click.confirmation_option("--yes", prompt="Everything personal about them is destroyed for good. Go on?")
def command(email: str, merchant: str | None) -> None:
    """Destroy everything personal about the person with this e-mail, files too; their orders' facts remain."""
    with installation() as runtime:
        deps = runtime.deps
        owner = find_merchant(merchant, directory=deps.directory, units=deps.units)
        places = Places(deps.units, deps.evidence, deps.mailbox)
        erasure, files = erase_everywhere(email, merchant=owner.id, places=places, now=deps.clock.now())
    if erasure.person is None and not (erasure.parked or erasure.mails or erasure.waiting):
        raise click.ClickException("Nobody with this e-mail is on record.")
    removed = f"parked records removed {erasure.parked}, unsent mail removed {erasure.mails}"
    click.echo(
        f"erased {int(erasure.person is not None)}, {removed}, messages removed {erasure.waiting}, files {files}"
    )
