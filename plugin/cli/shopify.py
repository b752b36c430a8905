"""`aftercare shopify`: what this installation is at Shopify, for Shopify's own command line."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

from integrations.platforms.shopify.app_file import SHIPPED, OwnApp, address, app_name, made_own
from integrations.platforms.shopify.extension_settings import beside, told
from plugin.settings import Settings, SettingsError
from plugin.settings.shopify import client_id

_COPY: Final = SHIPPED.with_name("shopify.app.own.toml")
_FILE: Final = re.compile(r"shopify\.app(?:\.([a-z0-9][a-z0-9-]*))?\.toml")


@click.group("shopify")
def command() -> None:
    """What this installation is at Shopify."""


def _checked(parse: Callable[[str], str]) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """An option's own check; click names the option before the sentence."""

    def check(_context: click.Context, _parameter: click.Parameter, given: str | None) -> str | None:
        try:
            return None if given is None else parse(given)
        except ValueError as error:
            raise click.BadParameter(f"{error}.") from error

    return check


def _file(_context: click.Context, _parameter: click.Parameter, given: Path) -> Path:
    """Where Shopify's CLI looks, and nowhere else: nothing is written over by a slip."""
    if not _FILE.fullmatch(given.name):
        raise click.BadParameter("must be called shopify.app.NAME.toml or shopify.app.toml, as Shopify's CLI wants it.")
    return given


@command.command("configure")
@click.option("--client-id", metavar="ID", callback=_checked(client_id), help="Instead of SHOPIFY_CLIENT_ID.")
@click.option("--address", "url", metavar="URL", callback=_checked(address), help="Instead of PUBLIC_URL.")
@click.option("--name", metavar="NAME", default="Aftercare", show_default=True, callback=_checked(app_name))
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    default=_COPY,
    callback=_file,
    help="A copy beside the shipped file, unless said otherwise.",
)
def configure(client_id: str | None, url: str | None, name: str, out: Path) -> None:
    """Write the app's file for Shopify's CLI with this installation's id and address.

    The address goes into .env.NAME beside it too, which the CLI builds the extensions with. The same files come of the
    same answers. The client secret is neither asked for nor written.
    """
    identity, public = (client_id, url) if client_id and url else _settled(client_id, url)
    text = made_own(SHIPPED.read_text(encoding="utf-8"), OwnApp(identity, name, public))
    click.echo(f"{'Written' if _write(out, text) else 'Unchanged'}: {out}")
    if variables := beside(out):
        click.echo(f"{'Written' if _write(variables, told(_read(variables), public)) else 'Unchanged'}: {variables}")
    config = _FILE.fullmatch(out.name)
    chosen = f" --config {config[1]}" if config and config[1] else ""
    click.echo(f"Next, in that folder: shopify app deploy{chosen}", err=True)


def _settled(identity: str | None, url: str | None) -> tuple[str, str]:
    """What no option says, as the environment says it."""
    try:
        settings = Settings.from_env(os.environ)
    except SettingsError as error:
        raise click.ClickException("\n".join(error.faults)) from error
    identity = identity or (settings.shopify.client_id if settings.shopify else None)
    url = url or settings.public_url
    if identity is None:
        raise click.UsageError(
            "--client-id is needed, or SHOPIFY_CLIENT_ID and SHOPIFY_CLIENT_SECRET in the environment."
        )
    if url is None:
        raise click.UsageError("--address is needed, or PUBLIC_URL in the environment.")
    try:
        return identity, address(url)
    except ValueError as error:
        raise click.ClickException(f"PUBLIC_URL {error}.") from error


def _read(file: Path) -> str:
    """What stands in a file that need not be there."""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{file} cannot be read: {getattr(error, 'strerror', 'it is no text')}.") from error


def _write(out: Path, text: str) -> bool:
    """Whether anything changed."""
    try:
        if out.exists() and out.read_text(encoding="utf-8") == text:
            return False
        out.write_text(text, encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(
            f"--out {out} cannot be written: {getattr(error, 'strerror', 'it is no text')}."
        ) from error
    return True
