"""`aftercare import`: brings a file of recorded orders into a shop."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import datetime
from typing import IO

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from plugin.cli.installation import installation
from plugin.cli.records import LARGEST, NotRecords, Record, TooLarge, split
from plugin.cli.translation import translate
from plugin.collector import expect_many_records
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.domain.stored import Outcome
from plugin.ports.deps import Deps
from plugin.usecases.import_orders import FAILED, import_orders
from plugin.usecases.open_shop import open_shop

_ALWAYS_TOLD = (Outcome.STORED, Outcome.UNCHANGED, Outcome.SKIPPED, Outcome.PARKED)
_TOLD_WHEN_THERE = (Outcome.OUTDATED, FAILED)


@click.command("import")
@click.option("--shop", "shop_name", required=True, metavar="NAME", help="The shop; created when it is new.")
@click.option("--platform", required=True, type=click.Choice(Platform, case_sensitive=False), help="Where it runs.")
@click.option("--merchant", metavar="NAME", help="The shop's merchant, when there are several.")
@click.argument("file", type=click.File("rb"))
def command(shop_name: str, platform: Platform, merchant: str | None, file: IO[bytes]) -> None:
    """Import the orders in FILE: JSON Lines, a JSON array, or one object; `-` reads standard input.

    Importing a file again changes nothing. What cannot be read is parked (`aftercare parked`), drafts and trashed
    orders are skipped. The exit status is 1 when something failed.
    """
    try:
        records = split(file)
    except NotRecords as error:
        raise click.ClickException(f"The file {error}.") from error
    with installation() as runtime:
        expect_many_records()
        deps, now = runtime.deps, runtime.deps.clock.now()
        shop = open_shop(
            shop_name,
            platform,
            merchant,
            directory=deps.directory,
            units=deps.units,
            ids=deps.ids,
            secrets=deps.secrets,
            now=now,
        )
        tally = _run(_Fitting(records), shop, file, deps, now)
    click.echo(_summary(tally))
    if tally[Outcome.PARKED]:
        click.echo("Parked records are kept whole: `aftercare parked` lists them.", err=True)
    sys.exit(1 if tally[FAILED] else 0)


@dataclass(slots=True)
class _Fitting:
    """The records that can be taken; those too large are told and counted."""

    records: Iterator[Record]
    too_large: int = 0

    def __iter__(self) -> Iterator[bytes]:
        for record in self.records:
            if isinstance(record, TooLarge):
                self.too_large += 1
                limit = f"{LARGEST // 2**20} MB"
                click.echo(f"Record {record.number} is larger than {limit} and was left out.", err=True)
            else:
                yield record


def _run(records: _Fitting, shop: Shop, file: IO[bytes], deps: Deps, now: datetime) -> Counter[str]:
    tally: Counter[str] = Counter()
    readings = translate(records, shop.platform)
    try:
        with _progress() as progress:
            task = progress.add_task("", total=_size(file))
            for batch in import_orders(readings, shop=shop, units=deps.units, ids=deps.ids, now=now):
                tally += batch
                progress.update(task, completed=_position(file), description=f"{tally.total():,} records")
    except BrokenProcessPool as error:
        raise click.ClickException(f"A translating process died. Done so far: {_summary(tally)}.") from error
    tally[FAILED] += records.too_large
    return tally


def _progress() -> Progress:
    """A bar on a terminal's standard error, nothing anywhere else."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _size(file: IO[bytes]) -> int | None:
    """Bytes of a real file; None for what has no end in sight."""
    if not file.seekable():
        return None
    here = file.tell()
    size = file.seek(0, os.SEEK_END)
    file.seek(here)
    return size


def _position(file: IO[bytes]) -> int | None:
    return file.tell() if file.seekable() else None


def _summary(tally: Counter[str]) -> str:
    """`stored 2, unchanged 1, skipped 0, parked 0`, and what else there was."""
    told = [*_ALWAYS_TOLD, *(outcome for outcome in _TOLD_WHEN_THERE if tally[outcome])]
    return ", ".join(f"{outcome} {tally[outcome]}" for outcome in told)
