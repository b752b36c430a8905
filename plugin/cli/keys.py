"""`aftercare keys`: the app's own keys, which wrap everybody's, and the secret that signs sessions and links.

Processes at work look at the secrets file whenever they use it, so that nothing is restarted.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import click

from plugin.cli.installation import installation, told
from plugin.ports.deps import Deps
from plugin.runtime import open_runtime
from plugin.settings import Secret, Secrets, Settings, SettingsError, change_secrets
from plugin.storage.keys import KeyRing
from plugin.storage.storage import Storage
from plugin.usecases.rotate_hooks import rotate_hooks

_SIGNING = click.option("--signing", is_flag=True, help="The secret that signs sessions and links, not the app's keys.")
_SETTLES = 30
"""Seconds; longer than any transaction of ours takes, so that none that took the older key is still to be committed."""


@click.group("keys")
def command() -> None:
    """The app's own keys, which wrap everybody's, and the secret that signs sessions and links."""


@command.command("new")
def new() -> None:
    """Print fresh secrets for the environment of a host that keeps no disk: two lines, as .env.example has them.

    Nothing is written, and no installation is looked at. Set both before the first start and keep a copy elsewhere:
    other keys than those it began with open nothing of an installation.
    """
    fresh = Secrets.generate()
    click.echo(f"AFTERCARE_KEYS='{fresh.keys.reveal()}'")
    click.echo(f"AFTERCARE_SESSION='{fresh.session.reveal()}'")


@command.command("rotate")
@_SIGNING
@click.option("--webhooks", is_flag=True, help="The secrets that WooCommerce shops sign their webhooks with.")
def rotate(*, signing: bool, webhooks: bool) -> None:
    """Make a fresh app key and wrap every data key under it; the old key still opens what it wrapped.

    With --signing: sign sessions and links anew; what was signed before still counts. Web and worker go on, and use
    what is fresh at once. With --webhooks: the worker tells every shop its new secret within minutes, and the old one
    counts until all webhooks have it. Where AFTERCARE_KEYS holds the keys, wrap under the one that is current there.
    """
    with _faults_told(), installation() as runtime:
        if webhooks:
            click.echo(f"given new secrets {_rotate_hooks(runtime.deps)}; shops are told with their next poll")
            return
        if signing:
            change_secrets(runtime.settings, Secrets.with_fresh_session)
            click.echo("signing anew; links and sessions of before hold until `aftercare keys retire --signing`")
            return
        if runtime.settings.given_secrets is None:
            change_secrets(runtime.settings, lambda known: _with_ring(known, KeyRing.rotated))
        wrapped, _ = _rewrap(runtime.settings)
    click.echo(f"wrapped anew {wrapped}")


def _rotate_hooks(at: Deps) -> int:
    """How many shops of all merchants."""
    merchants = at.directory.merchants()
    return sum(rotate_hooks(merchant=each.id, units=at.units, secrets=at.secrets) for each in merchants)


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
        wrapped, ring = _rewrap(runtime.settings)
        if len(ring.keys) > 1 and runtime.settings.given_secrets is None:
            time.sleep(wait)
            wrapped += _rewrap(runtime.settings)[0]
        change_secrets(runtime.settings, lambda known: without_old(known, ring.current, runtime.storage))
    click.echo(f"wrapped anew {wrapped}, keys left 1")


def without_old(known: Secrets, current: str, storage: Storage) -> Secrets:
    """With this app key alone; raises `SettingsError` where another is current by now, or still wraps a data key."""
    if KeyRing.parse(known.keys.reveal()).current != current:
        raise SettingsError("the keys were rotated meanwhile, and all are kept: run `aftercare keys retire` again")
    if storage.has_wrapped_otherwise(current):
        raise SettingsError("an older key was used meanwhile, and all are kept: run `aftercare keys retire` again")
    return _with_ring(known, KeyRing.without_old)


def _with_ring(known: Secrets, change: Callable[[KeyRing], KeyRing]) -> Secrets:
    return replace(known, keys=Secret(change(KeyRing.parse(known.keys.reveal())).to_json()))


def _rewrap(settings: Settings) -> tuple[int, KeyRing]:
    """With the ring as it is saved now; which that was."""
    runtime = open_runtime(settings)
    try:
        with told():
            return runtime.storage.rotate_keys(), runtime.keys
    finally:
        runtime.close()


@contextmanager
def _faults_told() -> Iterator[None]:
    try:
        yield
    except SettingsError as error:
        raise click.ClickException("\n".join(error.faults)) from error
