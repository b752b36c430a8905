"""The form of the label provider: read whole, told at each field, and a kept secret stays with its key."""

import pytest

from plugin.domain.returning.account import (
    Carrying,
    LabelAccount,
    ProviderKind,
    TypedAccount,
    UnusableAccount,
    WrongAccount,
    as_typed,
    read_account,
)
from tests.support.returning import ACCOUNT

GOOD = TypedAccount("pk_1", "sk_1", "DE dpd:return/return 77\n\n * postnl:standard/return", "10")


def wrong(typed: TypedAccount, known: LabelAccount | None = None) -> dict[str, WrongAccount]:
    with pytest.raises(UnusableAccount) as refused:
        read_account(typed, known)
    return refused.value.wrong


def test_a_form_is_read_and_shown_as_it_was_but_for_the_secret() -> None:
    assert read_account(GOOD, None) == ACCOUNT
    shown = as_typed(ACCOUNT)
    assert shown.secret == ""
    assert read_account(shown, ACCOUNT) == ACCOUNT
    assert "sk_1" not in repr(ACCOUNT)
    assert "sk_1" not in repr(GOOD)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    assert wrong(TypedAccount("", "", "", "0")) == {
        "key": WrongAccount.MISSING,
        "secret": WrongAccount.MISSING,
        "carryings": WrongAccount.MISSING,
        "valid_days": WrongAccount.NOT_DAYS,
    }


@pytest.mark.parametrize(
    "carryings", ["DE", "DEU dpd:return", "DE dpd return", "DE dpd:return x", "DE dpd:return\nde ups:return"]
)
def test_a_way_of_carrying_that_cannot_be_read_is_told(carryings: str) -> None:
    assert wrong(TypedAccount("pk_1", "sk_1", carryings)) == {"carryings": WrongAccount.NOT_A_CARRYING}


def test_a_kept_secret_is_never_sent_with_another_key() -> None:
    typed = TypedAccount("pk_2", "", GOOD.carryings)
    assert wrong(typed, ACCOUNT) == {"secret": WrongAccount.SECRET_AGAIN}


def test_a_parcel_is_carried_by_its_countrys_code_else_by_the_one_for_everywhere() -> None:
    assert ACCOUNT.carrying_from("DE") == Carrying("DE", "dpd:return/return", 77)
    assert ACCOUNT.carrying_from("FR") == Carrying("*", "postnl:standard/return")
    assert LabelAccount(ProviderKind.SENDCLOUD, "k", "s").carrying_from("DE") is None
