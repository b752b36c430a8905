"""Passkeys of a merchant's staff, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.ids import StaffId
from plugin.domain.passkey import Passkey
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakePasskeys:
    tables: Tables

    def of(self, staff: StaffId) -> Sequence[Passkey]:
        theirs = [each for each in self.tables.passkeys.values() if each.staff == staff]
        return sorted(theirs, key=lambda each: (each.made_at, each.id))

    def by_credential(self, credential: bytes) -> Passkey | None:
        return next((each for each in self.tables.passkeys.values() if each.credential == credential), None)

    def add(self, passkey: Passkey) -> bool:
        is_new = self.by_credential(passkey.credential) is None
        if is_new:
            self.tables.passkeys[passkey.id] = passkey
        return is_new

    def save(self, passkey: Passkey, was: Passkey) -> bool:
        known = self.tables.passkeys.get(was.id)
        if known is None or known.sign_count != was.sign_count:
            return False
        self.tables.passkeys[was.id] = replace(passkey, name=known.name)
        return True

    def rename(self, passkey: str, name: str) -> None:
        if known := self.tables.passkeys.get(passkey):
            self.tables.passkeys[passkey] = replace(known, name=name)

    def remove(self, passkeys: Sequence[str]) -> None:
        for each in passkeys:
            self.tables.passkeys.pop(each, None)

    def spend(self, challenge: bytes, until: datetime) -> bool:
        spent = self.tables.spent_challenges
        return challenge not in spent and spent.setdefault(challenge, until) == until

    def forget_spent(self, now: datetime) -> int:
        spent = self.tables.spent_challenges
        over = [each for each, until in spent.items() if until <= now]
        for each in over:
            del spent[each]
        return len(over)
