"""Prove a declaration of withdrawal: by a link that was mailed to the order's address, or by an agent's word."""

from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.declaration import (
    Declaration,
    DeclarationErased,
    DeclarationProven,
    Proof,
    ReasonNeeded,
    UnknownDeclaration,
)
from plugin.domain.declaration.typed import plain
from plugin.domain.ids import DeclarationId, MerchantId, OrderId
from plugin.domain.shop import Role, StaffMember
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.open_withdrawal import queue_opening

LONGEST_REASON = 500


def prove_by_link(
    declaration: DeclarationId, order: OrderId, *, merchant: MerchantId, units: Units, now: datetime
) -> Declaration:
    """The declaration, proven; opened twice, it stays as it is.

    Raises `UnknownDeclaration`, also when it has been found to be about another order than the link was mailed for, and
    `DeclarationErased`.
    """
    with units(merchant) as unit:
        known = unit.declarations.get(declaration)
        if known.order != order:
            raise UnknownDeclaration
        if known.is_proven:
            return known
        proven = _keep(_live(known).proven(Proof.LINK_OPENED, now), unit)
        unit.commit()
    return proven


def confirm_declaration(
    declaration: DeclarationId, reason: str, *, merchant: MerchantId, by: StaffMember, units: Units, now: datetime
) -> Declaration:
    """The declaration, confirmed by an agent who says how they made sure.

    Raises `RoleTooLow`, `ReasonNeeded`, `UnknownDeclaration` (also while it is about no order), `DeclarationErased`,
    `DeclarationProven`.
    """
    require_role(by, Role.AGENT)
    how = plain(reason, LONGEST_REASON)
    if not how:
        raise ReasonNeeded({"field": "reason"})
    with units(merchant) as unit:
        known = _live(unit.declarations.get(declaration))
        if known.order is None:
            raise UnknownDeclaration
        if known.is_proven:
            raise DeclarationProven
        proven = _keep(known.proven(Proof.AGENT_CONFIRMED, now, by=by.id, reason=how), unit)
        unit.commit()
    return proven


def _live(declaration: Declaration) -> Declaration:
    if declaration.statement is None:
        raise DeclarationErased
    return declaration


def _keep(declaration: Declaration, unit: UnitOfWork) -> Declaration:
    unit.declarations.save(declaration)
    queue_opening(declaration, unit)
    return unit.declarations.get(declaration.id)
