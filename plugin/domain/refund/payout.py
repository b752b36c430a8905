"""What a merchant's bank is asked to pay: refunds that cannot go back the way the money came."""

from dataclasses import dataclass

from plugin.domain.money import Money
from plugin.domain.refund.payee import BankAccount, Payee

_SEPA_CURRENCY = "EUR"


@dataclass(frozen=True, slots=True)
class Payout:
    """One payment. `reference` is ours and unique, so that a bank can refuse it twice; `note` is for the payee."""

    reference: str
    payee: Payee
    amount: Money
    note: str

    @property
    def is_sepa(self) -> bool:
        """Whether a SEPA credit transfer can carry it: euros to an IBAN; the rest goes by the table."""
        return isinstance(self.payee, BankAccount) and self.amount.currency == _SEPA_CURRENCY
