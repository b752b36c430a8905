"""`aftercare tracking`: where a parcel is, what is known of its number, and how well arrival days were kept."""

import json
import sys

import click

from plugin.cli.asked_parcel import as_lines, as_object, asked_parcels
from plugin.cli.installation import installation
from plugin.domain.law.zones import zone_table
from plugin.domain.tracking.eta.backtest import Held
from plugin.domain.tracking.eta.lane import Lane
from plugin.domain.tracking.number import NotATrackingNumber
from plugin.domain.tracking.posts import posts
from plugin.domain.tracking.recognising import Candidate, Recognised
from plugin.domain.tracking.recognising import recognise as to_candidates
from plugin.usecases.find_shop import find_merchant, find_shop
from plugin.usecases.tracking.judge_lanes import judge_lanes

_BRITAIN = {"UK": "GB"}


def _country(text: str) -> str:
    """`DE`, in either case; `UK` is what people write for `GB`."""
    code = _BRITAIN.get(text.upper(), text.upper())
    if code not in {*zone_table().countries, *posts()}:
        raise click.BadParameter(f"{text[:40]!r} is no country code like DE.")
    return code


@click.group("tracking")
def command() -> None:
    """Ask about parcels."""


@command.command()
@click.argument("number")
@click.option("--to", type=_country, metavar="COUNTRY", help="Where the parcel goes: a country code such as DE.")
@click.option("--carrier", metavar="NAME", help="The carrier's name on the order, in any spelling.")
@click.option("--json", "as_json", is_flag=True, help="A JSON array, best first.")
def recognise(number: str, to: str | None, carrier: str | None, *, as_json: bool) -> None:
    """Print the carriers whose number NUMBER may be, the likeliest first.

    Judged by check digit, pattern, destination and the name on the order; no carrier is asked. Where nobody we know
    numbers parcels like this, the exit status is 1.
    """
    try:
        found = to_candidates(number, to, carrier)
    except NotATrackingNumber as error:
        raise click.ClickException(f"{number[:40]!r} is no parcel's number.") from error
    _print(found, as_json=as_json)
    if not found.candidates:
        click.echo(f"Error: No carrier known here numbers its parcels like {found.number}.", err=True)
        sys.exit(1)


@command.command()
@click.argument("number")
@click.option(
    "--shop", "shop_name", metavar="NAME", help="The shop; without it every shop's parcels are looked through."
)
@click.option("--merchant", metavar="NAME", help="The shop's merchant, when several have a shop of this name.")
@click.option("--json", "as_json", is_flag=True, help="A JSON array, the newest parcel first.")
def ask(number: str, shop_name: str | None, merchant: str | None, *, as_json: bool) -> None:
    """Ask about the parcel NUMBER now, and print where it is.

    The account is asked that would be asked next. Where that brings nothing, what stands in the way is said, what is
    known is printed all the same, and the exit status is 1.
    """
    with installation() as runtime:
        deps = runtime.deps
        shop = find_shop(shop_name, merchant, directory=deps.directory, units=deps.units) if shop_name else None
        asked = asked_parcels(number, shop, deps)
    if as_json:
        click.echo(json.dumps([as_object(each) for each in asked], ensure_ascii=False))
    else:
        click.echo("\n\n".join("\n".join(as_lines(each)) for each in asked))
    if any(each.told.hindrance for each in asked):
        sys.exit(1)


@command.command()
@click.option("--merchant", "name", metavar="NAME", help="One merchant only.")
@click.option("--weeks", type=click.IntRange(1, 104), default=26, show_default=True, help="Judged by so many.")
@click.option("--json", "as_json", is_flag=True, help="A JSON array, by lane.")
def backtest(name: str | None, weeks: int, *, as_json: bool) -> None:
    """Judge arrival days by the parcels of the last weeks, lane by lane.

    Every week is told what was known when it began; `kept` is the share of what was told that came within the days.
    """
    with installation() as runtime:
        deps = runtime.deps
        owners = deps.directory.merchants()
        if name is not None:
            owners = [find_merchant(name, directory=deps.directory, units=deps.units)]
        now = deps.clock.now()
        judged = [judge_lanes(weeks, merchant=owner.id, units=deps.units, now=now) for owner in owners]
    lanes = [_judged(lane, held) for found in judged for lane, held in found.items()]
    if as_json:
        click.echo(json.dumps(lanes, ensure_ascii=False))
        return
    for each in lanes:
        click.echo("  ".join(f"{key} {value}" for key, value in each.items() if value is not None))
    if not lanes:
        click.echo("No parcel of these weeks has arrived by a carrier's or the platform's word.")


def _judged(lane: Lane, held: Held) -> dict[str, str | int | float | None]:
    return {
        "from": lane.begun.value,
        "carrier": lane.carrier,
        "origin": lane.origin,
        "destination": lane.destination,
        "service": lane.service,
        "told": held.told,
        "kept": round(held.share, 3) if held.told else None,
        "days": round(held.length, 1) if held.told else None,
        "silent": held.silent,
    }


def _print(found: Recognised, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([_told(each) for each in found.candidates], ensure_ascii=False))
        return
    for each in found.candidates:
        parts = (
            each.carrier,
            f"{each.confidence:.0%}",
            each.name,
            each.post and f"issued in {each.post}",
            each.service,
        )
        click.echo("  ".join(part for part in parts if part))


def _told(candidate: Candidate) -> dict[str, str | float]:
    """What is known; what is not stays out."""
    told = {"name": candidate.name, "post": candidate.post, "service": candidate.service}
    return {
        "carrier": candidate.carrier,
        "confidence": candidate.confidence,
        **{key: value for key, value in told.items() if value is not None},
    }
