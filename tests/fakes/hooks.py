"""What is known of shops' webhooks, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from plugin.domain.hooks import Hook, ShopHooks
from plugin.domain.ids import ShopId
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeHookRecords:
    tables: Tables

    def open(self, shop: ShopId, secret: str) -> None:
        self.tables.hooks.setdefault(shop, ShopHooks(shop, secret))

    def renew(self, shop: ShopId, secret: str) -> None:
        if known := self.get(shop):
            self._set(shop, secret=secret, previous=known.secret, checked_at=None)

    def forget_previous(self, shop: ShopId) -> None:
        self._set(shop, previous=None)

    def get(self, shop: ShopId) -> ShopHooks | None:
        return self.tables.hooks.get(shop)

    def checked(self, shop: ShopId, hooks: Sequence[Hook], at: datetime, *, was_mended: bool) -> None:
        mended = {"mended_at": at} if was_mended else {}
        self._set(shop, hooks=tuple(hooks), checked_at=at, fault=None, fault_detail=None, **mended)

    def unchecked(self, shop: ShopId, fault: str, detail: str | None, at: datetime) -> None:
        self._set(shop, checked_at=at, fault=fault, fault_detail=detail)

    def heard(self, shop: ShopId, at: datetime, delay: timedelta | None) -> None:
        known = self.get(shop)
        if known and (known.heard_at is None or known.heard_at <= at):
            self._set(shop, heard_at=at, delay=known.delay if delay is None else delay)

    def swept(self, shop: ShopId, was: datetime | None, at: datetime, after: str | None) -> bool:
        known = self.get(shop)
        if known is None or known.swept_at != was:
            return False
        self._set(shop, swept_at=at, sweep_after=after)
        return True

    def remove(self, shop: ShopId) -> None:
        self.tables.hooks.pop(shop, None)

    def _set(self, shop: ShopId, **values: object) -> None:
        if shop in self.tables.hooks:
            self.tables.hooks[shop] = replace(self.tables.hooks[shop], **values)  # type: ignore[arg-type]  # its fields
