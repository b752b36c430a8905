"""`aftercare parked`: what could not be read, and what to do about it."""

import json
from collections import Counter
from collections.abc import Sequence

import click
from rich.markup import escape
from rich.table import Table

from plugin.cli.console import console
from plugin.cli.entitlement_row import instant_text
from plugin.cli.installation import installation
from plugin.domain.ids import MerchantId, ParkedId
from plugin.domain.shop import Shop
from plugin.domain.stored import Outcome, ParkedRecord
from plugin.ports.deps import Deps
from plugin.usecases.dismiss_parked import dismiss_parked
from plugin.usecases.drain_inbox import REREAD
from plugin.usecases.find_shop import find_merchant, find_shop
from plugin.usecases.retry_parked import retry_parked


@click.command("parked")
@click.option("--shop", "shop_name", metavar="NAME", help="One shop only.")
@click.option("--merchant", metavar="NAME", help="The merchant, when there are several.")
@click.option("--retry", is_flag=True, help="Read the records named by ID again, or all with --all.")
@click.option("--dismiss", is_flag=True, help="Throw the records named by ID away.")
@click.option("--all", "is_all", is_flag=True, help="With --retry: every record.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on standard output, bodies included.")
@click.argument("records", nargs=-1, metavar="[ID]...")
def command(  # noqa: PLR0913 - one parameter per option
    shop_name: str | None,
    merchant: str | None,
    records: tuple[str, ...],
    *,
    retry: bool,
    dismiss: bool,
    is_all: bool,
    as_json: bool,
) -> None:
    """List records that could not be read or applied; --retry reads them again, --dismiss throws them away."""
    _check(records, retry=retry, dismiss=dismiss, is_all=is_all)
    named = [ParkedId(record) for record in records]
    with installation() as runtime:
        deps = runtime.deps
        owner, shop = _whose(shop_name, merchant, deps)
        if dismiss:
            dismiss_parked(named, merchant=owner, units=deps.units)
            click.echo(f"dismissed {len(named)}")
        elif retry:
            click.echo(_retried(None if is_all else named, owner, shop, deps))
        else:
            _list(_parked(owner, shop, deps), as_json=as_json)


def _check(records: Sequence[str], *, retry: bool, dismiss: bool, is_all: bool) -> None:
    if retry and dismiss:
        raise click.UsageError("--retry and --dismiss exclude each other.")
    if records and not (retry or dismiss):
        raise click.UsageError("Say what to do with these records: --retry or --dismiss.")
    if is_all and not retry:
        raise click.UsageError("--all belongs to --retry.")
    if (retry or dismiss) and bool(records) == is_all:
        raise click.UsageError("Name the records, or retry --all of them." if retry else "Name the records.")


def _whose(shop_name: str | None, merchant: str | None, deps: Deps) -> tuple[MerchantId, Shop | None]:
    if shop_name is None:
        return find_merchant(merchant, directory=deps.directory, units=deps.units).id, None
    shop = find_shop(shop_name, merchant, directory=deps.directory, units=deps.units)
    return shop.merchant, shop


def _retried(records: list[ParkedId] | None, owner: MerchantId, shop: Shop | None, deps: Deps) -> str:
    tally: Counter[str] = retry_parked(
        records,
        merchant=owner,
        translators=deps.translators,
        units=deps.units,
        ids=deps.ids,
        now=deps.clock.now(),
        shop=shop.id if shop else None,
    )
    always = (Outcome.STORED, Outcome.UNCHANGED, Outcome.OUTDATED, Outcome.SKIPPED, Outcome.PARKED)
    told = (*always, REREAD) if tally[REREAD] else always
    return ", ".join(f"{outcome} {tally[outcome]}" for outcome in told)


def _parked(owner: MerchantId, shop: Shop | None, deps: Deps) -> list[tuple[Shop, ParkedRecord]]:
    with deps.units.read(owner) as unit:
        shops = {known.id: known for known in unit.shops.all()}
        return [(shops[record.shop], record) for record in unit.parked.all(shop.id if shop else None)]


def _list(records: list[tuple[Shop, ParkedRecord]], *, as_json: bool) -> None:
    if as_json:
        for shop, record in records:
            click.echo(json.dumps(_row(shop, record), ensure_ascii=False))
    elif records:
        _print_table(records)
    else:
        click.echo("Nothing is parked.")


def _row(shop: Shop, record: ParkedRecord) -> dict[str, object]:
    """A body that is no UTF-8 is shown with replacement characters; what is kept stays as it came."""
    return {
        "id": record.id,
        "shop": shop.name,
        "platform": record.platform,
        "topic": record.topic,
        "code": record.code,
        "field": record.field,
        "parked_at": instant_text(record.parked_at),
        "attempts": record.attempts,
        "body": record.body.decode("utf-8", errors="replace"),
    }


def _print_table(records: list[tuple[Shop, ParkedRecord]]) -> None:
    table = Table()
    for heading in ("ID", "Shop", "Reason", "Field", "Topic", "Parked", "Attempts", "Bytes"):
        table.add_column(heading, overflow="fold")
    for shop, record in records:
        parked_at = record.parked_at.isoformat(timespec="minutes")
        texts = (record.id, shop.name, record.code, record.field, record.topic or "import", parked_at)
        table.add_row(*map(escape, texts), str(record.attempts), f"{len(record.body):,}")
    console().print(table)
