from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from plugin.domain.access import JoinCodeUnusable, NotAnOwner, Token
from plugin.domain.errors import Conflict, Invalid, NotFound
from plugin.domain.ids import MerchantId, StaffId
from plugin.domain.order import Platform
from plugin.domain.shop import ProvenShop, Role, Shop, StaffMember
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.install_shop import ShopBelongsToAnother, install_shop
from plugin.usecases.make_join_code import make_join_code
from tests.build import MERCHANT, NOW
from tests.fakes.sources import FakeIds, FakeSecrets
from tests.fakes.units import FakeUnits

DAY = timedelta(hours=24)
SECOND = timedelta(seconds=1)
KAJA = StaffMember(StaffId("kaja"), "kaja@nordkap.example", Role.OWNER, "de", NOW - DAY)
FJELL = ProvenShop(Platform.WOOCOMMERCE, "https://fjell.example", "Fjell")


@dataclass
class Installer:
    """Everything around an install, with the ports filled in."""

    units: FakeUnits
    ids: FakeIds
    secrets: FakeSecrets

    def install(
        self,
        proven: ProvenShop = FJELL,
        *,
        owner: MerchantId | None = None,
        code: Token | str | None = None,
        after: timedelta = timedelta(),
    ) -> Shop:
        return install_shop(
            proven,
            owner=owner,
            join_code=None if code is None else str(code),
            directory=self.units,
            units=self.units,
            ids=self.ids,
            secrets=self.secrets,
            now=NOW + after,
        )

    def make_code(self, staff: StaffMember = KAJA) -> Token:
        return make_join_code(
            staff.id, merchant=MERCHANT, units=self.units, ids=self.ids, secrets=self.secrets, now=NOW
        ).token

    def keep(self, member: StaffMember) -> None:
        with self.units(MERCHANT) as unit:
            unit.staff.save(member)
            unit.commit()

    def everything(self) -> object:
        rows = {merchant: rows for merchant, rows in self.units.tables.items() if rows.merchants or rows.shops}
        return {merchant: (rows.merchants, rows.shops, rows.join_codes) for merchant, rows in rows.items()}


@pytest.fixture
def at(units: FakeUnits, ids: FakeIds, secrets: FakeSecrets) -> Installer:
    installer = Installer(units, ids, secrets)
    installer.keep(KAJA)
    return installer


def shop_names(at: Installer, merchant: MerchantId = MERCHANT) -> list[str]:
    with at.units.read(merchant) as unit:
        return [shop.name for shop in unit.shops.all()]


def test_installing_creates_the_merchant_with_the_shop_in_it(at: Installer) -> None:
    before = at.units.commits
    shop = at.install()
    assert at.units.commits == before + 1
    assert shop.merchant != MERCHANT
    assert (shop.name, shop.platform, shop.address) == ("Fjell", Platform.WOOCOMMERCE, "https://fjell.example")
    assert [merchant.name for merchant in at.units.merchants()] == ["Nordkap GmbH", "Fjell"]
    assert at.units.shop_by_key(shop.key) == shop


def test_a_shop_that_is_installed_again_is_the_same_shop(at: Installer) -> None:
    shop = at.install()
    before = at.units.commits
    assert at.install(replace(FJELL, name="Fjell, renamed"), after=DAY) == shop
    assert at.install(owner=shop.merchant) == shop
    assert at.units.commits == before


def test_the_same_address_on_another_platform_is_another_shop(at: Installer) -> None:
    assert at.install().id != at.install(replace(FJELL, platform=Platform.SHOPIFY)).id


def test_a_code_of_an_owner_lets_a_shop_join_once(at: Installer) -> None:
    code = at.make_code()
    shop = at.install(code=f" {code}\n")
    assert shop.merchant == MERCHANT
    assert shop_names(at) == ["Fjell", "Nordkap"]
    before = at.everything()
    with pytest.raises(JoinCodeUnusable) as refused:
        at.install(replace(FJELL, address="https://fjord.example"), code=code)
    assert refused.value.facts == {"reason": "used"}
    assert at.everything() == before


def test_a_shop_that_came_by_a_code_may_be_installed_again_with_it(at: Installer) -> None:
    code = at.make_code()
    assert at.install(code=code) == at.install(code=code)


def test_only_a_hash_of_a_codes_secret_is_kept(at: Installer) -> None:
    code = at.make_code()
    assert code.secret not in repr(at.units.of(MERCHANT).join_codes)


def test_a_code_holds_for_a_day(at: Installer) -> None:
    code = at.make_code()
    with pytest.raises(JoinCodeUnusable) as refused:
        at.install(code=code, after=DAY)
    assert refused.value.facts == {"reason": "expired"}
    assert at.install(code=code, after=DAY - SECOND).merchant == MERCHANT


