"""What is older than its class goes, and nothing else: not what is younger, needed, or held."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from integrations.files.local import LocalFiles
from plugin.domain.data_request import AskedThrough, DataRequest
from plugin.domain.errors import NotFound
from plugin.domain.evidence import Limits
from plugin.domain.failed_effect import FailedEffect
from plugin.domain.ids import DataRequestId, LineId, MerchantId, OrderId, PersonId, StaffId
from plugin.domain.retention import AS_USUAL, RULES, Kept, Retention, UnusableRetention
from plugin.domain.shop import Role, Session, SignInLink, StaffMember
from plugin.ports.retention import RetentionRecords
from plugin.storage import Storage
from plugin.storage.repositories.people import SqlPeople
from plugin.usecases.forget_failures import forget_failures
from plugin.usecases.keep_no_longer import keep_no_longer, what_is_due
from plugin.usecases.sweep_evidence import sweep_evidence
from tests.build import MERCHANT, NOW, a_shop, a_shopper, an_order
from tests.storage.person_data import HERE, IDA, MAX, keep
from tests.storage.person_data import Kept as Whose
from tests.storage.projections import a_projection
from tests.support.sizes import examples

DAY = timedelta(days=1)
RIGHTS = [a_projection(LineId("11"))]
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What is decided by the rules alone, for which one database does."""
ASKED = "UPDATE data_requests SET handed_over_at = NULL"
"""Before whatever else is changed of it."""
YEARS = 12 * 366 * DAY
"""When nothing is kept any more but what is needed."""
LEFT = {
    Kept.ORDERS: "SELECT count(*) FROM orders WHERE personal IS NOT NULL",
    Kept.CLAIMS: "SELECT count(*) FROM claim_entries WHERE words IS NOT NULL",
    Kept.PAYEES: "SELECT count(*) FROM refund_intents WHERE payee IS NOT NULL",
    Kept.PARCELS: "SELECT (SELECT count(*) FROM shipments WHERE told IS NOT NULL)"
    " + (SELECT count(*) FROM alerts WHERE address IS NOT NULL)",
    Kept.DECLARATIONS: "SELECT count(*) FROM declarations WHERE words IS NOT NULL OR caller IS NOT NULL",
    Kept.PARKED: "SELECT count(*) FROM parked",
    Kept.MAIL: "SELECT count(*) FROM mails WHERE content IS NOT NULL",
    Kept.SIGN_INS: "SELECT (SELECT count(*) FROM sign_in_links) + (SELECT count(*) FROM sessions)",
    Kept.STAFF: "SELECT (SELECT count(*) FROM staff WHERE length(email) > 29) + (SELECT count(*) FROM platform_staff)",
    Kept.ACCESS_LOG: "SELECT count(*) FROM personal_data_views",
}


def fill(storage: Storage, files: LocalFiles) -> None:
    """Put everything on record that can go, all of it as of `NOW`, the claim closed and the money paid."""
    keep(Whose("ida", IDA), storage, files)
    with storage.units(MERCHANT) as unit:
        unit.entitlements.replace(OrderId("order-ida"), [])
        gone = StaffMember(StaffId("gone"), "gone@nordkap.example", Role.AGENT, "de", NOW - DAY, removed_at=NOW)
        unit.staff.save(gone)
        unit.staff.save_link(SignInLink("link1", gone.id, b"hash", NOW))
        unit.staff.join_user(a_shop().id, "gid-7", gone.id)
        unit.staff.save_session(Session("x1", gone.id, b"hash", NOW, NOW, NOW, "Firefox"))
        unit.commit()
    change(storage, "UPDATE claims SET is_open = false")
    change(storage, "UPDATE refund_intents SET state = 'settled'")


def change(storage: Storage, statement: str, **values: object) -> None:
    with storage.engine.begin() as connection:
        connection.execute(text(statement), values)


def left(storage: Storage) -> dict[Kept, int]:
    with storage.engine.connect() as connection:
        return {kept: int(connection.execute(text(query)).scalar_one()) for kept, query in LEFT.items()}


def run(storage: Storage, now: datetime) -> Mapping[Kept, int]:
    return keep_no_longer(merchant=MERCHANT, records=storage.retention, now=now)


@pytest.fixture
def kept(storage: Storage, tmp_path_factory: pytest.TempPathFactory) -> Storage:
    fill(storage, LocalFiles(tmp_path_factory.mktemp("files")))
    return storage


def test_everything_goes_in_its_time_and_a_second_run_changes_nothing(kept: Storage) -> None:
    assert all(left(kept).values()), "each class has something to lose"
    due = what_is_due(merchant=MERCHANT, records=kept.retention, now=NOW + YEARS)
    gone = run(kept, NOW + YEARS)
    assert left(kept) == {**dict.fromkeys(LEFT, 0), Kept.STAFF: 1}, "who works here stays"
    assert gone.keys() == set(Kept)
    assert all(due[each] == gone[each] for each in due)
    before = everything(kept)
    assert run(kept, NOW + YEARS) == {}
    assert everything(kept) == before
    told = {each.kept: each.count for each in kept.retention.log(MERCHANT, 99)}
    assert told == gone


