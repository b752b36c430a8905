"""One page says all is well or what is not: each stuck thing explains itself, and is tried again for real, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.connection import Connection, Credentials
from plugin.domain.effects import Effect, ExecuteRefund, IssueLabel, SendMail, StopShipping
from plugin.domain.failed_effect import FailedEffect
from plugin.domain.ids import ClaimId, InboxId, LabelId, RefundId, ShopId
from plugin.domain.order import Platform
from plugin.domain.posting import Posting
from plugin.domain.refund.intent import RefundState
from plugin.domain.returning.label import LabelState
from plugin.domain.shop import Role
from plugin.domain.stored import InboxMessage
from plugin.domain.stuck import StuckKind
from plugin.domain.tracking.account import Breaker
from plugin.i18n import catalogue
from plugin.jobs import codec
from plugin.jobs.outcomes import Outcomes
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.mailer import Mail
from plugin.wording.stuck import JOBS
from tests.build import MERCHANT, NOW, an_order
from tests.support.admin import RIVAL, Browser, Installation
from tests.support.carrier_accounts import AFTERSHIP, PUSHED, SEVENTEEN_TRACK
from tests.support.refunds import an_intent
from tests.support.returning import a_label

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EFFECT = StopShipping(MERCHANT, ClaimId("claim1"))
Ids = Mapping[StuckKind, str]


def fail(running: Installation, effect: Effect = EFFECT, error: Exception | None = None) -> str:
    """Have an effect run out of tries, as the worker tells it; its failure's id."""
    fields = codec.dump(effect, "0123456789abcdef01234567")
    Outcomes(running.deps.units, running.clock).gave_up(
        codec.name_of(effect), fields, error or Unavailable("ida@example.com")
    )
    return failures(running)[0].id


def failures(running: Installation) -> list[FailedEffect]:
    with running.deps.units.read(MERCHANT) as unit:
        return list(unit.failed_effects.waiting(running.clock.now(), 10))


def break_everything(running: Installation) -> Ids:
    """One stuck thing of each kind; their ids."""
    (order,) = running.keep(an_order())
    shop = ShopId(running.shop(MERCHANT))
    doubtful = replace(an_intent(), order=order, purpose="claim1").attempted(NOW, NOW + HOUR)
    resting = Breaker(failures=5, failing_since=NOW - DAY, open_until=NOW + HOUR, fault="unavailable")
    away = Connection(
        shop, Credentials("k", "s"), NOW - DAY, failures=4, failing_since=NOW - 2 * DAY, fault="shop_keys_refused"
    )
    late = InboxMessage(InboxId("late1"), MERCHANT, shop, Platform.WOOCOMMERCE, "order.updated", (), b"{}", NOW - HOUR)
    with running.deps.units(MERCHANT) as unit:
        unit.refunds.save([doubtful.unanswered("no_answer", None, NOW)])
        unit.connections.save(away)
        unit.inbox.add(late, "delivery1")
        unit.mails.add("mail1", Mail("ida@example.com", "Your return", "Text", "en"), NOW)
        unit.undelivered.failed("mail1", "recipient_refused", "550", NOW)
        unit.undelivered.park("mail1", NOW)
        unit.labels.save([a_label(order=order).failed("provider_refused", "No", NOW)])
        unit.carrier_accounts.save(replace(AFTERSHIP, breaker=resting))
        unit.carrier_accounts.save(SEVENTEEN_TRACK)
        unit.carrier_pushes.add(PUSHED)
        unit.postings.save(Posting(shop, NOW + HOUR, failures=9, fault="shop_unavailable"))
        unit.commit()
    ids = {StuckKind.REFUND: doubtful.id, StuckKind.SHOP: shop, StuckKind.DELIVERY: "late1", StuckKind.LETTER: "mail1"}
    ids |= {StuckKind.LABEL: "label1", StuckKind.CARRIER: "aftership", StuckKind.PUSH: PUSHED.id, StuckKind.BOARD: shop}
    return ids | {StuckKind.RECORD: running.park(), StuckKind.EFFECT: fail(running)}


def again(browser: Browser, kind: StuckKind, *chosen: str) -> str:
    """Try these again; the page afterwards."""
    browser.send(f"/admin/stuck/{kind.value}/again", stuck=list(chosen))
    return browser.get("/admin/stuck").text


def test_where_nothing_is_stuck_the_page_says_that_all_is_well(light: Installation) -> None:
    page = light.signed_in().get("/admin/stuck").text
    assert "All is well" in page
    assert "<table" not in page


