"""Job -> one use case; what the worker does with each effect."""

from collections.abc import Callable
from typing import Any

import structlog

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
from plugin.jobs import codec
from plugin.jobs.tracking import alert_means
from plugin.ports.deps import Deps
from plugin.usecases.ask_capabilities import ask_capabilities
from plugin.usecases.check_evidence import check_evidence
from plugin.usecases.claim.carry_out_remedy import carry_out_remedy
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.follow_batch import follow_batch
from plugin.usecases.claim.follow_label import follow_label
from plugin.usecases.claim.follow_refund import follow_refund
from plugin.usecases.claim.keep_return import KeepingMeans, keep_return
from plugin.usecases.claim.restock_goods import restock_goods
from plugin.usecases.claim.send_voucher import send_voucher
from plugin.usecases.claim.stop_shipping import stop_shipping
from plugin.usecases.compile_promises import compile_promises
from plugin.usecases.execute_refund import execute_refund
from plugin.usecases.issue_label import LabelFiles, LabelMeans, issue_label
from plugin.usecases.open_withdrawal import open_withdrawal
from plugin.usecases.person_data.pack import PackMeans, pack_person_data
from plugin.usecases.prove_keys import ProvingMeans, prove_keys
from plugin.usecases.publish_promises import NOTHING_TO_WRITE, publish_promises
from plugin.usecases.rebuild_entitlements import rebuild_entitlements
from plugin.usecases.remove_hooks import remove_hooks
from plugin.usecases.reread_order import RereadMeans, reread_order
from plugin.usecases.send_claim_link import send_claim_link
from plugin.usecases.send_mail import send_mail
from plugin.usecases.tracking.follow_shipments import follow_shipments
from plugin.usecases.tracking.mark_refused import mark_refused
from plugin.usecases.tracking.raise_alerts import raise_alerts
from plugin.usecases.write_promises import PostingMeans

_log = structlog.get_logger("aftercare.jobs")
_NOTHING_DONE = frozenset({"changed_0", "compiled_0", "followed_0_raised_0"})


def run(effect: Effect, deps: Deps) -> None:
    """Carry out one effect; safe to run twice. Raises what the ports raise, for the engine to retry.

    What found nothing to do is told for debugging alone: every first start queues such jobs by the dozen.
    """
    outcome = _PERFORM[type(effect)](effect, deps)
    tell = _log.debug if outcome in _NOTHING_DONE else _log.info
    tell("job", job=codec.name_of(effect), merchant=effect.merchant, outcome=outcome)


def _send_mail(effect: SendMail, deps: Deps) -> str:
    now = deps.clock.now()
    return send_mail(effect.mail_id, merchant=effect.merchant, units=deps.units, mailer=deps.mailer, now=now)


def _send_claim_link(effect: SendClaimLink, deps: Deps) -> str:
    letter = deps.claim_link_letter
    if letter is None:
        return "no_letter"
    units, secrets, now = deps.units, deps.secrets, deps.clock.now()
    return send_claim_link(
        effect.request, merchant=effect.merchant, units=units, secrets=secrets, letter=letter, now=now
    )


def _ask_capabilities(effect: AskCapabilities, deps: Deps) -> str:
    return ask_capabilities(effect.draft, merchant=effect.merchant, units=deps.units, actions=deps.actions)


def _rebuild_entitlements(effect: RebuildEntitlements, deps: Deps) -> str:
    now = deps.clock.now()
    changed = rebuild_entitlements(effect.orders, merchant=effect.merchant, units=deps.units, law=deps.law, now=now)
    return f"changed_{changed}"


def _compile_promises(effect: CompilePromises, deps: Deps) -> str:
    return f"compiled_{compile_promises(merchant=effect.merchant, units=deps.units, now=deps.clock.now())}"


def _check_evidence(effect: CheckEvidence, deps: Deps) -> str:
    units, keeping, now = deps.units, deps.evidence, deps.clock.now()
    held = check_evidence(
        effect.evidence, merchant=effect.merchant, units=units, keeping=keeping, ids=deps.ids, now=now
    )
    return "settled_before" if held is None else held.refusal or "kept"


def _execute_refund(effect: ExecuteRefund, deps: Deps) -> str:
    units, now = deps.units, deps.clock.now()
    return execute_refund(effect.refund, merchant=effect.merchant, units=units, actions=deps.actions, now=now)


def _follow_refund(effect: FollowRefund, deps: Deps) -> str:
    return follow_refund(effect.refund, desk=desk_of(deps, effect.merchant), now=deps.clock.now())


def _follow_shipments(effect: FollowShipments, deps: Deps) -> str:
    desk, now = desk_of(deps, effect.merchant), deps.clock.now()
    try:
        outcome = follow_shipments(effect.shipments, desk=desk, now=now)
    finally:  # what one order hinders keeps no parcel's alerts waiting
        raised = raise_alerts(effect.shipments, merchant=effect.merchant, means=alert_means(deps), now=now)
    return f"{outcome}_raised_{raised}"


