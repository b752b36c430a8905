"""Say which units of its order a declaration is about, where its part was typed."""

from collections.abc import Mapping
from dataclasses import replace

from plugin.domain.access import require_role
from plugin.domain.declaration import Declaration, DeclarationErased, Picked, UnknownDeclaration
from plugin.domain.errors import Invalid
from plugin.domain.ids import DeclarationId, LineId, MerchantId
from plugin.domain.shop import Role, StaffMember
from plugin.ports.unit_of_work import Units
from plugin.usecases.open_withdrawal import queue_opening


class NothingRead(Invalid):
    """No unit was named; a part of nothing is no part."""

    code = "declaration_units_needed"


def read_declaration(
    declaration: DeclarationId, wanted: Mapping[LineId, int], *, merchant: MerchantId, by: StaffMember, units: Units
) -> Declaration:
    """The declaration with its units; never more of a line than were ordered. What was typed stays beside them.

    Raises `RoleTooLow`, `NothingRead`, `UnknownDeclaration` (also where there is nothing to read), `DeclarationErased`.
    """
    require_role(by, Role.AGENT)
    with units(merchant) as unit:
        known = unit.declarations.get(declaration)
        if known.statement is None:
            raise DeclarationErased
        if known.order is None or not known.is_to_be_read:
            raise UnknownDeclaration
        lines = unit.orders.get(known.order).order.lines
        named = (Picked(line.id, min(wanted.get(line.id, 0), line.quantity), line.title) for line in lines)
        picked = tuple(each for each in named if each.quantity > 0)
        if not picked:
            raise NothingRead({"field": "units"})
        unit.declarations.save(replace(known, units=picked))
        after = unit.declarations.get(declaration)
        queue_opening(after, unit)
        unit.commit()
    return after
