"""How many months the seller is liable for, and for how many a defect is presumed to have been there."""

from plugin.domain.law.answers import Reason
from plugin.domain.law.facts import GoodsCondition, GuaranteeFacts
from plugin.domain.law.jurisdiction import GuaranteeLaw

_SCOTLAND = "GB-SCT"


def base_months(facts: GuaranteeFacts, law: GuaranteeLaw) -> int | None:
    """The liability period before any extension; None where the law fixes none.

    A shorter period for used goods needs an express agreement and never goes below the legal minimum
    (Dir. 2019/771 art. 10(6)); an agreement of more than the legal period does not make the law longer.
    """
    months = law.particular("long_life_goods_months") if facts.is_long_lived else 0
    months = months or (law.particular("scotland_limitation_months") if facts.place.subdivision == _SCOTLAND else 0)
    full = months or law.months
    if full is None or facts.condition is GoodsCondition.NEW:
        return full
    minimum = law.second_hand_months
    if minimum is None or facts.agreed_months is None:
        return full
    return min(max(facts.agreed_months, minimum), full)


def presumption_months(facts: GuaranteeFacts, law: GuaranteeLaw) -> int | None:
    """For how long a defect is presumed to have existed at delivery (art. 11); never longer than the liability."""
    months = law.burden_of_proof_months
    if facts.condition is GoodsCondition.USED:
        months = law.particular("second_hand_presumption_months") or months
    base = base_months(facts, law)
    return months if months is None or base is None else min(months, base)


def repair_extension_months(facts: GuaranteeFacts, law: GuaranteeLaw) -> int:
    """The months repairs add: the better of the Union's 12, once, and the national rule (art. 10(2a), 3(6))."""
    if not facts.repairs_completed_on:
        return 0
    return max(_union_months(facts, law), _national_months(facts, law))


def _union_months(facts: GuaranteeFacts, law: GuaranteeLaw) -> int:
    extension, concluded = law.repair_extension, facts.contract_concluded_on
    if extension is None or (concluded is not None and concluded < extension.contracts_from):
        return 0
    return law.repair_extension_months or 0


def _national_months(facts: GuaranteeFacts, law: GuaranteeLaw) -> int:
    """France: 6 once; Portugal: 6 for each repair, up to four."""
    each = law.particular("repair_extension_each_months")
    times = min(len(facts.repairs_completed_on), law.particular("repair_extension_max_times"))
    return max(law.particular("repair_extension_months_before_2026_07_31"), each * times)


def extension_reason(facts: GuaranteeFacts, months: int) -> tuple[Reason, ...]:
    """The step of the trace that says a repair lengthened the period."""
    if months == 0:
        return ()
    return (Reason("repair_extension", min(facts.repairs_completed_on), f"{months} months"),)
