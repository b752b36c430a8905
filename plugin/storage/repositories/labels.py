"""Labels; the file and what a provider said of a failure are sealed under the key of the order's person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, Select, and_, or_

from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.decoding import decoder
from plugin.domain.errors import Conflict
from plugin.domain.ids import ClaimId, LabelId
from plugin.domain.returning.errors import UnknownLabel
from plugin.domain.returning.label import Label, LabelSource, LabelState
from plugin.storage.cipher import place, seal, unseal
from plugin.storage.errors import CannotOpen
from plugin.storage.file_cipher import PersonalFileCipher
from plugin.storage.needed import is_needed
from plugin.storage.persons import Persons
from plugin.storage.scope import Scope
from plugin.storage.tables import claim_lines, labels, orders, people

_columns = labels.c
_encoder = msgspec.json.Encoder()
_decoder = decoder(Label)
_READ = ("id", "version", "object", "is_dropped", "record", "detail")


class SqlLabels:
    """`plugin.ports.labels.Labels`."""

    def __init__(self, scope: Scope, persons: Persons) -> None:
        self._scope = scope
        self._persons = persons

    def get(self, label: LabelId) -> Label:
        """Raises `UnknownLabel`."""
        return self._opened(self._row(label))

    def of_claim(self, claim: ClaimId) -> Sequence[Label]:
        """All of a claim's, oldest first."""
        return self._all(self._select().where(_columns.claim_id == claim).order_by(_columns.created_at, _columns.id))

    def save(self, changed: Sequence[Label]) -> None:
        """All or nothing; what makes room for another goes first."""
        with self._scope.savepoint():
            for label in sorted((each for each in changed if each.version > 0), key=lambda each: each.id):
                self._update(label)
            self._scope.insert(labels, [self._written(label) for label in changed if label.version == 0])

    def due(self, now: datetime, limit: int) -> Sequence[LabelId]:
        """Those whose next attempt may begin, longest due first."""
        is_due = and_(_columns.due_at <= now, _columns.state == LabelState.REQUESTED.value)
        return self._ids(is_due, _columns.due_at, limit)

    def run_out(self, now: datetime, limit: int) -> Sequence[LabelId]:
        """Issued ones that the carrier takes no more, the first to run out first."""
        is_over = and_(_columns.valid_until <= now, _columns.state == LabelState.ISSUED.value)
        return self._ids(is_over, _columns.valid_until, limit)

    def waiting(self, limit: int) -> Sequence[Label]:
        """Failed ones, those to be uploaded among them; longest waiting first."""
        is_waiting = _columns.state == LabelState.FAILED.value
        return self._all(self._select().where(is_waiting).order_by(_columns.changed_at, _columns.id).limit(limit))

    def untold(self, before: datetime, limit: int) -> Sequence[LabelId]:
        """Issued or expired before then, with goods in their claim that another state is known of; newest first."""
        is_issued = and_(_columns.state == LabelState.ISSUED.value, _columns.source != LabelSource.ADDRESS.value)
        is_expired = _columns.state == LabelState.EXPIRED.value
        knows_none = self._leg(ReturnState.AWAITED, ReturnState.LABEL_EXPIRED)
        is_news = or_(and_(is_issued, knows_none), and_(is_expired, self._leg(ReturnState.LABEL_ISSUED)))
        found = self._scope.select(labels, _columns.id).where(_columns.changed_at < before, is_news)
        return [
            row.id for row in self._scope.rows(found.order_by(_columns.changed_at.desc(), _columns.id).limit(limit))
        ]

    def cipher(self, label: LabelId) -> PersonalFileCipher:
        """Raises `UnknownLabel`, once the person was erased too."""
        row = self._row(label)
        key = self._key(row)
        if key is None:
            raise UnknownLabel({"label": label})
        return PersonalFileCipher(key, self._scope.merchant, label, table="labels")

    def drop_due(self, before: datetime) -> int:
        """Let the files go of those that were of no use any more before then, and are not needed; how many."""
        is_over = _columns.state.in_((LabelState.EXPIRED.value, LabelState.CLOSED.value)), _columns.changed_at < before
        has_file = _columns.object.is_not(None), _columns.is_dropped.is_(False)
        is_due = (*is_over, *has_file, ~is_needed(labels))
        return self._scope.run(self._scope.update(labels).where(*is_due).values(is_dropped=True))

    def dropped(self, limit: int) -> Sequence[LabelId]:
        """Those whose files are to be removed."""
        return self._ids(_columns.is_dropped.is_(True), _columns.changed_at, limit)

    def remove(self, gone: Sequence[LabelId]) -> None:
        """The files of these are gone."""
        is_gone = _columns.id.in_(gone), _columns.is_dropped.is_(True)
        self._scope.run(self._scope.update(labels).where(*is_gone).values(object=None, is_dropped=False))

    def _leg(self, *states: ReturnState) -> ColumnElement[bool]:
        """Whether goods of the label's claim are known to be there."""
        lines = self._scope.select(claim_lines, claim_lines.c.no).where(claim_lines.c.claim_id == _columns.claim_id)
        return lines.where(claim_lines.c.leg.in_([state.value for state in states])).exists()

    def _update(self, label: Label) -> None:
        is_this = (_columns.id == label.id) & (_columns.version == label.version)
        # A file that is to go stays so, and one that is gone from the label stays known until its object is gone.
        kept = {"is_dropped"} if label.file else {"is_dropped", "object"}
        values = {name: value for name, value in self._written(label).items() if name not in kept}
        if self._scope.run(self._scope.update(labels).where(is_this).values(values)) != 1:
            raise Conflict({"what": "label"})

    def _written(self, label: Label) -> dict[str, Any]:
        """One row at its next version."""
        return _row(label) | {"detail": self._sealed(label) if label.detail else None}

    def _sealed(self, label: Label) -> bytes | None:
        joined = orders.join(people)
        statement = self._scope.select(joined, orders.c.person_id, people.c.key_id, people.c.wrapped_key)
        row = self._scope.row(statement.where(orders.c.id == label.order))
        key = self._key(row) if row else None
        return seal(key, label.detail.encode(), self._place(label.id)) if key else None

    def _opened(self, row: Row[Any]) -> Label:
        label = _decoder.decode(row.record)
        file = label.file if row.object and not row.is_dropped else None
        return replace(label, version=row.version, file=file, detail=self._detail(row))

    def _detail(self, row: Row[Any]) -> str:
        """Empty: there is none, its person was erased, or the order is another's since."""
        key = self._key(row) if row.detail else None
        try:
            return unseal(key, row.detail, self._place(row.id)).decode() if key else ""
        except CannotOpen:
            return ""

    def _row(self, label: LabelId) -> Row[Any]:
        row = self._scope.row(self._select().where(_columns.id == label))
        if row is None:
            raise UnknownLabel({"label": label})
        return row

    def _select(self) -> Select[Any]:
        read = (_columns[name] for name in _READ)
        persons = (orders.c.person_id, people.c.key_id, people.c.wrapped_key)
        return self._scope.select(labels.join(orders).join(people), *read, *persons)

    def _all(self, statement: Select[Any]) -> Sequence[Label]:
        return [self._opened(row) for row in self._scope.rows(statement)]

    def _ids(self, condition: ColumnElement[bool], by: ColumnElement[Any], limit: int) -> Sequence[LabelId]:
        statement = self._scope.select(labels, _columns.id).where(condition).order_by(by, _columns.id)
        return [row.id for row in self._scope.rows(statement.limit(limit))]

    def _key(self, row: Row[Any]) -> bytes | None:
        return self._persons.holder(row.person_id, row).key

    def _place(self, label: str) -> bytes:
        return place(self._scope.merchant, "labels", label, "detail")


def _row(label: Label) -> dict[str, Any]:
    return {
        "id": label.id,
        "order_id": label.order,
        "claim_id": label.claim,
        "state": label.state.value,
        "source": label.source.value,
        "parcel": _parcel(label),
        "live_parcel": _parcel(label) if label.is_live else None,
        "replaces": label.replaces,
        "created_at": label.created_at,
        "changed_at": label.changed_at,
        "due_at": label.due_at,
        "valid_until": label.valid_until,
        "object": label.file.object if label.file else None,
        "is_dropped": False,
        "version": label.version + 1,
        "record": _encoder.encode(replace(label, detail="")),
    }


def _parcel(label: Label) -> str:
    lines = sorted((each.line, each.quantity) for each in label.lines)
    return "\n".join((label.claim, label.to.id, *(f"{line} {quantity}" for line, quantity in lines)))
