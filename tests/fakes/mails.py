"""Mail on its way, mail that is stuck, and who it comes from, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from plugin.domain.identity import Identity
from plugin.domain.sender import Sender
from plugin.ports.mailer import Mail
from plugin.ports.undelivered import GIVEN_UP, UndeliveredMail
from tests.fakes.tables import Failure, Tables


@dataclass(slots=True)
class FakeMails:
    tables: Tables

    def add(self, mail_id: str, mail: Mail, at: datetime) -> None:
        self.tables.mails[mail_id] = mail
        self.tables.mails_queued[mail_id] = at

    def get(self, mail_id: str) -> Mail | None:
        failure = self.tables.mail_failures.get(mail_id)
        return None if failure and failure.parked_at else self.tables.mails.get(mail_id)

    def is_known(self, mail_id: str) -> bool:
        return mail_id in self.tables.mails_queued

    def sent(self, mail_id: str, at: datetime) -> None:  # noqa: ARG002 - the port's signature
        self.tables.mails.pop(mail_id, None)
        self.tables.mail_failures.pop(mail_id, None)

    def unsent(self, since: datetime, before: datetime, limit: int) -> Sequence[str]:
        queued = self.tables.mails_queued
        waiting = [each for each in self.tables.mails if since <= queued[each] < before and self.get(each)]
        return sorted(waiting, key=lambda mail_id: (queued[mail_id], mail_id), reverse=True)[:limit]


@dataclass(slots=True)
class FakeUndelivered:
    tables: Tables

    def failed(self, mail_id: str, fault: str, detail: str, at: datetime) -> None:
        if mail_id in self.tables.mails:
            before = self.tables.mail_failures.get(mail_id, Failure())
            now = replace(before, attempts=before.attempts + 1, fault=fault, detail=detail, failed_at=at)
            self.tables.mail_failures[mail_id] = now

    def park(self, mail_id: str, at: datetime) -> None:
        if mail_id in self.tables.mails:
            failure = self.tables.mail_failures.get(mail_id, Failure())
            self.tables.mail_failures[mail_id] = replace(failure, parked_at=at)

    def give_up(self, before: datetime, at: datetime) -> int:
        found = [
            each
            for each in self.tables.mails
            if self.tables.mails_queued[each] < before and not self.tables.mail_failures.get(each, Failure()).parked_at
        ]
        for mail_id in found:
            self.tables.mail_failures.setdefault(mail_id, Failure(fault=GIVEN_UP, failed_at=at))
            self.park(mail_id, at)
        return len(found)

    def all(self, limit: int) -> Sequence[UndeliveredMail]:
        rows = [self._row(mail_id, failure) for mail_id, failure in self.tables.mail_failures.items()]
        return sorted(rows, key=lambda row: (row.queued_at, row.id), reverse=True)[:limit]

    def revive(self, mail_ids: Sequence[str] | None, at: datetime) -> Sequence[str]:
        found = [each for each in self.tables.mail_failures if mail_ids is None or each in mail_ids]
        for mail_id in found:
            self.tables.mail_failures[mail_id] = replace(self.tables.mail_failures[mail_id], parked_at=None)
            self.tables.mails_queued[mail_id] = at
        return found

    def dismiss(self, mail_ids: Sequence[str]) -> int:
        return self._drop([each for each in self.tables.mail_failures if each in mail_ids])

    def forget(self, identity: Identity) -> int:
        kept = self.tables.mails.items()
        return self._drop([each for each, mail in kept if identity.is_named_in(msgspec.json.encode(mail))])

    def _drop(self, mail_ids: Sequence[str]) -> int:
        for mail_id in mail_ids:
            self.tables.mails.pop(mail_id, None)
            self.tables.mail_failures.pop(mail_id, None)
        return len(mail_ids)

    def _row(self, mail_id: str, failure: Failure) -> UndeliveredMail:
        assert failure.failed_at is not None
        return UndeliveredMail(
            mail_id,
            self.tables.mails[mail_id],
            self.tables.mails_queued[mail_id],
            failure.attempts,
            failure.fault,
            failure.detail,
            failure.failed_at,
            failure.parked_at,
        )


@dataclass(slots=True)
class FakeSenders:
    tables: Tables

    def get(self) -> Sender | None:
        return self.tables.sender

    def save(self, sender: Sender | None, at: datetime) -> None:  # noqa: ARG002 - the port's signature
        self.tables.sender = sender
        self.tables.sender_tested_at = None

    def tested(self, at: datetime) -> None:
        self.tables.sender_tested_at = at

    def last_test_sent(self) -> datetime | None:
        return self.tables.sender_tested_at
