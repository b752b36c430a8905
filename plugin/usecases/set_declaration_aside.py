"""Take a declaration off the desk that nobody can match to an order or its shopper, and put it back.

That is the desk's view alone: what was declared stays on record as it was received and acknowledged (2011/83/EU
art. 11a), and is carried out as soon as its sender proves to be the shopper of an order.
"""

from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.declaration import Declaration, DeclarationErased, ReasonNeeded
from plugin.domain.declaration.typed import plain
from plugin.domain.ids import DeclarationId, MerchantId
from plugin.domain.shop import Role, StaffMember
from plugin.ports.unit_of_work import Units
from plugin.usecases.prove_declaration import LONGEST_REASON


def set_declaration_aside(
    declaration: DeclarationId, reason: str, *, merchant: MerchantId, by: StaffMember, units: Units, now: datetime
) -> Declaration:
    """The declaration, off the desk with the manager's reason.

    Raises `RoleTooLow`, `ReasonNeeded`, `UnknownDeclaration`, `DeclarationErased`, `DeclarationProven`.
    """
    require_role(by, Role.MANAGER)
    why = plain(reason, LONGEST_REASON)
    if not why:
        raise ReasonNeeded({"field": "reason"})
    with units(merchant) as unit:
        known = unit.declarations.get(declaration)
        if known.statement is None:
            raise DeclarationErased
        unit.declarations.save(known.put_aside(now, by.id, why))
        after = unit.declarations.get(declaration)
        unit.commit()
    return after


def take_declaration_up(
    declaration: DeclarationId, *, merchant: MerchantId, by: StaffMember, units: Units
) -> Declaration:
    """The declaration, waiting again. Raises `RoleTooLow`, `UnknownDeclaration`, `DeclarationErased`."""
    require_role(by, Role.MANAGER)
    with units(merchant) as unit:
        known = unit.declarations.get(declaration)
        if known.statement is None:
            raise DeclarationErased
        unit.declarations.save(known.taken_up())
        after = unit.declarations.get(declaration)
        unit.commit()
    return after
