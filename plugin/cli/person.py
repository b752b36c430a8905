"""`aftercare person`: all that is kept about somebody, as a file to hand over."""

from typing import BinaryIO

import click
import structlog

from plugin.cli.installation import installation
from plugin.usecases.find_shop import find_shop
from plugin.usecases.person_data.export import export_person
from plugin.usecases.person_data.pack import PackMeans

_log = structlog.get_logger("aftercare")
"""That somebody at the command line took a copy, not of whom: the access log knows staff only."""


@click.group("person")
def command() -> None:
    """What is kept about somebody."""


@command.command("export")
@click.option("--email", required=True, help="Whose data.")
@click.option("--shop", metavar="NAME", required=True, help="The shop they bought in.")
@click.option("--out", metavar="FILE", required=True, type=click.File("wb", atomic=True), help="- for standard output.")
@click.option("--merchant", metavar="NAME", help="The merchant, when there are several.")
def export(email: str, shop: str, out: BinaryIO, merchant: str | None) -> None:
    """Write everything a shop keeps about the person with this e-mail to FILE, a ZIP (GDPR art. 15 and 20)."""
    with installation() as runtime:
        deps = runtime.deps
        if deps.pack_person is None:
            raise click.ClickException("This installation writes no documents.")
        found = find_shop(shop, merchant, directory=deps.directory, units=deps.units)
        means = PackMeans(deps.units, deps.evidence.files, deps.ids, deps.pack_person, runtime.settings.base_url)
        pieces = export_person(email, found, means=means, now=deps.clock.now())
        if pieces is None:
            raise click.ClickException("Nobody with this e-mail is on record in this shop.")
        size = sum(out.write(piece) for piece in pieces)
        _log.info("person_exported", merchant=found.merchant, shop=found.id)
    click.echo(f"{size} bytes", err=True)
