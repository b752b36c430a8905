"""Facts of a case that repeat the rulebook: they decide nothing, but a contradiction is worth a warning."""

from collections.abc import Iterator, Mapping

from plugin.domain.law.answers import LegalGuarantee
from plugin.domain.law.case_facts import Facts
from plugin.domain.law.jurisdiction import GuaranteeLaw, WithdrawalLaw

Says = Mapping[str, tuple[int | bool | None, ...]]
"""Fact name -> every value the rulebook could mean by it."""


def contradictions(facts: Facts, says: Says) -> Iterator[str]:
    """One warning for each fact that says otherwise than the rulebook, which answers all the same."""
    for name, values in says.items():
        if facts.states(name) and facts.raw(name) not in values:
            told = " or ".join(str(value) for value in values)
            yield f"facts.{name} is {facts.raw(name)!r}, the rulebook says {told} and answers"


def withdrawal_says(law: WithdrawalLaw) -> Says:
    """What the rulebook says of the period's length and counting."""
    extension, groups = law.not_informed_extension, law.protected_groups
    return {
        "days": _known(law.days, extension.days_total if extension else None, law.days_without_copy),
        "months": _known(groups.months if groups else None, extension.months if extension else None),
        "day_of_event_counted": (law.day_of_event_counted,),
    }


def guarantee_says(law: GuaranteeLaw, guarantee: LegalGuarantee, repairs: int) -> Says:
    """What the rulebook says of the guarantee for goods in this condition; no repairs, no contradiction."""
    idle = () if repairs else (0,)
    return {
        "months": (guarantee.base_months,),
        "base_months": (guarantee.base_months,),
        "burden_months": (guarantee.presumption_months,),
        "days": (law.particular("durable_days"), law.particular("non_durable_days")),
        "national_repair_extension_months": (law.particular("repair_extension_months_before_2026_07_31"), *idle),
        "national_repair_extension_each": (law.particular("repair_extension_each_months"), *idle),
        "national_repair_extension_max_times": (law.particular("repair_extension_max_times"), *idle),
    }


def _known(*values: int | None) -> tuple[int, ...]:
    return tuple(value for value in values if value is not None)
