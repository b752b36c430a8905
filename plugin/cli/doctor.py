"""`aftercare doctor`: what is wrong here, and what to do."""

import json
import os
import sys
from dataclasses import asdict

import click

from plugin.doctor.examination import examine
from plugin.doctor.finding import Finding, State

_LOOKS = {State.FAILED: "red", State.WARNING: "yellow", State.UNKNOWN: "yellow", State.OK: "green"}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def command(*, as_json: bool) -> None:
    """Look at everything this installation rests on; exit status 1 when something has failed.

    Nothing is sent, and nothing secret or personal is printed. Nothing is changed but a spent token of a Shopify shop,
    which is renewed as the worker would.
    """
    found: list[Finding] = []
    for finding in examine(os.environ):
        found.append(finding)
        if not as_json:
            _print(finding)
    worst = next(state for state in State if any(finding.state is state for finding in found))
    if as_json:
        click.echo(json.dumps({"state": worst, "findings": [asdict(finding) for finding in found]}, indent=2))
    sys.exit(int(worst is State.FAILED))


def _print(finding: Finding) -> None:
    state = click.style(f"{finding.state:<8}", fg=_LOOKS[finding.state])
    click.echo(f"{state} {finding.check}: {finding.told}")
    if finding.advice:
        click.echo(f"{'':<8} -> {finding.advice}")