def everything(storage: Storage) -> list[object]:
    with storage.engine.connect() as connection:
        tables = ("people", "orders", "claims", "claim_entries", "refund_intents", "shipments", "declarations", "mails")
        return [connection.execute(text(f"SELECT * FROM {table}")).all() for table in tables]  # noqa: S608 - our tables


@SQLITE
def test_the_last_day_is_kept_and_the_next_is_not(kept: Storage) -> None:
    for each in (Kept.CLAIMS, Kept.PAYEES, Kept.PARCELS, Kept.DECLARATIONS, Kept.PARKED, Kept.MAIL, Kept.ACCESS_LOG):
        days = RULES[each].days * DAY
        before = left(kept)[each]
        run(kept, NOW + days)
        assert left(kept)[each] == before, each
        run(kept, NOW + days + timedelta(microseconds=1))
        assert left(kept)[each] == 0, each


@SQLITE
@pytest.mark.parametrize(
    "needed",
    [
        "DELETE FROM projections",
        "UPDATE claims SET is_open = true",
        "UPDATE refund_intents SET state = 'intent'",
        "UPDATE refund_intents SET state = 'failed', code = 'declined'",
        "UPDATE shipments SET created_at = 9000000000000000",
        "UPDATE alerts SET raised_at = 9000000000000000",
        f"{ASKED}, person_id = (SELECT person_id FROM orders)",  # noqa: S608 - our tables
        f"{ASKED}, packed_at = NULL",
        "UPDATE entitlements SET absent = NULL, closes_at = NULL, starts_at = 1",
        "UPDATE entitlements SET absent = NULL, closes_at = 9000000000000000",
    ],
)
def test_an_order_stays_as_long_as_anything_about_it_is_open(kept: Storage, needed: str) -> None:
    if "entitlements" in needed:
        with kept.units(MERCHANT) as unit:
            unit.entitlements.replace(OrderId("order-ida"), RIGHTS)
            unit.commit()
    if "data_requests" in needed:
        with kept.units(MERCHANT) as unit:
            unit.data_requests.save(DataRequest(DataRequestId("asked"), HERE, AskedThrough.DESK, NOW))
            unit.commit()
    change(kept, needed)
    assert Kept.ORDERS not in run(kept, NOW + YEARS)
    assert left(kept)[Kept.ORDERS] == 1


@SQLITE
@pytest.mark.parametrize(
    "theirs",
    [
        "UPDATE claim_entries SET words = x'00'",
        "UPDATE evidence SET state = 'ready'",
        "UPDATE shipments SET told = x'00'",
        "UPDATE alerts SET address = x'00'",
        "UPDATE declarations SET words = x'00'",
        "UPDATE data_requests SET person_id = (SELECT id FROM people WHERE email_hash IS NOT NULL)",
    ],
)
def test_a_key_stays_while_anything_stands_under_it(kept: Storage, theirs: str) -> None:
    with kept.units(MERCHANT) as unit:
        ida = unit.people.find(IDA)
        assert ida is not None
        others = replace(an_order(), shopper=a_shopper(MAX))
        unit.orders.save([replace(unit.orders.get(OrderId("order-ida")), order=others)])
        asked = DataRequest(DataRequestId("asked"), HERE, AskedThrough.DESK, NOW, packed_at=NOW)
        unit.data_requests.save(asked)
        unit.commit()
    nothing = (
        "UPDATE claim_entries SET words = NULL",
        "UPDATE evidence SET state = 'gone'",
        "UPDATE shipments SET told = NULL",
        "UPDATE alerts SET address = NULL",
        "UPDATE declarations SET words = NULL",
    )
    for statement in (*nothing, theirs):
        change(kept, statement)
    expire(kept, ida)
    with kept.units.read(MERCHANT) as unit:
        assert unit.people.find(IDA) == ida
    for statement in (*nothing, "UPDATE data_requests SET person_id = NULL"):
        change(kept, statement)
    expire(kept, ida)
    with kept.units.read(MERCHANT) as unit:
        assert unit.people.find(IDA) is None


def expire(storage: Storage, person: PersonId) -> None:
    with storage.units(MERCHANT) as unit:
        assert isinstance(unit.people, SqlPeople)
        unit.people.expire({person}, NOW + YEARS)
        unit.commit()


def test_a_class_that_fails_keeps_no_other_waiting() -> None:
    tried: list[Kept] = []

    class Failing:
        def settings(self, _merchant: MerchantId) -> Retention:
            return AS_USUAL

        def let_go(self, _merchant: MerchantId, kept: Kept, *_: object) -> int:
            tried.append(kept)
            if kept is Kept.CLAIMS:
                raise ValueError("a fault of its own")
            return 0

    with pytest.raises(ValueError, match="a fault of its own"):
        keep_no_longer(merchant=MERCHANT, records=cast("RetentionRecords", Failing()), now=NOW)
    assert sorted(tried) == sorted(Kept)


