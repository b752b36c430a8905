"""For every effect the smallest world in which one waits: on the demo's platform, with the letters that are sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import cast

from plugin.domain.claim.commands import deciding, disposing, returning, withdrawing
from plugin.domain.claim.machines.goods import Disposition, ReturnState
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim.vocabulary import PLATFORM, ClaimTrack
from plugin.domain.declaration import Declaration, Proof, Statement
from plugin.domain.effects import (
    AskCapabilities,
    CarryOutRemedy,
    CheckEvidence,
    CompilePromises,
    Effect,
    ExecuteRefund,
    FollowBatch,
    FollowLabel,
    FollowRefund,
    FollowShipments,
    IssueLabel,
    KeepReturn,
    MarkRefused,
    OpenWithdrawal,
    PackPersonData,
    ProveKeys,
    PublishPromises,
    RebuildEntitlements,
    RemoveHooks,
    RereadOrder,
    RestockGoods,
    SendClaimLink,
    SendMail,
    SendVoucher,
    StopShipping,
)
from plugin.domain.evidence import Limits
from plugin.domain.ids import ClaimDraftId, ClaimId, DeclarationId, OrderId
from plugin.domain.money import Money
from plugin.domain.order import Platform
from plugin.domain.policy.identity import ReturnAddress
from plugin.domain.policy.terms import MethodKind
from plugin.domain.remedy import Remedy
from plugin.domain.returning.settings import ReturnSettings
from plugin.usecases.announce_evidence import Announced, announce_evidence
from plugin.usecases.close_batches import close_batch, dispatch_batch
from plugin.usecases.open_withdrawal import queue_opening
from plugin.usecases.receive_chunk import Chunk, receive_chunk
from plugin.usecases.request_claim_link import request_claim_link
from plugin.usecases.request_label import LabelRequest, request_label
from tests.build import DELIVERED, MERCHANT, NOW, a_fulfilment, a_policy, a_product, a_stored_order, an_event
from tests.build import an_order as an_order_of_one_line
from tests.support import media
from tests.support.claim_desk import ClaimDesk, asked, give_voucher
from tests.support.claims import AGENT
from tests.support.demo_platform import open_demo_shop
from tests.support.kill_bench import Bench
from tests.support.kill_parcels import handed_over, refused
from tests.support.kill_points import Fate, World
from tests.support.kill_requests import begun, data_wanted
from tests.support.kill_returns import coming_back
from tests.support.kill_shops import hinted, keys_sent, let_go, promising
from tests.support.refunding import ON_DELIVERY, PAID
from tests.support.returning import ACCOUNT, HOME, HUB, LINES

WATCH, WATCH_ORDER = "9008", "3005"
CLAIM = ClaimId("declared1")
_IN_TIME = DELIVERED + timedelta(days=5)
_IDA = "ida@example.com"


def _demo(folder: Path, fate: Fate, *numbers: str) -> tuple[Bench, ClaimDesk]:
    bench = Bench(open_demo_shop(folder, Platform.WOOCOMMERCE, *numbers), fate)
    return bench, ClaimDesk(bench.shop)


def _ordered(folder: Path, fate: Fate, *back_to: ReturnAddress) -> Bench:
    """A shop with an order that has arrived, a policy, and an account that labels are bought with."""
    bench, _ = _demo(folder, fate)
    order = an_order_of_one_line(fulfilments=(a_fulfilment(events=(an_event(DELIVERED),)),))
    with bench.shop.units(MERCHANT) as unit:
        unit.policies.add(a_policy(return_addresses=back_to))
        unit.orders.save([a_stored_order(order, policy_version="v1")])
        unit.return_desk.save(ReturnSettings(ACCOUNT), NOW)
        unit.commit()
    return bench


def _declared(folder: Path, fate: Fate, *back_to: ReturnAddress) -> Bench:
    bench = _ordered(folder, fate, *back_to)
    said = Statement("Ida Holm", "1001", _IDA)
    made = Declaration(
        DeclarationId("declared1"), bench.shop.shop.id, said, _IN_TIME, "Europe/Berlin", "de", "DE", OrderId("order1")
    )
    with bench.shop.units(MERCHANT) as unit:
        unit.declarations.add(
            replace(made, proof=Proof.MAIL_EQUALS_ORDER, proven_at=_IN_TIME), form="form1", caller="192.0.2.1"
        )
        queue_opening(unit.declarations.get(made.id), unit)
        unit.commit()
    return bench


def _declared_with_a_way_back(folder: Path, fate: Fate) -> Bench:
    return _declared(folder, fate, HOME)


def _labelled(folder: Path, fate: Fate) -> Bench:
    """A withdrawal whose goods are awaited, and a label asked for that has to be bought."""
    bench = _declared(folder, fate)
    bench.worker.work()
    number = bench.shop.units.of(MERCHANT).claims[CLAIM].number
    way, until = MethodKind.LABEL, NOW + timedelta(days=30)
    asked_for = LabelRequest(CLAIM, number, OrderId("order1"), HOME, LINES, way, wanted_until=until, grams=900)
    with bench.shop.units(MERCHANT) as unit:
        request_label(asked_for, unit=unit, ids=bench.shop.ids, now=bench.shop.clock.now())
        unit.commit()
    return bench


def _paid_back(folder: Path, fate: Fate) -> Bench:
    bench, desk = _demo(folder, fate, PAID)
    desk.deliver(PAID)
    claim = desk.open(PAID, asked("9002", 2), track=ClaimTrack.WITHDRAWAL)
    desk.act(claim, lambda _: withdrawing.acknowledge("mail-1"))
    desk.act(claim, lambda known: withdrawing.settle(known, was_sent=True))
    desk.act(claim, lambda known: returning.move_return(known, 1, ReturnState.SENT, PLATFORM, "RM1GB"))
    return bench


def _reported(folder: Path, fate: Fate) -> Bench:
    """The money has gone back and the platform has said so; the claim has not heard of it."""
    bench = _paid_back(folder, fate)
    bench.waiting_for(FollowRefund)
    bench.shop.drain()
    return bench


def _not_left(folder: Path, fate: Fate) -> Bench:
    bench, desk = _demo(folder, fate, ON_DELIVERY)
    claim = desk.open(ON_DELIVERY, asked("9015"), track=ClaimTrack.WITHDRAWAL)
    desk.act(claim, lambda _: withdrawing.acknowledge("mail-1"))
    desk.act(claim, lambda known: withdrawing.settle(known, was_sent=False))
    return bench


def _sent_instead(folder: Path, fate: Fate) -> Bench:
    bench, desk = _demo(folder, fate, WATCH_ORDER)
    desk.deliver(WATCH_ORDER)
    claim = desk.open(WATCH_ORDER, asked(WATCH, 1, "logistics.lost", Remedy.REPLACEMENT))
    plan = usual_plan(Remedy.REPLACEMENT, claim.line(1).judged, goods_exist=False)
    desk.act(claim, lambda known: deciding.approve(known, 1, 1, plan, AGENT))
    return bench


def _fit_for_sale(folder: Path, fate: Fate) -> Bench:
    """Goods that came back and go into stock again; what they are worth was paid back before."""
    bench, desk = _demo(folder, fate, PAID)
    desk.deliver(PAID)
    claim = desk.open(PAID, asked("9002", 2), track=ClaimTrack.WITHDRAWAL)
    desk.act(claim, lambda _: withdrawing.acknowledge("mail-1"))
    desk.act(claim, lambda known: withdrawing.settle(known, was_sent=True))
    desk.act(claim, lambda known: returning.receive(known, 1, 2, AGENT))
    desk.act(claim, lambda known: disposing.dispose(known, 1, Disposition.RESTOCK, AGENT, is_final=True))
    return bench


def _given_out_of_goodwill(folder: Path, fate: Fate) -> Bench:
    """A voucher that the shop's platform is to make."""
    bench, desk = _demo(folder, fate, WATCH_ORDER)
    desk.deliver(WATCH_ORDER)
    claim = desk.open(WATCH_ORDER, asked(WATCH, 1, "logistics.lost", Remedy.REPLACEMENT))
    give_voucher(desk, claim, Money(500, "EUR"))
    return bench


