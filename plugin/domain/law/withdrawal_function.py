"""Whether the store must offer an online withdrawal function ("withdraw from contract here", CRD art. 11a)."""

from dataclasses import dataclass
from datetime import date

from plugin.domain.law.answers import Certainty
from plugin.domain.law.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class FunctionDuty:
    """`required` None: nobody knows yet (EEA); `since` is the first contract date the duty covers."""

    required: bool | None
    since: date | None
    basis: str | None
    certainty: Certainty
    sources: tuple[str, ...]


def withdrawal_function_duty(country: str, contract_concluded_on: date, rulebook: Rulebook) -> FunctionDuty:
    """Whether a contract of that day with a shopper of that country needs the function.

    Without such a rule there is no duty (United Kingdom, Switzerland, all countries outside EU and EEA). Raises
    `UnknownJurisdiction`.
    """
    law = rulebook.jurisdiction(country).withdrawal
    function = law.withdrawal_function
    if function is None:
        return FunctionDuty(required=False, since=None, basis=None, certainty=law.block.certainty("exists"), sources=())
    required = function.required
    if required and function.since is not None:
        required = contract_concluded_on >= function.since
    sources = law.block.sources("withdrawal_function")
    return FunctionDuty(required, function.since, function.national_basis, function.certainty, sources)


def has_withdrawal_function_law(country: str | None, rulebook: Rulebook) -> bool:
    """Whether shoppers of that country are shown the way to the function: all of the Union's, and of the EEA's too.

    Nobody knows yet whether the duty has reached the EEA; a function too many costs no shopper anything.
    """
    place = rulebook.jurisdictions.get(country) if country else None
    function = place.withdrawal.withdrawal_function if place else None
    return function is not None and function.required is not False
