"""From which contract on the online withdrawal function is a duty."""

from collections.abc import Callable, Mapping

import pytest

from plugin.domain.law.errors import MissingFact
from plugin.domain.law.rulebook import Rulebook

Ask = Callable[..., Mapping[str, object]]


@pytest.mark.parametrize(
    ("country", "concluded", "required"),
    [
        ("FR", "2026-06-18", False),
        ("FR", "2026-06-19", True),
        ("IT", "2027-01-01", True),
        ("AT", "2026-09-30", False),
        ("AT", "2026-10-01", True),
        ("NO", "2026-11-01", None),
        ("IS", "2020-11-01", None),
        ("GB", "2026-11-01", False),
        ("CH", "2026-11-01", False),
        ("US", "2026-11-01", False),
    ],
)
def test_the_contracts_day_decides(ask: Ask, country: str, concluded: str, required: bool | None) -> None:  # noqa: FBT001  # a table's column
    assert ask("button", country, contract_concluded_on=concluded) == {"required": required}


def test_the_contracts_day_must_be_known(ask: Ask) -> None:
    with pytest.raises(MissingFact, match="contract_concluded_on"):
        ask("button", "DE")


def test_every_member_state_has_the_duty_from_its_own_day(rulebook: Rulebook) -> None:
    for jurisdiction in rulebook.jurisdictions.values():
        function = jurisdiction.withdrawal.withdrawal_function
        if jurisdiction.region == "EU":
            assert function is not None
            assert function.required
            assert function.since is not None
