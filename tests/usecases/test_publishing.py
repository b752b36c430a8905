"""Publishing: only what the law allows, only by an owner, never into the past; and every version keeps its record."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from plugin.domain.access import RoleTooLow
from plugin.domain.effects import CompilePromises, RebuildEntitlements
from plugin.domain.errors import NotFound
from plugin.domain.ids import StaffId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.in_force import Law
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.policy import PolicyVersion
from plugin.domain.policy.document import InvalidPolicy
from plugin.domain.policy.draft import Draft, DraftMoved, DraftState
from plugin.domain.policy.edit import Change
from plugin.domain.policy.lint import Severity
from plugin.domain.shop import Role, StaffMember
from plugin.usecases.check_draft import check_draft
from plugin.usecases.compare_policies import compare_policies
from plugin.usecases.declare_past_policy import NoPolicyYet, PastAlreadyPromised, declare_past_policy
from plugin.usecases.edit_draft import edit_draft
from plugin.usecases.list_policies import PolicyStanding, list_policies
from plugin.usecases.publish_draft import AwaitsWithdrawalFunction, PolicyNotLawful, publish_draft
from plugin.usecases.publish_policy import PolicyInThePast
from plugin.usecases.start_draft import start_draft
from tests.build import MERCHANT, NOW, PLACED, a_shop
from tests.fakes.sources import FakeIds
from tests.fakes.units import FakeUnits
from tests.support.policies import a_lawful_document, with_return_days

OWNER = StaffMember(StaffId("owner"), "kaja@nordkap.example", Role.OWNER, "de", PLACED)
AGENT = replace(OWNER, id=StaffId("agent"), role=Role.AGENT)
DAY = timedelta(days=1)
Publish = Callable[..., PolicyVersion]


@pytest.fixture(scope="module")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture
def draft(units: FakeUnits, ids: FakeIds) -> Draft:
    return a_draft(units, ids)


@pytest.fixture
def publish(units: FakeUnits, ids: FakeIds, law: Law) -> Publish:
    """Give the use case, for a live shop whose shoppers can withdraw on line."""

    def with_function(draft: Draft, *, now: datetime = NOW, has_function: bool = True, **rest: object) -> PolicyVersion:
        ports = {"merchant": MERCHANT, "by": OWNER, "units": units, "ids": ids, "law": law, **rest}
        switch_function(units, is_on=has_function)
        return publish_draft(draft.id, draft.version, now=now, **ports)  # type: ignore[arg-type]  # a test names what it wants otherwise

    return with_function


def switch_function(units: FakeUnits, *, is_on: bool) -> None:
    with units(MERCHANT) as unit:
        for shop in unit.shops.all():
            unit.shops.switch_withdrawal(shop.id, NOW if is_on else None)
        unit.commit()


def a_draft(units: FakeUnits, ids: FakeIds, *changes: Change) -> Draft:
    draft = start_draft(a_lawful_document(), merchant=MERCHANT, by=AGENT, units=units, ids=ids, now=NOW)
    return edited(units, draft, *changes) if changes else draft


def edited(units: FakeUnits, draft: Draft, *changes: Change) -> Draft:
    return edit_draft(draft.id, changes, draft.version, merchant=MERCHANT, by=AGENT, units=units, now=NOW)


def open_draft(units: FakeUnits) -> Draft | None:
    with units.read(MERCHANT) as unit:
        return unit.drafts.open()


def test_a_lawful_draft_becomes_an_immutable_version_with_its_record(
    units: FakeUnits, draft: Draft, publish: Publish
) -> None:
    version = publish(draft)
    assert version.effective_from == NOW
    assert open_draft(units) is None
    assert units.effects(MERCHANT) == [RebuildEntitlements(MERCHANT), CompilePromises(MERCHANT)]
    with units.read(MERCHANT) as unit:
        assert unit.policies.get(version.id) == version
        record = unit.policies.publications()[version.id]
    assert (record.at, record.by, record.replaces, record.is_declared) == (NOW, OWNER.id, None, False)
    assert {found.severity for found in record.findings} <= {Severity.WARNING}


def test_warnings_refuse_nothing_and_are_kept_with_the_version(
    units: FakeUnits, ids: FakeIds, publish: Publish
) -> None:
    version = publish(
        a_draft(units, ids, Change("default.texts", [{"en": "Hassle-free returns, no questions asked."}]))
    )
    with units.read(MERCHANT) as unit:
        findings = unit.policies.publications()[version.id].findings
    assert "vague_promise" in {found.code for found in findings}


def test_what_the_law_does_not_allow_is_refused_and_told_in_the_draft(
    units: FakeUnits, ids: FakeIds, publish: Publish
) -> None:
    draft = a_draft(units, ids, *with_return_days(7))
    with pytest.raises(PolicyNotLawful) as refused:
        publish(draft)
    assert refused.value.facts == {"count": 1, "codes": "return_window_below_law"}
    kept = open_draft(units)
    assert kept is not None
    assert (kept.state, kept.version) == (DraftState.FAULTY, draft.version)
    assert list_policies(merchant=MERCHANT, units=units, now=NOW) == ()
    assert units.effects(MERCHANT) == []


def test_a_check_that_is_stale_is_never_trusted(units: FakeUnits, draft: Draft, publish: Publish, law: Law) -> None:
    switch_function(units, is_on=True)
    check_draft(draft.id, merchant=MERCHANT, by=AGENT, units=units, law=law, now=NOW)
    with pytest.raises(PolicyNotLawful):
        publish(edited(units, draft, *with_return_days(7)))


def test_a_draft_with_something_missing_is_refused_by_field(units: FakeUnits, ids: FakeIds, publish: Publish) -> None:
    with pytest.raises(InvalidPolicy) as refused:
        publish(a_draft(units, ids, Change.remove("default.market")))
    assert refused.value.facts == {"default.market": "missing"}


def test_a_live_policy_waits_until_shoppers_can_withdraw_on_line(
    units: FakeUnits, draft: Draft, publish: Publish
) -> None:
    with pytest.raises(AwaitsWithdrawalFunction):
        publish(draft, has_function=False)
    waiting = open_draft(units)
    assert waiting is not None
    assert waiting.state is DraftState.READY
    assert publish(waiting, now=NOW + DAY).effective_from == NOW + DAY


def test_the_demo_publishes_before_shoppers_can_withdraw_on_line(
    units: FakeUnits, draft: Draft, publish: Publish
) -> None:
    units.of(MERCHANT).shops = {a_shop().id: a_shop(is_demo=True)}
    assert publish(draft, has_function=False).effective_from == NOW


def test_a_merchant_without_a_shop_yet_counts_as_live(units: FakeUnits, draft: Draft, publish: Publish) -> None:
    units.of(MERCHANT).shops = {}
    with pytest.raises(AwaitsWithdrawalFunction):
        publish(draft, has_function=False)


def test_only_an_owner_publishes_or_the_operator(units: FakeUnits, draft: Draft, publish: Publish) -> None:
    with pytest.raises(RoleTooLow):
        publish(draft, by=AGENT)
    version = publish(draft, by=None)
    with units.read(MERCHANT) as unit:
        assert unit.policies.publications()[version.id].by is None


def test_what_somebody_edited_meanwhile_is_not_published_unseen(
    units: FakeUnits, draft: Draft, publish: Publish
) -> None:
    edited(units, draft, Change("home_country", "FR"))
    with pytest.raises(DraftMoved):
        publish(draft)
    with pytest.raises(NotFound):
        publish(replace(draft, id="another"))


def test_only_the_first_version_may_begin_in_the_past(units: FakeUnits, ids: FakeIds, publish: Publish) -> None:
    first = publish(a_draft(units, ids), effective_from=PLACED)
    second = a_draft(units, ids, *with_return_days(60))
    with pytest.raises(PolicyInThePast):
        publish(second, effective_from=NOW - timedelta(seconds=1))
    later = publish(second, effective_from=NOW + DAY)
    with units.read(MERCHANT) as unit:
        assert unit.policies.publications()[later.id].replaces == first.id
        assert unit.policies.in_force(NOW) == first
        assert unit.policies.in_force(NOW + DAY) == later


def test_versions_are_listed_with_where_they_stand_in_time(units: FakeUnits, ids: FakeIds, publish: Publish) -> None:
    begins = [PLACED, NOW, NOW + DAY, NOW + DAY]
    versions = [publish(a_draft(units, ids), effective_from=at) for at in begins]
    listed = list_policies(merchant=MERCHANT, units=units, now=NOW)
    assert [entry.version for entry in listed] == versions[::-1]
    assert [(entry.standing, entry.until) for entry in listed] == [
        (PolicyStanding.SCHEDULED, None),
        (PolicyStanding.REPLACED, NOW + DAY),
        (PolicyStanding.IN_FORCE, NOW + DAY),
        (PolicyStanding.ENDED, NOW),
    ]
    assert all(entry.publication and entry.publication.by == OWNER.id for entry in listed)


def test_two_versions_on_record_are_compared(units: FakeUnits, ids: FakeIds, publish: Publish) -> None:
    first = publish(a_draft(units, ids))
    second = publish(a_draft(units, ids, *with_return_days(60)))
    compared = compare_policies(first.id, second.id, merchant=MERCHANT, units=units)
    assert (compared.before, compared.after) == (first, second)
    assert [(d.term, d.market) for d in compared.differences] == [("rule.window", "European Union")]
    assert compare_policies(None, first.id, merchant=MERCHANT, units=units).before is None


@pytest.fixture
def declare(units: FakeUnits, ids: FakeIds) -> Publish:
    return partial(declare_past_policy, merchant=MERCHANT, by=OWNER, units=units, ids=ids, now=NOW)


def test_the_time_before_the_first_version_is_declared_once(
    units: FakeUnits, draft: Draft, publish: Publish, declare: Publish
) -> None:
    publish(draft)
    first = declare(a_lawful_document(), PLACED)
    with units.read(MERCHANT) as unit:
        record = unit.policies.publications()[first.id]
    assert (record.is_declared, record.at, record.by, record.replaces) == (True, NOW, OWNER.id, None)
    for begins in (PLACED, PLACED + DAY, NOW):
        with pytest.raises(PastAlreadyPromised) as refused:
            declare(a_lawful_document(), begins)
        assert refused.value.facts["since"] == PLACED.isoformat()
    earlier = declare(a_lawful_document(), PLACED - DAY)
    listed = list_policies(merchant=MERCHANT, units=units, now=NOW)
    assert [(entry.version.id, entry.until) for entry in listed[1:]] == [(first.id, NOW), (earlier.id, PLACED)]


def test_nothing_is_declared_before_there_is_a_version_by_others_than_owners_or_as_no_policy(
    draft: Draft, publish: Publish, declare: Publish
) -> None:
    with pytest.raises(NoPolicyYet):
        declare(a_lawful_document(), PLACED)
    publish(draft)
    with pytest.raises(RoleTooLow):
        declare(a_lawful_document(), PLACED, by=AGENT)
    with pytest.raises(InvalidPolicy):
        declare({"format": 1}, PLACED)


def test_what_was_promised_then_is_recorded_though_the_law_did_not_allow_it(
    units: FakeUnits, draft: Draft, publish: Publish, declare: Publish, ids: FakeIds
) -> None:
    publish(draft)
    short = a_draft(units, ids, *with_return_days(7)).document
    assert declare(short, PLACED).effective_from == PLACED