def _uploaded(folder: Path, fate: Fate) -> Bench:
    bench = _ordered(folder, fate)
    shop, content = bench.shop, media.jpeg(gps=True)
    with shop.units.read(MERCHANT) as unit:
        person = unit.people.find(_IDA)
    assert person
    draft, now = ClaimDraftId("draft1"), shop.clock.now()
    given = Announced(shop.shop.id, draft, person, "crack.jpg", "image/jpeg", len(content))
    told = announce_evidence(given, merchant=MERCHANT, units=shop.units, ids=shop.ids, limits=Limits(), now=now)
    chunk = Chunk(told.id, draft, 0, content)
    receive_chunk(chunk, merchant=MERCHANT, units=shop.units, files=bench.files, ids=shop.ids, now=now)
    bench.uploaded = tuple(bench.files.objects)
    return bench


def _collected(folder: Path, fate: Fate) -> Bench:
    """Goods of two claims, in a hub's batch that has left."""
    bench, desk = _demo(folder, fate, PAID, WATCH_ORDER)
    with bench.shop.units(MERCHANT) as unit:
        unit.policies.add(a_policy(return_addresses=(HOME, HUB)))
        unit.commit()
    for number, line in ((PAID, "9002"), (WATCH_ORDER, WATCH)):
        desk.deliver(number)
        claim = desk.open(number, asked(line), track=ClaimTrack.WITHDRAWAL, draft=f"draft-{number}")
        desk.act(claim, lambda _: withdrawing.acknowledge("mail-1"))
        desk.act(claim, lambda known: withdrawing.settle(known, was_sent=True))
        desk.act(claim, lambda known: returning.move_return(known, 1, ReturnState.AT_HUB, AGENT, HUB.id))
    units, now = bench.shop.units, bench.shop.clock.now()
    (batch,) = units.of(MERCHANT).batches
    close_batch(batch, merchant=MERCHANT, units=units, now=now)
    dispatch_batch(batch, "JJD0001", merchant=MERCHANT, units=units, now=now)
    return bench


