"""What the merchant has confirmed of goods, as the law asks it; what nobody confirmed takes no right away."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from plugin.domain.law.facts import GoodsCondition, GoodsTraits
from plugin.domain.policy.by_identity import ByIdentity
from plugin.domain.policy.scope import Item, Question, answered, questions
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.policy.version import PolicyVersion


@dataclass(frozen=True, slots=True)
class Goods:
    """The facts of one line. `seal`: the trait whose exception hangs on a seal, which is judged when goods are back."""

    traits: GoodsTraits
    condition: GoodsCondition
    agreed_months: int | None
    is_durable: bool
    seal: Trait | None
    names: tuple[str, ...]
    """The traits that hold, for telling lines apart and for the reader."""


def goods_of(item: Item, properties: Iterable[str], policy: PolicyVersion | None) -> Goods:
    """What holds of an item ordered with these line properties."""
    filled = frozenset(properties)
    rules = [rule for rule in policy.traits if _holds(rule, item, filled)] if policy else []
    return _goods(rules, filled) if rules else ORDINARY


def possible_goods_of(item: Item, policy: PolicyVersion | None) -> Goods:
    """What may turn out to hold of an item once all of it is known, what is typed in and agreed to included.

    Of several periods agreed for used goods it has the shortest, since perhaps only that rule's goods are meant.
    """
    rules = [rule for rule in policy.traits if _may_hold(rule, item)] if policy else []
    if not rules:
        return ORDINARY
    named = (name for rule in rules for name in (*rule.properties, rule.consent_property) if name)
    months = [rule.months for rule in rules if rule.trait is Trait.SECOND_HAND and rule.months]
    return replace(_goods(rules, frozenset(named)), agreed_months=min(months, default=None))


def _may_hold(rule: TraitRule, item: Item) -> bool:
    return rule.is_confirmed and answered(_asked(ByIdentity(rule)), item) is not False


def _holds(rule: TraitRule, item: Item, filled: frozenset[str]) -> bool:
    if not rule.is_confirmed or (rule.properties and rule.properties.isdisjoint(filled)):
        return False
    return answered(_asked(ByIdentity(rule)), item) is True


@lru_cache(maxsize=4096)
def _asked(same: ByIdentity[TraitRule]) -> tuple[Question, ...]:
    return questions(same.value.scope)


def _goods(rules: list[TraitRule], filled: frozenset[str]) -> Goods:
    has = {rule.trait for rule in rules}
    used = [rule for rule in rules if rule.trait is Trait.SECOND_HAND]
    consent = any(_has_consent(rule, filled) for rule in rules)
    return Goods(
        traits=GoodsTraits(
            is_personalised=Trait.PERSONALISED in has,
            is_perishable=Trait.PERISHABLE in has,
            is_sealed_hygiene=Trait.SEALED_HYGIENE in has,
            is_sealed_av_or_software=Trait.SEALED_MEDIA in has,
            is_newspaper_or_magazine=Trait.NEWSPAPER in has,
            is_digital_content=Trait.DIGITAL in has,
            is_started_with_express_consent=consent,
            is_loss_acknowledged=consent,
            is_confirmed_on_durable_medium=consent,
        ),
        condition=GoodsCondition.USED if used else GoodsCondition.NEW,
        agreed_months=_longest(used),
        is_durable=Trait.DURABLE in has,
        seal=next((trait for trait in _SEALS if trait in has), None),
        names=tuple(sorted({f"{rule.trait.value}:{rule.months or ''}:{_has_consent(rule, filled)}" for rule in rules})),
    )


_SEALS = (Trait.SEALED_HYGIENE, Trait.SEALED_MEDIA)


def _has_consent(rule: TraitRule, filled: frozenset[str]) -> bool:
    """Whether consent is on record and was confirmed to the shopper (Directive 2011/83/EU art. 16(m)(i)-(iii))."""
    return rule.trait is Trait.DIGITAL and rule.is_consent_confirmed and rule.consent_property in filled


def _longest(used: list[TraitRule]) -> int | None:
    """The longest period agreed for used goods; None, so no shorter one, while one of the rules names none."""
    months = [rule.months for rule in used]
    return None if None in months else max((each for each in months if each), default=None)


ORDINARY = Goods(GoodsTraits(), GoodsCondition.NEW, None, is_durable=False, seal=None, names=())
"""Nothing is confirmed: every right the law gives exists."""