WRONG: dict[str, Callable[[Token], str]] = {
    "empty": lambda _: "",
    "no code": lambda _: "let me in",
    "wrong secret": lambda code: f"{code.merchant}.{code.record}.guess",
    "unknown record": lambda code: f"{code.merchant}.unknown.{code.secret}",
    "other merchant": lambda code: f"merchant2.{code.record}.{code.secret}",
    "unknown merchant": lambda code: f"nobody.{code.record}.{code.secret}",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_code_creates_nothing_and_says_nothing(at: Installer, wrong: str) -> None:
    at.install(replace(FJELL, address="https://other.example"))
    code = at.make_code()
    before = at.everything()
    with pytest.raises(JoinCodeUnusable) as refused:
        at.install(code=WRONG[wrong](code))
    assert refused.value.facts == {}
    assert at.everything() == before
    assert at.install(code=code).merchant == MERCHANT, "a guess does not use the code up"


@pytest.mark.parametrize("now", [replace(KAJA, role=Role.AGENT), replace(KAJA, removed_at=NOW)])
def test_a_code_is_void_once_its_maker_is_no_owner_any_more(at: Installer, now: StaffMember) -> None:
    code = at.make_code()
    at.keep(now)
    before = at.everything()
    with pytest.raises(JoinCodeUnusable) as refused:
        at.install(code=code)
    assert refused.value.facts == {"reason": "withdrawn"}
    assert at.everything() == before


@pytest.mark.parametrize(
    "maker", [replace(KAJA, role=Role.AGENT), replace(KAJA, role=Role.VIEWER), replace(KAJA, removed_at=NOW)]
)
def test_only_an_owner_makes_codes(at: Installer, maker: StaffMember) -> None:
    at.keep(maker)
    with pytest.raises(NotAnOwner):
        at.make_code(maker)
    assert at.units.of(MERCHANT).join_codes == {}


def test_nobody_elses_staff_makes_codes(at: Installer) -> None:
    with pytest.raises(NotFound):
        at.make_code(replace(KAJA, id=StaffId("stranger")))


def test_a_shop_joins_the_owner_whom_the_caller_has_before_it(at: Installer) -> None:
    assert at.install(owner=MERCHANT).merchant == MERCHANT
    assert len(at.units.merchants()) == 1


def test_an_owners_own_code_is_not_spent_where_the_owner_is_known(at: Installer) -> None:
    code = at.make_code()
    assert at.install(owner=MERCHANT, code=code).merchant == MERCHANT
    assert at.install(replace(FJELL, address="https://fjord.example"), code=code).merchant == MERCHANT


def test_an_owner_and_a_code_of_somebody_else_are_refused(at: Installer) -> None:
    other = at.install().merchant
    before = at.everything()
    with pytest.raises(Invalid) as refused:
        at.install(replace(FJELL, address="https://fjord.example"), owner=other, code=at.make_code())
    assert refused.value.facts == {"field": "join_code"}
    assert len(at.units.merchants()) == 2
    assert at.everything() != before, "the code"


def test_a_shop_is_not_moved_to_another_merchant_by_one_side_alone(at: Installer) -> None:
    shop, code = at.install(), at.make_code()
    before = at.everything()
    with pytest.raises(ShopBelongsToAnother):
        at.install(owner=MERCHANT)
    with pytest.raises(ShopBelongsToAnother):
        at.install(code=code)
    assert at.everything() == before
    assert at.units.shop_by_address(FJELL.platform, FJELL.address) == shop


def test_a_name_the_merchant_has_already_is_told_apart_by_the_address(at: Installer) -> None:
    for path in ("", "/de", "/fr"):
        at.install(replace(FJELL, name="Nordkap", address=f"https://nordkap.example{path}"), owner=MERCHANT)
    assert shop_names(at) == [
        "Nordkap",
        "Nordkap (nordkap.example)",
        "Nordkap (nordkap.example/de)",
        "Nordkap (nordkap.example/fr)",
    ]


def test_two_merchants_of_one_name_can_be_told_apart(at: Installer) -> None:
    at.install()
    at.install(ProvenShop(Platform.SHOPIFY, "fjell.myshopify.com", "Fjell"))
    names = [merchant.name for merchant in at.units.merchants()]
    assert names == ["Nordkap GmbH", "Fjell", "Fjell (fjell.myshopify.com)"]


class Raced(FakeUnits):
    """Units in front of which somebody else is quicker: `quicker` runs once, before the next unit opens."""

    quicker: Callable[[], object] | None = None

    @contextmanager
    def __call__(self, merchant: MerchantId, *, is_incoming: bool = False) -> Iterator[UnitOfWork]:
        if (quicker := self.quicker) is not None:
            self.quicker = None
            quicker()
        with super().__call__(merchant, is_incoming=is_incoming) as unit:
            yield unit


@pytest.fixture
def raced(at: Installer) -> Installer:
    return replace(at, units=Raced(at.units.tables))


def test_of_two_installs_at_once_the_later_gets_the_others_shop(at: Installer, raced: Installer) -> None:
    won: list[Shop] = []
    raced.units.quicker = lambda: won.append(at.install())  # type: ignore[attr-defined]  # a Raced
    assert raced.install() == won[0]
    assert len(at.units.merchants()) == 2


def test_so_it_does_when_both_use_the_same_code(at: Installer, raced: Installer) -> None:
    code, won = at.make_code(), list[Shop]()
    raced.units.quicker = lambda: won.append(at.install(code=code))  # type: ignore[attr-defined]  # a Raced
    assert raced.install(code=code) == won[0]


def test_a_name_taken_meanwhile_is_no_fault(at: Installer, raced: Installer) -> None:
    fjord = replace(FJELL, address="https://fjord.example")
    raced.units.quicker = lambda: at.install(fjord, owner=MERCHANT)  # type: ignore[attr-defined]  # a Raced
    assert raced.install(owner=MERCHANT).name == "Fjell (fjell.example)"


def test_what_stays_in_conflict_is_told(at: Installer) -> None:
    class Stuck(FakeUnits):
        def is_taken(self, shop: Shop) -> bool:
            return shop.address is not None

    with pytest.raises(Conflict):
        replace(at, units=Stuck(at.units.tables)).install()
