"""A hazard goes first, sells nothing, and names who else has the same goods; damage on the way is told in time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.claim.vocabulary import Tier
from plugin.domain.claim_engine.safety import Batch, batch_of, is_safety, units_in, without_upsell
from plugin.domain.claim_engine.urgency import Lane, Report, aim_of, most_urgent, tier_of
from plugin.domain.policy.reasons import DEFAULT_REASONS, Reason, path_of, reason_tree
from plugin.domain.policy.terms import Fault, Offer
from plugin.domain.remedy import Remedy
from plugin.domain.service_clock.targets import Aim
from tests import build

DELIVERED = build.DELIVERED
IN_TIME = Report(DELIVERED + timedelta(hours=48), DELIVERED)
LATE = Report(DELIVERED + timedelta(hours=48, seconds=1), DELIVERED)
LEAVES = [reason.id for reason in DEFAULT_REASONS if reason.fault is not None]


def test_every_leaf_of_the_safety_branch_is_a_hazard_and_no_other() -> None:
    found = {leaf for leaf in LEAVES if is_safety(path_of(leaf, DEFAULT_REASONS))}
    assert found == {"safety.injury", "safety.fire_or_shock", "safety.recalled"}


def test_a_leaf_the_merchant_adds_below_safety_is_a_hazard_at_any_depth() -> None:
    own = (Reason("battery", "safety.fire_or_shock"), Reason("battery.swollen", "battery", Fault.SELLER))
    tree = reason_tree(own)
    assert path_of("battery.swollen", tree) == ("battery.swollen", "battery", "safety.fire_or_shock", "safety")
    assert is_safety(path_of("battery.swollen", tree))


def test_a_tree_in_knots_is_followed_once() -> None:
    knot = (Reason("a", "b", Fault.SELLER), Reason("b", "a"))
    assert path_of("a", knot) == ("a", "b")
    assert path_of(None, knot) == ()
    assert path_of("gone", knot) == ("gone",)


def test_a_hazard_is_first_whoever_was_at_fault() -> None:
    for fault in Fault:
        assert tier_of(("safety.injury", "safety"), fault, LATE) is Tier.SAFETY


@pytest.mark.parametrize(
    ("report", "lane"),
    [
        (Report(DELIVERED + timedelta(hours=47), DELIVERED), Lane.FAST),
        (IN_TIME, Lane.FAST),
        (LATE, Lane.NORMAL),
        (Report(DELIVERED + timedelta(hours=49), DELIVERED), Lane.NORMAL),
        (Report(DELIVERED + timedelta(hours=49), DELIVERED, within_hours=72), Lane.FAST),
        (Report(DELIVERED, None), Lane.FAST),
    ],
)
def test_damage_told_within_the_time_goes_first_and_later_goes_on(report: Report, lane: Lane) -> None:
    assert report.lane is lane
    expected = Tier.FAST if lane is Lane.FAST else Tier.ORDINARY
    assert tier_of(("logistics.damaged_in_transit", "logistics"), Fault.CARRIER, report) is expected


def test_only_what_happened_on_the_way_takes_the_fast_lane() -> None:
    assert tier_of(("quality.defective", "quality"), Fault.SELLER, IN_TIME) is Tier.ORDINARY


def test_each_kind_of_answer_has_its_own_time() -> None:
    assert aim_of(Tier.SAFETY, Remedy.SPARE_PART, is_new=True) is Aim.SAFETY
    assert aim_of(Tier.ORDINARY, Remedy.REFUND, is_new=True) is Aim.FIRST_REVIEW
    assert aim_of(Tier.FAST, Remedy.REFUND, is_new=False) is Aim.FIRST_REVIEW
    assert aim_of(Tier.ORDINARY, Remedy.REFUND, is_new=False) is Aim.ORDINARY
    assert aim_of(Tier.ORDINARY, Remedy.SPARE_PART, is_new=False) is Aim.PARTS


def test_a_claim_is_as_urgent_as_its_most_urgent_line() -> None:
    assert most_urgent((Tier.ORDINARY, Tier.SAFETY, Tier.FAST)) is Tier.SAFETY
    assert most_urgent(()) is Tier.ORDINARY


def test_where_somebody_could_be_hurt_nothing_is_sold_and_nothing_dangerous_left() -> None:
    offers = tuple(Offer(remedy) for remedy in Remedy)
    kept = {offer.remedy for offer in without_upsell(offers, frozenset())}
    assert set(Remedy) - kept == {Remedy.EXCHANGE, Remedy.STORE_CREDIT, Remedy.PRICE_REDUCTION}
    by_law = {offer.remedy for offer in without_upsell(offers, frozenset({Remedy.PRICE_REDUCTION}))}
    assert by_law == {*kept, Remedy.PRICE_REDUCTION}


def test_somebody_is_never_left_without_any_offer() -> None:
    only = (Offer(Remedy.STORE_CREDIT),)
    assert without_upsell(only, frozenset()) == only


def test_a_batch_is_named_by_sku_then_variant_then_product() -> None:
    line = build.a_line(sku="A", variant_id="v", product_id="p")
    assert batch_of(line) == Batch(sku="A")
    assert batch_of(replace(line, sku=None)) == Batch(variant="v")
    assert batch_of(replace(line, sku=None, variant_id=None)) == Batch(product="p")
    nameless = batch_of(replace(line, sku=None, variant_id=None, product_id=None))
    assert not nameless.is_named
    assert not nameless.has(replace(line, sku=None, variant_id=None, product_id=None))


def test_an_order_has_what_is_left_of_the_batch_in_all_its_lines() -> None:
    def left(**facts: object) -> int:
        return units_in(Batch(sku="LANTERN"), (build.a_line(**facts), build.a_line("12", sku="OTHER")))

    assert (left(quantity=2), left(sku="STOVE"), left(quantity=3, removed=1), left(removed=1)) == (2, 0, 2, 0)


def test_a_batch_has_the_lines_that_carry_its_own_name_and_no_others() -> None:
    line = build.a_line(sku="A", variant_id="v", product_id="p")
    for batch in (Batch(sku="A"), Batch(variant="v"), Batch(product="p")):
        assert batch.has(line)
        assert batch.is_named
    for batch in (Batch(sku="B"), Batch(variant="w"), Batch(product="q"), Batch(sku="B", variant="v")):
        assert not batch.has(line)
    assert [Batch(*names).name for names in (("A", "v", "p"), (None, "v", "p"), (None, None, "p"), ())] == [
        "A",
        "v",
        "p",
        None,
    ]
