"""A shop that is let go keeps none of our webhooks, or its owner is told by hand what to delete there."""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus

from plugin.domain.effects import RemoveHooks
from plugin.domain.shop import Role
from plugin.jobs import handlers
from plugin.jobs.schedule import periodic
from tests.build import MERCHANT
from tests.support.woocommerce_auth import Reply
from tests.support.woocommerce_live import LiveShop

TURNED_AWAY = Reply(403, b"<html>No</html>", content_type="text/html")


def shown(live: LiveShop, path: str = "/admin/shops", role: Role = Role.OWNER) -> str:
    text = live.installation.signed_in(role).get(path).text
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def let_go(live: LiveShop) -> None:
    answer = live.installation.signed_in(Role.OWNER).send(f"/admin/shops/{live.shop.id}/disconnect")
    assert answer.status_code == HTTPStatus.SEE_OTHER


def work(live: LiveShop) -> None:
    """Let the worker's clock strike, and carry out what waits for this."""
    periodic(live.installation.deps)["queue_unremoved"].run(live.installation.clock.now())
    waiting = live.installation.jobs.waiting
    wanted = [effect for effect in waiting if isinstance(effect, RemoveHooks)]
    waiting[:] = [effect for effect in waiting if effect not in wanted]
    for effect in wanted:
        handlers.run(effect, live.installation.deps)


def test_our_webhooks_are_taken_away_and_the_owner_is_told_which_key_to_revoke(live: LiveShop) -> None:
    ending = live.outside.keys.key[-7:]
    let_go(live)
    assert "Not connected Webhooks being taken away" in shown(live)
    assert "I have done that" not in shown(live)
    work(live)
    assert live.outside.webhooks == {}
    text = shown(live)
    assert "Webhooks taken away" in text
    assert f"revoke the key that ends in {ending}." in text
    assert "still sends us webhooks" not in shown(live, "/admin/")


def test_what_is_left_at_a_shop_that_does_not_answer_is_told_until_its_owner_says_it_is_done(live: LiveShop) -> None:
    let_go(live)
    live.outside.misbehave("webhooks", *[TURNED_AWAY] * 20)
    for _ in range(10):
        work(live)
        live.installation.clock.advance(timedelta(hours=1))
    assert len(live.outside.webhooks) == 8
    text = shown(live)
    assert "Webhooks left at the shop" in text
    assert "HTTP 403" in text
    assert "delete those whose names begin with “Aftercare”" in text
    assert "Woo Test Store was disconnected and could not be asked to stop." in shown(live, "/admin/")
    assert "I have done that" not in shown(live, role=Role.VIEWER)
    path = f"/admin/shops/{live.shop.id}/disconnected"
    assert live.installation.signed_in(Role.AGENT).send(path).status_code == HTTPStatus.FORBIDDEN
    assert live.installation.signed_in(Role.OWNER).send(path).status_code == HTTPStatus.SEE_OTHER
    assert "left at the shop" not in shown(live)
    with live.installation.deps.units.read(MERCHANT) as unit:
        assert unit.disconnections.all() == []


def test_a_shop_silent_for_a_day_is_told_on_home_and_its_health_page_with_what_goes_on(live: LiveShop) -> None:
    for endpoint in ("products", "orders", "settings/general"):
        live.outside.misbehave(endpoint, *[TURNED_AWAY] * 9)
    for _ in range(2):
        live.installation.clock.advance(timedelta(days=1))
        live.poll()
    assert "A shop does not answer Woo Test Store could not be read for over a day." in shown(live, "/admin/")
    health = shown(live, f"/admin/shops/{live.shop.id}/health")
    assert "The shop has not answered for over a day" in health
    assert "Everything read so far stays" in health
    assert "Could not be read since" in health
