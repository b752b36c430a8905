"""Give whoever calls a shop's API a token that works, renewing it first when it is nearly spent.

One at a time renews a shop's tokens, under a lease. The question to Shopify is asked outside any transaction; a process
that dies between the answer and our record leaves the old renewing token, which works until the new one is used.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from plugin.domain.connection_faults import AccessRevoked, NotConnected, ShopFault, ShopUnavailable
from plugin.domain.shop import Shop
from plugin.domain.shop_domain import ShopDomain
from plugin.domain.shop_token import Grant, ShopToken
from plugin.ports.clock import Clock
from plugin.ports.shop_tokens import TokenExchange
from plugin.ports.unit_of_work import Units

_LEASE: Final = timedelta(minutes=2)
"""Longer than Shopify takes to answer; short for a shop whose worker died."""
_SOON: Final = 2.0


@dataclass(frozen=True, slots=True)
class TokenMeans:
    """The ports that renewing takes."""

    units: Units
    exchange: TokenExchange
    clock: Clock


def fresh_token(shop: Shop, means: TokenMeans) -> Grant:
    """A grant whose token works for the next minute, or at least now while somebody else is renewing it.

    Raises `NotConnected` when there is none, and what `TokenExchange` raises. After `AccessRevoked` only a visit of the
    merchant helps: that is kept, and nobody asks again before.
    """
    kept = _kept(shop, means)
    if kept.grant.is_spent(means.clock.now()):
        return _renewed(shop, means)
    return kept.grant


def keep_token(shop: Shop, means: TokenMeans) -> Grant:
    """The grant renewed, whether or not it is spent: for a pair nobody used, and a token of the old kind."""
    return _renewed(shop, means, is_spent_only=False)


def _renewed(shop: Shop, means: TokenMeans, *, is_spent_only: bool = True) -> Grant:
    now = means.clock.now()
    lease = now + _LEASE
    with means.units(shop.merchant) as unit:
        leased = unit.shop_tokens.lease(shop.id, now, lease)
        unit.commit()
    if leased is None:
        return _somebody_elses(_kept(shop, means), now)
    if is_spent_only and not leased.grant.is_spent(now):
        _settle(leased, lease, shop, means)
        return leased.grant
    try:
        grant = _asked(shop, leased, means, now)
    except ShopFault as fault:
        _settle(leased.failed(fault, means.clock.now()), lease, shop, means)
        raise
    is_ours = _settle(leased.renewed(grant, now), lease, shop, means)
    return grant if is_ours else _kept(shop, means).grant


def _asked(shop: Shop, token: ShopToken, means: TokenMeans, now: datetime) -> Grant:
    """What Shopify grants; whom it has told before that a visit is needed does not ask."""
    domain = ShopDomain.parse(shop.address or "")
    if domain is None:
        raise NotConnected
    if token.grant.refresh is None:
        return means.exchange.migrate(domain, token.grant.access, now)
    if token.keep_at is None or (token.grant.refresh_until is not None and token.grant.refresh_until <= now):
        raise AccessRevoked(token.fault)
    return means.exchange.refresh(domain, token.grant.refresh, now)


def _somebody_elses(kept: ShopToken, now: datetime) -> Grant:
    """The grant while somebody else renews it; raises `ShopUnavailable` once it is of no use any more."""
    if kept.grant.still_works(now):
        return kept.grant
    raise ShopUnavailable("token being renewed", _SOON)


def _kept(shop: Shop, means: TokenMeans) -> ShopToken:
    with means.units.read(shop.merchant) as unit:
        kept = unit.shop_tokens.get(shop.id)
    if kept is None:
        raise NotConnected
    return kept


def _settle(token: ShopToken, lease: datetime, shop: Shop, means: TokenMeans) -> bool:
    with means.units(shop.merchant) as unit:
        is_ours = unit.shop_tokens.settle(token, lease)
        unit.commit()
    return is_ours
