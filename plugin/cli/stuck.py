"""`aftercare stuck`: what does not go on by itself, over all merchants, for whoever runs the installation."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import click
from rich.markup import escape
from rich.table import Table

from plugin.cli.console import console
from plugin.cli.entitlement_row import instant_text
from plugin.cli.installation import installation
from plugin.domain.ids import MerchantId
from plugin.domain.shop import Merchant
from plugin.domain.stuck import Stuck, StuckKind
from plugin.i18n import catalogue
from plugin.ports.deps import Deps
from plugin.usecases.find_shop import find_merchant
from plugin.usecases.list_stuck import ALL, MOST, list_stuck
from plugin.usecases.retry_stuck import RetryMeans, retry_stuck
from plugin.wording.stuck import StuckInWords, stuck_in_words

Row = tuple[Merchant, StuckInWords]
Found = tuple[Merchant, Mapping[StuckKind, Sequence[Stuck]]]


@click.command("stuck")
@click.option("--merchant", metavar="NAME", help="One merchant only.")
@click.option("--retry", "kind", type=click.Choice([kind.value for kind in StuckKind]), help="Try all of a kind again.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on standard output.")
def command(merchant: str | None, kind: str | None, *, as_json: bool) -> None:
    """List what is stuck and why, of every merchant; --retry tries all of one kind again, which does nothing twice."""
    with installation() as runtime:
        deps = runtime.deps
        only = find_merchant(merchant, directory=deps.directory, units=deps.units).id if merchant else None
        if kind:
            click.echo(f"trying again {_retried(StuckKind(kind), only, deps)}")
        elif as_json:
            for owner, row in _rows(only, deps):
                click.echo(json.dumps(_json(owner, row), ensure_ascii=False))
        else:
            _print(list(_rows(only, deps)))


def _rows(only: MerchantId | None, deps: Deps) -> Iterator[Row]:
    words = catalogue("en")
    for owner, found in _found(only, deps, tuple(StuckKind)):
        yield from ((owner, stuck_in_words(each, words)) for stuck in found.values() for each in stuck)


def _found(only: MerchantId | None, deps: Deps, kinds: Sequence[StuckKind]) -> Iterator[Found]:
    """All there is, however much."""
    now = deps.clock.now()
    for owner in deps.directory.merchants():
        if only in {None, owner.id}:
            yield owner, list_stuck(owner.id, units=deps.units, views=deps.views, now=now, kinds=kinds, limit=ALL)


def _retried(kind: StuckKind, only: MerchantId | None, deps: Deps) -> int:
    means, now, count = RetryMeans(deps.units, deps.ids, deps.translators), deps.clock.now(), 0
    for owner, found in _found(only, deps, [kind]):
        chosen = [each.id for each in found.get(kind, ()) if each.may_retry]
        for start in range(0, len(chosen), MOST):
            batch = chosen[start : start + MOST]
            count += retry_stuck(kind, batch, merchant=owner.id, means=means, now=now)
    return count


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
    if not rows:
        click.echo("All is well: nothing is stuck.")
        return
    table = Table()
    for heading in ("Merchant", "Kind", "About", "Since", "Tries", "Why"):
        table.add_column(heading, overflow="fold")
    seen: Counter[tuple[MerchantId, StuckKind]] = Counter()
    for owner, row in rows:
        stuck = row.stuck
        seen[owner.id, stuck.kind] += 1
        if seen[owner.id, stuck.kind] > MOST:
            continue
        about = stuck.id if stuck.kind is StuckKind.LETTER else f"{row.about} {row.code}".strip()
        since = stuck.since.isoformat(timespec="minutes")
        tries = "" if stuck.tries is None else str(stuck.tries)
        table.add_row(*map(escape, (owner.name, stuck.kind.value, about, since, tries, row.why)))
    console().print(table)
    more = sum(max(0, count - MOST) for count in seen.values())
    if more:
        click.echo(f"and {more} more: --json lists all")
