"""What is known of the webhooks of one merchant's shops; their secrets are sealed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Row, or_

from plugin.domain.decoding import decoder
from plugin.domain.hooks import Hook, ShopHooks
from plugin.domain.ids import ShopId
from plugin.storage.scope import Scope, Values
from plugin.storage.tables import shop_hooks
from plugin.storage.vault import Vault

_TABLE, _COLUMN = "shop_hooks", "secret"
_BETWEEN = "\n"
"""The current secret and the one before it; neither has a line's end in it."""
_columns = shop_hooks.c
_decoder = decoder(tuple[Hook, ...])


class SqlHookRecords:
    """`plugin.ports.hooks.HookRecords`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def open(self, shop: ShopId, secret: str) -> None:
        """Begin to expect deliveries signed with this secret; a shop that has one keeps it."""
        self._scope.insert_new(shop_hooks, [{"shop_id": shop, "secret": self._sealed(shop, secret), "hooks": "[]"}])

    def renew(self, shop: ShopId, secret: str) -> None:
        """Sign with this from now on: its webhooks are due for a look. The secret before it counts on; none beyond."""
        known = self.get(shop)
        if known is not None:
            self._set(shop, {"secret": self._sealed(shop, secret, known.secret), "checked_at": None})

    def forget_previous(self, shop: ShopId) -> None:
        """Take deliveries by the current secret alone."""
        known = self.get(shop)
        if known is not None:
            self._set(shop, {"secret": self._sealed(shop, known.secret)})

    def get(self, shop: ShopId) -> ShopHooks | None:
        """None: no deliveries are expected."""
        row = self._scope.row(self._scope.select(shop_hooks, *_columns).where(_columns.shop_id == shop))
        return self._hooks(row) if row else None

    def checked(self, shop: ShopId, hooks: Sequence[Hook], at: datetime, *, was_mended: bool) -> None:
        """Record how they stand, and whether they had to be mended for that."""
        told = msgspec.json.encode(hooks).decode()
        mended = {"mended_at": at} if was_mended else {}
        self._set(shop, {"hooks": told, "checked_at": at, "fault": None, "fault_detail": None, **mended})

    def unchecked(self, shop: ShopId, fault: str, detail: str | None, at: datetime) -> None:
        """Record why they could not be looked at or mended; how they stood before stays."""
        self._set(shop, {"checked_at": at, "fault": fault, "fault_detail": detail})

    def heard(self, shop: ShopId, at: datetime, delay: timedelta | None) -> None:
        """Record a delivery, unless a later one is on record; None: it does not say what change it is about."""
        told = {} if delay is None else {"delay_seconds": int(delay.total_seconds())}
        is_later = or_(_columns.heard_at.is_(None), _columns.heard_at <= at)
        statement = self._scope.update(shop_hooks).where(_columns.shop_id == shop, is_later)
        self._scope.run(statement.values(heard_at=at, **told))

    def swept(self, shop: ShopId, was: datetime | None, at: datetime, after: str | None) -> bool:
        """Record how far a comparison with the whole shop came; False when somebody has begun one since `was`."""
        is_it = _columns.swept_at.is_(None) if was is None else _columns.swept_at == was
        statement = self._scope.update(shop_hooks).where(_columns.shop_id == shop, is_it)
        return self._scope.run(statement.values(swept_at=at, sweep_after=after)) == 1

    def remove(self, shop: ShopId) -> None:
        """Expect no deliveries any more."""
        self._scope.run(self._scope.delete(shop_hooks).where(_columns.shop_id == shop))

    def _set(self, shop: ShopId, values: Values) -> None:
        self._scope.run(self._scope.update(shop_hooks).where(_columns.shop_id == shop).values(**values))

    def _sealed(self, shop: ShopId, *secrets: str) -> bytes:
        return self._vault.seal(_TABLE, shop, _COLUMN, _BETWEEN.join(secrets).encode())

    def _hooks(self, row: Row[Any]) -> ShopHooks:
        secret, _, previous = self._vault.unseal(_TABLE, row.shop_id, _COLUMN, row.secret).decode().partition(_BETWEEN)
        return ShopHooks(
            shop=row.shop_id,
            secret=secret,
            previous=previous or None,
            hooks=_decoder.decode(row.hooks),
            checked_at=row.checked_at,
            fault=row.fault,
            fault_detail=row.fault_detail,
            heard_at=row.heard_at,
            delay=None if row.delay_seconds is None else timedelta(seconds=row.delay_seconds),
            swept_at=row.swept_at,
            sweep_after=row.sweep_after,
            mended_at=row.mended_at,
        )
