"""`./script/bench [--json] [--full] [NAME ...]`: measure what the product promises, each beside a baseline."""

from __future__ import annotations

import sys

import click

from bench.record import record
from bench.registry import BENCHES
from bench.result import Result, Size


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line, and nothing else on stdout.")
@click.option(
    "--full", is_flag=True, help="The sizes that the promises name, however long; kept in docs/performance.md."
)
@click.argument("names", nargs=-1, type=click.Choice(sorted(BENCHES)))
def main(names: tuple[str, ...], *, as_json: bool, full: bool) -> None:
    """Run the named benches, or all; the exit status is 1 when a target is missed."""
    if not as_json:
        click.echo(Result.heading())
    missed = 0
    for name in names or tuple(BENCHES):
        print(f"{name} ...", file=sys.stderr)
        results = []
        for result in BENCHES[name](Size.FULL if full else Size.QUICK):
            click.echo(result.to_json() if as_json else result.row())
            missed += not result.ok
            results.append(result)
        if full:
            record(results)
    sys.exit(1 if missed else 0)


main(prog_name="bench")
