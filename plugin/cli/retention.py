"""`aftercare retention`: lets go what is older than it may be kept, and says for how long that is."""

import json
from collections.abc import Iterator, Mapping

import click
from rich.table import Table

from plugin.cli.console import console
from plugin.cli.installation import installation
from plugin.domain.ids import MerchantId, OrderId
from plugin.domain.retention import RULES, Kept, Retention, UnusableRetention
from plugin.domain.shop import Merchant
from plugin.ports.deps import Deps
from plugin.ports.retention import RetentionRecords
from plugin.usecases.find_shop import candidates, find_merchant, find_shop
from plugin.usecases.keep_no_longer import keep_no_longer, what_is_due

_MERCHANT = click.option("--merchant", metavar="NAME", help="The merchant, when there are several.")


@click.group("retention", invoke_without_command=True)
@click.option("--dry-run", is_flag=True, help="Count what would go, and let nothing go.")
@click.option("--json", "as_json", is_flag=True, help="Counts as JSON.")
@_MERCHANT
@click.pass_context
def command(ctx: click.Context, merchant: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Let go what is older than its class allows, as every night, for all merchants or one."""
    if ctx.invoked_subcommand is not None:
        return
    with installation() as runtime:
        deps, records = runtime.deps, runtime.deps.retention
        look = what_is_due if dry_run else keep_no_longer
        counted = {
            each.name: look(merchant=each.id, records=records, now=deps.clock.now()) for each in _meant(merchant, deps)
        }
    if as_json:
        click.echo(json.dumps({"dry_run": dry_run, "merchants": counted}))
        return
    for line in _lines(counted, "due" if dry_run else "let go"):
        click.echo(line)


@command.command("rules")
@_MERCHANT
def rules(merchant: str | None) -> None:
    """Show how long each class is kept, within which bounds, and why."""
    with installation() as runtime:
        deps = runtime.deps
        owner = find_merchant(merchant, directory=deps.directory, units=deps.units)
        console().print(_table(deps.retention.settings(owner.id)))


@command.command("set")
@click.argument("kept", metavar="CLASS", type=click.Choice([each.value for each in Kept]))
@click.argument("days", type=click.IntRange(min=1), required=False)
@_MERCHANT
def set_days(kept: str, days: int | None, merchant: str | None) -> None:
    """Keep CLASS for so many DAYS; without DAYS as long as usual."""
    with installation() as runtime:
        deps, records = runtime.deps, runtime.deps.retention
        owner = find_merchant(merchant, directory=deps.directory, units=deps.units)
        try:
            retention = records.settings(owner.id).setting(Kept(kept), days)
        except UnusableRetention as refusal:
            bounds = f"{refusal.facts['least']} to {refusal.facts['most']}"
            raise click.BadParameter(f"{kept} are kept for {bounds} days.", param_hint="DAYS") from refusal
        records.save_settings(owner.id, retention, deps.clock.now())
        click.echo(f"{kept} {retention.days_of(Kept(kept))}")


@command.command("hold")
@click.option("--shop", metavar="NAME", required=True, help="The order's shop.")
@click.option("--order", "number", metavar="N", required=True, help="The order, by its number.")
@click.option("--reason", required=True, help="Why, such as the file number of a lawsuit.")
@_MERCHANT
def hold(shop: str, number: str, reason: str, merchant: str | None) -> None:
    """Let nothing of an order go until it is released. Whoever asks to be erased still is."""
    with installation() as runtime:
        deps, records = runtime.deps, runtime.deps.retention
        owner, found = _orders(shop, number, merchant, deps)
        for order in found:
            records.hold(owner, order, reason, deps.clock.now())
        click.echo(f"held {len(found)}")


@command.command("release")
@click.option("--shop", metavar="NAME", required=True, help="The order's shop.")
@click.option("--order", "number", metavar="N", required=True, help="The order, by its number.")
@_MERCHANT
def release(shop: str, number: str, merchant: str | None) -> None:
    """Let an order go when its time is over, as any other."""
    with installation() as runtime:
        deps, records = runtime.deps, runtime.deps.retention
        owner, found = _orders(shop, number, merchant, deps)
        click.echo(f"released {sum(records.release(owner, order) for order in found)}")


@command.command("holds")
@click.option("--json", "as_json", is_flag=True, help="An array of objects.")
@_MERCHANT
def holds(merchant: str | None, *, as_json: bool) -> None:
    """List the orders that are held: shop, number, since when and why, the oldest first."""
    with installation() as runtime:
        deps, records = runtime.deps, runtime.deps.retention
        found = [held for each in _meant(merchant, deps) for held in _held(each.id, records, deps)]
    if as_json:
        click.echo(json.dumps(found))
        return
    table = Table("shop", "order", "since", "why")
    for held in found:
        table.add_row(*held.values())
    console().print(table)


def _held(merchant: MerchantId, records: RetentionRecords, deps: Deps) -> Iterator[dict[str, str]]:
    with deps.units.read(merchant) as unit:
        for hold in records.holds(merchant).values():
            stored = unit.orders.get(hold.order)
            shop = unit.shops.get(stored.shop).name
            yield {
                "shop": shop,
                "order": stored.order.number,
                "since": hold.held_at.isoformat(timespec="seconds"),
                "why": hold.reason,
            }


def _orders(shop: str, number: str, merchant: str | None, deps: Deps) -> tuple[MerchantId, list[OrderId]]:
    found = find_shop(shop, merchant, directory=deps.directory, units=deps.units)
    with deps.units.read(found.merchant) as unit:
        orders = [stored.id for stored in unit.orders.by_number(found.id, number)]
    if not orders:
        raise click.ClickException(f"No order {number} in {shop}.")
    return found.merchant, orders


def _meant(name: str | None, deps: Deps) -> list[Merchant]:
    if name is not None:
        return list(candidates(name, directory=deps.directory, units=deps.units))
    return list(deps.directory.merchants())


def _lines(counted: Mapping[str, Mapping[Kept, int]], word: str) -> Iterator[str]:
    for name, of_class in counted.items():
        told = ", ".join(f"{kept.value} {count}" for kept, count in of_class.items())
        yield f"{name}: {word} {told or 'nothing'}"


def _table(retention: Retention) -> Table:
    table = Table("class", "days", "bounds", "counted from", "what goes", "why")
    for kept, rule in RULES.items():
        days = str(retention.days_of(kept))
        table.add_row(kept.value, days, f"{rule.least} to {rule.most}", rule.since, rule.goes, rule.because)
    return table
