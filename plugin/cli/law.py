"""`aftercare law`: asks the law engines directly, without a shop, a database or a clock."""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import IO

import click

from plugin.domain.errors import DomainError
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.cases import Answered, answer_case
from plugin.domain.law.errors import MalformedFact
from plugin.domain.law.rulebook import load_rulebook

_NOT_JSON = "JSON"


@click.group()
def law() -> None:
    """Ask what the law of a country says."""


@law.command()
@click.argument("file", type=click.File("rb"))
def answer(file: IO[bytes]) -> None:
    """Answer the worked cases in FILE (JSON Lines; `-` reads standard input), one JSON object per line.

    A case that cannot be answered is reported on standard error with its line and field; the others are answered and
    the exit status is 1.
    """
    failed = 0
    for number, outcome in answers(file):
        if isinstance(outcome, DomainError):
            failed += 1
            click.echo(f"line {number}: error: {_sentence(outcome)}", err=True)
            continue
        for warning in outcome.warnings:
            click.echo(f"line {number}: warning: {warning}", err=True)
        click.echo(json.dumps({"id": outcome.id, "answer": outcome.answer}, ensure_ascii=False))
    sys.exit(1 if failed else 0)


command = law


def answers(lines: Iterable[bytes]) -> Iterator[tuple[int, Answered | DomainError]]:
    """The outcome of every line that is not blank, with its number from 1."""
    rulebook, calendar = load_rulebook(), HolidayCalendar()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield number, answer_case(_parsed(line), rulebook, calendar)
        except DomainError as error:
            yield number, error


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise MalformedFact("(line)", _NOT_JSON) from error


def _sentence(error: DomainError) -> str:
    facts = error.facts
    if "jurisdiction" in facts:
        return f"country: the rulebook has no law for {facts['jurisdiction']}"
    if "expected" in facts:
        return f"{facts['field']}: expected {facts['expected']}"
    return f"{facts['field']}: missing"
