"""The policy a merchant is writing, with its edits and its last check."""

import msgspec

from plugin.domain.decoding import decoder
from plugin.domain.errors import Conflict, NotFound
from plugin.domain.policy.draft import Draft
from plugin.storage.scope import Scope, Values
from plugin.storage.tables import policy_drafts

_encoder = msgspec.json.Encoder()
_decoder = decoder(Draft)


class SqlDrafts:
    """`plugin.ports.drafts.Drafts`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def open(self) -> Draft | None:
        """The draft being written, None when there is none."""
        row = self._scope.row(self._scope.select(policy_drafts, policy_drafts.c.draft))
        return _decoder.decode(row.draft) if row else None

    def get(self, draft: str) -> Draft:
        """Raises `NotFound`: it was published, discarded, or never was."""
        found = self.open()
        if found is None or found.id != draft:
            raise NotFound({"draft": draft})
        return found

    def add(self, draft: Draft) -> None:
        """Record a new draft; `Conflict` when one is open."""
        self._scope.insert(policy_drafts, [_row(draft)])

    def save(self, draft: Draft, was: int) -> None:
        """Replace the draft if its version still is `was`; `Conflict` when it has moved on or is gone."""
        statement = self._scope.update(policy_drafts).where(
            policy_drafts.c.id == draft.id, policy_drafts.c.version == was
        )
        _met(self._scope.run(statement.values(**_row(draft))))

    def remove(self, draft: Draft) -> None:
        """Forget the draft, if its version still is this one; `Conflict` as above."""
        is_this = (policy_drafts.c.id == draft.id) & (policy_drafts.c.version == draft.version)
        _met(self._scope.run(self._scope.delete(policy_drafts).where(is_this)))


def _row(draft: Draft) -> Values:
    return {"id": draft.id, "version": draft.version, "draft": _encoder.encode(draft)}


def _met(rows: int) -> None:
    if rows != 1:
        raise Conflict({"what": "draft"})
