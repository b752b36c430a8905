"""Carrier accounts and what they pushed, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import MerchantId
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.push import Push, PushId
from plugin.ports.carrier_accounts import DuePush, ParkedPush
from tests.fakes.tables import Tables

if TYPE_CHECKING:
    from tests.fakes.units import FakeUnits


@dataclass(slots=True)
class FakeCarrierAccounts:
    tables: Tables

    def all(self) -> Sequence[CarrierAccount]:
        accounts = (account for account, _ in self.tables.carrier_accounts.values())
        return sorted(accounts, key=lambda each: (each.rank, each.kind))

    def get(self, kind: str) -> CarrierAccount | None:
        row = self.tables.carrier_accounts.get(kind)
        return row[0] if row else None

    def save(self, account: CarrierAccount) -> None:
        known = self.get(account.kind)
        others = (each for each in self.all() if each.kind != account.kind)
        is_taken = any(each.push_token == account.push_token for each in others)
        if is_taken or account.version != (known.version if known else 0):
            raise Conflict({"what": "carrier_account"})
        self.tables.carrier_accounts[account.kind] = (replace(account, version=account.version + 1), None)

    def lease(self, kind: str, now: datetime, until: datetime) -> CarrierAccount | None:
        account, leased_until = self.tables.carrier_accounts.get(kind, (None, None))
        if account is None or (leased_until is not None and leased_until > now):
            return None
        self.tables.carrier_accounts[kind] = (account, until)
        return account

    def settle(self, account: CarrierAccount, lease: datetime) -> bool:
        known, leased_until = self.tables.carrier_accounts.get(account.kind, (None, None))
        if known is None or known.version != account.version or leased_until != lease:
            return False
        kept = replace(known, breaker=account.breaker, asked_at=account.asked_at)
        self.tables.carrier_accounts[account.kind] = (kept, None)
        return True

    def pushed(self, kind: str, at: datetime) -> None:
        if kind in self.tables.carrier_accounts:
            account, lease = self.tables.carrier_accounts[kind]
            self.tables.carrier_accounts[kind] = (replace(account, pushed_at=at), lease)

    def remove(self, kind: str) -> None:
        self.tables.carrier_accounts.pop(kind, None)
        kept = {name: row for name, row in self.tables.carrier_pushes.items() if row[0].kind != kind}
        self.tables.carrier_pushes = kept


@dataclass(slots=True)
class FakeCarrierPushes:
    tables: Tables

    def add(self, push: Push) -> bool:
        if push.kind not in self.tables.carrier_accounts:
            raise NotFound({"what": "parent"})
        rows = self.tables.carrier_pushes
        if push.id in rows or any((each.kind, each.body) == (push.kind, push.body) for each, _ in rows.values()):
            return False
        rows[push.id] = (push, None)
        return True

    def get(self, push: PushId) -> Push | None:
        row = self.tables.carrier_pushes.get(push)
        return row[0] if row else None

    def done(self, push: PushId) -> None:
        self.tables.carrier_pushes.pop(push, None)

    def retry_at(self, push: PushId, at: datetime, fault: str) -> None:
        if known := self.get(push):
            self.tables.carrier_pushes[push] = (replace(known, due_at=at, fault=fault), None)

    def park(self, push: PushId, fault: str, fault_field: str) -> None:
        if known := self.get(push):
            parked = replace(known, due_at=None, fault=fault, fault_field=fault_field)
            self.tables.carrier_pushes[push] = (parked, None)

    def parked(self, limit: int) -> Sequence[ParkedPush]:
        latest = sorted(self._parked(), key=lambda each: (each.received_at, each.id), reverse=True)
        return [
            ParkedPush(each.id, each.kind, each.received_at, each.attempts, each.fault or "", each.fault_field)
            for each in latest[:limit]
        ]

    def _parked(self) -> list[Push]:
        return [push for push, _ in self.tables.carrier_pushes.values() if push.due_at is None]

    def revive(self, at: datetime) -> int:
        found = self._parked()
        for push in found:
            self.tables.carrier_pushes[push.id] = (replace(push, due_at=at, attempts=0), None)
        return len(found)

    def forget(self, before: datetime) -> int:
        old = [push for push in self._parked() if push.received_at < before]
        for push in old:
            self.done(push.id)
        return len(old)


@dataclass(slots=True)
class FakePushAddresses:
    units: FakeUnits

    def account_by_token(self, push_token: str) -> tuple[MerchantId, CarrierAccount] | None:
        for merchant, rows in self.units.tables.items():
            for account, _ in rows.carrier_accounts.values():
                if account.push_token == push_token:
                    return merchant, account
        return None


@dataclass(slots=True)
class FakePushLease:
    units: FakeUnits

    def lease_pushes(self, now: datetime, until: datetime, limit: int) -> Sequence[DuePush]:
        due = sorted(
            (push.due_at, merchant, push.id)
            for merchant, rows in self.units.tables.items()
            for push, leased_until in rows.carrier_pushes.values()
            if push.due_at and push.due_at <= now and (leased_until is None or leased_until <= now)
        )
        leased = []
        for _, merchant, push in due[:limit]:
            rows = self.units.tables[merchant].carrier_pushes
            tried = replace(rows[push][0], attempts=rows[push][0].attempts + 1)
            rows[push] = (tried, until)
            leased.append(DuePush(merchant, push, tried.attempts))
        return leased
