"""What we wrote into a shop at Shopify goes when the shop is let go, and then we keep no token either."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from plugin.usecases.disconnect_shop import disconnect_shop, let_go
from plugin.usecases.publish_promises import GIVEN_UP, NOTHING_TO_WRITE, REMOVED
from tests.build import MERCHANT
from tests.support.posting import PostingRig, posting_rig
from tests.support.shopify_admin.server import Reply

DOWN = Reply(503, b"<html>Maintenance</html>", (("Retry-After", "60"),))
AT_ONCE = 25


@pytest.fixture
def rig() -> Iterator[PostingRig]:
    with posting_rig() as rig:
        rig.admin.metafields.countries = ["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR"]
        yield rig


def test_a_shop_that_is_let_go_keeps_nothing_of_ours_and_then_we_keep_no_token(rig: PostingRig) -> None:
    rig.run()
    disconnect_shop(rig.shop, units=rig.units, now=rig.clock.now())
    assert token(rig)
    assert rig.due() == 1
    assert rig.run() == REMOVED
    assert rig.admin.metafields.values == {}
    assert not token(rig)
    assert rig.posting() is None
    assert rig.due() == 0
    assert rig.run() == NOTHING_TO_WRITE


def test_a_shop_that_is_let_go_during_a_run_is_written_no_further(rig: PostingRig) -> None:
    def meanwhile() -> None:
        rig.admin.metafields.before_writing = lambda: None
        disconnect_shop(rig.shop, units=rig.units, now=rig.clock.now())

    rig.admin.metafields.before_writing = meanwhile
    assert rig.run() == "shop_not_connected"
    assert rig.admin.metafields.written == AT_ONCE
    rig.later(1)
    assert rig.due() == 1
    assert rig.run() == REMOVED
    assert rig.admin.metafields.values == {}


def test_of_a_shop_that_uninstalled_the_app_nothing_is_kept_and_it_is_asked_nothing(rig: PostingRig) -> None:
    rig.run()
    with rig.units(MERCHANT) as unit:
        connection = unit.connections.get(rig.shop.id)
        assert connection
        let_go(connection, unit, rig.clock.now(), has_left=True)
        unit.commit()
    assert not token(rig)
    assert rig.posting() is None
    assert rig.due() == 0


def test_a_shop_that_was_let_go_and_has_ended_our_access_is_given_up(rig: PostingRig) -> None:
    rig.run()
    disconnect_shop(rig.shop, units=rig.units, now=rig.clock.now())
    rig.admin.server.token = "shpat_another"
    assert rig.run() == GIVEN_UP
    assert not token(rig)
    assert rig.posting() is None


def test_a_shop_that_was_let_go_and_never_answers_is_given_up_after_hours(rig: PostingRig) -> None:
    rig.run()
    disconnect_shop(rig.shop, units=rig.units, now=rig.clock.now())
    outcomes = []
    for _ in range(9):
        rig.admin.server.misbehave(DOWN)
        outcomes.append(rig.run())
        rig.later(60)
    assert outcomes == ["shop_unavailable"] * 8 + [GIVEN_UP]
    assert not token(rig)


def token(rig: PostingRig) -> bool:
    with rig.units.read(MERCHANT) as unit:
        return unit.shop_tokens.get(rig.shop.id) is not None
