"""`aftercare plugin`: the companion plugin for a WooCommerce shop."""

from typing import BinaryIO

import click

from integrations.platforms.woocommerce.companion_zip import companion_zip


@click.group("plugin")
def command() -> None:
    """The companion plugin for WooCommerce shops."""


@command.command("build")
@click.option("--out", metavar="FILE", required=True, type=click.File("wb", atomic=True), help="- for standard output.")
def build(out: BinaryIO) -> None:
    """Write the plugin as a zip file, as WordPress installs it; the same sources give the same bytes."""
    made = companion_zip()
    out.write(made)
    click.echo(f"{len(made):,} bytes. In WordPress: Plugins, Add New Plugin, Upload Plugin.", err=True)
