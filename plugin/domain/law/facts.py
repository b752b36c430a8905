"""The facts the law engines decide on, typed. Instants are aware; the legal day is the day at the delivery address.

A fact that is not known is None or false; the engines read that as each field says.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class OrderType(StrEnum):
    """Which delivery starts the withdrawal period (CRD art. 9(2))."""

    SINGLE = "single"
    MULTIPLE_GOODS = "multiple_goods"
    LOTS = "lots"
    REGULAR = "regular"
    SERVICES_AND_DIGITAL_CONTENT = "services_and_digital_content"


class Informed(StrEnum):
    """Whether the shopper was told of the right as the law wants (CRD art. 6(1)(h))."""

    BEFORE_CONTRACT = "before_contract"
    LATE = "late"
    NEVER = "never"


class ConsumerGroup(StrEnum):
    """Shoppers some countries give more time (Israel)."""

    DISABILITY = "disability"
    SENIOR = "senior"
    NEW_IMMIGRANT = "new_immigrant"


@dataclass(frozen=True, slots=True)
class Place:
    """The delivery address as far as the law asks.

    `country` is ISO 3166-1 or a jurisdiction code; `subdivision` ISO 3166-2, None when unknown or of no matter. With
    `is_region_certain` false a missing subdivision means "any of them": days are shown by national holidays and the
    latest regional end counts. `other_zones` are zones the address may also lie in; again the latest end counts.
    """

    country: str
    zone: ZoneInfo
    subdivision: str | None = None
    is_region_certain: bool = True
    other_zones: tuple[ZoneInfo, ...] = ()

    @property
    def zones(self) -> tuple[ZoneInfo, ...]:
        """Every zone the address may lie in, the one shown first."""
        return (self.zone, *self.other_zones)

    @property
    def is_certain(self) -> bool:
        """Whether there is only one place it can be."""
        return (self.is_region_certain or self.subdivision is not None) and not self.other_zones


@dataclass(frozen=True, slots=True)
class WithdrawalFacts:
    """What decides a withdrawal period.

    `deliveries`: when each parcel came into the shopper's hands (or those of a third party he named), None for a parcel
    that has not; empty means nothing has. `informed` None (nobody said) counts as informed in time: no extension is
    assumed, and none is refused once somebody says so. `informed` late without `informed_at` counts as never.
    """

    place: Place
    order_type: OrderType = OrderType.SINGLE
    deliveries: tuple[datetime | None, ...] = ()
    contract_concluded_on: date | None = None
    informed: Informed | None = None
    informed_at: datetime | None = None
    document_received_at: datetime | None = None
    """When the disclosure document some countries require reached the shopper."""
    is_document_missing: bool = False
    """Known that no such document was sent (not merely unknown)."""
    is_return_policy_displayed: bool = False
    """Japan: displayed return terms replace the statutory right."""
    group: ConsumerGroup | None = None
    had_conversation: bool = False
    """Israel: a conversation between trader and shopper preceded the contract."""


class GoodsCondition(StrEnum):
    """Whether goods were sold as new or as used."""

    NEW = "new"
    USED = "used"


@dataclass(frozen=True, slots=True)
class GuaranteeFacts:
    """What decides the legal guarantee of one line.

    `agreed_months`: the shorter period expressly agreed for used goods, None without agreement. `contract_concluded_on`
    None counts as a contract to which every extension applies.
    """

    place: Place
    delivered_at: datetime | None
    contract_concluded_on: date | None = None
    condition: GoodsCondition = GoodsCondition.NEW
    agreed_months: int | None = None
    repairs_completed_on: tuple[date, ...] = ()
    is_repair_chosen_not_done: bool = False
    replacement_delivered_at: datetime | None = None
    is_long_lived: bool = False
    """Goods meant to last considerably longer (Norway, Iceland)."""
    is_durable: bool = False
    """Brazil: durable goods."""
    is_listed_durable: bool = False
    """Hungary: on the list of durables with a mandatory guarantee."""
    price_huf: int | None = None
    """Hungary: the price in whole forint."""


@dataclass(frozen=True, slots=True)
class RefundFacts:
    """What decides the refund clock: `trader_informed_at` is when the withdrawal or cancellation reached the trader."""

    place: Place
    trader_informed_at: datetime | None
    goods_back_at: datetime | None = None
    proof_of_sending_at: datetime | None = None
    trader_collects: bool = False


@dataclass(frozen=True, slots=True)
class GoodsTraits:
    """The facts of one order line that may exclude withdrawal (CRD art. 16); an unknown trait is false.

    A mere protective film is no seal (CJEU C-681/17) and options chosen from a catalogue do not personalise, so
    neither is asked for here.
    """

    is_personalised: bool = False
    is_perishable: bool = False
    is_sealed_hygiene: bool = False
    is_sealed_av_or_software: bool = False
    is_unsealed_after_delivery: bool = False
    is_inseparably_mixed: bool = False
    is_newspaper_or_magazine: bool = False
    is_subscription: bool = False
    is_digital_content: bool = False
    is_started_with_express_consent: bool = False
    is_loss_acknowledged: bool = False
    is_confirmed_on_durable_medium: bool = False
    is_service_fully_performed: bool = False
    is_price_fluctuating: bool = False
    is_alcohol_future: bool = False
    is_urgent_repair_visit: bool = False
    is_public_auction: bool = False
    is_dated_leisure: bool = False
