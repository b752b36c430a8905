"""From a country file and the shared EU rules to one typed `Jurisdiction`."""

from collections.abc import Iterable
from datetime import date
from types import MappingProxyType

from plugin.domain.law import eu
from plugin.domain.law.answers import Certainty
from plugin.domain.law.errors import BrokenRulebook
from plugin.domain.law.eu_notices import NOTICES
from plugin.domain.law.jurisdiction import (
    Block,
    CancellationFee,
    GuaranteeKind,
    GuaranteeLaw,
    Jurisdiction,
    NotInformedExtension,
    ProtectedGroups,
    Provenance,
    RefundFrom,
    RepairExtension,
    Unit,
    WeekendRule,
    WithdrawalFunction,
    WithdrawalLaw,
)
from plugin.domain.law.record import Record, frozen


def to_jurisdiction(raw: object, origin: str) -> Jurisdiction:
    """One jurisdiction from its file; raises `BrokenRulebook` naming file and field."""
    file = Record(raw, origin)
    follows = file.maybe_text("follows")
    shared = NOTICES if follows == "eu" else {}
    return Jurisdiction(
        code=file.text("code"),
        name=file.text("name"),
        region=file.text("region"),
        languages=file.texts("languages"),
        timezones=file.texts("timezones"),
        withdrawal=_withdrawal(file, eu.WITHDRAWAL_RULES if follows else ()),
        guarantee=_guarantee(file, eu.GUARANTEE_RULES if follows else ()),
        notices=frozen({**shared, **file.mapping("notices")}),
    )


def _assemble(block: Record, rules: Iterable[eu.Rule], checked_on: date, origin: str) -> tuple[Block, Record]:
    """The block's values, national ones over shared ones, and each value's provenance."""
    values: dict[str, object] = {}
    provenance: dict[str, Provenance] = {}
    unverified = frozenset(block.texts("unverified_fields"))
    for rule in rules:
        for name, value in rule.sets.items():
            values[name] = value
            sure = Certainty.UNVERIFIED if name in unverified else block.certainty()
            provenance[name] = Provenance(rule.sources, sure, rule.valid_from, None, rule.checked_on)
    for name in block.mapping("fields"):
        field = block.inner("fields").inner(name)
        values[name] = field.raw("value")
        provenance[name] = Provenance(
            field.texts("sources"),
            field.certainty(),
            field.maybe_day("valid_from"),
            field.maybe_day("valid_to"),
            checked_on,
        )
    read = Block(
        citation=block.texts("sources"),
        verified=block.certainty(),
        unverified_fields=block.texts("unverified_fields"),
        notes=block.texts("notes"),
        provenance=MappingProxyType(provenance),
    )
    return read, Record(values, origin)


def _checked_on(file: Record) -> date:
    day = file.maybe_day("checked_on")
    if day is None:
        raise BrokenRulebook(file.text("code"), "checked_on")
    return day


