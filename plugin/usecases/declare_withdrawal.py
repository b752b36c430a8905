"""Record a withdrawal as it was declared and acknowledge it, whoever sent it and whenever (2011/83/EU art. 11a).

It takes effect on receipt and is asked nothing more. Whether the sender is the order's shopper only decides when it is
carried out: until that is known nothing is cancelled or paid back, and the sender learns nothing of any order.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final

import msgspec

from plugin.domain.declaration import Contract, Declaration, Match, Proof, Statement, is_at_once, matched, references
from plugin.domain.declaration.pace import HOUR
from plugin.domain.errors import Conflict
from plugin.domain.ids import DeclarationId
from plugin.domain.law.zones import delivery_place
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.ports.declaration_letters import DeclarationLetters
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.open_withdrawal import queue_opening
from plugin.usecases.queue_letter import queue_letter
from plugin.usecases.quote_policy import CountryNeeded, home_country
from plugin.usecases.tell_order_address import tell_order_address

_NOWHERE: Final = "UTC"


@dataclass(frozen=True, slots=True)
class Declared:
    """What the confirmed page says.

    `form` names that page, so that confirming it twice declares once; one that comes back with other words or about
    another contract declares something of its own. `caller` is whose requests count together; `country` is the one the
    page was shown for; `known` is the order the sender came from by a link of ours.
    """

    statement: Statement
    language: str
    form: str
    caller: str
    country: str | None = None
    known: Contract | None = None


def declare_withdrawal(
    given: Declared, *, shop: Shop, units: Units, ids: Ids, letters: DeclarationLetters, now: datetime
) -> Declaration:
    """The declaration on record, with its acknowledgement queued in the same commit."""
    with units(shop.merchant) as unit:
        declaration = declare_here(given, shop=shop, unit=unit, ids=ids, letters=letters, now=now)
        unit.commit()
    return declaration


def declare_here(
    given: Declared, *, shop: Shop, unit: UnitOfWork, ids: Ids, letters: DeclarationLetters, now: datetime
) -> Declaration:
    """`declare_withdrawal` in a unit of work that goes on; the caller commits."""
    form = _form(given, shop)
    known = unit.declarations.by_form(form)
    if known is not None:
        return known
    found = _match(given, shop, unit)
    declaration = _declaration(given, found, shop, unit, ids, now)
    if not unit.declarations.add(declaration, form=form, caller=given.caller):
        return _of_the_other_tap(form, unit)
    recent = unit.declarations.recent(declaration, caller=given.caller, since=now - HOUR)
    letter = letters.acknowledgement(declaration, shop)
    queue_letter(f"acknowledged-{declaration.id}", letter, unit, now, at_once=is_at_once(recent))
    if found is not None:
        tell_order_address(declaration, found.stored, recent, shop=shop, unit=unit, notice=letters.notice, now=now)
    queue_opening(declaration, unit)
    return replace(declaration, version=1)


def _form(given: Declared, shop: Shop) -> str:
    """Names what is declared on that page: 64 hexadecimal digits, of which nothing that was said can be read."""
    said = (given.form, shop.id, given.known.order if given.known else None, given.statement)
    return sha256(msgspec.json.encode(said)).hexdigest()


def _match(given: Declared, shop: Shop, unit: UnitOfWork) -> Match | None:
    if given.known is not None:
        return Match(given.known, unit.orders.get(given.known.order))
    return matched(given.statement, tuple(_orders(given.statement.reference, shop, unit)))


def _orders(reference: str, shop: Shop, unit: UnitOfWork) -> Iterator[StoredOrder]:
    for number in references(reference):
        yield from unit.orders.by_number(shop.id, number)


def _declaration(
    given: Declared, found: Match | None, shop: Shop, unit: UnitOfWork, ids: Ids, now: datetime
) -> Declaration:
    contract = found.contract if found else None
    proof = contract.proof if contract else Proof.NONE
    return Declaration(
        id=DeclarationId(ids.new()),
        shop=shop.id,
        statement=given.statement,
        received_at=now,
        zone=_zone(given.country, unit, now),
        language=given.language,
        country=given.country,
        order=contract.order if contract else None,
        proof=proof,
        proven_at=None if proof is Proof.NONE else now,
    )


def _zone(country: str | None, unit: UnitOfWork, now: datetime) -> str:
    """Of the page's country, else of the shop's home: never of an order the sender has not proven to be theirs."""
    try:
        return delivery_place(country or home_country(unit.policies.in_force(now))).zone.key
    except CountryNeeded:
        return _NOWHERE


def _of_the_other_tap(form: str, unit: UnitOfWork) -> Declaration:
    known = unit.declarations.by_form(form)
    if known is None:
        raise Conflict({"what": "declaration"})
    return known
