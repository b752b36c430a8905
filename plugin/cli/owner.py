"""`aftercare owner`: lets people into the merchant admin."""

import click

from plugin.cli.installation import installation
from plugin.documents.letters import SIGN_IN_PATH
from plugin.domain.shop import Role
from plugin.usecases.invite_staff import invite_staff
from plugin.usecases.open_shop import open_merchant


@click.group("owner")
def command() -> None:
    """Let people into the merchant admin."""


@command.command("invite")
@click.argument("email")
@click.option("--merchant", metavar="NAME", help="The merchant, when there are several.")
@click.option("--language", default="en", show_default=True, help="The language to address them in.")
def invite(email: str, merchant: str | None, language: str) -> None:
    """Invite EMAIL as an owner and print the link, which lets them in once within seven days."""
    with installation() as runtime:
        deps, now = runtime.deps, runtime.deps.clock.now()
        owner = open_merchant(merchant, directory=deps.directory, units=deps.units, ids=deps.ids, now=now)
        invitation = invite_staff(
            email,
            Role.OWNER,
            language,
            merchant=owner.id,
            units=deps.units,
            ids=deps.ids,
            secrets=deps.secrets,
            now=now,
        )
        click.echo(f"{runtime.settings.base_url}{SIGN_IN_PATH}{invitation.token}")
