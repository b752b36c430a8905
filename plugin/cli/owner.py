"""`aftercare owner`: lets people into the merchant admin, and further shops into the merchant."""

import click

from plugin.cli.installation import installation
from plugin.documents.letters import SIGN_IN_PATH
from plugin.domain.shop import Role
from plugin.usecases.find_shop import find_merchant
from plugin.usecases.invite_staff import invite_staff
from plugin.usecases.make_join_code import make_join_code
from plugin.usecases.open_shop import open_merchant


@click.group("owner")
def command() -> None:
    """Let people into the merchant admin, and further shops into the merchant."""


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


@command.command("join-code")
@click.argument("email")
@click.option("--merchant", metavar="NAME", help="The merchant, when there are several.")
def join_code(email: str, merchant: str | None) -> None:
    """Print a code of the owner EMAIL, by which one more shop joins the merchant within 24 hours."""
    with installation() as runtime:
        deps = runtime.deps
        owner = find_merchant(merchant, directory=deps.directory, units=deps.units)
        with deps.units.read(owner.id) as unit:
            member = unit.staff.by_email(email.strip())
        if member is None:
            raise click.ClickException(f"Nobody with the address {email!r} works for {owner.name}.")
        made = make_join_code(
            member.id,
            merchant=owner.id,
            units=deps.units,
            ids=deps.ids,
            secrets=deps.secrets,
            now=deps.clock.now(),
        )
        click.echo(str(made.token))
        click.echo(f"Holds until {made.expires_at:%Y-%m-%d %H:%M} UTC, for one shop. It is shown only now.", err=True)
