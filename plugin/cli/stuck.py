"""`aftercare stuck`: what does not go on by itself, over all merchants, for whoever runs the installation."""

import json
from collections.abc import Iterator

import click
from rich.markup import escape
from rich.table import Table

from plugin.cli.console import console
from plugin.cli.entitlement_row import instant_text
from plugin.cli.installation import installation
from plugin.domain.ids import MerchantId
from plugin.domain.shop import Merchant
from plugin.domain.stuck import StuckKind
from plugin.i18n import catalogue
from plugin.ports.deps import Deps
from plugin.usecases.find_shop import find_merchant
from plugin.usecases.list_stuck import list_stuck
from plugin.usecases.retry_stuck import RetryMeans, retry_stuck
from plugin.wording.stuck import StuckInWords, stuck_in_words

Row = tuple[Merchant, StuckInWords]


@click.command("stuck")
@click.option("--merchant", metavar="NAME", help="One merchant only.")
@click.option("--retry", "kind", type=click.Choice([kind.value for kind in StuckKind]), help="Try all of a kind again.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on standard output.")
def command(merchant: str | None, kind: str | None, *, as_json: bool) -> None:
    """List what is stuck and why, of every merchant; --retry tries all of one kind again, which does nothing twice."""
    with installation() as runtime:
        deps = runtime.deps
        only = find_merchant(merchant, directory=deps.directory, units=deps.units).id if merchant else None
        rows = list(_rows(only, deps))
        if kind:
            click.echo(f"trying again {_retried(StuckKind(kind), rows, deps)}")
        elif as_json:
            for owner, row in rows:
                click.echo(json.dumps(_json(owner, row), ensure_ascii=False))
        elif rows:
            _print(rows)
        else:
            click.echo("All is well: nothing is stuck.")


def _rows(only: MerchantId | None, deps: Deps) -> Iterator[Row]:
    words, now = catalogue("en"), deps.clock.now()
    for owner in deps.directory.merchants():
        if only in {None, owner.id}:
            found = list_stuck(owner.id, units=deps.units, views=deps.views, now=now)
            yield from ((owner, stuck_in_words(each, words)) for stuck in found.values() for each in stuck)


def _retried(kind: StuckKind, rows: list[Row], deps: Deps) -> int:
    means, now = RetryMeans(deps.units, deps.ids, deps.translators), deps.clock.now()
    chosen: dict[MerchantId, list[str]] = {}
    for owner, row in rows:
        if row.stuck.kind is kind and row.stuck.may_retry:
            chosen.setdefault(owner.id, []).append(row.stuck.id)
    return sum(retry_stuck(kind, ids, merchant=owner, means=means, now=now) for owner, ids in chosen.items())


def _json(owner: Merchant, row: StuckInWords) -> dict[str, object]:
    """A letter's subject may name somebody, so it stays at the desk."""
    stuck = row.stuck
    return {
        "merchant": owner.name,
        "kind": stuck.kind.value,
        "id": stuck.id,
        "about": None if stuck.kind is StuckKind.LETTER else row.about,
        "since": instant_text(stuck.since),
        "tries": stuck.tries,
        "fault": stuck.fault,
        "why": row.why,
        "may_retry": stuck.may_retry,
    }


def _print(rows: list[Row]) -> None:
    table = Table()
    for heading in ("Merchant", "Kind", "About", "Since", "Tries", "Why"):
        table.add_column(heading, overflow="fold")
    for owner, row in rows:
        stuck = row.stuck
        about = stuck.id if stuck.kind is StuckKind.LETTER else f"{row.about} {row.code}".strip()
        since = stuck.since.isoformat(timespec="minutes")
        tries = "" if stuck.tries is None else str(stuck.tries)
        table.add_row(*map(escape, (owner.name, stuck.kind.value, about, since, tries, row.why)))
    console().print(table)