@pytest.mark.parametrize("language", ["en", "ar", "pl"])
def test_each_stuck_thing_explains_itself_in_the_language_of_who_reads(light: Installation, language: str) -> None:
    ids = break_everything(light)
    words, page = catalogue(language), light.signed_in(Role.VIEWER, language=language).get("/admin/stuck").text
    assert ids.keys() == set(StuckKind)
    for kind in StuckKind:
        assert f'id="{kind.value}"' in page
        for said in (f"stuck.{kind.value}", f"stuck.{kind.value}_help"):
            assert words.text(said).split("’")[0] in page.replace("&#39;", "'")
    faults = ("stuck.fault.in_doubt", "stuck.fault.unavailable", "sending.fault.recipient_refused", "parked.not_json")
    for said in (*faults, "returns.fault.provider_refused", "carriers.fault.unavailable", "stuck.fault.waiting"):
        assert words.text(said).split("’")[0] in page.replace("&#39;", "'"), said
    assert "0123456789abcdef01234567" in page
    assert "ida@example.com" not in page
    assert "/again" not in page


def test_every_job_has_words() -> None:
    assert JOBS.keys() == codec.type_of.keys()


def test_an_effect_is_tried_again_once_and_forgotten_when_it_succeeds(installation: Installation) -> None:
    browser, failure = installation.signed_in(), fail(installation)
    assert fail(installation) == failure
    assert failures(installation)[0].times == 2
    queued = list(installation.jobs.waiting)
    assert "1 thing is being tried again." in again(browser, StuckKind.EFFECT, failure, failure)
    assert installation.jobs.waiting[len(queued) :] == [EFFECT]
    assert failures(installation) == []
    Outcomes(installation.deps.units, installation.clock).watched(lambda _effect: None)(EFFECT)
    with installation.deps.units.read(MERCHANT) as unit:
        assert not unit.failed_effects.has(failure)
    assert "moved on" in again(browser, StuckKind.EFFECT, failure)


def test_an_effect_whose_new_try_was_lost_or_failed_is_shown_again(light: Installation) -> None:
    browser, failure = light.signed_in(), fail(light)
    light.jobs.waiting.clear()
    again(browser, StuckKind.EFFECT, failure)
    assert "moved on" in again(browser, StuckKind.EFFECT, failure), "it is being tried just now"
    assert light.jobs.waiting == [EFFECT]
    light.clock.advance(timedelta(minutes=61))
    assert [each.id for each in failures(light)] == [failure]
    again(browser, StuckKind.EFFECT, failure)
    assert light.jobs.waiting == [EFFECT, EFFECT], "its job was lost"
    fail(light, error=Rejected("no"))
    (kept,) = failures(light)
    assert (kept.times, kept.fault) == (2, "rejected")


def test_a_letter_that_waits_is_told_once_as_a_letter(light: Installation) -> None:
    fields = codec.dump(SendMail(MERCHANT, "mail1"))
    Outcomes(light.deps.units, light.clock).gave_up("send_mail", fields, Unavailable("smtp"))
    assert failures(light) == []


def test_a_refund_in_doubt_is_tried_again_under_its_own_key_and_never_doubled(installation: Installation) -> None:
    ids, browser = break_everything(installation), installation.signed_in()
    installation.jobs.waiting.clear()
    key = stored_refund(installation, ids).idempotency_key
    for _ in range(3):
        again(browser, StuckKind.REFUND, ids[StuckKind.REFUND])
    refund = stored_refund(installation, ids)
    assert (refund.state, refund.idempotency_key, refund.may_have_moved) == (RefundState.INTENT, key, True)
    assert [effect for effect in installation.jobs.waiting if isinstance(effect, ExecuteRefund)] == [
        ExecuteRefund(MERCHANT, refund.id)
    ]


def stored_refund(running: Installation, ids: Ids):  # noqa: ANN201 - a RefundIntent
    with running.deps.units.read(MERCHANT) as unit:
        return unit.refunds.get(RefundId(ids[StuckKind.REFUND]))


def test_everything_else_is_tried_again_by_the_way_of_its_kind(light: Installation) -> None:
    ids, browser, now = break_everything(light), light.signed_in(), light.clock.now()
    light.jobs.waiting.clear()
    for kind in set(StuckKind) - {StuckKind.REFUND, StuckKind.EFFECT}:
        assert "being tried again" in again(browser, kind, ids[kind]), kind
    assert {type(effect) for effect in light.jobs.waiting} >= {SendMail, IssueLabel}
    with light.deps.units.read(MERCHANT) as unit:
        connection, posting = (
            unit.connections.get(ShopId(ids[StuckKind.SHOP])),
            unit.postings.get(ShopId(ids[StuckKind.BOARD])),
        )
        account = unit.carrier_accounts.get("aftership")
        assert connection
        assert connection.due_at == now
        assert posting
        assert posting.due_at == now
        assert account
        assert not account.breaker.is_open(now)
        assert unit.carrier_pushes.parked(10) == []
        assert unit.labels.get(LabelId("label1")).state is LabelState.REQUESTED
        assert [record.attempts for record in unit.parked.all()] == [2]
    assert [message.id for message in light.deps.inbox_lease.lease(now, now + HOUR, 10)] == ["late1"]