def _withdrawal(file: Record, rules: Iterable[eu.Rule]) -> WithdrawalLaw:
    block, law = _assemble(file.inner("withdrawal"), rules, _checked_on(file), f"{file.text('code')}.withdrawal")
    return WithdrawalLaw(
        block=block,
        exists=law.flag("exists"),
        days=law.maybe_integer("days"),
        unit=Unit(law.text("unit")) if law.has("unit") else None,
        day_of_event_counted=law.flag("day_of_event_counted"),
        starts=law.maybe_text("starts"),
        weekend_rule=WeekendRule(law.text("weekend_rule")) if law.has("weekend_rule") else None,
        period_end=law.text("period_end"),
        who_pays_return_default=law.text("who_pays_return_default"),
        exceptions=law.texts("exceptions"),
        condition=law.maybe_text("condition"),
        starts_detail=frozen(law.raw("starts_detail")) if law.has("starts_detail") else None,
        may_exercise_before_start=law.maybe_flag("may_exercise_before_start"),
        weekend_rule_basis=law.maybe_text("weekend_rule_basis"),
        timely_if=law.maybe_text("timely_if"),
        not_informed_extension=_not_informed(law.maybe_inner("not_informed_extension")),
        refund_days=law.maybe_integer("refund_days"),
        refund_from=RefundFrom(law.maybe_text("refund_from") or RefundFrom.TRADER_INFORMED),
        refund_unit=Unit(law.maybe_text("refund_unit") or Unit.CALENDAR),
        may_withhold_until=law.maybe_text("may_withhold_until"),
        refund_standard_delivery_cost=law.maybe_flag("refund_standard_delivery_cost"),
        refund_supplementary_delivery_cost=law.maybe_flag("refund_supplementary_delivery_cost"),
        same_means_of_payment=law.maybe_flag("same_means_of_payment"),
        return_days=law.maybe_integer("return_days"),
        return_from=law.maybe_text("return_from"),
        return_met_by=law.maybe_text("return_met_by"),
        diminished_value_liability=law.maybe_text("diminished_value_liability"),
        withdrawal_function=_function(law.maybe_inner("withdrawal_function")),
        also_needs=law.texts("also_needs"),
        late_information_days=law.maybe_integer("late_information_days"),
        document_is_information=bool(law.maybe_flag("document_is_information")),
        days_without_copy=law.maybe_integer("days_without_copy"),
        protected_groups=_groups(law.maybe_inner("protected_groups")),
        cancellation_fee=_fee(law.maybe_inner("cancellation_fee")),
    )


def _not_informed(law: Record | None) -> NotInformedExtension | None:
    if law is None:
        return None
    return NotInformedExtension(
        months=law.maybe_integer("months"),
        counted_from=law.maybe_text("counted_from"),
        days_total=law.maybe_integer("days_total"),
        if_informed_within_months=law.maybe_integer("if_informed_within_months"),
        then_days_from_information=law.maybe_integer("then_days_from_information"),
        note=law.maybe_text("note"),
    )


def _function(law: Record | None) -> WithdrawalFunction | None:
    if law is None:
        return None
    return WithdrawalFunction(
        required=law.maybe_flag("required"),
        since=law.maybe_day("since"),
        national_basis=law.maybe_text("national_basis"),
        certainty=law.certainty(),
        note=law.text("note"),
    )


def _groups(law: Record | None) -> ProtectedGroups | None:
    if law is None:
        return None
    return ProtectedGroups(
        months=law.integer("months"),
        groups=law.texts("groups"),
        condition=law.text("condition"),
    )


def _fee(law: Record | None) -> CancellationFee | None:
    if law is None:
        return None
    return CancellationFee(rate=law.integer("rate"), minor=law.integer("minor"), currency=law.text("currency"))


def _guarantee(file: Record, rules: Iterable[eu.Rule]) -> GuaranteeLaw:
    block, law = _assemble(file.inner("guarantee"), rules, _checked_on(file), f"{file.text('code')}.guarantee")
    return GuaranteeLaw(
        block=block,
        kind=GuaranteeKind(law.text("kind")),
        months=law.maybe_integer("months"),
        display_min_months=law.maybe_integer("display_min_months"),
        burden_of_proof_months=law.maybe_integer("burden_of_proof_months"),
        second_hand_months=law.maybe_integer("second_hand_months"),
        starts=law.text("starts"),
        weekend_rule=WeekendRule(law.text("weekend_rule")),
        repair_extension_months=law.maybe_integer("repair_extension_months"),
        limitation=law.maybe_text("limitation"),
        second_hand_needs_agreement=law.maybe_flag("second_hand_needs_agreement"),
        repair_extension=_repair(law.maybe_inner("repair_extension")),
        notify_within_months=law.maybe_integer("notify_within_months"),
        remedies=law.maybe_text("remedies"),
        extra=frozen(law.raw("extra")) if law.has("extra") else None,
    )


def _repair(law: Record | None) -> RepairExtension | None:
    if law is None:
        return None
    contracts_from = law.maybe_day("contracts_from")
    if contracts_from is None:
        raise BrokenRulebook("repair_extension", "contracts_from")
    return RepairExtension(
        once=law.flag("once"),
        contracts_from=contracts_from,
        basis=law.text("basis"),
        note=law.maybe_text("note"),
    )
