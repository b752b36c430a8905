"""A policy being written: edits that can be taken back, and what a check of it said.

draft -> checked -> published: any edit makes a check stale, and publishing checks anew whatever was checked before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

import msgspec

from plugin.domain.errors import Conflict
from plugin.domain.ids import StaffId
from plugin.domain.policy.document import FORMAT, PolicyFault, read_policy
from plugin.domain.policy.edit import Change, Document, edited, without_decided
from plugin.domain.policy.lint import Finding, Severity
from plugin.domain.policy.lint.rules.withdrawal_function import CODE as NO_WITHDRAWAL_FUNCTION
from plugin.domain.policy.version import PolicyVersion

MOST_STEPS = 100
"""How many edits can be undone; older ones are forgotten."""


class DraftMoved(Conflict):
    """Somebody else has edited the draft; `version` is where it stands now."""

    code = "draft_moved"

    def __init__(self, version: int) -> None:
        super().__init__({"version": version})


class NothingToUndo(Conflict):
    """The draft is as it was started, or its older edits are forgotten."""

    code = "nothing_to_undo"


class NothingToRedo(Conflict):
    """Nothing has been undone since the last edit."""

    code = "nothing_to_redo"


@dataclass(frozen=True, slots=True)
class Step:
    """One edit: what it changed, what takes it back, who made it and when. `by` None: the operator."""

    changes: tuple[Change, ...]
    back: tuple[Change, ...]
    at: datetime
    by: StaffId | None


@dataclass(frozen=True, slots=True)
class Check:
    """What was found in the document with this digest: `faults` while it is no policy, else the linter's findings."""

    digest: str
    at: datetime
    by: StaffId | None
    faults: tuple[PolicyFault, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep it from being published."""
        return tuple(found for found in self.findings if found.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that do not."""
        return tuple(found for found in self.findings if found.severity is Severity.WARNING)

    @property
    def lacks_only_function(self) -> bool:
        """Whether all that is wrong is that shoppers cannot reach a withdrawal function yet."""
        return bool(self.errors) and not self.faults and all(e.code == NO_WITHDRAWAL_FUNCTION for e in self.errors)


class DraftState(StrEnum):
    """How far a draft is."""

    DRAFT = "draft"
    """Not checked as it stands now."""
    FAULTY = "faulty"
    """Checked: something has to be mended first."""
    READY = "ready"
    """Checked: everything is right but the withdrawal function, which shoppers cannot reach yet."""
    CHECKED = "checked"
    """Checked: it can be published."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The one policy a merchant is writing. `based_on`: the version it was started from.

    `version` counts edits, undone ones included; checks leave it as it is. `done` and `undone` are the edits that can
    be undone and redone, each with the last one at the end.
    """

    id: str
    document: Document
    based_on: str | None
    started_at: datetime
    started_by: StaffId | None
    edited_at: datetime
    edited_by: StaffId | None
    checked: Check | None = None
    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()
    version: int = 0

    @property
    def state(self) -> DraftState:
        """How far it is; a check of anything else than what stands here says nothing."""
        if self.checked is None or self.checked.digest != digest_of(self.document):
            return DraftState.DRAFT
        if self.checked.lacks_only_function:
            return DraftState.READY
        return DraftState.FAULTY if self.checked.faults or self.checked.errors else DraftState.CHECKED


def started(draft_id: str, document: Document, *, based_on: str | None, at: datetime, by: StaffId | None) -> Draft:
    """A new draft of this document."""
    return Draft(draft_id, {**without_decided(document), "format": FORMAT}, based_on, at, by, at, by)


def edit(draft: Draft, changes: Sequence[Change], *, at: datetime, by: StaffId | None) -> Draft:
    """The draft after an edit; what had been undone cannot be redone any more. Raises `UnknownPath`."""
    document, back = edited(draft.document, changes)
    done = (*draft.done, Step(tuple(changes), back, at, by))[-MOST_STEPS:]
    return _moved(replace(draft, document=document, done=done, undone=()), at, by)


def undo(draft: Draft, *, at: datetime, by: StaffId | None) -> Draft:
    """The draft before its last edit. Raises `NothingToUndo`."""
    if not draft.done:
        raise NothingToUndo
    *done, last = draft.done
    document, _ = edited(draft.document, last.back)
    return _moved(replace(draft, document=document, done=tuple(done), undone=(*draft.undone, last)), at, by)


def redo(draft: Draft, *, at: datetime, by: StaffId | None) -> Draft:
    """The draft with the edit undone last. Raises `NothingToRedo`."""
    if not draft.undone:
        raise NothingToRedo
    *undone, last = draft.undone
    document, _ = edited(draft.document, last.changes)
    return _moved(replace(draft, document=document, done=(*draft.done, last), undone=tuple(undone)), at, by)


def version_of(draft: Draft, version: str, effective_from: datetime) -> PolicyVersion:
    """The policy version the draft would be. Raises `InvalidPolicy`, naming every field that is wrong or missing."""
    decided = {"id": version, "effective_from": effective_from.isoformat()}
    return read_policy({**draft.document, **decided})


def digest_of(document: Document) -> str:
    """Equal for equal documents, whatever the order of their fields."""
    return sha256(msgspec.json.encode(document, order="sorted")).hexdigest()


def _moved(draft: Draft, at: datetime, by: StaffId | None) -> Draft:
    return replace(draft, edited_at=at, edited_by=by, version=draft.version + 1)
