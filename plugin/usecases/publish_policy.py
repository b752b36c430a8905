"""Publish new promises of the merchant: a version never changes, and an order keeps the one it was placed under."""

from dataclasses import replace
from datetime import datetime

from plugin.domain.effects import RebuildEntitlements
from plugin.domain.errors import Invalid
from plugin.domain.ids import MerchantId
from plugin.domain.policy import MarketPolicy, PolicyVersion
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import Units

_MOST_DAYS = 3650
_MOST_MONTHS = 600


class PolicyInThePast(Invalid):
    """A later version cannot change what was promised before it was published."""

    code = "policy_in_the_past"


class MarketOverlap(Invalid):
    """Two markets name the same country, so it cannot be said which promise holds there."""

    code = "market_overlap"


def publish_policy(
    draft: PolicyVersion, *, merchant: MerchantId, units: Units, ids: Ids, now: datetime
) -> PolicyVersion:
    """The published version, with an id of its own.

    The first one may take effect in the past, since the shop promised something before it came here; orders that are
    on record then get it. A later one may still cover orders on record, placed this very instant or by a shop whose
    clock runs ahead: every version has all projections looked at again. Raises `PolicyInThePast`, `MarketOverlap`, or
    `Invalid` naming market and field.
    """
    version = replace(draft, id=ids.new())
    _check(version)
    with units(merchant) as unit:
        is_first = not unit.policies.all()
        if version.effective_from < now and not is_first:
            raise PolicyInThePast({"field": "effective_from"})
        unit.policies.add(version)
        unit.queue.add([RebuildEntitlements(merchant)])
        unit.commit()
    return version


def _check(version: PolicyVersion) -> None:
    countries = [country for market in version.markets for country in sorted(market.countries)]
    repeated = next((country for country in countries if countries.count(country) > 1), None)
    if repeated is not None:
        raise MarketOverlap({"field": "countries", "country": repeated})
    for market in (*version.markets, version.default):
        _check_market(market)


def _check_market(market: MarketPolicy) -> None:
    terms = (
        ("return_days", market.return_days, _MOST_DAYS),
        ("exchange_days", market.exchange_days, _MOST_DAYS),
        ("warranty_months", market.warranty_months, _MOST_MONTHS),
    )
    for field, value, most in terms:
        if value is not None and not 0 <= value <= most:
            raise Invalid({"field": field, "market": market.market, "least": 0, "most": most})
