"""Installs on both databases: whole or not at all, and of two at once one wins."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Barrier

import pytest

from integrations.system import SystemSecrets
from plugin.domain.access import JoinCodeUnusable, Token
from plugin.domain.errors import DomainError
from plugin.domain.ids import MerchantId, StaffId
from plugin.domain.order import Platform
from plugin.domain.shop import ProvenShop, Role, Shop, StaffMember
from plugin.storage import Storage
from plugin.storage.ids import TimeOrderedIds
from plugin.usecases.install_shop import install_shop
from plugin.usecases.make_join_code import make_join_code
from tests.build import MERCHANT, NOW

WAIT = 60.0
FJELL = ProvenShop(Platform.WOOCOMMERCE, "https://fjell.example", "Fjell")
FJORD = replace(FJELL, address="https://fjord.example")
KAJA = StaffMember(StaffId("kaja"), "kaja@nordkap.example", Role.OWNER, "de", NOW)
IDS = TimeOrderedIds()
SECRETS = SystemSecrets("c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTE=")


@dataclass
class Together:
    """A directory in which everybody's first look happens before anybody goes on."""

    storage: Storage
    party: Barrier
    seen: set[int] = field(default_factory=set)

    def shop_by_address(self, platform: Platform, address: str) -> Shop | None:
        found = self.storage.directory.shop_by_address(platform, address)
        if id(self) not in self.seen:
            self.seen.add(id(self))
            self.party.wait(WAIT)
        return found

    def __getattr__(self, name: str) -> object:
        return getattr(self.storage.directory, name)


def install(
    storage: Storage,
    proven: ProvenShop = FJELL,
    *,
    owner: MerchantId | None = None,
    code: Token | None = None,
    party: Barrier | None = None,
) -> Shop:
    return install_shop(
        proven,
        owner=owner,
        join_code=None if code is None else str(code),
        directory=storage.directory if party is None else Together(storage, party),  # type: ignore[arg-type]  # the rest is passed on
        units=storage.units,
        ids=IDS,
        secrets=SECRETS,
        now=NOW,
    )


@pytest.fixture
def code(storage: Storage) -> Token:
    with storage.units(MERCHANT) as unit:
        unit.staff.save(KAJA)
        unit.commit()
    return make_join_code(KAJA.id, merchant=MERCHANT, units=storage.units, ids=IDS, secrets=SECRETS, now=NOW).token


def at_once(storage: Storage, *installs: dict) -> list[Shop | DomainError]:
    party = Barrier(len(installs))

    def run(arguments: dict) -> Shop | DomainError:
        try:
            return install(storage, party=party, **arguments)
        except DomainError as refusal:
            return refusal

    with ThreadPoolExecutor(len(installs)) as pool:
        return list(pool.map(run, installs))


def names(storage: Storage, merchant: MerchantId = MERCHANT) -> list[str]:
    with storage.units.read(merchant) as unit:
        return [shop.name for shop in unit.shops.all()]


def test_an_installed_merchant_can_keep_what_is_sealed(storage: Storage) -> None:
    shop = install(storage)
    with storage.units(shop.merchant) as unit:
        unit.staff.save(KAJA)
        unit.commit()
    with storage.units.read(shop.merchant) as unit:
        assert unit.staff.by_email(KAJA.email) == KAJA
    assert install(storage) == shop


def test_two_installs_of_one_new_shop_at_once_are_one_shop_of_one_merchant(storage: Storage) -> None:
    first, second = at_once(storage, {}, {})
    assert isinstance(first, Shop)
    assert first == second
    assert [merchant.name for merchant in storage.directory.merchants()] == ["Nordkap GmbH", "Fjell"]


def test_so_they_are_when_both_bring_the_same_code(storage: Storage, code: Token) -> None:
    first, second = at_once(storage, {"code": code}, {"code": code})
    assert isinstance(first, Shop)
    assert first == second
    assert names(storage) == ["Fjell", "Nordkap"]


def test_of_two_shops_with_one_code_at_once_one_joins_and_the_other_leaves_no_trace(
    storage: Storage, code: Token
) -> None:
    answers = at_once(storage, {"code": code}, {"code": code, "proven": FJORD})
    (joined,) = [answer for answer in answers if isinstance(answer, Shop)]
    (refused,) = [answer for answer in answers if isinstance(answer, JoinCodeUnusable)]
    assert refused.facts == {"reason": "used"}
    assert joined.merchant == MERCHANT
    assert names(storage) == ["Fjell", "Nordkap"]
    assert len(storage.directory.merchants()) == 1


def test_two_shops_of_one_name_that_join_at_once_are_told_apart(storage: Storage) -> None:
    answers = at_once(storage, {"owner": MERCHANT}, {"owner": MERCHANT, "proven": FJORD})
    assert all(isinstance(answer, Shop) for answer in answers)
    assert names(storage)[0] == "Fjell"
    assert names(storage)[1] in {"Fjell (fjell.example)", "Fjell (fjord.example)"}


def test_a_code_that_has_run_out_leaves_no_trace(storage: Storage, code: Token) -> None:
    with storage.units(MERCHANT) as unit:
        kept = unit.staff.join_code(code.record)
        assert kept
        unit.staff.save_join_code(replace(kept, expires_at=NOW - timedelta(seconds=1)))
        unit.commit()
    with pytest.raises(JoinCodeUnusable):
        install(storage, code=code)
    assert names(storage) == ["Nordkap"]
    assert storage.directory.shop_by_address(FJELL.platform, FJELL.address) is None
