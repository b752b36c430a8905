"""Store credit as recorded (2026-04): an account a currency, credited at the shopper's or the account's own id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count

from tests.support.shopify_admin.execution import Record

NOT_POSITIVE = "A positive amount must be used to credit a store credit account"
NO_OWNER = "Owner does not exist"


@dataclass(slots=True)
class Credits:
    """Accounts by shopper, each with its transactions, oldest first."""

    customers: set[str] = field(default_factory=set)
    accounts: dict[str, dict[str, Record]] = field(default_factory=dict)
    now: Callable[[], str] = lambda: "2026-11-22T12:00:00Z"
    _numbers: Iterator[int] = field(default_factory=lambda: count(1217691954))

    def customer(self, id: str) -> Record | None:  # noqa: A002 - Shopify's name
        """`customer`."""
        if id not in self.customers:
            return None
        return {"id": id, "storeCreditAccounts": list(self.accounts.get(id, {}).values())}

    def credit(self, id: str, creditInput: Record) -> Record:  # noqa: A002, N803 - Shopify's names
        """`storeCreditAccountCredit`; nothing tells two alike apart."""
        asked = creditInput["creditAmount"]
        if id not in self.customers:
            return _no(["id"], NO_OWNER, "OWNER_NOT_FOUND")
        if Decimal(asked["amount"]) <= 0:
            return _no(["creditInput", "creditAmount", "amount"], NOT_POSITIVE, "NEGATIVE_OR_ZERO_AMOUNT")
        return {"storeCreditAccountTransaction": self.given(id, asked), "userErrors": []}

    def given(self, customer: str, asked: Record, refund: Record | None = None) -> Record:
        """The transaction it makes; of a refund it names that one's (`StoreCreditSystemEvent`, schema 2026-10)."""
        code, owned = asked["currencyCode"], self.accounts.setdefault(customer, {})
        account = owned.setdefault(code, {"id": self._gid("StoreCreditAccount"), "transactions": []})
        amount = {"amount": _written(Decimal(asked["amount"])), "currencyCode": code}
        made: Record = {"__typename": "StoreCreditAccountCreditTransaction", "amount": amount, "origin": refund}
        made |= {
            "id": self._gid("StoreCreditAccountCreditTransaction"),
            "event": "ORDER_REFUND" if refund else "ADJUSTMENT",
        }
        made["createdAt"] = self.now()
        account["transactions"].append(made)
        total = sum((Decimal(each["amount"]["amount"]) for each in account["transactions"]), Decimal())
        account["balance"] = {"amount": _written(total), "currencyCode": code}
        return made

    def _gid(self, kind: str) -> str:
        return f"gid://shopify/{kind}/{next(self._numbers)}"


def _written(amount: Decimal) -> str:
    said = f"{amount.normalize():f}"
    return said if "." in said else f"{said}.0"


def _no(path: list[str], message: str, code: str) -> Record:
    return {"storeCreditAccountTransaction": None, "userErrors": [{"field": path, "message": message, "code": code}]}
