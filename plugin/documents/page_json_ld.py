"""The data a shop's page embeds: who sells, the return policy of the country with its seasons, the shop's warranty."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from plugin.documents.json_ld import Node, return_policy, return_window, warranty
from plugin.domain.clocks.before_purchase import ANYTHING, MarketRights, market_rights
from plugin.domain.law.in_force import Law
from plugin.domain.policy.identity import Trader
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Item, Scope
from plugin.domain.policy.terms import Track
from plugin.domain.policy.version import MarketPolicy, PolicyVersion
from plugin.usecases.quote_page import PageQuote

_CONTEXT = "https://schema.org"


def page_json_ld(quote: PageQuote, law: Law, link: str, now: datetime) -> Node:
    """One graph for the page at `link`, an absolute address."""
    rights = market_rights(quote.country, quote.policy, law, quote.item)
    policy = return_policy(rights, link, _return_country(rights, quote.policy))
    seasons = seasonal_overrides(quote.country, quote.policy, law, now, quote.item)
    if seasons:
        policy["returnPolicySeasonalOverride"] = list(seasons)
    trader = quote.policy.trader_of(quote.market) if quote.policy and quote.market else None
    covered = warranty(rights)
    nodes = [_seller(quote.shop.name, trader, quote.shop.address, policy), *([covered] if covered else [])]
    return {"@context": _CONTEXT, "@graph": [_inner(node) for node in nodes]}


def seasonal_overrides(
    country: str, policy: PolicyVersion | None, law: Law, now: datetime, item: Item = ANYTHING
) -> tuple[Node, ...]:
    """Seasons in which orders surely have more than the rest of the year, first to last day, as far as not over.

    Only rules that name nothing but a season are told: what a season means for some goods only has no property here.
    """
    if policy is None:
        return ()
    market = policy.for_country(country)
    return tuple(_overrides(market, now, lambda known: market_rights(country, policy, law, known), item))


def _overrides(
    market: MarketPolicy, now: datetime, rights_of: Callable[[Item], MarketRights], item: Item
) -> Iterator[Node]:
    for rule in market.rules:
        season = rule.scope.season
        if rule.track is not Track.RETURN or season is None or rule.scope != Scope(season=season):
            continue
        if season.last < now.date() or not _is_alone(rule, market):
            continue
        during = rights_of(replace(item, day=season.first))
        window = dict(return_window(during))
        if _is_from(rule, during) and window != dict(return_window(rights_of(item))):
            dates = {"startDate": season.first.isoformat(), "endDate": season.last.isoformat()}
            yield {"@type": "MerchantReturnPolicySeasonalOverride", **dates, **window}


def _is_alone(rule: Rule, market: MarketPolicy) -> bool:
    """Whether no other season of the market overlaps, so that all its days are alike."""
    season = rule.scope.season
    others = (other.scope.season for other in market.rules if other is not rule and other.track is rule.track)
    return season is not None and all(
        other is None or other.last < season.first or season.last < other.first for other in others
    )


def _is_from(rule: Rule, during: MarketRights) -> bool:
    """Whether it is this very rule that holds then, whatever else is not known of the goods."""
    found = during.rules[Track.RETURN]
    return found is not None and found.id == rule.id


def _return_country(rights: MarketRights, policy: PolicyVersion | None) -> str | None:
    rule = rights.rules[Track.RETURN] or rights.rules[Track.WITHDRAWAL]
    wanted = rule.return_to if rule else None
    places = policy.return_addresses if policy else ()
    return next((place.address.country for place in places if place.id == wanted), None)


def _seller(name: str, trader: Trader | None, address: str | None, policy: Node) -> Node:
    node: Node = {"@type": "Organization", "name": trader.name if trader else name}
    if address is not None and address.startswith("https://"):
        node["url"] = address
    if trader is not None:
        node["email"] = trader.email
        node["address"] = _postal(trader)
    if trader is not None and trader.phone is not None:
        node["telephone"] = trader.phone
    return {**node, "hasMerchantReturnPolicy": _inner(policy)}


def _postal(trader: Trader) -> Node:
    """The address as far as it is known apart: its country, and all lines below the firm's own as one description.

    Which line is the street and which the town is not known, so none is called `streetAddress`.
    """
    lines = trader.address.lines[trader.address.lines[0] == trader.name :]
    told = {"description": ", ".join(lines)} if lines else {}
    return {"@type": "PostalAddress", **told, "addressCountry": trader.address.country}


def _inner(node: Node) -> Node:
    """A node inside a graph has the graph's context."""
    return {name: value for name, value in node.items() if name != "@context"}
