"""What goods are, as far as the law asks: by rule, confirmed by the merchant. Unknown means the right exists."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from plugin.domain.policy.scope import EVERYTHING, Name, Scope
from plugin.domain.policy.terms import Slug


class Trait(StrEnum):
    """A quality of goods that decides a rule of law (Directive 2011/83/EU art. 16; Directive (EU) 2019/771)."""

    PERSONALISED = "personalised"
    PERISHABLE = "perishable"
    SEALED_HYGIENE = "sealed_hygiene"
    SEALED_MEDIA = "sealed_media"
    DIGITAL = "digital"
    NEWSPAPER = "newspaper"
    DURABLE = "durable"
    SECOND_HAND = "second_hand"
    PRODUCER_GUARANTEE = "producer_guarantee"


@dataclass(frozen=True, slots=True)
class TraitRule:
    """Goods in this scope have the trait; where `properties` are named, only lines with one of them filled in.

    `is_confirmed` false: only suggested, and without any effect. `is_dismissed`: the merchant says that these goods do
    not have the trait, so that it is not suggested again. `months`: agreed for second-hand goods (Directive (EU)
    2019/771 art. 10(6)), or the length of the producer's guarantee. `consent_property` names the line property in which
    the shop records that the shopper agreed to the start of digital content and to losing the right;
    `is_consent_confirmed` that it confirms both on a durable medium (Directive 2011/83/EU art. 16(m)).
    """

    id: Slug
    trait: Trait
    scope: Scope = EVERYTHING
    properties: frozenset[Name] = frozenset()
    is_confirmed: bool = False
    months: Annotated[int, Meta(ge=1, le=1200)] | None = None
    producer: str | None = None
    consent_property: Name | None = None
    is_consent_confirmed: bool = False
    is_dismissed: bool = False
