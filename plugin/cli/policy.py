"""`aftercare policy`: checks a policy document against the law, without a shop, a database or a network."""

import json
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import IO

import click
from rich.table import Table
from rich.text import Text

from plugin.cli import dates
from plugin.cli.console import console
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.in_force import Law
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.policy import PolicyVersion
from plugin.domain.policy.document import InvalidPolicy, read_policy, schema
from plugin.domain.policy.lint import Circumstances, Finding, Severity, lint
from plugin.i18n import DESK_LANGUAGES, Catalogue, catalogue

_FEW = 6


@click.group("policy")
def command() -> None:
    """Check a policy against the law of every market it serves."""


@command.command("lint")
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one finding a line, instead of a table.")
@click.option("--live", is_flag=True, help="Real shoppers buy in the shop.")
@click.option("--withdrawal-function", is_flag=True, help="Shoppers reach a working withdrawal function there.")
@click.option("--today", type=dates.day, metavar="DATE", help="Check as of another day; rules start on theirs.")
@click.option("--language", type=click.Choice(DESK_LANGUAGES), default="en", help="What findings are told in.")
def lint_file(
    file: IO[bytes], *, as_json: bool, live: bool, withdrawal_function: bool, today: date | None, language: str
) -> None:
    """Check the policy in FILE (`-` reads standard input). Exit status 1 on errors, or when FILE is no policy."""
    about = Circumstances(live, withdrawal_function, today or datetime.now(UTC).date())
    law = Law(load_rulebook(), HolidayCalendar())
    found = lint(_read(file), law, about)
    words = catalogue(language)
    if as_json:
        for finding in found:
            click.echo(json.dumps(_entry(finding, words), ensure_ascii=False))
    else:
        _print(found, words, law)
    sys.exit(1 if any(finding.severity is Severity.ERROR for finding in found) else 0)


@command.command("schema")
def print_schema() -> None:
    """Print the JSON Schema (2020-12) of policy documents."""
    click.echo(json.dumps(schema(), ensure_ascii=False, indent=2))


def _read(file: IO[bytes]) -> PolicyVersion:
    name = getattr(file, "name", "<stdin>")
    try:
        return read_policy(json.loads(file.read().decode("utf-8-sig")))
    except InvalidPolicy as error:
        faults = "\n".join(f"  {fault.field or '(document)'}: {fault.code}" for fault in error.faults)
        raise click.ClickException(f"{name} is no policy:\n{faults}") from error
    except (ValueError, RecursionError) as error:
        raise click.ClickException(f"{name} is not JSON.") from error


def _print(found: tuple[Finding, ...], words: Catalogue, law: Law) -> None:
    if found:
        table = Table(show_lines=True)
        for heading in ("", "where", "what", "law", "fix"):
            table.add_column(heading, overflow="fold")
        for finding in found:
            table.add_row(*(Text(cell) for cell in _cells(finding, words)))
        console().print(table)
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    click.echo(f"errors {errors}, warnings {len(found) - errors}. Law as of {law.rulebook.as_of}; no legal advice.")


def _cells(finding: Finding, words: Catalogue) -> Iterable[str]:
    where = [f"[{finding.market}]" if finding.market else "", finding.clause or "", finding.field]
    law = [*(basis.citation for basis in finding.basis), words.text(f"lint.certainty.{finding.certainty.value}")]
    yield words.text(f"lint.severity.{finding.severity.value}")
    yield "\n".join(part for part in (*where, _countries(finding.countries)) if part)
    yield f"{finding.code}\n{_worded(finding, 'title', words)}\n{_worded(finding, 'why', words)}"
    yield "\n".join(law) if finding.basis or finding.countries else ""
    yield _worded(finding, "fix", words) if finding.fix else ""


def _countries(codes: tuple[str, ...]) -> str:
    more = f" +{len(codes) - _FEW}" if len(codes) > _FEW else ""
    return " ".join(codes[:_FEW]) + more


def _worded(finding: Finding, part: str, words: Catalogue) -> str:
    return words.text(f"lint.{finding.code}.{part}", **dict(finding.facts))


def _entry(finding: Finding, words: Catalogue) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "field": finding.field,
        "market": finding.market,
        "countries": list(finding.countries),
        "clause": finding.clause,
        "facts": dict(finding.facts),
        "basis": [{"id": basis.id, "citation": basis.citation} for basis in finding.basis],
        "certainty": finding.certainty.value,
        "fix": {"path": finding.fix.path, "value": finding.fix.value} if finding.fix else None,
        "title": _worded(finding, "title", words),
        "why": _worded(finding, "why", words),
    }
