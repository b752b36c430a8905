"""Say who somebody in a shop's own admin is here, taking in shop and person when either comes for the first time.

Shopify decides who may open the app; what they may do in it is ours. Whoever comes first to a merchant without staff
owns it, as does the shop's account owner; others work on cases until an owner says otherwise. Whom an owner removed
stays out. A shop that an owner let go stays let go, until an owner connects it again or it installs the app anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

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
    """The shop somebody came from, who they are at its merchant, and what the shop grants us."""

    shop: Shop
    member: StaffMember
    token: ShopToken
    granted_before: datetime | None = None
    """When the grant before this one was made; None: there was none."""


class ShopLetGo(Exception):
    """An owner disconnected the shop; `member` is who is there, None: nobody known, or an owner removed them."""

    def __init__(self, shop: Shop, member: StaffMember | None) -> None:
        super().__init__(shop.name)
        self.shop = shop
        self.member = member


@dataclass(frozen=True, slots=True)
class Visit:
    """What somebody comes for besides looking: to connect a shop again, or back from where access is granted."""

    connects: bool = False
    renews: bool = False
    """The merchant has just granted more."""
    lacks: Callable[[Sequence[str]], object] | None = None
    """Whether what was granted is too little; asked where it pays to ask Shopify again."""


_LOOKS: Final = Visit()
_ASKED_AGAIN_AFTER: Final = timedelta(seconds=10)
"""A grant this young tells what the merchant grants now."""


def admit_staff(
    caller: AdminCaller,
    language: str,
    *,
    tokens: TokenExchange,
    means: InstallMeans,
    now: datetime,
    visit: Visit = _LOOKS,
) -> Admitted:
    """Who is there. Raises `SignedOut` for whom an owner removed, `ShopLetGo`, and what `TokenExchange.exchange` does.

    A known person of a shop whose tokens work costs two reads. `language` is that of somebody new.
    """
    shop = means.directory.shop_by_address(Platform.SHOPIFY, caller.shop.name)
    member: StaffMember | None = None
    token: ShopToken | None = None
    if shop is not None:
        with means.units.read(shop.merchant) as unit:
            member, token = unit.staff.by_user(shop.id, caller.user), unit.shop_tokens.get(shop.id)
            is_let_go = unit.connections.get(shop.id) is None and unit.disconnections.get(shop.id) is not None
        if is_let_go and not (visit.connects and _is_owner(member)):
            raise ShopLetGo(shop, member if member and member.removed_at is None else None)
    before = token.granted_at if token else None
    if shop is None or token is None or not _works(token, now) or _may_have_grown(token, visit, now):
        grant = tokens.exchange(caller, now)
        shop = take_in_shop(caller.shop, grant, means, now)
        token = ShopToken.of(shop.id, grant, now)
    if member is None:
        member = _known_from_now_on(shop, caller, language, tokens.visitor(caller), means, now)
    if member.removed_at is not None:
        raise SignedOut
    return Admitted(shop, member, token, before)


def _works(token: ShopToken, now: datetime) -> bool:
    """Whether the shop's tokens can still be renewed without anybody's visit."""
    if token.keep_at is None:
        return False
    return token.grant.refresh_until is None or now < token.grant.refresh_until


def _is_owner(member: StaffMember | None) -> bool:
    return member is not None and member.removed_at is None and member.role is Role.OWNER


def _may_have_grown(token: ShopToken, visit: Visit, now: datetime) -> bool:
    """Whether a fresh grant may allow what the one on record does not."""
    if visit.renews:
        return True
    if visit.lacks is None or now - token.granted_at < _ASKED_AGAIN_AFTER:
        return False
    return bool(visit.lacks(token.grant.scopes))


def _known_from_now_on(
    shop: Shop, caller: AdminCaller, language: str, visitor: Visitor, means: InstallMeans, now: datetime
) -> StaffMember:
    with means.units(shop.merchant) as unit:
        unit.staff.hold()
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
