"""Credit on a shopper's account, once per key, though Shopify takes no key and no mark for it (Admin API 2026-10).

`storeCreditAccountCredit` is not among the mutations that document `@idempotent`, and its input is an amount, an
expiry and whether to tell the shopper. So the credits there are noted before, for the shopper and not for the order,
and whoever comes again looks for a new one. It is taken for ours where nobody else can well have given it; where
somebody can, a person decides: given twice, it is the merchant's money, and claimed wrongly, the shopper's.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from integrations.platforms.shopify.actions.calls import Calls
from integrations.platforms.shopify.actions.memory import Noted, ShopperMemory
from integrations.platforms.shopify.admin_api.answers import Json
from integrations.platforms.shopify.documents import mutation, query
from integrations.platforms.shopify.fields import tail
from integrations.platforms.shopify.graphql_parts import Money as Written
from integrations.platforms.shopify.reading import Instant
from plugin.domain.decoding import decoder
from plugin.domain.money import Money
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal

_GIVE: Final = mutation("store_credit", "StoreCreditGive")
_CREDITS: Final = query("credits", "Credits")
_ADJUSTED: Final = "ADJUSTMENT"
"""The event of credit that was given by a call or by staff (recorded 2026-04), not by a refund or a payment."""
_AT_ONCE: Final = timedelta(minutes=1)
"""How long after the note a credit can be the call's that follows it: two clocks, one call, and a wait for points."""


class _Typed(msgspec.Struct):
    pass


class _Credit(msgspec.Struct, rename="camel"):
    id: str | None = None
    created_at: Instant | None = None
    event: str | None = None
    origin: _Typed | None = None
    amount: Written | None = None


class _Credits(msgspec.Struct):
    nodes: list[_Credit]


class _Balance(msgspec.Struct, rename="camel"):
    currency_code: str


class _Account(msgspec.Struct):
    balance: _Balance
    transactions: _Credits


class _Accounts(msgspec.Struct):
    nodes: list[_Account]


class _Customer(msgspec.Struct, rename="camel"):
    store_credit_accounts: _Accounts


class _Found(msgspec.Struct):
    customer: _Customer | None


class _Id(msgspec.Struct):
    id: str


class _Given(msgspec.Struct, rename="camel"):
    store_credit_account_transaction: _Id


class _Note(msgspec.Struct, omit_defaults=True):
    """One command: what it gives, which credits of that amount were there before, what it made; "": nobody knows."""

    amount: str
    attempt: int = 0
    known: list[str] = []
    made: str = ""


def give(calls: Calls, memory: ShopperMemory, customer: str, credit: tuple[Money, datetime | None], name: str) -> str:
    """The credit's id. Raises `Rejected` (`in_doubt`) where one is there that somebody else may have given."""
    amount, expires_at = credit
    begun, note = memory.noted.get(name), _Note(f"{amount.decimal():f} {amount.currency}")
    if begun:
        note = _read(begun)
    if note.made:
        return note.made
    alike = dict(_alike(calls, customer, amount))
    made = _ours(memory, name, note, alike) if begun else None
    if made is None:
        # The attempt makes each note another one, so that Shopify's time of it is this attempt's.
        note = _Note(note.amount, note.attempt + 1, list(alike))
        memory.remember(name, _written(note))
        asked: Json = {"creditAmount": {"amount": f"{amount.decimal():f}", "currencyCode": amount.currency}}
        if expires_at:
            asked["expiresAt"] = f"{expires_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        sent = {"id": customer, "credit": {**asked, "notify": False}}
        given = calls.change(_GIVE, "storeCreditAccountCredit", _Given, sent).store_credit_account_transaction
        made = tail(given.id)
    memory.remember(name, _written(_Note(note.amount, note.attempt, made=made)))
    return made


def _ours(memory: ShopperMemory, name: str, note: _Note, alike: dict[str, datetime]) -> str | None:
    """The credit an earlier attempt gave; None: it gave none."""
    others = [_read(each) for key, each in memory.noted.items() if key != name]
    taken = {*note.known, *(each.made for each in others)}
    fresh = [each for each in alike if each not in taken]
    if not fresh:
        return None
    is_contested = any(not each.made and each.amount == note.amount for each in others)
    if len(fresh) > 1 or is_contested or alike[fresh[0]] > memory.noted[name].updated_at + _AT_ONCE:
        raise Rejected(Refusal.IN_DOUBT, detail=f"credit of {note.amount} that somebody gave: {', '.join(fresh)}")
    return fresh[0]


def _alike(calls: Calls, customer: str, amount: Money) -> Iterator[tuple[str, datetime]]:
    """The latest credits of this very amount that no refund made, and when they were given; newest first."""
    found = calls.find(_CREDITS, _Found, id=customer).customer
    for account in found.store_credit_accounts.nodes if found else ():
        if account.balance.currency_code == amount.currency:
            for each in account.transactions.nodes:
                is_given = each.event == _ADJUSTED and each.origin is None
                is_alike = each.amount is not None and Decimal(each.amount.amount) == amount.decimal()
                if each.id and each.created_at and is_given and is_alike:
                    yield tail(each.id), each.created_at


def _read(noted: Noted) -> _Note:
    return decoder(_Note).decode(noted.value)


def _written(note: _Note) -> str:
    return msgspec.json.encode(note).decode()