def _mark_refused(effect: MarkRefused, deps: Deps) -> str:
    units, actions = deps.units, deps.actions
    return mark_refused(effect.alert, is_back=effect.is_back, merchant=effect.merchant, units=units, actions=actions)


def _follow_batch(effect: FollowBatch, deps: Deps) -> str:
    return follow_batch(effect.batch, desk=desk_of(deps, effect.merchant), now=deps.clock.now())


def _follow_label(effect: FollowLabel, deps: Deps) -> str:
    return follow_label(effect.label, desk=desk_of(deps, effect.merchant), now=deps.clock.now())


def _stop_shipping(effect: StopShipping, deps: Deps) -> str:
    desk, now = desk_of(deps, effect.merchant), deps.clock.now()
    return stop_shipping(effect.claim, desk=desk, actions=deps.actions, now=now)


def _send_voucher(effect: SendVoucher, deps: Deps) -> str:
    desk, now = desk_of(deps, effect.merchant), deps.clock.now()
    return send_voucher(effect.claim, effect.no, desk=desk, actions=deps.actions, now=now)


def _carry_out_remedy(effect: CarryOutRemedy, deps: Deps) -> str:
    desk, now = desk_of(deps, effect.merchant), deps.clock.now()
    means = KeepingMeans(deps.actions, deps.public_url)
    return carry_out_remedy(effect.claim, effect.line, desk=desk, means=means, now=now)


def _restock_goods(effect: RestockGoods, deps: Deps) -> str:
    desk, now = desk_of(deps, effect.merchant), deps.clock.now()
    return restock_goods(effect.claim, effect.line, desk=desk, actions=deps.actions, now=now)


def _keep_return(effect: KeepReturn, deps: Deps) -> str:
    desk, now = desk_of(deps, effect.merchant), deps.clock.now()
    return keep_return(effect.claim, desk=desk, means=KeepingMeans(deps.actions, deps.public_url), now=now)


def _issue_label(effect: IssueLabel, deps: Deps) -> str:
    if deps.label_providers is None:
        return "no_provider"
    means = LabelMeans(deps.label_providers, LabelFiles(deps.evidence.files, deps.ids))
    return issue_label(effect.label, merchant=effect.merchant, units=deps.units, means=means, now=deps.clock.now())


def _open_withdrawal(effect: OpenWithdrawal, deps: Deps) -> str:
    return open_withdrawal(effect.declaration, desk=desk_of(deps, effect.merchant), now=deps.clock.now())


def _pack_person_data(effect: PackPersonData, deps: Deps) -> str:
    if deps.pack_person is None:
        return "no_package"
    means = PackMeans(deps.units, deps.evidence.files, deps.ids, deps.pack_person, deps.public_url or "")
    return pack_person_data(effect.request, merchant=effect.merchant, means=means, now=deps.clock.now())


def _prove_keys(effect: ProveKeys, deps: Deps) -> str:
    return prove_keys(effect.request, merchant=effect.merchant, means=_proving(deps), now=deps.clock.now())


def _publish_promises(effect: PublishPromises, deps: Deps) -> str:
    if deps.promise_words is None:
        return NOTHING_TO_WRITE
    means = PostingMeans(deps.boards, deps.promise_words, deps.units, deps.clock)
    return publish_promises(effect.shop, merchant=effect.merchant, means=means)


def _remove_hooks(effect: RemoveHooks, deps: Deps) -> str:
    units, now = deps.units, deps.clock.now()
    return remove_hooks(effect.shop, merchant=effect.merchant, webhooks=deps.webhooks, units=units, now=now)


def _reread_order(effect: RereadOrder, deps: Deps) -> str:
    means = RereadMeans(deps.sources, deps.translators, deps.units, deps.ids)
    now = deps.clock.now()
    return reread_order(
        effect.order, merchant=effect.merchant, shop=effect.shop, means=means, now=now, subject=effect.subject
    )


def _proving(deps: Deps) -> ProvingMeans:
    return ProvingMeans(deps.sources, deps.directory, deps.units, deps.ids, deps.secrets)


_PERFORM: dict[type[Effect], Callable[[Any, Deps], str]] = {
    AskCapabilities: _ask_capabilities,
    CarryOutRemedy: _carry_out_remedy,
    CheckEvidence: _check_evidence,
    CompilePromises: _compile_promises,
    ExecuteRefund: _execute_refund,
    FollowBatch: _follow_batch,
    FollowLabel: _follow_label,
    FollowRefund: _follow_refund,
    FollowShipments: _follow_shipments,
    IssueLabel: _issue_label,
    KeepReturn: _keep_return,
    MarkRefused: _mark_refused,
    OpenWithdrawal: _open_withdrawal,
    PackPersonData: _pack_person_data,
    ProveKeys: _prove_keys,
    PublishPromises: _publish_promises,
    RebuildEntitlements: _rebuild_entitlements,
    RemoveHooks: _remove_hooks,
    RereadOrder: _reread_order,
    RestockGoods: _restock_goods,
    SendClaimLink: _send_claim_link,
    SendMail: _send_mail,
    SendVoucher: _send_voucher,
    StopShipping: _stop_shipping,
}
