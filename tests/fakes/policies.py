"""The merchant's policies and the one being written, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.errors import Conflict, NotFound
from plugin.domain.policy import PolicyVersion
from plugin.domain.policy.draft import Draft
from plugin.domain.policy.publication import Publication
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakePolicies:
    tables: Tables

    def hold(self) -> None:
        """One writer at a time anyway."""

    def add(self, version: PolicyVersion, publication: Publication | None = None) -> None:
        if version.id in self.tables.policies:
            raise Conflict({"what": "policy"})
        self.tables.policies[version.id] = version
        if publication is not None:
            self.tables.publications[version.id] = publication

    def get(self, version: str) -> PolicyVersion:
        if version not in self.tables.policies:
            raise NotFound({"policy": version})
        return self.tables.policies[version]

    def in_force(self, at: datetime) -> PolicyVersion | None:
        return next((version for version in reversed(self.all()) if version.effective_from <= at), None)

    def since(self, at: datetime) -> Sequence[PolicyVersion]:
        return [version for version in self.all() if version.effective_from > at]

    def all(self) -> Sequence[PolicyVersion]:
        return sorted(self.tables.policies.values(), key=lambda version: (version.effective_from, version.id))

    def publications(self) -> Mapping[str, Publication]:
        return dict(self.tables.publications)


@dataclass(slots=True)
class FakeDrafts:
    tables: Tables

    def open(self) -> Draft | None:
        return self.tables.draft

    def get(self, draft: str) -> Draft:
        if self.tables.draft is None or self.tables.draft.id != draft:
            raise NotFound({"draft": draft})
        return self.tables.draft

    def add(self, draft: Draft) -> None:
        if self.tables.draft is not None:
            raise Conflict({"what": "draft"})
        self.tables.draft = draft

    def save(self, draft: Draft, was: int) -> None:
        self._expect(draft, was)
        self.tables.draft = draft

    def remove(self, draft: Draft) -> None:
        self._expect(draft, draft.version)
        self.tables.draft = None

    def _expect(self, draft: Draft, version: int) -> None:
        known = self.tables.draft
        if known is None or (known.id, known.version) != (draft.id, version):
            raise Conflict({"what": "draft"})
