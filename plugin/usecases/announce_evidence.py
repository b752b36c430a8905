"""Announce a file of evidence: its place is kept when the claim and the shop may have one more of its size."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.evidence import Evidence, Limits
from plugin.domain.ids import ClaimDraftId, EvidenceId, MerchantId, PersonId, ShopId
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import Units

_LONGEST_NAME = 120
_LONGEST_TYPE = 100


@dataclass(frozen=True, slots=True)
class Announced:
    """A file as a browser tells of it: `size` in bytes; name and type are its word and decide nothing."""

    shop: ShopId
    draft: ClaimDraftId
    person: PersonId
    name: str
    media_type: str
    size: int


def announce_evidence(
    given: Announced, *, merchant: MerchantId, units: Units, ids: Ids, limits: Limits, now: datetime
) -> Evidence:
    """The file, still empty. Raises `EvidenceTooLarge`, `TooMuchEvidence`, `UnknownEvidence` for an erased person."""
    evidence = Evidence(
        id=EvidenceId(ids.new()),
        shop=given.shop,
        draft=given.draft,
        person=given.person,
        name=_readable(given.name, _LONGEST_NAME) or "file",
        declared_type=_readable(given.media_type, _LONGEST_TYPE),
        size=given.size,
        created_at=now,
        touched_at=now,
    )
    with units(merchant) as unit:
        limits.check(given.size, unit.evidence.tally(given.shop, given.draft, now - limits.day))
        unit.evidence.add(evidence)
        unit.commit()
    return evidence


def _readable(text: str, most: int) -> str:
    """The last part of a path, without what cannot be printed."""
    name = text.replace("\\", "/").rpartition("/")[2] if most == _LONGEST_NAME else text
    return "".join(letter for letter in name if letter.isprintable()).strip()[:most]