@SQLITE
def test_only_what_was_dismissed_is_forgotten(storage: Storage) -> None:
    with storage.units(MERCHANT) as unit:
        for name in ("waits", "dismissed"):
            unit.failed_effects.add(FailedEffect(name, "send_mail", "{}", "rejected", NOW, NOW))
        unit.failed_effects.dismiss(["dismissed"], NOW)
        unit.commit()
    assert forget_failures(merchant=MERCHANT, units=storage.units, before=NOW + DAY) == 1
    with storage.units.read(MERCHANT) as unit:
        assert unit.failed_effects.has("waits")


@SQLITE
@pytest.mark.parametrize("why", ["held", "claimed"])
def test_a_held_order_keeps_everything_until_it_is_released(
    kept: Storage, why: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    order, about = OrderId("order-ida"), (Kept.ORDERS, Kept.CLAIMS, Kept.PAYEES, Kept.PARCELS)
    kept.retention.hold(MERCHANT, order, "Landgericht, 4 O 77/26", NOW)
    files, before = LocalFiles(tmp_path_factory.mktemp("swept")), left(kept)
    sweeping = {"merchant": MERCHANT, "units": kept.units, "files": files, "limits": Limits(), "now": NOW + YEARS}
    if why == "claimed":
        assert kept.retention.release(MERCHANT, order)
        change(kept, "UPDATE claims SET is_open = true")
    assert sweep_evidence(**sweeping) == 0  # type: ignore[arg-type]  # its ports
    if why == "claimed":
        change(kept, "UPDATE claims SET is_open = false")
        assert sweep_evidence(**sweeping) == 1  # type: ignore[arg-type]  # its ports
        return
    run(kept, NOW + YEARS)
    assert all(left(kept)[each] == before[each] for each in about)
    assert kept.retention.holds(MERCHANT)[order].reason == "Landgericht, 4 O 77/26"
    assert kept.retention.release(MERCHANT, order)
    run(kept, NOW + YEARS)
    assert not any(left(kept)[each] for each in about)
    with pytest.raises(NotFound):
        kept.retention.hold(MERCHANT, OrderId("nobodys"), "", NOW)


@SQLITE
def test_who_has_nothing_left_is_forgotten_whole_and_stays_so(kept: Storage) -> None:
    run(kept, NOW + YEARS)
    with kept.units(MERCHANT) as unit:
        assert unit.people.find(IDA) is None
        stored = unit.orders.get(OrderId("order-ida"))
        assert stored.order.shopper.is_erased
        unit.orders.save([stored])
        unit.commit()
    assert left(kept)[Kept.ORDERS] == 0
    assert kept.means.erasures.by_merchant() == {}, "a restored backup expires anew"


@SQLITE
def test_others_lose_nothing(kept: Storage, tmp_path_factory: pytest.TempPathFactory) -> None:
    keep(Whose("max", MAX, customer="8"), kept, LocalFiles(tmp_path_factory.mktemp("others")))
    younger = "UPDATE orders SET placed_at = placed_at + :more WHERE id = 'order-max'"
    change(kept, younger, more=YEARS // timedelta.resolution)
    run(kept, NOW + RULES[Kept.ORDERS].days * DAY + 5 * 366 * DAY)
    with kept.units.read(MERCHANT) as unit:
        assert unit.orders.get(OrderId("order-max")).order.shopper.email == MAX
        assert unit.orders.get(OrderId("order-ida")).order.shopper.is_erased
        assert keep_no_longer(merchant=MerchantId("rival"), records=kept.retention, now=NOW + YEARS) == {}


@SQLITE
def test_days_are_the_merchants_own_within_bounds(storage: Storage) -> None:
    records = storage.retention
    assert records.settings(MERCHANT) == AS_USUAL
    records.save_settings(MERCHANT, AS_USUAL.setting(Kept.MAIL, 7).setting(Kept.PARKED, 14), NOW)
    said = records.settings(MERCHANT)
    assert (said.days_of(Kept.MAIL), said.days_of(Kept.PARKED), said.days_of(Kept.CLAIMS)) == (7, 14, 1461)
    assert said.setting(Kept.MAIL, None).days_of(Kept.MAIL) == RULES[Kept.MAIL].days
    for days in (RULES[Kept.MAIL].least - 1, RULES[Kept.MAIL].most + 1):
        with pytest.raises(UnusableRetention):
            said.setting(Kept.MAIL, days)


@given(kept=st.sampled_from(sorted(Kept)), days=st.integers(1, 20_000), age=st.integers(0, 20_000))
@settings(max_examples=examples(50), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_younger_than_its_class_is_ever_due(kept: Kept, days: int, age: int) -> None:
    rule = RULES[kept]
    said = AS_USUAL if not rule.least <= days <= rule.most else AS_USUAL.setting(kept, days)
    is_due = NOW - age * DAY < said.before(kept, NOW)
    assert is_due == (age > said.days_of(kept))
    assert not is_due or age > rule.least
