"""`aftercare backup`: the whole installation in one file, while it works."""

from datetime import UTC, datetime
from pathlib import Path

import click

from plugin.backup.take import drop_older, place_for, take_backup
from plugin.backup.verify import verify_backup
from plugin.cli.installation import settings_here, told
from plugin.settings import known_secrets
from plugin.settings.running import begin_work

_PATH = click.Path(path_type=Path)


@click.command("backup")
@click.argument("to", metavar="[FILE|DIR]", type=_PATH, required=False)
@click.option("--with-secrets", is_flag=True, help="Put the keys in as well: whoever has the file can then read it.")
@click.option("--keep", metavar="N", type=click.IntRange(1), help="Then drop older ones of the folder, all but N.")
@click.option("--verify", is_flag=True, help="Take none: restore FILE into a place of its own and check everything.")
def command(to: Path | None, *, with_secrets: bool, keep: int | None, verify: bool) -> None:
    """Back up database, evidence and the list of erasures while web and worker go on.

    Without FILE, into the folder `backups` of the home folder. secrets.json is not in it: keep a copy elsewhere.
    """
    if verify and (to is None or with_secrets or keep):
        raise click.UsageError("--verify takes a FILE and nothing else.")
    if keep and to is not None and not to.is_dir():
        raise click.UsageError("--keep goes with a folder.")
    with told():
        settings = settings_here()
        if verify and to is not None:
            manifest = verify_backup(settings, to)
            click.echo(f"whole: {sum(manifest.counts.values())} rows, {len(manifest.parts)} parts, {manifest.made_at}")
            return
        with begin_work(settings):
            now = datetime.now(UTC)
            taken = take_backup(settings, place_for(to, settings, now), has_secrets=with_secrets, now=now)
        if keep and (secrets := known_secrets(settings)):
            drop_older(taken.file, keep, secrets)
    click.echo(taken.file)
    click.echo(f"{sum(taken.manifest.counts.values())} rows, {taken.files} files of evidence", err=True)
    if taken.manifest.bucket:
        click.echo(f"Evidence is in the bucket {taken.manifest.bucket}, which this backup leaves out.", err=True)
    if not with_secrets:
        keys = "AFTERCARE_KEYS and AFTERCARE_SESSION" if settings.given_secrets else str(settings.home / "secrets.json")
        click.echo(f"Without {keys} nobody can read it: keep a copy of them elsewhere.", err=True)
