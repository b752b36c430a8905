"""`aftercare restore`: a backup in the place of what is there, all or nothing."""

from pathlib import Path

import click

from plugin.backup.restore import restore_backup
from plugin.cli.installation import settings_here, told


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", "replaces", is_flag=True, help="Also where there is data, which is then gone.")
def command(file: Path, *, replaces: bool) -> None:
    """Restore FILE, bring it up to date, and erase again whoever was erased since it was made.

    Stop web and worker first. Until it has succeeded what was there stays, and comes back when anything fails.
    """
    with told():
        restored = restore_backup(settings_here(), file, replaces=replaces)
    manifest = restored.manifest
    click.echo(f"restored {sum(manifest.counts.values())} rows as of {manifest.made_at}")
    if not restored.has_same_session:
        click.echo("The session secret is another than then: links in mails of that time open no more.", err=True)
    click.echo("What was queued then is carried out again: letters of that time may come twice.", err=True)
