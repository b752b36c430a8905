"""`aftercare plugin`: the companion plugin for a WooCommerce shop."""

from pathlib import Path

import click

from integrations.platforms.woocommerce.companion_zip import NAME, companion_zip


@click.group("plugin")
def command() -> None:
    """The companion plugin for WooCommerce shops."""


@command.command("build")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    default=NAME,
    show_default=True,
    metavar="FILE",
    help="Where to write it; `-` is standard output.",
)
def build(out: Path) -> None:
    """Write the plugin as a zip file, as WordPress installs it; the same sources give the same bytes."""
    made = companion_zip()
    if str(out) == "-":
        click.get_binary_stream("stdout").write(made)
        return
    out.write_bytes(made)
    click.echo(f"{out}: {len(made):,} bytes. In WordPress: Plugins, Add New Plugin, Upload Plugin.")
