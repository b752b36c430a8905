"""`aftercare keys`: the app's own keys, which wrap everybody's."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from plugin.cli.installation import installation, told
from plugin.runtime import open_runtime
from plugin.settings import Settings, SettingsError, save_keys


@click.group("keys")
def command() -> None:
    """The app's own keys, which wrap everybody's."""


@command.command("rotate")
def rotate() -> None:
    """Make a fresh app key and wrap every data key under it; the old key still opens what it wrapped.

    Where AFTERCARE_KEYS holds the keys, wrap under the one that is current there. Web and worker may go on wrapping
    under the key they started with: restart them, then run `aftercare keys retire`.
    """
    with _faults_told(), installation() as runtime:
        is_ours = runtime.settings.given_secrets is None
        if is_ours:
            save_keys(runtime.settings, runtime.keys.rotated().to_json())
        wrapped = _rewrap(runtime.settings)
    click.echo(f"wrapped anew {wrapped}")
    if is_ours:
        click.echo("Now restart web and worker, then run `aftercare keys retire`.", err=True)


@command.command("retire")
@click.confirmation_option("--yes", prompt="Have web and worker been restarted since the rotation?")
def retire() -> None:
    """Drop every app key but the current one, once nothing is wrapped under the others."""
    with _faults_told(), installation() as runtime:
        wrapped = _rewrap(runtime.settings)
        save_keys(runtime.settings, runtime.keys.without_old().to_json())
    click.echo(f"wrapped anew {wrapped}, keys left 1")


def _rewrap(settings: Settings) -> int:
    """With the ring as it is saved now, which the caller's runtime may not have seen yet."""
    runtime = open_runtime(settings)
    try:
        with told():
            return runtime.storage.rotate_keys()
    finally:
        runtime.close()


@contextmanager
def _faults_told() -> Iterator[None]:
    try:
        yield
    except SettingsError as error:
        raise click.ClickException("\n".join(error.faults)) from error
