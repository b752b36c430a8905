"""Where in the Union and the EEA a live shop without a withdrawal function waits, and where it is only warned."""

from collections.abc import Callable, Mapping
from datetime import date

from plugin.domain.law.answers import Certainty
from plugin.domain.law.in_force import Law
from plugin.domain.law.withdrawal_function import withdrawal_function_duty
from plugin.domain.policy.lint import Finding, Severity
from plugin.domain.policy.lint.rules.withdrawal_function import CODE

Check = Callable[..., tuple[Finding, ...]]
TODAY = date(2026, 11, 22)


def test_every_country_of_union_and_eea_is_found_and_unconfirmed_law_says_so(
    clean: Mapping[str, object], check: Check, law: Law
) -> None:
    found = check(clean, is_live=True, has_withdrawal_function=False, today=TODAY)
    told = {country: finding for finding in found if finding.code == CODE for country in finding.countries}
    assert told.keys() == {place.code for place in law.rulebook.jurisdictions.values() if place.region in ("EU", "EEA")}
    for country, finding in told.items():
        is_confirmed = withdrawal_function_duty(country, TODAY, law.rulebook).certainty is not Certainty.UNVERIFIED
        assert (finding.severity is Severity.ERROR) == is_confirmed
        assert (finding.certainty is Certainty.UNVERIFIED) == (not is_confirmed)
    assert {"DE", "FR", "IT", "NL"} <= {code for code, finding in told.items() if finding.severity is Severity.ERROR}
    assert told["NO"].severity is Severity.WARNING


def test_before_the_union_had_the_duty_nobody_is_warned(clean: Mapping[str, object], check: Check) -> None:
    found = check(clean, is_live=True, has_withdrawal_function=False, today=date(2026, 6, 18))
    assert CODE not in {finding.code for finding in found}
