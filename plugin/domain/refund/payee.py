"""Where money goes that cannot go back the way it came: the shopper's bank account or wallet, checked and masked."""

import re
from dataclasses import dataclass
from typing import Self

from stdnum import iban as iban_number
from stdnum.exceptions import ValidationError

from plugin.domain.errors import Invalid

_LONGEST_NAME = 70
"""ISO 20022 pain.001.001.09, Max70Text of SEPA names (EPC Implementation Guidelines 2025)."""
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")
_WALLET = re.compile(r"[^\s\x00-\x1f\x7f]{3,64}")
_SHOWN = 4


class NotAnAccount(Invalid):
    """An account number or wallet is mistyped; `facts["field"]` names which part."""

    code = "not_an_account"


@dataclass(frozen=True, slots=True, repr=False)
class BankAccount:
    """An account by IBAN, in its compact form; shows masked wherever it is formatted."""

    holder: str
    iban: str
    bic: str | None = None

    @classmethod
    def parse(cls, holder: str, iban: str, bic: str | None = None) -> Self:
        """What somebody typed, spaces and case aside. Raises `NotAnAccount`.

        The IBAN's check digits (ISO 13616, ISO 7064 mod 97-10), its country's length and, where the country has them,
        the national check digits are verified.
        """
        try:
            compact = iban_number.validate(iban)
        except ValidationError as error:
            raise NotAnAccount({"field": "iban"}) from error
        code = "".join(bic.split()).upper() if bic else None
        if code is not None and not _BIC.fullmatch(code):
            raise NotAnAccount({"field": "bic"})
        return cls(_name(holder), compact, code)

    @property
    def masked(self) -> str:
        """Country and the last four characters: enough for the holder to know it by."""
        return f"{self.iban[:2]}•• •••• {self.iban[-_SHOWN:]}"

    def __repr__(self) -> str:
        return f"BankAccount({self.masked})"


@dataclass(frozen=True, slots=True, repr=False)
class Wallet:
    """An account of a payment service or mobile money, by the service's own id (a phone number, an e-mail)."""

    holder: str
    service: str
    account: str

    @classmethod
    def parse(cls, holder: str, service: str, account: str) -> Self:
        """What somebody typed. Raises `NotAnAccount`."""
        compact = "".join(account.split())
        if not _WALLET.fullmatch(compact):
            raise NotAnAccount({"field": "account"})
        return cls(_name(holder), _named(service, "service"), compact)

    @property
    def masked(self) -> str:
        """The service and the last characters, half of a short id at most."""
        return f"{self.service} •••{self.account[-min(_SHOWN, len(self.account) // 2) :]}"

    def __repr__(self) -> str:
        return f"Wallet({self.masked})"


Payee = BankAccount | Wallet


def _name(text: str) -> str:
    return _named(text, "holder")


def _named(text: str, field: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise NotAnAccount({"field": field})
    return name
