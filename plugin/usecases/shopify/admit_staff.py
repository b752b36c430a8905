"""Say who somebody in a shop's own admin is here, taking in shop and person when either comes for the first time.

Shopify decides who may open the app; what they may do in it is ours. Whoever comes first to a merchant without staff
owns it, as does the shop's account owner; others work on cases until an owner says otherwise. Whom an owner removed
stays out.
"""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.access import SignedOut
from plugin.domain.errors import Conflict
from plugin.domain.ids import StaffId
from plugin.domain.order import Platform
from plugin.domain.shop import Role, Shop, StaffMember
from plugin.domain.shop_token import ShopToken
from plugin.ports.shop_tokens import TokenExchange, Visitor
from plugin.ports.shopify_identity import AdminCaller
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.shopify.take_in_shop import InstallMeans, take_in_shop


@dataclass(frozen=True, slots=True)
class Admitted:
    """The shop somebody came from, and who they are at its merchant."""

    shop: Shop
    member: StaffMember


def admit_staff(
    caller: AdminCaller, language: str, *, tokens: TokenExchange, means: InstallMeans, now: datetime
) -> Admitted:
    """Who is there. Raises `SignedOut` for whom an owner removed, and what `TokenExchange.exchange` raises.

    A known person of a shop whose tokens work costs two reads. `language` is that of somebody new.
    """
    shop = means.directory.shop_by_address(Platform.SHOPIFY, caller.shop.name)
    member: StaffMember | None = None
    if shop is not None:
        with means.units.read(shop.merchant) as unit:
            member, token = unit.staff.by_user(shop.id, caller.user), unit.shop_tokens.get(shop.id)
        if not _works(token, now):
            shop = None
    if shop is None:
        shop = take_in_shop(caller.shop, tokens.exchange(caller, now), means, now)
    if member is None:
        member = _known_from_now_on(shop, caller, language, tokens.visitor(caller), means, now)
    if member.removed_at is not None:
        raise SignedOut
    return Admitted(shop, member)


def _works(token: ShopToken | None, now: datetime) -> bool:
    """Whether the shop's tokens can still be renewed without anybody's visit."""
    if token is None or token.keep_at is None:
        return False
    return token.grant.refresh_until is None or now < token.grant.refresh_until


def _known_from_now_on(
    shop: Shop, caller: AdminCaller, language: str, visitor: Visitor, means: InstallMeans, now: datetime
) -> StaffMember:
    with means.units(shop.merchant) as unit:
        member = unit.staff.by_user(shop.id, caller.user) or _somebody(visitor, language, unit, means, now)
        unit.staff.save(member)
        unit.staff.join_user(shop.id, caller.user, member.id)
        unit.commit()
    return member


def _somebody(visitor: Visitor, language: str, unit: UnitOfWork, means: InstallMeans, now: datetime) -> StaffMember:
    """Who was invited by the address that Shopify has seen proved, else somebody new. Raises `Conflict`."""
    known = unit.staff.by_email(visitor.email)
    if known is not None:
        if not visitor.is_email_proved:
            raise Conflict({"what": "email"})
        return known
    is_owner = visitor.is_account_owner or not unit.staff.all()
    role = Role.OWNER if is_owner else Role.AGENT
    return StaffMember(StaffId(means.ids.new()), visitor.email, role, language, invited_at=now)
