"""`./script/bench [--json] [--full] [--keep] [NAME ...]`: measure what the product promises, each beside a baseline."""

from __future__ import annotations

import sys

import click

from bench import plan
from bench.record import Record, keep, read
from bench.registry import BENCHES
from bench.result import Result, Size


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line, and nothing else on stdout.")
@click.option("--full", is_flag=True, help="The sizes that the promises name, however long; implies --keep.")
@click.option("--keep", "is_kept", is_flag=True, help="Put what was measured on record, to be compared with later.")
@click.argument("names", nargs=-1, type=click.Choice(sorted(BENCHES)))
def main(names: tuple[str, ...], *, as_json: bool, full: bool, is_kept: bool) -> None:
    """Run the named benches, or all; the exit status is 1 when a target is missed or a bench failed.

    What changed since the last recorded run is told and not judged: machines are noisy.
    """
    size, before, missed = (Size.FULL if full else Size.QUICK), read(), []
    if not as_json:
        click.echo(Result.heading())
    for name in names or tuple(BENCHES):
        print(f"{name} ...", file=sys.stderr)
        try:
            results = _told(name, size, before, as_json=as_json)
        except Exception as error:  # noqa: BLE001 - told, and counted as missed; the others have their turn
            print(f"{name} failed: {error!r}", file=sys.stderr)
            missed.append(name)
            continue
        missed += [result.name for result in results if not result.ok]
        if full or is_kept:
            keep(results, size)
            plan.write()
    if missed and not as_json:
        click.echo(f"\nMissed or failed: {'; '.join(missed)}.")
    sys.exit(1 if missed else 0)


def _told(name: str, size: Size, before: Record, *, as_json: bool) -> list[Result]:
    """Tell each figure as it is found, beside what it was last."""
    results = []
    for result in BENCHES[name](size):
        last = before.last(result.name, size)
        click.echo(result.to_json(last) if as_json else result.row(last))
        results.append(result)
    return results


main(prog_name="bench")
