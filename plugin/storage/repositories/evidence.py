"""Files of evidence; names and objects are sealed under the key of the person they are about."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_

from plugin.domain.evidence import (
    Evidence,
    EvidenceState,
    Held,
    Limits,
    OffsetMismatch,
    Part,
    Tally,
    UnknownEvidence,
)
from plugin.domain.ids import ClaimDraftId, ClaimId, EvidenceId, ShopId
from plugin.storage.cipher import place, seal, unseal
from plugin.storage.evidence_row import evidence_of, row_of, settled
from plugin.storage.file_cipher import PersonalFileCipher
from plugin.storage.needed import is_needed
from plugin.storage.persons import Persons
from plugin.storage.scope import Scope
from plugin.storage.tables import claims, evidence, evidence_parts, people

_columns = evidence.c
_parts = evidence_parts.c


class SqlEvidence:
    """`plugin.ports.evidence.EvidenceRecords`."""

    def __init__(self, scope: Scope, persons: Persons) -> None:
        self._scope = scope
        self._persons = persons

    def add(self, evidence_file: Evidence) -> None:
        """Record an announced file. Raises `NotFound` when the person was erased or never known."""
        key = self._key(evidence_file.person, is_held=True)
        name = seal(key, evidence_file.name.encode(), self._name_place(evidence_file.id))
        self._scope.insert(evidence, [row_of(evidence_file) | {"name": name}])

    def get(self, evidence_id: EvidenceId) -> Evidence:
        """Raises `UnknownEvidence`, for one that is dropped too."""
        return self._opened(self._row(self._scope.select(evidence, *_columns).where(_is_there(evidence_id))))

    def of_draft(self, draft: ClaimDraftId) -> Sequence[Evidence]:
        """The files of a claim that is being written, oldest first, those dropped left out."""
        return self._all(_columns.draft_id == draft)

    def of_claim(self, claim: ClaimId) -> Sequence[Evidence]:
        """The files of a submitted claim, oldest first, those dropped left out."""
        return self._all(_columns.claim_id == claim)

    def tally(self, shop: ShopId, draft: ClaimDraftId, since: datetime) -> Tally:
        """What counts against the limits; `since` begins the day."""
        size = func.coalesce(func.sum(_columns.size), 0)
        of_draft = _columns.draft_id == draft, _columns.state.in_(("uploading", "checking", "ready"))
        own = self._row(self._scope.select(evidence, func.count().label("files"), size.label("bytes")).where(*of_draft))
        of_day = _columns.shop_id == shop, _columns.created_at >= since
        day = self._row(self._scope.select(evidence, size.label("bytes")).where(*of_day))
        return Tally(own.files, int(own.bytes), int(day.bytes))

    def cipher(self, evidence_id: EvidenceId) -> PersonalFileCipher:
        """The key of a file's objects. Raises `UnknownEvidence` once the person was erased."""
        row = self._row(self._scope.select(evidence, _columns.person_id).where(_is_there(evidence_id)))
        return PersonalFileCipher(self._key(row.person_id), self._scope.merchant, evidence_id)

    def append(self, evidence_id: EvidenceId, part: Part, at: datetime) -> Evidence:
        """Record bytes at the end of what is there, compare-and-swap on the offset."""
        received = part.offset + part.length
        is_open = _columns.state == EvidenceState.UPLOADING.value, _columns.received == part.offset
        values = {"received": received, "touched_at": at}
        known = self.get(evidence_id)
        if received > known.size:
            raise OffsetMismatch({"offset": known.received})
        if received == known.size:
            values["state"] = EvidenceState.CHECKING.value
        update = self._scope.update(evidence).where(_columns.id == evidence_id, *is_open).values(values)
        if self._scope.run(update) != 1:
            raise OffsetMismatch({"offset": self.get(evidence_id).received})
        row = {"evidence_id": evidence_id, "offset": part.offset, "length": part.length, "object": part.object}
        self._scope.insert(evidence_parts, [row])
        return self.get(evidence_id)

    def parts(self, evidence_id: EvidenceId) -> Sequence[Part]:
        """The parts of an unfinished file, in order."""
        statement = self._scope.select(evidence_parts, _parts.offset, _parts.length, _parts.object)
        rows = self._scope.rows(statement.where(_parts.evidence_id == evidence_id).order_by(_parts.offset))
        return [Part(row.offset, row.length, row.object) for row in rows]

    def settle(self, evidence_id: EvidenceId, held: Held, at: datetime) -> bool:
        """Record what was found in a file that waits to be checked, and forget its parts; False when none waits."""
        is_waiting = _columns.id == evidence_id, _columns.state == EvidenceState.CHECKING.value
        if self._scope.run(self._scope.update(evidence).where(*is_waiting).values(settled(held, at))) != 1:
            return False
        self._scope.run(self._scope.delete(evidence_parts).where(_parts.evidence_id == evidence_id))
        return True

    def attach(self, draft: ClaimDraftId, claim: ClaimId) -> int:
        """The draft was submitted as this claim: its files are the claim's now; how many."""
        is_theirs = _columns.draft_id == draft, _columns.claim_id.is_(None), _is_kept()
        return self._scope.run(self._scope.update(evidence).where(*is_theirs).values(claim_id=claim))

    def drop(self, evidence_id: EvidenceId) -> None:
        """Let a file go that belongs to no submitted claim. Raises `UnknownEvidence`."""
        if self._drop(_columns.id == evidence_id, _columns.claim_id.is_(None)) != 1:
            raise UnknownEvidence({"evidence": evidence_id})

    def drop_due(self, limits: Limits, now: datetime) -> int:
        """Let go what ran idle, was never claimed, or was kept long enough and is not needed any more; how many."""
        return self._drop(_is_due(limits, now))

    def has_due(self, limits: Limits, now: datetime) -> bool:
        """Whether anything is to be let go or to be removed; cheap when not."""
        is_over = and_(_columns.state == EvidenceState.GONE.value, _older(now - limits.day))
        is_dropped = _columns.state == EvidenceState.DROPPED.value
        return bool(self._ids(or_(is_dropped, is_over, and_(_is_kept(), _is_due(limits, now))), 1))

    def dropped(self, limit: int) -> Sequence[EvidenceId]:
        """Files whose objects are to be removed."""
        return self._ids(_columns.state == EvidenceState.DROPPED.value, limit)

    def remove(self, evidence_ids: Sequence[EvidenceId], before: datetime) -> None:
        """The objects of these dropped files are gone; forget whichever gone files were announced before then."""
        is_gone = _columns.state == EvidenceState.GONE.value
        dropped = set(self._ids(_columns.state == EvidenceState.DROPPED.value, None)) & set(evidence_ids)
        self._scope.run(self._scope.delete(evidence_parts).where(_parts.evidence_id.in_(dropped)))
        gone = self._scope.update(evidence).where(_columns.id.in_(dropped)).values(state=EvidenceState.GONE.value)
        self._scope.run(gone)
        self._scope.run(self._scope.delete(evidence).where(is_gone, _older(before)))

    def stuck(self, before: datetime, limit: int) -> Sequence[EvidenceId]:
        """Files that wait to be checked and had their last bytes before then."""
        return self._ids(and_(_columns.state == EvidenceState.CHECKING.value, _columns.touched_at < before), limit)

    def _all(self, condition: ColumnElement[bool]) -> Sequence[Evidence]:
        statement = self._scope.select(evidence, *_columns).where(condition, _is_kept())
        return [self._opened(row) for row in self._scope.rows(statement.order_by(_columns.created_at, _columns.id))]

    def _ids(self, condition: ColumnElement[bool], limit: int | None) -> Sequence[EvidenceId]:
        statement = self._scope.select(evidence, _columns.id).where(condition)
        return [row.id for row in self._scope.rows(statement.order_by(_columns.touched_at, _columns.id).limit(limit))]

    def _drop(self, *conditions: ColumnElement[bool]) -> int:
        dropped = {"state": EvidenceState.DROPPED.value, "name": None}
        return self._scope.run(self._scope.update(evidence).where(*conditions, _is_kept()).values(dropped))

    def _row(self, statement: Select[Any]) -> Row[Any]:
        row = self._scope.row(statement)
        if row is None:
            raise UnknownEvidence
        return row

    def _opened(self, row: Row[Any]) -> Evidence:
        name = unseal(self._key(row.person_id), row.name, self._name_place(row.id))
        return evidence_of(row, name.decode())

    def _key(self, person: str, *, is_held: bool = False) -> bytes:
        statement = self._scope.select(people, people.c.key_id, people.c.wrapped_key).where(people.c.id == person)
        # FOR SHARE (PostgreSQL): nobody erases this person until what is sealed under their key is saved.
        row = self._scope.row(statement.with_for_update(read=True) if is_held else statement)
        key = self._persons.holder(person, row).key if row else None
        if key is None:
            raise UnknownEvidence({"person": "erased"})
        return key

    def _name_place(self, evidence_id: str) -> bytes:
        return place(self._scope.merchant, "evidence", evidence_id, "name")


def _is_there(evidence_id: EvidenceId) -> ColumnElement[bool]:
    return and_(_columns.id == evidence_id, _is_kept())


def _is_kept() -> ColumnElement[bool]:
    return _columns.state.not_in((EvidenceState.DROPPED.value, EvidenceState.GONE.value))


def _older(than: datetime) -> ColumnElement[bool]:
    return _columns.created_at < than


def _is_due(limits: Limits, now: datetime) -> ColumnElement[bool]:
    is_idle = and_(_columns.state == EvidenceState.UPLOADING.value, _columns.touched_at < now - limits.idle)
    is_unclaimed = and_(_columns.claim_id.is_(None), _older(now - limits.unclaimed))
    return and_(or_(is_idle, is_unclaimed, _older(now - limits.kept)), ~_is_needed())


def _is_needed() -> ColumnElement[bool]:
    """A claim about the order it was handed in for is open, or the order is held."""
    its = claims.alias("its")
    return exists().where(its.c.merchant_id == _columns.merchant_id, its.c.id == _columns.claim_id, is_needed(its))
