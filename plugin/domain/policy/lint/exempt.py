"""Which rules are only about goods the law itself excludes from withdrawal, because of what they are."""

from plugin.domain.law.exceptions import exception_of
from plugin.domain.law.facts import GoodsTraits
from plugin.domain.law.jurisdiction import Jurisdiction
from plugin.domain.policy.scope import Scope, folded
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.policy.version import PolicyVersion

_EXCLUDED = {
    Trait.PERSONALISED: GoodsTraits(is_personalised=True),
    Trait.PERISHABLE: GoodsTraits(is_perishable=True),
    Trait.NEWSPAPER: GoodsTraits(is_newspaper_or_magazine=True),
}
"""What is excluded from the start. A seal excludes only once it is broken, digital content only after consent."""
_SEALED = {
    Trait.SEALED_HYGIENE: GoodsTraits(is_sealed_hygiene=True, is_unsealed_after_delivery=True),
    Trait.SEALED_MEDIA: GoodsTraits(is_sealed_av_or_software=True, is_unsealed_after_delivery=True),
}
_CASELESS = ("categories", "collections", "tags")
_EXACT = ("products", "skus", "groups", "channels")


def is_excluded(scope: Scope, version: PolicyVersion, place: Jurisdiction) -> bool:
    """Whether everything in this scope is, by a confirmed trait, excluded from withdrawal in this country."""
    return _is_all(scope, version, place, _EXCLUDED)


def is_sealed(scope: Scope, version: PolicyVersion, place: Jurisdiction) -> bool:
    """Whether the right to everything in this scope ends, in this country, when the seal is broken."""
    return _is_all(scope, version, place, _SEALED)


def _is_all(scope: Scope, version: PolicyVersion, place: Jurisdiction, kinds: dict[Trait, GoodsTraits]) -> bool:
    return any(
        trait.is_confirmed
        and trait.trait in kinds
        and exception_of(kinds[trait.trait], place) is not None
        and _covers(trait, scope)
        for trait in version.traits
    )


def _covers(trait: TraitRule, scope: Scope) -> bool:
    """Whether all that the scope means has the trait; what a line property decides is not known of a scope."""
    wide = trait.scope
    if wide.is_everything:
        return not trait.properties
    names = [(getattr(wide, kind), getattr(scope, kind)) for kind in _EXACT]
    names += [(folded(getattr(wide, kind)), folded(getattr(scope, kind))) for kind in _CASELESS]
    is_named = all(not ours or (theirs and theirs <= ours) for ours, theirs in names)
    same = ("price_from", "price_below", "season")
    return is_named and all(getattr(wide, each) in (None, getattr(scope, each)) for each in same)
