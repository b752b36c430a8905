import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.refund.payee import BankAccount, NotAnAccount, Wallet

VALID = "DE89370400440532013000"


@pytest.mark.parametrize(
    "typed",
    [
        "DE89 3704 0044 0532 0130 00",
        "de89370400440532013000",
        "GB82 WEST 1234 5698 7654 32",
        "PL61109010140000071219812874",
    ],
)
def test_an_iban_is_taken_as_people_type_it(typed: str) -> None:
    assert BankAccount.parse("Ida Holm", typed).iban == typed.replace(" ", "").upper()


@given(st.integers(2, len(VALID) - 1), st.integers(1, 9))
def test_one_wrong_digit_is_found(at: int, by: int) -> None:
    wrong = VALID[:at] + str((int(VALID[at]) + by) % 10) + VALID[at + 1 :]
    with pytest.raises(NotAnAccount):
        BankAccount.parse("Ida Holm", wrong)


@given(st.integers(2, len(VALID) - 2))
def test_two_digits_the_wrong_way_round_are_found(at: int) -> None:
    wrong = VALID[:at] + VALID[at + 1] + VALID[at] + VALID[at + 2 :]
    if wrong != VALID:
        with pytest.raises(NotAnAccount):
            BankAccount.parse("Ida Holm", wrong)


@pytest.mark.parametrize("typed", ["", "DE89", "DE8937040044053201300", "XX0012345678", "<b>DE89</b>"])
def test_what_is_no_iban_is_refused(typed: str) -> None:
    with pytest.raises(NotAnAccount) as refused:
        BankAccount.parse("Ida Holm", typed)
    assert refused.value.facts["field"] == "iban"


@pytest.mark.parametrize(
    ("holder", "bic", "field"), [("", None, "holder"), ("A" * 71, None, "holder"), ("Ida", "X1", "bic")]
)
def test_holder_and_bank_code_are_checked_too(holder: str, bic: str | None, field: str) -> None:
    with pytest.raises(NotAnAccount) as refused:
        BankAccount.parse(holder, VALID, bic)
    assert refused.value.facts["field"] == field


@pytest.mark.parametrize("account", ["", "a", "x" * 65, "07\x0000"])
def test_a_wallet_needs_an_id(account: str) -> None:
    with pytest.raises(NotAnAccount):
        Wallet.parse("Ida Holm", "M-Pesa", account)


def test_an_account_shows_masked_wherever_it_is_formatted() -> None:
    account, wallet = BankAccount.parse("Ida Holm", VALID), Wallet.parse("Ida Holm", "M-Pesa", "+254 700 000 123")
    for shown in (account.masked, repr(account), str(account), f"{account}"):
        assert VALID not in shown
        assert "0532" not in shown
        assert "Ida" not in shown
    assert account.masked == "DE•• •••• 3000"
    assert wallet.masked == "M-Pesa •••0123"
    assert "254700" not in repr(wallet)
    assert Wallet.parse("Ida", "Pay", "abcd").masked == "Pay •••cd"
