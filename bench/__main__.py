"""`./script/bench [--json] [--full] [NAME ...]`: measure what the product promises, each beside a baseline."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from bench.registry import BENCHES
from bench.result import Result, Size


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line, and nothing else on stdout.")
@click.option("--full", is_flag=True, help="The sizes that the promises name, however long they take.")
@click.argument("names", nargs=-1, type=click.Choice(sorted(BENCHES)))
def main(names: tuple[str, ...], *, as_json: bool, full: bool) -> None:
    """Run the named benches, or all; the exit status is 1 when a target is missed."""
    if not as_json:
        click.echo(Result.heading())
    missed = 0
    for result in _results(names or tuple(BENCHES), Size.FULL if full else Size.QUICK):
        click.echo(result.to_json() if as_json else result.row())
        missed += not result.ok
    if missed:
        sys.exit(1)


def _results(names: tuple[str, ...], size: Size) -> Iterator[Result]:
    for name in names:
        print(f"{name} ...", file=sys.stderr)
        yield from BENCHES[name](size)


main(prog_name="bench")
