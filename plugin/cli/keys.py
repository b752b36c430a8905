"""`aftercare keys`: the app's own keys, which wrap everybody's, and the secret that signs sessions and links.

Processes at work look at the secrets file whenever they use it, so that nothing is restarted.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import click

from plugin.cli.installation import installation, told
from plugin.runtime import open_runtime
from plugin.settings import Secrets, Settings, SettingsError, change_secrets, save_keys

_SIGNING = click.option("--signing", is_flag=True, help="The secret that signs sessions and links, not the app's keys.")
_SETTLES = 30
"""Seconds; longer than any transaction of ours takes, so that none that took the older key is still to be committed."""


@click.group("keys")
def command() -> None:
    """The app's own keys, which wrap everybody's, and the secret that signs sessions and links."""


@command.command("rotate")
@_SIGNING
def rotate(*, signing: bool) -> None:
    """Make a fresh app key and wrap every data key under it; the old key still opens what it wrapped.

    With --signing: sign sessions and links anew; what was signed before still counts. Web and worker go on, and use
    what is fresh at once. Where AFTERCARE_KEYS holds the keys, wrap under the one that is current there.
    """
    with _faults_told(), installation() as runtime:
        if signing:
            change_secrets(runtime.settings, Secrets.with_fresh_session)
            click.echo("signing anew; links and sessions of before hold until `aftercare keys retire --signing`")
            return
        if runtime.settings.given_secrets is None:
            save_keys(runtime.settings, runtime.keys.rotated().to_json())
        wrapped = _rewrap(runtime.settings)
    click.echo(f"wrapped anew {wrapped}")


@command.command("retire")
@_SIGNING
@click.option("--wait", default=_SETTLES, show_default=True, help="Seconds for what took the old key to be saved.")
@click.confirmation_option("--yes", prompt="Is a backup of the old secrets kept for as long as backups under them are?")
def retire(*, signing: bool, wait: int) -> None:
    """Drop every app key but the current one, once nothing is wrapped under the others.

    With --signing: what was signed before the rotation counts no more, mailed links and connected plugins included.
    """
    with _faults_told(), installation() as runtime:
        if signing:
            change_secrets(runtime.settings, lambda known: replace(known, older_sessions=()))
            click.echo("what was signed before the rotation counts no more")
            return
        wrapped = _rewrap(runtime.settings)
        if len(runtime.keys.keys) > 1 and runtime.settings.given_secrets is None:
            time.sleep(wait)
            wrapped += _rewrap(runtime.settings)
        save_keys(runtime.settings, runtime.keys.without_old().to_json())
    click.echo(f"wrapped anew {wrapped}, keys left 1")


def _rewrap(settings: Settings) -> int:
    """With the ring as it is saved now."""
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
