"""Say which order a declaration is about, where its words did not."""

from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.declaration import Declaration, DeclarationErased, DeclarationProven, Match, matched
from plugin.domain.declaration.pace import HOUR
from plugin.domain.errors import NotFound
from plugin.domain.ids import DeclarationId, MerchantId
from plugin.domain.shop import Role, StaffMember
from plugin.ports.declaration_letters import Notice
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.open_withdrawal import queue_opening
from plugin.usecases.tell_order_address import tell_order_address


class NoSuchOrder(NotFound):
    """The shop has no order of this number, or several that nothing tells apart."""

    code = "declaration_order_unknown"


def match_declaration(  # noqa: PLR0913 - which to which, who, and the ports it takes
    declaration: DeclarationId,
    number: str,
    *,
    merchant: MerchantId,
    by: StaffMember,
    units: Units,
    notice: Notice,
    now: datetime,
) -> Declaration:
    """The declaration about that order: proven where it names the order's own address, else that address is told.

    Raises `RoleTooLow`, `UnknownDeclaration`, `NoSuchOrder`, `DeclarationErased`, `DeclarationProven`.
    """
    require_role(by, Role.AGENT)
    with units(merchant) as unit:
        known = unit.declarations.get(declaration)
        if known.is_proven:
            raise DeclarationProven
        found = _order(known, number, unit)
        about = known.about(found.stored.id).proven(found.contract.proof, now)
        unit.declarations.save(about)
        recent = unit.declarations.recent(about, caller="", since=now - HOUR)
        shop = unit.shops.get(about.shop)
        tell_order_address(about, found.stored, recent, shop=shop, unit=unit, notice=notice, now=now)
        queue_opening(about, unit)
        after = unit.declarations.get(declaration)
        unit.commit()
    return after


def _order(declaration: Declaration, number: str, unit: UnitOfWork) -> Match:
    if declaration.statement is None:
        raise DeclarationErased
    found = matched(declaration.statement, unit.orders.by_number(declaration.shop, number.strip()))
    if found is None:
        raise NoSuchOrder({"field": "number"})
    return found
