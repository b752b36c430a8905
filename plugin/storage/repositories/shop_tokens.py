"""Grants of one merchant's shops; the tokens are sealed, and one renews them at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, or_

from plugin.domain.decoding import decoder
from plugin.domain.ids import ShopId
from plugin.domain.shop_token import Grant, ShopToken
from plugin.storage.scope import Scope, Values
from plugin.storage.tables import shop_tokens
from plugin.storage.vault import Vault

_TABLE, _COLUMN = "shop_tokens", "token"
_columns = shop_tokens.c
_decoder = decoder(Grant)


class SqlShopTokens:
    """`plugin.ports.shop_tokens.ShopTokens`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def save(self, token: ShopToken) -> None:
        """Insert, or put in the place of the shop's last one, which nobody holds a lease of any more."""
        self._scope.upsert(shop_tokens, [{"shop_id": token.shop, **self._values(token)}], ["shop_id"])

    def get(self, shop: ShopId) -> ShopToken | None:
        """The shop's grant; None: there is none."""
        found = self._scope.row(self._scope.select(shop_tokens, *_columns).where(_columns.shop_id == shop))
        return self._token(found) if found else None

    def lease(self, shop: ShopId, now: datetime, until: datetime) -> ShopToken | None:
        """The shop's grant, leased: whoever's update meets the row first has it, on either database."""
        is_free = or_(_columns.leased_until.is_(None), _columns.leased_until <= now)
        taken = self._scope.update(shop_tokens).where(_columns.shop_id == shop, is_free).values(leased_until=until)
        return self.get(shop) if self._scope.run(taken) else None

    def settle(self, token: ShopToken, lease: datetime) -> bool:
        """Record how a renewal ended and give the lease back; False when it is not held any more."""
        held = (_columns.shop_id == token.shop) & (_columns.leased_until == lease)
        return self._scope.run(self._scope.update(shop_tokens).where(held).values(**self._values(token))) == 1

    def due(self, now: datetime) -> Sequence[ShopId]:
        """Shops whose grant is to be renewed, longest due first."""
        found = self._scope.select(shop_tokens, _columns.shop_id).where(_columns.keep_at <= now)
        return [ShopId(row.shop_id) for row in self._scope.rows(found.order_by(_columns.keep_at, _columns.shop_id))]

    def remove(self, shop: ShopId) -> None:
        """Forget the grant."""
        self._scope.run(self._scope.delete(shop_tokens).where(_columns.shop_id == shop))

    def _values(self, token: ShopToken) -> Values:
        plain = msgspec.json.encode(token.grant)
        return {
            "token": self._vault.seal(_TABLE, token.shop, _COLUMN, plain),
            "granted_at": token.granted_at,
            "keep_at": token.keep_at,
            "leased_until": None,
            "failures": token.failures,
            "fault": token.fault,
        }

    def _token(self, row: Row[Any]) -> ShopToken:
        return ShopToken(
            shop=row.shop_id,
            grant=_decoder.decode(self._vault.unseal(_TABLE, row.shop_id, _COLUMN, row.token)),
            granted_at=row.granted_at,
            keep_at=row.keep_at,
            failures=row.failures,
            fault=row.fault,
        )
