"""Accounts with whoever tells of one merchant's parcels; keys and push tokens are sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Row, or_

from plugin.domain.decoding import decoder
from plugin.domain.errors import Conflict
from plugin.domain.tracking.account import Breaker, CarrierAccount
from plugin.storage.scope import Scope, Values
from plugin.storage.tables import carrier_accounts, carrier_pushes
from plugin.storage.vault import Vault

TABLE, COLUMN = "carrier_accounts", "secrets"
_columns = carrier_accounts.c


@dataclass(frozen=True, slots=True)
class _Secrets:
    """The sealed part of an account."""

    keys: Mapping[str, str]
    push_token: str


_encoder = msgspec.json.Encoder()
_decoder = decoder(_Secrets)


class SqlCarrierAccounts:
    """`plugin.ports.carrier_accounts.CarrierAccounts`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def all(self) -> Sequence[CarrierAccount]:
        """By rank, then by name of their kind."""
        found = self._scope.select(carrier_accounts, *_columns).order_by(_columns.rank, _columns.kind)
        return [self._account(row) for row in self._scope.rows(found)]

    def get(self, kind: str) -> CarrierAccount | None:
        """The account of this kind; None: there is none."""
        row = self._scope.row(self._scope.select(carrier_accounts, *_columns).where(_columns.kind == kind))
        return self._account(row) if row else None

    def save(self, account: CarrierAccount) -> None:
        """Insert (version 0) or compare-and-swap on version; raises `Conflict` when somebody was faster."""
        if account.version == 0:
            self._scope.insert(carrier_accounts, [self._row(account)])
            return
        is_this = (_columns.kind == account.kind) & (_columns.version == account.version)
        changed = self._scope.update(carrier_accounts).where(is_this).values(**self._row(account))
        if self._scope.run(changed) != 1:
            raise Conflict({"what": "carrier_account"})

    def lease(self, kind: str, now: datetime, until: datetime) -> CarrierAccount | None:
        """The account, leased: whoever's update meets the row first has it, on either database."""
        is_free = or_(_columns.leased_until.is_(None), _columns.leased_until <= now)
        taken = self._scope.update(carrier_accounts).where(_columns.kind == kind, is_free).values(leased_until=until)
        return self.get(kind) if self._scope.run(taken) else None

    def settle(self, account: CarrierAccount, lease: datetime) -> bool:
        """Keep how asking went, where the turn is still held and the account still the same."""
        is_same = (_columns.kind == account.kind) & (_columns.version == account.version)
        held = is_same & (_columns.leased_until == lease)
        return self._scope.run(self._scope.update(carrier_accounts).where(held).values(**_asked(account))) == 1

    def pushed(self, kind: str, at: datetime) -> None:
        """Something came from it unasked then."""
        self._scope.run(self._scope.update(carrier_accounts).where(_columns.kind == kind).values(pushed_at=at))

    def remove(self, kind: str) -> None:
        """Forget it with its keys and with what it pushed."""
        self._scope.run(self._scope.delete(carrier_pushes).where(carrier_pushes.c.kind == kind))
        self._scope.run(self._scope.delete(carrier_accounts).where(_columns.kind == kind))

    def _row(self, account: CarrierAccount) -> Values:
        plain = _encoder.encode(_Secrets(dict(account.keys), account.push_token))
        return {
            "kind": account.kind,
            "secrets": self._vault.seal(TABLE, account.kind, COLUMN, plain),
            "push_hash": token_hash(account.push_token),
            "since": account.since,
            "is_on": account.is_on,
            "rank": account.rank,
            "pushed_at": account.pushed_at,
            "version": account.version + 1,
            **_asked(account),
        }

    def _account(self, row: Row[Any]) -> CarrierAccount:
        return account_of(row, self._vault.unseal(TABLE, row.kind, COLUMN, row.secrets))


def token_hash(push_token: str) -> bytes:
    """What a push token is found by; it has 128 bits or more, so nobody finds the token by it."""
    return sha256(push_token.encode()).digest()


def account_of(row: Row[Any], plain: bytes) -> CarrierAccount:
    """The account of a row, its secrets opened."""
    secrets = _decoder.decode(plain)
    return CarrierAccount(
        kind=row.kind,
        keys=secrets.keys,
        push_token=secrets.push_token,
        since=row.since,
        is_on=row.is_on,
        rank=row.rank,
        breaker=Breaker(row.failures, row.failing_since, row.open_until, row.fault),
        asked_at=row.asked_at,
        pushed_at=row.pushed_at,
        version=row.version,
    )


def _asked(account: CarrierAccount) -> Values:
    """How asking went, and the turn given back."""
    breaker = account.breaker
    return {
        "failures": breaker.failures,
        "failing_since": breaker.failing_since,
        "open_until": breaker.open_until,
        "fault": breaker.fault,
        "asked_at": account.asked_at,
        "leased_until": None,
    }
