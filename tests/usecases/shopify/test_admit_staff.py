"""Who opens the app in a shop's admin is known by what Shopify calls them; the first one owns a new merchant."""

from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from plugin.domain.access import SignedOut
from plugin.domain.connection_faults import AccessRevoked
from plugin.domain.errors import Conflict
from plugin.domain.shop import Role, Shop, StaffMember
from plugin.domain.shop_domain import ShopDomain
from plugin.domain.shop_token import Grant, ShopToken
from plugin.ports.ids import Ids
from plugin.ports.secrets import Secrets
from plugin.ports.shop_tokens import Visitor
from plugin.ports.shopify_identity import AdminCaller
from plugin.usecases.invite_staff import invite_staff
from plugin.usecases.shopify.admit_staff import Admitted, admit_staff
from plugin.usecases.shopify.take_in_shop import InstallMeans
from tests.build import NOW
from tests.fakes.units import FakeUnits

DOMAIN = ShopDomain("some-shop.myshopify.com")


@dataclass
class FakeExchange:
    """Grants to whoever comes, and knows who they are."""

    visitors: dict[str, Visitor] = field(default_factory=dict)
    granted: list[str] = field(default_factory=list)

    def exchange(self, caller: AdminCaller, now: datetime) -> Grant:
        self.granted.append(caller.user)
        return Grant("shpat", (), now, f"shprt_{len(self.granted)}", now.replace(year=now.year + 1))

    def visitor(self, caller: AdminCaller) -> Visitor:
        usual = Visitor(f"{caller.user}@shop.example", is_email_proved=True, is_account_owner=False)
        return self.visitors.get(caller.user, usual)


@dataclass
class Door:
    units: FakeUnits
    ids: Ids
    secrets: Secrets
    exchange: FakeExchange = field(default_factory=FakeExchange)

    def admit(self, user: str = "42") -> Admitted:
        means = InstallMeans(self.units, self.units, self.ids, self.secrets)
        caller = AdminCaller(DOMAIN, user, "a.session.token")
        return admit_staff(caller, "de", tokens=self.exchange, means=means, now=NOW)  # type: ignore[arg-type]  # of the port what is asked here

    def invite(self, email: str, shop: Shop) -> None:
        invite_staff(
            email,
            Role.MANAGER,
            "en",
            merchant=shop.merchant,
            units=self.units,
            ids=self.ids,
            secrets=self.secrets,
            now=NOW,
        )


def who(found: Admitted) -> tuple[Shop, StaffMember]:
    return found.shop, found.member


@pytest.fixture
def door(ids: Ids, secrets: Secrets) -> Door:
    return Door(FakeUnits(), ids, secrets)


def test_the_first_of_a_new_shop_owns_its_merchant(door: Door) -> None:
    first = door.admit()
    assert (first.member.role, first.member.email, first.member.language) == (Role.OWNER, "42@shop.example", "de")
    assert first.shop.address == DOMAIN.name
    assert door.units.of(first.shop.merchant).shop_tokens[first.shop.id].token.grant.refresh == "shprt_1"


def test_who_comes_again_is_the_same_and_nothing_is_asked(door: Door) -> None:
    first = door.admit()
    commits = door.units.commits
    assert who(door.admit()) == who(first)
    assert (door.exchange.granted, door.units.commits) == (["42"], commits)


def test_others_work_on_cases_and_the_account_owner_owns(door: Door) -> None:
    door.admit()
    door.exchange.visitors["44"] = Visitor("boss@shop.example", is_email_proved=True, is_account_owner=True)
    assert door.admit("43").member.role is Role.AGENT
    assert door.admit("44").member.role is Role.OWNER


def test_who_was_invited_by_their_address_is_that_member(door: Door) -> None:
    shop = door.admit().shop
    door.invite("43@shop.example", shop)
    assert door.admit("43").member.role is Role.MANAGER


def test_an_address_that_nobody_proved_opens_nobodys_account(door: Door) -> None:
    shop = door.admit().shop
    door.invite("manager@shop.example", shop)
    door.exchange.visitors["43"] = Visitor("manager@shop.example", is_email_proved=False, is_account_owner=False)
    with pytest.raises(Conflict):
        door.admit("43")


def test_whom_an_owner_removed_stays_out(door: Door) -> None:
    first = door.admit()
    with door.units(first.shop.merchant) as unit:
        unit.staff.save(replace(first.member, removed_at=NOW))
        unit.commit()
    with pytest.raises(SignedOut):
        door.admit()


@pytest.mark.parametrize("what", ["forgotten", "revoked", "run out"])
def test_a_visit_mends_a_shop_whose_tokens_do_not_work_any_more(door: Door, what: str) -> None:
    first = door.admit()
    token = door.units.of(first.shop.merchant).shop_tokens[first.shop.id].token
    with door.units(first.shop.merchant) as unit:
        match what:
            case "forgotten":
                unit.shop_tokens.remove(first.shop.id)
            case "revoked":
                unit.shop_tokens.save(token.failed(AccessRevoked(), NOW))
            case _:
                ended = replace(token.grant, refresh_until=NOW)
                unit.shop_tokens.save(ShopToken.of(first.shop.id, ended, NOW))
        unit.commit()
    assert who(door.admit()) == who(first)
    assert door.exchange.granted == ["42", "42"]
    assert door.units.of(first.shop.merchant).shop_tokens[first.shop.id].token.grant.refresh == "shprt_2"
