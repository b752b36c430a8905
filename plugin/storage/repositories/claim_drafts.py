"""Claims that are being written; what they say is sealed under the key of the person they are about."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, Select

from plugin.domain.capabilities import Capabilities
from plugin.domain.claim_draft import ClaimDraft, DraftLine, UnknownDraft
from plugin.domain.decoding import decoder
from plugin.domain.ids import ClaimDraftId, OrderId
from plugin.storage.cipher import place, seal, unseal
from plugin.storage.persons import Persons
from plugin.storage.scope import Scope
from plugin.storage.tables import claim_drafts, people

_columns = claim_drafts.c
_decoder = decoder(tuple[DraftLine, ...])
_can_decoder = decoder(Capabilities)


class SqlClaimDrafts:
    """`plugin.ports.claim_drafts.ClaimDrafts`."""

    def __init__(self, scope: Scope, persons: Persons) -> None:
        self._scope = scope
        self._persons = persons

    def open(self, order: OrderId) -> ClaimDraft | None:
        """The one that is being written about this order; none once its person was erased."""
        row = self._row(_columns.order_id == order, _columns.claim_id.is_(None))
        return self._opened(row) if row is not None and row.content is not None else None

    def hold(self, draft: ClaimDraftId) -> ClaimDraft:
        """Lock the row (SQLite: the unit has the only right to write). Raises `UnknownDraft`."""
        row = self._row(_columns.id == draft, is_held=True)
        if row is None:
            raise UnknownDraft
        return self._opened(row)

    def add(self, draft: ClaimDraft) -> bool:
        """False when this person has an open one; another's is forgotten. Raises `UnknownDraft` for the erased."""
        row = {
            "id": draft.id,
            "shop_id": draft.shop,
            "order_id": draft.order,
            "person_id": draft.person,
            "language": draft.language,
            "created_at": draft.created_at,
            "touched_at": draft.touched_at,
            "content": self._sealed(draft),
        }
        is_anothers = (_columns.order_id == draft.order) & (_columns.person_id != draft.person)
        self._scope.run(self._scope.delete(claim_drafts).where(is_anothers, _columns.claim_id.is_(None)))
        return self._scope.insert_new(claim_drafts, [row]) == 1

    def save(self, draft: ClaimDraft) -> None:
        """What it says now; one that became a claim is forgotten but for that. Raises `UnknownDraft`."""
        content = None if draft.claim else self._sealed(draft)
        values = {
            "language": draft.language,
            "touched_at": draft.touched_at,
            "claim_id": draft.claim,
            "content": content,
        }
        if self._scope.run(self._scope.update(claim_drafts).where(_columns.id == draft.id).values(values)) != 1:
            raise UnknownDraft

    def learn(self, draft: ClaimDraftId, can: Capabilities) -> None:
        """In a column of its own, so that nobody's typing is in the way; nothing for a draft that is gone."""
        known = self._scope.update(claim_drafts).where(_columns.id == draft)
        self._scope.run(known.values(capabilities=msgspec.json.encode(can)))

    def forget(self, before: datetime) -> int:
        """Forget drafts that nobody touched since then; how many."""
        return self._scope.run(self._scope.delete(claim_drafts).where(_columns.touched_at < before))

    def _row(self, *conditions: ColumnElement[bool], is_held: bool = False) -> Row[Any] | None:
        statement: Select[Any] = self._scope.select(claim_drafts, *_columns).where(*conditions)
        return self._scope.row(statement.with_for_update() if is_held else statement)

    def _opened(self, row: Row[Any]) -> ClaimDraft:
        return ClaimDraft(
            id=row.id,
            shop=row.shop_id,
            order=row.order_id,
            person=row.person_id,
            language=row.language,
            created_at=row.created_at,
            touched_at=row.touched_at,
            lines=self._lines(row),
            claim=row.claim_id,
            can=_can(row),
        )

    def _lines(self, row: Row[Any]) -> tuple[DraftLine, ...]:
        """What became a claim says nothing any more; what else says nothing is of an erased person."""
        if row.content is not None:
            return _decoder.decode(unseal(self._key(row.person_id), row.content, self._place(row.id)))
        if row.claim_id is None:
            raise UnknownDraft
        return ()

    def _sealed(self, draft: ClaimDraft) -> bytes:
        key = self._key(draft.person, is_held=True)
        return seal(key, msgspec.json.encode(draft.lines), self._place(draft.id))

    def _key(self, person: str, *, is_held: bool = False) -> bytes:
        statement = self._scope.select(people, people.c.key_id, people.c.wrapped_key).where(people.c.id == person)
        # FOR SHARE (PostgreSQL): nobody erases this person until what is sealed under their key is saved.
        row = self._scope.row(statement.with_for_update(read=True) if is_held else statement)
        key = self._persons.holder(person, row).key if row else None
        if key is None:
            raise UnknownDraft
        return key

    def _place(self, draft: str) -> bytes:
        return place(self._scope.merchant, "claim_drafts", draft, "content")


def _can(row: Row[Any]) -> Capabilities | None:
    return _can_decoder.decode(row.capabilities) if row.capabilities is not None else None
