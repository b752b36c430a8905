"""The shape of one jurisdiction's law, and where each of its fields comes from.

Field names are those of the data files; units are in the names, days and months are whole numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from plugin.domain.law.answers import Certainty

Leaf = str | int | bool | None
Extra = Mapping[str, "Leaf | tuple[Extra, ...] | tuple[str, ...] | Extra"]
"""Free-form national particulars, frozen."""


class Unit(StrEnum):
    """What the days of a withdrawal period are."""

    CALENDAR = "calendar"
    BUSINESS = "business"


class WeekendRule(StrEnum):
    """What happens when the nominal last day is a Saturday, Sunday or public holiday."""

    NEXT_WORKING_DAY = "next_working_day"
    NONE = "none"
    NOT_APPLIED_NOMINAL = "not_applied_nominal"


class GuaranteeKind(StrEnum):
    """What kind of promise the law makes about the goods."""

    FIXED = "fixed"
    EXPECTED_LIFE = "expected_life"
    LIMITATION_ONLY = "limitation_only"
    REASONABLE = "reasonable"
    IMPLIED_WARRANTY = "implied_warranty"
    COMPLAINT_PERIOD = "complaint_period"


class RefundFrom(StrEnum):
    """What starts the trader's refund clock."""

    TRADER_INFORMED = "trader_informed"
    GOODS_BACK_OR_PROOF = "goods_back_or_proof"
    GOODS_BACK = "goods_back"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where one field comes from: source ids (with article where known), how sure, and from when it holds."""

    sources: tuple[str, ...]
    certainty: Certainty
    valid_from: date | None
    valid_to: date | None
    checked_on: date


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """What the data set says about a whole block (withdrawal, guarantee), kept beside its fields.

    Compared by identity, so that what it answers can be remembered.
    """

    citation: tuple[str, ...]
    verified: Certainty
    unverified_fields: tuple[str, ...]
    notes: tuple[str, ...]
    provenance: Mapping[str, Provenance]

    def certainty(self, *fields: str) -> Certainty:
        """The weakest certainty among the fields an answer rests on."""
        return _certainty(self, fields)

    def sources(self, *fields: str) -> tuple[str, ...]:
        """The sources of these fields, each once, in order."""
        return _sources(self, fields)


@lru_cache(maxsize=4096)
def _certainty(block: Block, fields: tuple[str, ...]) -> Certainty:
    found = {block.provenance[name].certainty for name in fields}
    if Certainty.UNVERIFIED in found:
        return Certainty.UNVERIFIED
    return Certainty.SECONDARY if Certainty.SECONDARY in found else Certainty.VERIFIED


@lru_cache(maxsize=4096)
def _sources(block: Block, fields: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for name in fields for source in block.provenance[name].sources))


@dataclass(frozen=True, slots=True)
class NotInformedExtension:
    """How much longer the period runs when the shopper was not told of the right (in the EU: CRD art. 10)."""

    months: int | None = None
    counted_from: str | None = None
    """`end_of_initial_period` or `delivery`; None with `days_total`."""
    days_total: int | None = None
    """Days from delivery that replace the initial period."""
    if_informed_within_months: int | None = None
    then_days_from_information: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class WithdrawalFunction:
    """The duty to offer an online withdrawal function (CRD art. 11a); `required` None: not known whether."""

    required: bool | None
    since: date | None
    national_basis: str | None
    certainty: Certainty
    note: str


@dataclass(frozen=True, slots=True)
class ProtectedGroups:
    """Shoppers who have more time (Israel)."""

    months: int
    groups: tuple[str, ...]
    condition: str


@dataclass(frozen=True, slots=True)
class CancellationFee:
    """The most a trader may keep when a shopper withdraws: of rate (basis points of the price) and amount the lower."""

    rate: int
    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class WithdrawalLaw:
    """The right to withdraw from a distance contract without a reason."""

    block: Block
    exists: bool
    days: int | None
    unit: Unit | None
    day_of_event_counted: bool
    starts: str | None
    weekend_rule: WeekendRule | None
    period_end: str
    who_pays_return_default: str
    exceptions: tuple[str, ...]
    condition: str | None = None
    starts_detail: Extra | None = None
    may_exercise_before_start: bool | None = None
    weekend_rule_basis: str | None = None
    timely_if: str | None = None
    not_informed_extension: NotInformedExtension | None = None
    refund_days: int | None = None
    refund_from: RefundFrom = RefundFrom.TRADER_INFORMED
    refund_unit: Unit = Unit.CALENDAR
    may_withhold_until: str | None = None
    refund_standard_delivery_cost: bool | None = None
    refund_supplementary_delivery_cost: bool | None = None
    same_means_of_payment: bool | None = None
    return_days: int | None = None
    return_from: str | None = None
    return_met_by: str | None = None
    diminished_value_liability: str | None = None
    withdrawal_function: WithdrawalFunction | None = None
    also_needs: tuple[str, ...] = ()
    """Events besides delivery that must have happened before the period starts."""
    late_information_days: int | None = None
    document_is_information: bool = False
    days_without_copy: int | None = None
    protected_groups: ProtectedGroups | None = None
    cancellation_fee: CancellationFee | None = None
    """None: a withdrawal costs nothing but the return, if that."""

    @property
    def who_pays_return(self) -> str:
        """Who pays for sending the goods back unless the store offers more."""
        return self.who_pays_return_default


@dataclass(frozen=True, slots=True)
class RepairExtension:
    """How a repair lengthens the liability period (Dir. 2019/771 art. 10(2a))."""

    once: bool
    contracts_from: date
    basis: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class GuaranteeLaw:
    """The seller's liability for goods that do not conform to the contract."""

    block: Block
    kind: GuaranteeKind
    months: int | None
    display_min_months: int | None
    burden_of_proof_months: int | None
    second_hand_months: int | None
    starts: str
    weekend_rule: WeekendRule
    repair_extension_months: int | None
    limitation: str | None
    second_hand_needs_agreement: bool | None = None
    repair_extension: RepairExtension | None = None
    notify_within_months: int | None = None
    remedies: str | None = None
    extra: Extra | None = None

    def particular(self, name: str) -> int:
        """A national number of `extra` (months, days, times), 0 where the country has none."""
        value = self.extra.get(name) if self.extra else None
        return value if isinstance(value, int) else 0


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """The law a shopper has by the country (or region) the goods go to."""

    code: str
    name: str
    region: str
    languages: tuple[str, ...]
    timezones: tuple[str, ...]
    withdrawal: WithdrawalLaw
    guarantee: GuaranteeLaw
    notices: Extra