def test_a_delivery_that_a_worker_is_at_is_left_to_it(light: Installation) -> None:
    ids, browser, now = break_everything(light), light.signed_in(), light.clock.now()
    assert len(light.deps.inbox_lease.lease(now, now + HOUR, 10)) == 1
    assert "moved on" in again(browser, StuckKind.DELIVERY, ids[StuckKind.DELIVERY])
    assert light.deps.inbox_lease.lease(now, now + HOUR, 10) == []


def test_a_shop_and_a_board_that_a_worker_is_at_are_taken_from_nobody(light: Installation) -> None:
    ids, browser, now = break_everything(light), light.signed_in(), light.clock.now()
    shop = ShopId(ids[StuckKind.SHOP])

    def take() -> tuple[bool, bool]:
        with light.deps.units(MERCHANT) as unit:
            board = unit.postings.lease(shop, now, now + HOUR)
            unit.commit()
        return bool(light.deps.connection_lease.lease_polls(now, now + HOUR, 10)), board is not None

    for taken in ((True, True), (False, False)):
        assert "being tried again" in again(browser, StuckKind.SHOP, shop)
        assert "being tried again" in again(browser, StuckKind.BOARD, shop)
        assert take() == taken


def test_all_that_were_shown_are_tried_again_at_once(light: Installation) -> None:
    browser = light.signed_in()
    shown = [fail(light)]
    fail(light, StopShipping(MERCHANT, ClaimId("claim2")))
    shown = [each.id for each in failures(light)]
    browser.send("/admin/stuck/effect/again", all="1", shown=shown)
    assert len(light.jobs.waiting) == len(shown) == 2
    assert "Choose" in again(browser, StuckKind.EFFECT)


def test_what_is_left_undone_can_be_taken_back(light: Installation) -> None:
    browser, failure = light.signed_in(Role.AGENT), fail(light)
    browser.send("/admin/stuck/dismiss", stuck=failure)
    page = browser.get("/admin/stuck").text
    assert "All is well" in page
    undo = page.split('name="undo" value="')[1].split('"')[0]
    browser.send("/admin/stuck/undo", undo=undo)
    assert [each.id for each in failures(light)] == [failure]


def test_nothing_of_another_merchant_is_tried_again_or_left(light: Installation) -> None:
    ids, browser = break_everything(light), intruder(light)
    light.jobs.waiting.clear()
    for kind in StuckKind:
        again(browser, kind, ids[kind])
    browser.send("/admin/stuck/dismiss", stuck=ids[StuckKind.EFFECT])
    assert light.jobs.waiting == []
    with light.deps.units.read(MERCHANT) as unit:
        connection, account = unit.connections.get(ShopId(ids[StuckKind.SHOP])), unit.carrier_accounts.get("aftership")
        assert unit.refunds.get(RefundId(ids[StuckKind.REFUND])).state is RefundState.FAILED
        assert connection
        assert connection.due_at is None
        assert account
        assert account.breaker.is_open(NOW)
        assert len(unit.carrier_pushes.parked(10)) == 1
        assert unit.labels.get(LabelId("label1")).state is LabelState.FAILED
        assert [record.attempts for record in unit.parked.all()] == [1]
        assert unit.undelivered.all(1)[0].parked_at
    assert [each.id for each in failures(light)] == [ids[StuckKind.EFFECT]]


def intruder(running: Installation) -> Browser:
    """Somebody who owns another merchant here."""
    _, token = running.invite(Role.OWNER, "rival@shop.example", at=RIVAL)
    browser = running.browser()
    browser.send(f"/admin/sign-in/{token}", form_at=f"/admin/sign-in/{token}")
    return browser


def test_home_leads_to_what_is_stuck_and_nobody_knows_a_kind_that_is_none(light: Installation) -> None:
    browser = light.signed_in()
    assert "does not go on by itself" not in browser.get("/admin/").text
    fail(light)
    home = browser.get("/admin/").text
    assert "1 thing does not go on by itself." in home
    assert home.count('href="/admin/stuck"') == 2
    assert browser.send("/admin/stuck/anything/again", stuck="x").status_code == 404
