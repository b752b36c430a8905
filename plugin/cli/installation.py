"""Opens the installation a command works on, and tells every fault in one sentence."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from plugin.backup.errors import BackupError
from plugin.backup.restore import let_go_left_over
from plugin.domain.connection_faults import ShopFault
from plugin.domain.errors import DomainError
from plugin.i18n import FALLBACK, catalogue
from plugin.ports.errors import Rejected, Unavailable
from plugin.runtime import Runtime, cli_runtime
from plugin.settings import Settings, SettingsError
from plugin.settings.running import begin_work
from plugin.storage.errors import CannotOpen


@contextmanager
def installation() -> Iterator[Runtime]:
    """The installation the environment names, made on first use; faults end the command with exit status 1."""
    with told(), begin_work(settings := settings_here()):
        let_go_left_over(settings)
        try:
            runtime = cli_runtime()
        except Unavailable as error:
            raise click.ClickException(f"The database cannot be used now: {error}.") from error
        try:
            yield runtime
        finally:
            runtime.close()


def settings_here() -> Settings:
    """What the environment says. Raises `SettingsError`."""
    return Settings.from_env(os.environ)


@contextmanager
def told() -> Iterator[None]:
    """What is refused, as a sentence for an operator."""
    try:
        yield
    except SettingsError as error:
        raise click.ClickException("\n".join(error.faults)) from error
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    except DomainError as error:
        raise click.ClickException(sentence(error)) from error
    except (Unavailable, Rejected) as error:
        raise click.ClickException(f"It could not be done now: {error}.") from error
    except CannotOpen as error:
        raise click.ClickException(_sealed(error)) from error


def _sealed(error: CannotOpen) -> str:
    return f"These secrets do not open this database: {error}."


_SENTENCES = {
    "shop_unknown": "There is no shop called {shop!r}.",
    "merchant_unknown": "There is no merchant called {merchant!r}.",
    "merchant_ambiguous": "More than one merchant could be meant: name one with --merchant.",
    "shop_on_other_platform": "The shop {shop!r} runs on {platform}: name another shop or --platform {platform}.",
    "delivered_out_of_order": "Order {order}: {on} is before it was placed, or after today.",
    "not_an_owner": "Only an owner may do this.",
    "shop_belongs_to_another": "The shop at {address} belongs to another merchant; moving it needs its owner too.",
    "last_owner": "The last owner cannot be removed.",
}


def sentence(error: DomainError) -> str:
    """The fault in words: known codes have a sentence of their own, others show code and facts."""
    if isinstance(error, ShopFault):
        return sentence_of(error.code, error.detail)
    known = _SENTENCES.get(error.code)
    if known is not None and all(f"{{{name}" not in known or name in error.facts for name in _names(known)):
        return known.format(**error.facts)
    facts = ", ".join(f"{name} {value!r}" for name, value in error.facts.items())
    return f"{error.code.replace('_', ' ').capitalize()}{': ' + facts if facts else ''}."


def sentence_of(fault: str, detail: str | None) -> str:
    """A shop's fault in words, with the platform's own."""
    text = catalogue(FALLBACK).text(f"connection.{fault}")
    return f"{text} ({detail})" if detail else text


def _names(template: str) -> list[str]:
    return [part.split("}")[0].split("!")[0] for part in template.split("{")[1:]]
