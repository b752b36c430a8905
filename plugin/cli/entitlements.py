"""`aftercare entitlements`: what the shoppers of a shop are entitled to, line by line."""

import json
from collections.abc import Iterable
from datetime import datetime

import click

from plugin.cli import dates
from plugin.cli.entitlement_row import rows
from plugin.cli.entitlement_table import print_table
from plugin.cli.installation import installation
from plugin.domain.shop import Shop
from plugin.i18n import Catalogue, catalogue
from plugin.ports.deps import Deps
from plugin.usecases.find_shop import find_shop
from plugin.usecases.quote_entitlements import Quote
from plugin.usecases.quote_shop import quote_number, quote_shop


@click.command("entitlements")
@click.option("--shop", "shop_name", required=True, metavar="NAME", help="The shop.")
@click.option("--merchant", metavar="NAME", help="The shop's merchant, when several have a shop of this name.")
@click.option("--order", "number", metavar="N", help="One order, by its number.")
@click.option("--as-of", type=dates.instant, metavar="T", help="The instant to ask for (ISO 8601); now if left out.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on standard output, one object per order line.")
@click.option("--language", default="en", show_default=True, help="The language of the JSON's explanations.")
def command(
    shop_name: str, merchant: str | None, number: str | None, as_of: datetime | None, language: str, *, as_json: bool
) -> None:
    """Show the five rights of every order line: withdrawal, shop return, exchange, guarantee and warranty.

    The JSON is described by docs/entitlements-schema.json.
    """
    with installation() as runtime:
        deps = runtime.deps
        shop = find_shop(shop_name, merchant, directory=deps.directory, units=deps.units)
        at = as_of or deps.clock.now()
        quotes = _quotes(shop, number, deps, at)
        if as_json:
            _print_lines(quotes, shop, at, catalogue(language))
        else:
            print_table(quotes, at)


def _quotes(shop: Shop, number: str | None, deps: Deps, at: datetime) -> Iterable[Quote]:
    if number is None:
        return quote_shop(shop, units=deps.units, law=deps.law, now=at)
    return quote_number(number, shop, units=deps.units, law=deps.law, now=at)


def _print_lines(quotes: Iterable[Quote], shop: Shop, as_of: datetime, words: Catalogue) -> None:
    for quote in quotes:
        for row in rows(quote, shop.name, as_of, words):
            click.echo(json.dumps(row, ensure_ascii=False))
