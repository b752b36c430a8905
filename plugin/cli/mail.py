"""`aftercare mail`: whether mail leaves."""

import click

from plugin.cli.installation import installation
from plugin.documents.letters import trial_letter
from plugin.domain.errors import Invalid
from plugin.i18n import FALLBACK, catalogue
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.mailer import Route
from plugin.usecases.find_shop import find_merchant
from plugin.usecases.invite_staff import usable_email
from plugin.usecases.send_test_mail import send_test_mail


@click.group("mail")
def command() -> None:
    """Find out whether mail leaves."""


@command.command("test")
@click.argument("email")
@click.option("--merchant", metavar="NAME", help="The merchant, when there are several.")
def test(email: str, merchant: str | None) -> None:
    """Send a test mail as the merchant, now; exit status 1 when it did not leave."""
    try:
        to = usable_email(email)
    except Invalid as error:
        raise click.BadParameter("not an e-mail address", param_hint="EMAIL") from error
    with installation() as runtime:
        deps = runtime.deps
        owner = find_merchant(merchant, directory=deps.directory, units=deps.units)
        with deps.units.read(owner.id) as unit:
            route = deps.mailer.route(unit.senders.get())
        if route is Route.KEPT:
            raise click.ClickException("No mail server is set up, so no mail leaves: set SMTP_URL and MAIL_FROM.")
        mail, now = trial_letter(to, route.value, FALLBACK), deps.clock.now()
        try:
            send_test_mail(mail, merchant=owner.id, units=deps.units, mailer=deps.mailer, ids=deps.ids, now=now)
        except Rejected as refusal:
            raise click.ClickException(_told(refusal.code, refusal.detail)) from None
        except Unavailable as failure:
            raise click.ClickException(_told(failure.reason, failure.detail)) from None
    click.echo(f"sent: {catalogue(FALLBACK).text(f'sending.route.{route.value}')}")


def _told(code: str, detail: str) -> str:
    text = catalogue(FALLBACK).text(f"sending.fault.{code}")
    return f"{text} ({detail})" if detail else text
