"""Immutable policy versions."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Select

from plugin.domain.errors import NotFound
from plugin.domain.policy import PolicyVersion
from plugin.storage.scope import Scope
from plugin.storage.tables import policies

_decoder = msgspec.json.Decoder(PolicyVersion)


@lru_cache(maxsize=256)
def _read(document: bytes) -> PolicyVersion:
    """The version in a document. Versions never change, and a large policy takes a while to read and to index."""
    return _decoder.decode(document)


class SqlPolicies:
    """`plugin.ports.unit_of_work.Policies`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def add(self, version: PolicyVersion) -> None:
        """Record a version."""
        document = msgspec.json.encode(version)
        row = {"id": version.id, "effective_from": version.effective_from, "document": document}
        self._scope.insert(policies, [row])

    def get(self, version: str) -> PolicyVersion:
        """Raises `NotFound`."""
        row = self._scope.row(self._select().where(policies.c.id == version))
        if row is None:
            raise NotFound({"policy_version": version})
        return _read(row.document)

    def in_force(self, at: datetime) -> PolicyVersion | None:
        """The newest version effective then; of two from the same instant, the one with the later id."""
        newest = self._select().where(policies.c.effective_from <= at)
        newest = newest.order_by(policies.c.effective_from.desc(), policies.c.id.desc()).limit(1)
        row = self._scope.row(newest)
        return _read(row.document) if row else None

    def all(self) -> Sequence[PolicyVersion]:
        """Every version, oldest first."""
        rows = self._scope.rows(self._select().order_by(policies.c.effective_from, policies.c.id))
        return [_read(row.document) for row in rows]

    def _select(self) -> Select[Any]:
        return self._scope.select(policies, policies.c.document)
