"""Immutable policy versions, each with the record of its publication."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Row, Select

from plugin.domain.decoding import decoder
from plugin.domain.errors import NotFound
from plugin.domain.policy import PolicyVersion
from plugin.domain.policy.lint import Finding
from plugin.domain.policy.publication import Publication
from plugin.storage.scope import Scope
from plugin.storage.tables import merchants, policies

_decoder = decoder(PolicyVersion)
_findings = decoder(tuple[Finding, ...])


@lru_cache(maxsize=256)
def _read(document: bytes) -> PolicyVersion:
    """The version in a document. Versions never change, and a large policy takes a while to read and to index."""
    return _decoder.decode(document)


class SqlPolicies:
    """`plugin.ports.policies.Policies`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def hold(self) -> None:
        """Lock the merchant's row, which no order or projection waits for; SQLite has one writer anyway."""
        self._scope.row(self._scope.select(merchants, merchants.c.merchant_id).with_for_update(key_share=True))

    def add(self, version: PolicyVersion, publication: Publication | None = None) -> None:
        """Record a version."""
        document = msgspec.json.encode(version)
        row = {"id": version.id, "effective_from": version.effective_from, "document": document}
        self._scope.insert(policies, [row | _record(publication)])

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

    def since(self, at: datetime) -> Sequence[PolicyVersion]:
        """Every version effective after then, oldest first."""
        later = self._select().where(policies.c.effective_from > at)
        rows = self._scope.rows(later.order_by(policies.c.effective_from, policies.c.id))
        return [_read(row.document) for row in rows]

    def all(self) -> Sequence[PolicyVersion]:
        """Every version, oldest first."""
        rows = self._scope.rows(self._select().order_by(policies.c.effective_from, policies.c.id))
        return [_read(row.document) for row in rows]

    def publications(self) -> Mapping[str, Publication]:
        """The records of all versions that have one, by version id."""
        columns = [policies.c[name] for name in ("id", *_record(None))]
        rows = self._scope.rows(self._scope.select(policies, *columns).where(policies.c.published_at.is_not(None)))
        return {row.id: _publication(row) for row in rows}

    def _select(self) -> Select[Any]:
        return self._scope.select(policies, policies.c.document)


def _record(publication: Publication | None) -> dict[str, object]:
    return {
        "published_at": publication and publication.at,
        "published_by": publication and publication.by,
        "replaces": publication and publication.replaces,
        "findings": publication and msgspec.json.encode(publication.findings),
        "is_declared": publication and publication.is_declared,
    }


def _publication(row: Row[Any]) -> Publication:
    return Publication(
        row.published_at, row.published_by, row.replaces, _findings.decode(row.findings), row.is_declared
    )