def _catalogue(folder: Path, fate: Fate) -> Bench:
    bench = _ordered(folder, fate)
    with bench.shop.units(MERCHANT) as unit:
        unit.products.save(bench.shop.shop.id, [a_product("1"), a_product("2", categories=("hats",))])
        unit.commit()
    bench.queue(CompilePromises(MERCHANT))
    return bench


def _outdated(folder: Path, fate: Fate) -> Bench:
    bench = _ordered(folder, fate)
    bench.queue(RebuildEntitlements(MERCHANT))
    return bench


def _wished(folder: Path, fate: Fate) -> Bench:
    bench = _ordered(folder, fate)
    shop = bench.shop
    request_claim_link(_IDA, "de", "192.0.2.1", shop.shop, units=shop.units, ids=shop.ids, now=shop.clock.now())
    return bench


@dataclass(frozen=True, slots=True)
class KillCase:
    """Where an effect waits, and everything it passes when nothing goes wrong, in its order."""

    bench: Callable[[Path, Fate], Bench]
    passes: tuple[str, ...]
    is_found: bool = False
    """Whether the clock's jobs find it when its job is lost for good; else the engine alone gives it again."""

    def world(self, kind: type[Effect], folder: Path, fate: Fate) -> World:
        return self.bench(folder, fate).waiting_for(kind)


CASES = cast(
    "dict[type[Effect], KillCase]",
    {
        AskCapabilities: KillCase(begun, ("commit",)),
        CarryOutRemedy: KillCase(_sent_instead, ("platform.create_replacement_order", "commit")),
        CheckEvidence: KillCase(_uploaded, ("scanner.scan", "files.put", "commit", "files.delete")),
        CompilePromises: KillCase(_catalogue, ("commit",), is_found=True),
        ExecuteRefund: KillCase(_paid_back, ("commit", "platform.refund", "commit"), is_found=True),
        FollowBatch: KillCase(_collected, ("commit", "commit")),
        FollowLabel: KillCase(_labelled, ("commit",), is_found=True),
        FollowRefund: KillCase(_reported, ("commit",)),
        FollowShipments: KillCase(handed_over(_labelled), ("commit", "commit")),
        IssueLabel: KillCase(_labelled, ("commit", "provider.buy", "files.put", "commit"), is_found=True),
        KeepReturn: KillCase(
            coming_back,
            ("commit", "platform.dispose", "platform.handle_return", "platform.close_return", "commit"),
            is_found=True,
        ),
        MarkRefused: KillCase(refused, ("platform.note", "platform.restock")),
        OpenWithdrawal: KillCase(_declared_with_a_way_back, ("commit",), is_found=True),
        PackPersonData: KillCase(data_wanted, ("commit", "files.delete", "files.put", "commit"), is_found=True),
        ProveKeys: KillCase(keys_sent, ("source.prove", "commit", "commit", "commit"), is_found=True),
        PublishPromises: KillCase(
            promising, ("commit", "commit", *("board.write", "commit") * 3, "commit"), is_found=True
        ),
        RebuildEntitlements: KillCase(_outdated, ("commit",), is_found=True),
        RemoveHooks: KillCase(let_go, ("webhooks.remove", "commit"), is_found=True),
        RereadOrder: KillCase(hinted, ("source.order", "commit")),
        RestockGoods: KillCase(_fit_for_sale, ("platform.restock", "commit")),
        SendClaimLink: KillCase(_wished, ("commit",), is_found=True),
        SendMail: KillCase(_wished, ("mailer.send", "commit"), is_found=True),
        SendVoucher: KillCase(_given_out_of_goodwill, ("platform.issue_store_credit", "commit")),
        StopShipping: KillCase(_not_left, ("platform.note", "commit")),
    },
)
