"""Add official artwork exactly as its publisher made it: the legal-guarantee notice, or a producer's GARAN label."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.artwork import LABEL_BEYOND_MONTHS, Artwork, ArtworkKind, artwork_file
from plugin.domain.errors import Invalid
from plugin.domain.ids import MerchantId, StaffId
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import UnitOfWork, Units


class LabelUnfounded(Invalid):
    """A GARAN label without a producer's confirmed guarantee of more than two years (Reg. (EU) 2025/1960 Annex II)."""

    code = "label_unfounded"


@dataclass(frozen=True, slots=True)
class NewArtwork:
    """An artwork as it was uploaded; `trait` names the guarantee a label states."""

    kind: ArtworkKind
    language: str
    trait: str | None
    content: bytes


def add_artwork(
    given: NewArtwork, *, merchant: MerchantId, by: StaffId | None, units: Units, ids: Ids, now: datetime
) -> Artwork:
    """The artwork as recorded. Raises `FileRefused` on a file that is not kept, `LabelUnfounded`."""
    file = artwork_file(given.content)
    is_label = given.kind is ArtworkKind.LABEL
    with units(merchant) as unit:
        if is_label and not any(_founds(rule, given.trait) for rule in _traits(unit, now)):
            raise LabelUnfounded({"field": "trait"})
        trait = given.trait if is_label else None
        artwork = Artwork(ids.new(), given.kind, given.language, trait, file, added_at=now, added_by=by)
        unit.artworks.add(artwork, given.content)
        unit.commit()
    return artwork


def _traits(unit: UnitOfWork, now: datetime) -> tuple[TraitRule, ...]:
    policy = unit.policies.in_force(now)
    return policy.traits if policy else ()


def _founds(rule: TraitRule, trait: str | None) -> bool:
    is_named = rule.id == trait and rule.trait is Trait.PRODUCER_GUARANTEE and rule.is_confirmed
    return is_named and (rule.months or 0) > LABEL_BEYOND_MONTHS and bool((rule.producer or "").strip())
