"""Requests for all that is kept about somebody: whom they are about sealed, their files under the person's own key."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row

from plugin.domain.data_request import AskedThrough, DataRequest, Sought, UnknownDataRequest
from plugin.domain.decoding import decoder
from plugin.domain.errors import Conflict
from plugin.domain.ids import DataRequestId, PersonId, ShopId
from plugin.storage.file_cipher import PersonalFileCipher
from plugin.storage.persons import Persons
from plugin.storage.scope import Scope, Values
from plugin.storage.tables import data_requests, people
from plugin.storage.vault import Vault

_TABLE, _COLUMN = "data_requests", "sought"
_columns = data_requests.c
_decoder = decoder(Sought)


class SqlDataRequests:
    """`plugin.ports.data_requests.DataRequests`."""

    def __init__(self, scope: Scope, vault: Vault, persons: Persons) -> None:
        self._scope = scope
        self._vault = vault
        self._persons = persons

    def save(self, request: DataRequest) -> None:
        """Insert, or compare-and-swap on version."""
        row = self._values(request)
        if request.version == 0:
            return self._scope.insert(data_requests, [{"id": request.id, **row}])
        is_it = (_columns.id == request.id) & (_columns.version == request.version)
        if self._scope.run(self._scope.update(data_requests).where(is_it).values(row)) != 1:
            raise Conflict({"what": "data_request"})
        return None

    def get(self, request: DataRequestId) -> DataRequest:
        """Raises `UnknownDataRequest`."""
        found = self._some(_columns.id == request)
        if not found:
            raise UnknownDataRequest
        return found[0]

    def all(self, limit: int) -> Sequence[DataRequest]:
        """Open ones first, then the newest."""
        by = (_columns.handed_over_at.is_not(None), _columns.asked_at.desc(), _columns.id.desc())
        statement = self._scope.select(data_requests, *_columns).order_by(*by).limit(limit)
        return [self._request(row) for row in self._scope.rows(statement)]

    def open(self) -> Sequence[DataRequest]:
        """Longest waiting first."""
        return self._some(_columns.handed_over_at.is_(None))

    def is_known(self, shop: ShopId, reference: str) -> bool:
        """Whether it is on record."""
        return bool(self._some((_columns.shop_id == shop) & (_columns.reference == reference)))

    def cipher(self, request: DataRequestId, person: PersonId) -> PersonalFileCipher:
        """The key of its file."""
        statement = self._scope.select(people, people.c.key_id, people.c.wrapped_key).where(people.c.id == person)
        row = self._scope.row(statement)
        key = self._persons.holder(person, row).key if row else None
        if key is None:
            raise UnknownDataRequest
        return PersonalFileCipher(key, self._scope.merchant, request, _TABLE)

    def forget_sought(self, shop: ShopId) -> None:
        """Forget whom they are about."""
        of_shop = self._scope.update(data_requests).where(_columns.shop_id == shop)
        self._scope.run(of_shop.values(sought=None))

    def drop_due(self, handed_over_before: datetime, asked_before: datetime) -> int:
        """Let the files go whose time is over."""
        is_over = (_columns.handed_over_at < handed_over_before) | (_columns.asked_at < asked_before)
        kept = self._scope.update(data_requests).where(_columns.object.is_not(None), _columns.is_dropped.is_(False))
        let_go = self._scope.run(kept.where(is_over).values(is_dropped=True, version=_columns.version + 1))
        told = (_columns.packed_at.is_not(None), _columns.asked_at < asked_before, _columns.sought.is_not(None))
        forgotten = self._scope.update(data_requests).where(*told)
        self._scope.run(forgotten.values(sought=None, version=_columns.version + 1))
        return let_go

    def dropped(self, limit: int) -> Sequence[DataRequestId]:
        """Those whose files are to be removed."""
        statement = self._scope.select(data_requests, _columns.id).where(_columns.is_dropped.is_(True))
        return [DataRequestId(row.id) for row in self._scope.rows(statement.order_by(_columns.id).limit(limit))]

    def remove(self, requests: Sequence[DataRequestId]) -> None:
        """The files of these are gone."""
        gone = {"object": None, "is_dropped": False, "version": _columns.version + 1}
        self._scope.run(self._scope.update(data_requests).where(_columns.id.in_(requests)).values(gone))

    def _some(self, condition: ColumnElement[bool]) -> Sequence[DataRequest]:
        statement = self._scope.select(data_requests, *_columns).where(condition)
        return [self._request(row) for row in self._scope.rows(statement.order_by(_columns.asked_at, _columns.id))]

    def _values(self, request: DataRequest) -> Values:
        sought = None
        if request.sought is not None:
            sought = self._vault.seal(_TABLE, request.id, _COLUMN, msgspec.json.encode(request.sought))
        return {
            "shop_id": request.shop,
            "person_id": request.person,
            "through": request.through.value,
            "asked_by": request.asked_by,
            "reference": request.reference,
            "asked_at": request.asked_at,
            "sought": sought,
            "packed_at": request.packed_at,
            "object": request.object,
            "size": request.size,
            "handed_over_at": request.handed_over_at,
            "handed_over_by": request.handed_over_by,
            "is_dropped": request.is_dropped,
            "version": request.version + 1,
        }

    def _request(self, row: Row[Any]) -> DataRequest:
        opened = None if row.sought is None else self._vault.unseal(_TABLE, row.id, _COLUMN, row.sought)
        return DataRequest(
            id=row.id,
            shop=row.shop_id,
            through=AskedThrough(row.through),
            asked_at=row.asked_at,
            sought=None if opened is None else _decoder.decode(opened),
            asked_by=row.asked_by,
            reference=row.reference,
            person=row.person_id,
            packed_at=row.packed_at,
            object=row.object,
            size=row.size,
            handed_over_at=row.handed_over_at,
            handed_over_by=row.handed_over_by,
            is_dropped=row.is_dropped,
            version=row.version,
        )
