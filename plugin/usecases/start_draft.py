"""Start writing a policy: from what is promised now, from a preset, or from a document brought along."""

from collections.abc import Mapping
from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.errors import Conflict
from plugin.domain.ids import MerchantId
from plugin.domain.policy.document import write_policy, written
from plugin.domain.policy.draft import Draft, started
from plugin.domain.policy.edit import Document
from plugin.domain.policy.presets import law_only
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.shop import Role, StaffMember
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import UnitOfWork, Units


class DraftOpen(Conflict):
    """A draft is being written already; a merchant has one at a time."""

    code = "draft_open"

    def __init__(self, draft: str) -> None:
        super().__init__({"draft": draft})


def start_draft(  # noqa: PLR0913 - from what, who for whom, and the ports it takes
    document: Document | None = None,
    *,
    based_on: str | None = None,
    merchant: MerchantId,
    by: StaffMember | None,
    units: Units,
    ids: Ids,
    now: datetime,
) -> Draft:
    """The new draft. `document` may be incomplete; without one the draft starts as the version it is based on.

    Without `based_on` that is the last version, begun or still to begin; without any version the law alone. A preset
    is started from by its document (`write_policy(preset(name, now))`). Kinds of goods that the last version dismisses
    stay dismissed whatever the draft starts from. Raises `RoleTooLow` for viewers, `DraftOpen`, `NotFound` for an
    unknown version.
    """
    require_role(by, Role.AGENT)
    with units(merchant) as unit:
        open_one = unit.drafts.open()
        if open_one is not None:
            raise DraftOpen(open_one.id)
        base = _base(based_on, unit)
        content = document if document is not None else write_policy(base or law_only(now))
        content = _with_dismissed(content, _base(None, unit))
        draft = started(ids.new(), content, based_on=base.id if base else None, at=now, by=by.id if by else None)
        unit.drafts.add(draft)
        unit.commit()
    return draft


def _base(based_on: str | None, unit: UnitOfWork) -> PolicyVersion | None:
    if based_on is not None:
        return unit.policies.get(based_on)
    versions = unit.policies.all()
    return versions[-1] if versions else None


def _with_dismissed(document: Document, last: PolicyVersion | None) -> Document:
    """The document, and what the last version says that goods are not: nobody is asked twice."""
    traits = document.get("traits", [])
    if last is None or not isinstance(traits, list | tuple):
        return document
    known = {entry.get("id") for entry in traits if isinstance(entry, Mapping)}
    dismissed = [written(rule) for rule in last.traits if rule.is_dismissed and rule.id not in known]
    return {**document, "traits": [*traits, *dismissed]} if dismissed else document
