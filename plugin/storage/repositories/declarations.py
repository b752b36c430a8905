"""Declarations of withdrawal, sealed under the key of whose address they name."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, Select, func, or_

from plugin.domain.declaration import (
    Declaration,
    DeclarationErased,
    Picked,
    Proof,
    Recent,
    SetAside,
    Statement,
    UnknownDeclaration,
)
from plugin.domain.decoding import decoder
from plugin.domain.errors import Conflict
from plugin.domain.ids import DeclarationId
from plugin.storage.cipher import place, seal, unseal
from plugin.storage.persons import Persons
from plugin.storage.scope import Scope
from plugin.storage.tables import claims, declarations, people
from plugin.storage.vault import Vault

_columns = declarations.c
_WITH_PERSON = declarations.join(people)
_encoder = msgspec.json.Encoder()
_decoder = decoder(Statement)
_units = decoder(tuple[Picked, ...])


class SqlDeclarations:
    """`plugin.ports.declarations.Declarations`."""

    def __init__(self, scope: Scope, vault: Vault, persons: Persons) -> None:
        self._scope = scope
        self._vault = vault
        self._persons = persons

    def add(self, declaration: Declaration, *, form: str, caller: str) -> bool:
        """Record it; False when this form was sent before."""
        said = declaration.statement
        if said is None:
            raise DeclarationErased
        (person,) = self._persons.behind([said.reply_to])
        if person.key is None:
            raise DeclarationErased
        row = {
            "id": declaration.id,
            "shop_id": declaration.shop,
            "person_id": person.id,
            "form": form,
            "caller": self._caller(caller),
            "received_at": declaration.received_at,
            "zone": declaration.zone,
            "language": declaration.language,
            "country": declaration.country,
            "words": seal(person.key, _encoder.encode(said), self._place(declaration.id, "words")),
            "reason": None,
            "aside_reason": None,
            **_moving(declaration),
        }
        return self._scope.insert_new(declarations, [row]) == 1

    def get(self, declaration: DeclarationId) -> Declaration:
        """Raises `UnknownDeclaration`."""
        found = self._one(_columns.id == declaration)
        if found is None:
            raise UnknownDeclaration
        return found

    def by_form(self, form: str) -> Declaration | None:
        """What was recorded from this form."""
        return self._one(_columns.form == form)

    def save(self, declaration: Declaration) -> None:
        """Order and proof, compared by version. Raises `Conflict`, `DeclarationErased`, `UnknownDeclaration`."""
        is_this = (_columns.id == declaration.id) & (_columns.version == declaration.version)
        row = _moving(declaration) | self._reasons(declaration)
        if self._scope.run(self._scope.update(declarations).where(is_this).values(**row)) != 1:
            raise Conflict({"what": "declaration"})

    def recent(self, declaration: Declaration, *, caller: str, since: datetime) -> Recent:
        """What else was declared since then to this address, by this caller, of this order."""
        said = declaration.statement
        hashed = self._vault.email_hash(said.reply_to) if said else b""
        return Recent(
            to_address=self._count(people.c.email_hash == hashed, declaration, since),
            by_caller=self._count(_columns.caller == self._caller(caller), declaration, since),
            about_order=self._count(_columns.order_id == declaration.order, declaration, since)
            if declaration.order
            else 0,
        )

    def waiting(self, after: DeclarationId | None, limit: int) -> Sequence[Declaration]:
        """Those without a proof, an order, or units, longest waiting first."""
        is_open = or_(_columns.order_id.is_(None), _columns.proof == Proof.NONE.value, _columns.is_to_be_read.is_(True))
        statement = self._select().where(is_open, _columns.words.is_not(None), _columns.aside_at.is_(None))
        if after is not None:
            statement = statement.where(_columns.id > after)
        return [self._load(row) for row in self._scope.rows(statement.order_by(_columns.id).limit(limit))]

    def set_aside(self, after: DeclarationId | None, limit: int) -> Sequence[Declaration]:
        """Oldest first."""
        statement = self._select().where(_columns.aside_at.is_not(None), _columns.words.is_not(None))
        if after is not None:
            statement = statement.where(_columns.id > after)
        return [self._load(row) for row in self._scope.rows(statement.order_by(_columns.id).limit(limit))]

    def unopened(self, before: datetime, limit: int) -> Sequence[DeclarationId]:
        """Those that could be carried out and have no claim."""
        is_its_claim = (claims.c.merchant_id == _columns.merchant_id) & (claims.c.id == _columns.id)
        statement = self._scope.select(declarations.outerjoin(claims, is_its_claim), _columns.id).where(
            _columns.order_id.is_not(None),
            _columns.proof != Proof.NONE.value,
            _columns.is_to_be_read.is_(False),
            _columns.words.is_not(None),
            _columns.received_at < before,
            claims.c.id.is_(None),
        )
        return [row.id for row in self._scope.rows(statement.order_by(_columns.id).limit(limit))]

    def _count(self, condition: ColumnElement[bool], but: Declaration, since: datetime) -> int:
        statement = self._scope.select(_WITH_PERSON, func.count().label("found")).where(
            condition, _columns.received_at > since, _columns.id != but.id
        )
        row = self._scope.row(statement)
        return row.found if row else 0

    def _one(self, condition: ColumnElement[bool]) -> Declaration | None:
        row = self._scope.row(self._select().where(condition))
        return self._load(row) if row else None

    def _select(self) -> Select[Any]:
        return self._scope.select(_WITH_PERSON, *_columns, people.c.key_id, people.c.wrapped_key)

    def _load(self, row: Row[Any]) -> Declaration:
        key = self._persons.holder(row.person_id, row).key
        words, reason, why = (self._open(key, row, name) for name in ("words", "reason", "aside_reason"))
        return Declaration(
            id=row.id,
            shop=row.shop_id,
            statement=_decoder.decode(words) if words else None,
            received_at=row.received_at,
            zone=row.zone,
            language=row.language,
            country=row.country,
            order=row.order_id,
            proof=Proof(row.proof),
            proven_at=row.proven_at,
            proven_by=row.proven_by,
            reason=reason.decode() if reason else None,
            units=None if row.units is None else _units.decode(row.units),
            aside=SetAside(row.aside_at, row.aside_by, why.decode() if why else "") if row.aside_at else None,
            version=row.version,
        )

    def _open(self, key: bytes | None, row: Row[Any], column: str) -> bytes | None:
        sealed = getattr(row, column)
        return unseal(key, sealed, self._place(row.id, column)) if key and sealed else None

    def _reasons(self, declaration: Declaration) -> dict[str, bytes | None]:
        given = {"reason": declaration.reason, "aside_reason": declaration.aside.reason if declaration.aside else None}
        if not any(given.values()):
            return dict.fromkeys(given)
        row = self._scope.row(self._select().where(_columns.id == declaration.id))
        key = self._persons.holder(row.person_id, row).key if row else None
        if key is None:
            raise DeclarationErased
        return {
            name: None if text is None else seal(key, text.encode(), self._place(declaration.id, name))
            for name, text in given.items()
        }

    def _caller(self, caller: str) -> bytes:
        return self._vault.digest(f"caller\0{caller}".encode())

    def _place(self, declaration: str, column: str) -> bytes:
        return place(self._scope.merchant, "declarations", declaration, column)


def _moving(declaration: Declaration) -> dict[str, Any]:
    """What may change of a row, at its next version; the reasons are sealed apart."""
    return {
        "order_id": declaration.order,
        "proof": declaration.proof.value,
        "proven_at": declaration.proven_at,
        "proven_by": declaration.proven_by,
        "is_to_be_read": declaration.is_to_be_read,
        "units": None if declaration.units is None else _encoder.encode(declaration.units),
        "aside_at": declaration.aside.at if declaration.aside else None,
        "aside_by": declaration.aside.by if declaration.aside else None,
        "version": declaration.version + 1,
    }
