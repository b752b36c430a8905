"""The queue of claims: pages that neither skip nor repeat, what each view holds, searches, and the indices behind."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.conversing import ask, assign, start_timer, write
from plugin.domain.claim.commands.deciding import approve
from plugin.domain.claim.commands.ending import cancel
from plugin.domain.claim.events import RefundMoved, RefundPlanned
from plugin.domain.claim.machines.conversation import TimerState
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim.record import Draft
from plugin.domain.claim.status import ClaimStatus
from plugin.domain.claim.vocabulary import ENGINE, SHOPPER, Actor, ActorKind, ClaimTrack, Tier
from plugin.domain.errors import Invalid
from plugin.domain.ids import ClaimId, OrderId, RefundId, StaffId
from plugin.domain.money import Money
from plugin.domain.refund.intent import RefundState
from plugin.domain.remedy import Remedy
from plugin.ports.claim_views import ClaimQuery, ClaimRow, ExportedClaim, QueueView, RefundPace
from plugin.storage import Storage
from plugin.storage.claim_row import row_of
from plugin.storage.tables import claims
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.export import export_claims
from tests.build import MERCHANT, NOW, a_shop, a_shopper, a_stored_order, an_order
from tests.storage.claim_records import SHOP, act, an_opening, begin, opening
from tests.support.named import named

KAJA, OLE = StaffId("kaja"), StaffId("ole")
AGENT = Actor(ActorKind.AGENT, KAJA)
REFUND = RefundId("refund1")
Step = Callable[[Claim], Sequence[Draft]]


@pytest.fixture(autouse=True)
def _orders(storage: Storage) -> None:
    """Two orders of Ida's in two shops, one of somebody else's."""
    with storage.units(MERCHANT) as unit:
        unit.shops.add(a_shop("Südkap"))
        unit.orders.save([
            a_stored_order(),
            a_stored_order(an_order("2002"), order_id="order2", shop=a_shop("Südkap").id),
            a_stored_order(an_order("1003", shopper=a_shopper(email="ole@example.com")), order_id="order3"),
        ])  # fmt: skip
        unit.commit()


def a_claim(storage: Storage, name: str, *steps: Step, at: datetime = NOW, **facts: object) -> None:
    drafts = opening(an_opening(f"R-{name.upper()}", **facts))[:2]
    begin(storage.units, ClaimId(name), drafts, now=at)
    for step in steps:
        act(storage.units, step, ClaimId(name), now=at)


def listed(storage: Storage, view: QueueView = QueueView.OPEN, **facts: object) -> list[str]:
    query = ClaimQuery(view, **facts)  # type: ignore[arg-type]  # a test names fields of the query
    return [row.id for row in storage.views.claims(MERCHANT, query, None, 100, NOW).rows]


def due(hours: int) -> Step:
    return lambda _claim: start_timer("first_answer", NOW + timedelta(hours=hours))


def given_to(agent: StaffId) -> Step:
    return lambda claim: assign(claim, agent, AGENT)


def granted(claim: Claim, due_at: datetime | None = None) -> Sequence[Draft]:
    line = claim.lines[0]
    decided = approve(claim, 1, 1, usual_plan(Remedy.REFUND, line.judged, goods_exist=False), AGENT)
    return (*decided, Draft(RefundPlanned(REFUND, (1,), line.judged.price, due_at), ENGINE))


def failed(_claim: Claim) -> Sequence[Draft]:
    return (Draft(RefundMoved(REFUND, RefundState.FAILED, "card_closed"), ENGINE),)


def settled(_claim: Claim) -> Sequence[Draft]:
    return (Draft(RefundMoved(REFUND, RefundState.SETTLED), ENGINE),)


def paid_after(days: int, storage: Storage, name: str) -> None:
    """Granted `days` before now, settled now."""
    a_claim(storage, name, granted, at=NOW - timedelta(days=days))
    act(storage.units, settled, ClaimId(name), now=NOW)


def test_nine_in_ten_refunds_took_no_longer_than_is_told(storage: Storage) -> None:
    assert storage.views.refund_pace(MERCHANT, NOW - timedelta(days=90)) is None
    for days in range(1, 11):
        paid_after(days, storage, f"paid{days}")
    a_claim(storage, "waiting", granted)
    a_claim(storage, "long-ago", granted, settled, at=NOW - timedelta(days=91))
    pace = storage.views.refund_pace(MERCHANT, NOW - timedelta(days=90))
    assert pace == RefundPace(count=10, seconds=9 * 86400)


def test_a_row_says_what_the_queue_needs(storage: Storage) -> None:
    a_claim(storage, "c1", due(5), given_to(KAJA))
    [row] = storage.views.claims(MERCHANT, ClaimQuery(), None, 10, NOW).rows
    assert row == ClaimRow(
        id=ClaimId("c1"),
        number="R-C1",
        shop=SHOP,
        shop_name="Nordkap",
        order=OrderId("order1"),
        order_number="1001",
        track=ClaimTrack.CLAIM,
        status=ClaimStatus.SUBMITTED,
        tier=Tier.ORDINARY,
        country="DE",
        zone="Europe/Berlin",
        language="de",
        assignee=KAJA,
        needs_person=False,
        waits_for_answer=False,
        timer=TimerState.RUNNING,
        answer_due_at=NOW + timedelta(hours=5),
        money_due_at=None,
        has_failed_refund=False,
        opened_at=NOW,
        changed_at=NOW,
        line_count=1,
        reason="defective",
        wanted=Remedy.REFUND,
    )


def test_a_declaration_that_names_nothing_is_listed_too(storage: Storage) -> None:
    a_claim(storage, "c1", track=ClaimTrack.WITHDRAWAL, lines=())
    [row] = storage.views.claims(MERCHANT, ClaimQuery(), None, 10, NOW).rows
    assert (row.status, row.line_count, row.reason, row.wanted) == (ClaimStatus.IN_REVIEW, 0, None, None)
    [exported] = storage.views.exported_claims(MERCHANT, None, 10)
    assert exported.line is None


def test_what_is_due_first_comes_first_and_what_has_no_date_last(storage: Storage) -> None:
    a_claim(storage, "c1")
    a_claim(storage, "c2", due(9))
    a_claim(storage, "c3", due(2))
    a_claim(storage, "c4", due(9), lambda claim: granted(claim, NOW + timedelta(hours=1)))
    assert listed(storage) == ["c4", "c3", "c2", "c1"]


def test_each_view_holds_what_it_says_and_the_counts_agree(storage: Storage) -> None:
    a_claim(storage, "c1", due(-1), given_to(KAJA))
    a_claim(storage, "c2", due(3), lambda claim: write(claim, "And now?", SHOPPER))
    a_claim(storage, "c3", given_to(OLE), lambda claim: ask(claim, "Where?", AGENT), tier=Tier.SAFETY)
    a_claim(storage, "c4", cancel, tier=Tier.SAFETY)
    a_claim(storage, "c5", granted, failed)
    a_claim(storage, "c6", lambda claim: granted(claim, NOW - timedelta(hours=2)), given_to(OLE))
    a_claim(storage, "c7", lambda claim: granted(claim, NOW - timedelta(hours=1)), settled, given_to(OLE))
    held = {
        QueueView.OPEN: ["c6", "c1", "c2", "c3", "c5"],
        QueueView.MINE: ["c1"],
        QueueView.UNASSIGNED: ["c2", "c5"],
        QueueView.SAFETY: ["c3"],
        QueueView.TODAY: ["c2"],
        QueueView.OVERDUE: ["c6", "c1"],
        QueueView.UNANSWERED: ["c2"],
        QueueView.WAITING: ["c3"],
        QueueView.MONEY: ["c6", "c5"],
    }
    assert {view: listed(storage, view, agent=KAJA) for view in held} == held
    assert sorted(listed(storage, QueueView.ALL)) == [f"c{i}" for i in range(1, 8)]
    counts = storage.views.claim_counts(MERCHANT, KAJA, NOW)
    assert counts == {view: len(claims) for view, claims in held.items()}


def test_a_claim_nobody_has_is_not_mine(storage: Storage) -> None:
    a_claim(storage, "c1")
    assert listed(storage, QueueView.MINE) == []


def test_what_is_settled_leaves_the_queue_until_the_shopper_writes_again(storage: Storage) -> None:
    a_claim(storage, "c1", due(1), granted, settled)
    assert listed(storage) == []
    act(storage.units, lambda claim: write(claim, "It came broken again", SHOPPER), ClaimId("c1"))
    assert listed(storage) == ["c1"]
    assert listed(storage, QueueView.UNANSWERED) == ["c1"]


def test_filters_narrow_a_view_together(storage: Storage) -> None:
    a_claim(storage, "c1", given_to(KAJA))
    a_claim(storage, "c2", country="AT", tier=Tier.FAST)
    a_claim(storage, "c3", cancel, shop=a_shop("Südkap").id, order=OrderId("order2"))
    assert listed(storage, country="AT") == ["c2"]
    assert listed(storage, tier=Tier.FAST) == ["c2"]
    assert listed(storage, assignee=KAJA) == ["c1"]
    assert listed(storage, assignee=KAJA, country="AT") == []
    assert listed(storage, QueueView.ALL, shop=a_shop("Südkap").id) == ["c3"]
    assert listed(storage, QueueView.ALL, status=ClaimStatus.CANCELLED) == ["c3"]
    assert listed(storage, shop=a_shop("Südkap").id) == []


def test_claims_are_found_by_either_number_from_its_beginning_and_by_the_whole_e_mail(storage: Storage) -> None:
    a_claim(storage, "c1")
    a_claim(storage, "c2", at=NOW + timedelta(minutes=1), shop=a_shop("Südkap").id, order=OrderId("order2"))
    a_claim(storage, "c3", at=NOW + timedelta(minutes=2), order=OrderId("order3"))
    found = {
        text: listed(storage, QueueView.ALL, text=text) for text in ("r-c1", " r-", "#10", "2002", "IDA@example.com")
    }
    assert found == {
        "r-c1": ["c1"], " r-": ["c3", "c2", "c1"], "#10": ["c3", "c1"], "2002": ["c2"], "IDA@example.com": ["c2", "c1"]
    }  # fmt: skip
    assert listed(storage, text="ida@example") == []
    assert listed(storage, text="10%") == []
    assert listed(storage, text="r-", country="AT") == []


def test_a_beginning_that_a_thousand_share_is_found_in_the_views_own_order(storage: Storage) -> None:
    a_claim(storage, "c0")
    with storage.units.read(MERCHANT) as unit:
        first = read_claim(ClaimId("c0"), unit)
    made = []
    for i in range(1_300):
        number, at = f"{'RS'[i % 5 == 0]}-{i:04}", NOW + timedelta(seconds=i * 7 % 1_300 + 1)
        made.append(replace(first, id=ClaimId(f"d{i}"), number=number, opened_at=at))
    with storage.engine.begin() as connection:
        connection.execute(claims.insert(), [{"merchant_id": MERCHANT, **row_of(claim)} for claim in made])
    newest_first = sorted(made, key=lambda claim: claim.opened_at, reverse=True)
    for text in ("r-", "S-", "10", "r-09"):
        wanted = [claim.id for claim in newest_first if claim.number.startswith(text.upper()) or text == "10"]
        assert listed(storage, QueueView.ALL, text=text)[:90] == wanted[:90]


def test_pages_neither_skip_nor_repeat_both_ways(storage: Storage) -> None:
    for i in range(7):
        steps = (due(i % 3), lambda claim, i=i: granted(claim, NOW - timedelta(hours=i // 2)))  # type: ignore[misc]  # bound now
        a_claim(storage, f"c{i}", *steps, at=NOW + timedelta(minutes=i // 2))
    for view in (QueueView.OPEN, QueueView.MONEY, QueueView.ALL):
        for limit in (1, 2, 3, 7, 8):
            with named(view, limit):
                _leaf(storage, ClaimQuery(view), limit, NOW + timedelta(days=1))


def _leaf(storage: Storage, query: ClaimQuery, limit: int, later: datetime) -> None:
    """Forwards through all pages, and from each one page back."""
    whole = [row.id for row in storage.views.claims(MERCHANT, query, None, 100, later).rows]
    pages = [storage.views.claims(MERCHANT, query, None, limit, later)]
    while pages[-1].next_cursor:
        pages.append(storage.views.claims(MERCHANT, query, pages[-1].next_cursor, limit, later))
    assert [row.id for page in pages for row in page.rows] == whole
    assert len(whole) == 7
    assert pages[0].previous_cursor is None
    for before, after in pairwise(pages):
        back = storage.views.claims(MERCHANT, query, after.previous_cursor, limit, later)
        assert back.rows == before.rows
        assert back.next_cursor == before.next_cursor


def test_a_cursor_that_is_not_ours_is_refused(storage: Storage) -> None:
    for cursor, limit in (("nonsense", 10), (None, 0), (None, 501)):
        with pytest.raises(Invalid):
            storage.views.claims(MERCHANT, ClaimQuery(), cursor, limit, NOW)


def test_a_shoppers_claims_are_told_across_shops_also_once_they_are_erased(storage: Storage) -> None:
    a_claim(storage, "c1")
    a_claim(storage, "c2", at=NOW + timedelta(minutes=1), shop=a_shop("Südkap").id, order=OrderId("order2"))
    a_claim(storage, "c3", at=NOW + timedelta(minutes=2), order=OrderId("order3"))
    a_claim(storage, "c4", cancel, at=NOW + timedelta(minutes=3))
    views = storage.views

    def history(order: str, limit: int = 10) -> list[str]:
        return [row.id for row in views.claims_of_shopper(MERCHANT, OrderId(order), limit)]

    assert [row.id for row in views.claims_of_order(MERCHANT, OrderId("order1"))] == ["c1", "c4"]
    assert history("order1") == ["c4", "c2", "c1"]
    assert history("order2", 2) == ["c4", "c2"]
    assert history("order3") == ["c3"]
    assert history("nowhere") == []
    with storage.units(MERCHANT) as unit:
        person = unit.people.find("ida@example.com")
        assert person
        unit.people.erase(person, NOW)
        unit.commit()
    assert history("order1") == ["c4", "c2", "c1"]
    assert listed(storage, QueueView.ALL, text="ida@example.com") == []


def test_an_export_walks_every_line_of_every_claim_once(storage: Storage) -> None:
    for i in range(5):
        a_claim(storage, f"c{i}", at=NOW - timedelta(minutes=i))
    walked, after = list[ExportedClaim](), None
    while found := storage.views.exported_claims(MERCHANT, after, 2):
        walked += found
        after = found[-1].id
    told = [(row.number, row.shop_name, row.order_number, row.line.no if row.line else 0) for row in walked]
    assert told == [(f"R-C{i}", "Nordkap", "1001", 1) for i in range(5)]
    assert list(export_claims(merchant=MERCHANT, views=storage.views)) == walked
    [row] = storage.views.exported_claims(MERCHANT, ClaimId("c3"), 10)
    assert row.line
    assert (row.line.price, row.line.wanted, row.line.remedy) == (Money(4990, "EUR"), Remedy.REFUND, None)
