"""What the worker does by the clock: drain the inbox, poll shops, catch up on what was missed, warn, prune jobs."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from plugin import log
from plugin.domain.failed_effect import KEPT as FAILURES_KEPT
from plugin.domain.stored import REQUEST, InboxMessage
from plugin.jobs.carriers import CARRIER_JOBS
from plugin.jobs.data_requests import DATA_REQUEST_JOBS
from plugin.jobs.each_merchant import for_each as _for_each
from plugin.jobs.each_merchant import for_some as _for_some
from plugin.jobs.engine import ByClock, Engine
from plugin.jobs.goods import GOODS_JOBS
from plugin.jobs.retention import RETENTION_JOBS
from plugin.jobs.shops import SHOP_JOBS
from plugin.jobs.tracking import TRACKING_JOBS
from plugin.ports.deps import Deps
from plugin.usecases.alert_expiring import alert_expiring
from plugin.usecases.alert_outages import alert_outages
from plugin.usecases.claim.catch_up_refunds import catch_up_refunds
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.wake import wake_claims
from plugin.usecases.compile_promises import compile_promises
from plugin.usecases.drain_inbox import drain_inbox
from plugin.usecases.forget_failures import forget_failures
from plugin.usecases.keep_hooks import keep_hooks
from plugin.usecases.open_withdrawal import queue_unopened
from plugin.usecases.poll_shop import Polled, poll_next
from plugin.usecases.rebuild_nightly import rebuild_nightly
from plugin.usecases.rebuild_outdated import rebuild_outdated
from plugin.usecases.recheck_evidence import recheck_evidence
from plugin.usecases.reread_order import RereadMeans
from plugin.usecases.resend_links import resend_links
from plugin.usecases.resend_unsent import resend_unsent
from plugin.usecases.retry_refunds import queue_due_refunds
from plugin.usecases.sweep_evidence import sweep_evidence
from plugin.usecases.sweep_portal import sweep_portal
from plugin.usecases.sweep_shop import sweep_shop

_log = structlog.get_logger("aftercare.jobs")
_BATCH = 50
_MOST_BATCHES = 40
"""So that a flood shares the worker with everything else."""
_MOST_POLLS = 50
"""In one run; every 20 seconds another begins, beside this one if it takes longer."""
_FINISHED_KEPT = timedelta(hours=6)
_TOOK_EFFECT = timedelta(minutes=15)
"""Longer than from one look at what was missed to the next."""


def periodic(deps: Deps) -> Mapping[str, ByClock]:
    """All jobs of the clock by name."""
    jobs = {name: ByClock(cron, partial(job, deps)) for name, (cron, job) in _JOBS.items()}
    drain = replace(jobs["drain_inbox"], is_wanted=partial(_has_deliveries, deps), in_each_worker=True)
    return {**jobs, "drain_inbox": drain}


def _has_deliveries(deps: Deps) -> bool:
    return deps.inbox_lease.is_any_due(deps.clock.now())


def _drain(deps: Deps, _scheduled: datetime) -> None:
    """Apply what waits in the inbox."""
    for _ in range(_MOST_BATCHES):
        tally = drain_inbox(
            deps.inbox_lease,
            translators=deps.translators,
            units=deps.units,
            ids=deps.ids,
            now=deps.clock.now(),
            limit=_BATCH,
            follow=_followed,
        )
        if not tally:
            return
        _log.info("job", job="drain_inbox", **{str(outcome): count for outcome, count in tally.items()})


@contextmanager
def _followed(message: InboxMessage) -> Iterator[Callable[[str], None]]:
    """What is queued and told meanwhile carries the id of the request that brought the message."""
    request = dict(message.headers).get(REQUEST)
    about = {"merchant": message.merchant, "shop": message.shop, **({"request": request} if request else {})}
    with log.about(**about):
        yield lambda outcome: _log.info("delivery", topic=message.topic, outcome=outcome, attempt=message.attempts)


def _poll(deps: Deps, _scheduled: datetime) -> None:
    """Poll the shops that are due, one after the other."""
    for _ in range(_MOST_POLLS):
        polled = poll_next(
            deps.connection_lease,
            sources=deps.sources,
            translators=deps.translators,
            units=deps.units,
            ids=deps.ids,
            clock=deps.clock,
        )
        if polled is None:
            return
        counts = {str(outcome): count for outcome, count in polled.tally.items()}
        _log.info("job", job="poll_shop", shop=polled.shop, fault=polled.fault, detail=polled.detail, **counts)
        if polled.fault is None:
            _follow_up(polled, deps)


def _follow_up(polled: Polled, deps: Deps) -> None:
    """What goes with every poll that a shop answered."""
    shop, merchant, units, now = polled.shop, polled.merchant, deps.units, deps.clock.now()
    hooks = keep_hooks(
        shop,
        merchant=merchant,
        public_url=deps.public_url,
        webhooks=deps.webhooks,
        units=units,
        secrets=deps.secrets,
        now=now,
    )
    _log.info("job", job="keep_hooks", shop=shop, outcome=hooks)
    means = RereadMeans(deps.sources, deps.translators, units, deps.ids)
    differed = sweep_shop(shop, merchant=merchant, means=means, now=now)
    if differed is not None:
        _log.info("job", job="sweep_shop", shop=shop, **differed)


def _rebuild(deps: Deps, _scheduled: datetime) -> None:
    """Compute again what another rulebook or calendar said."""
    units, law, now = deps.units, deps.law, deps.clock.now()
    _for_each(deps, "rebuild_outdated", lambda m: rebuild_outdated(merchant=m, units=units, law=law, now=now))


def _compile_due(deps: Deps, _scheduled: datetime) -> None:
    """Compile what a version that took effect by now has left to do."""
    now = deps.clock.now()
    due = deps.due_merchants.policies(now - _TOOK_EFFECT, now)
    _for_some(due, "compile_promises", lambda m: compile_promises(merchant=m, units=deps.units, now=now))


def _compile_missed(deps: Deps, _scheduled: datetime) -> None:
    """The same, however long ago that was, and what a lost job left."""
    now = deps.clock.now()
    _for_each(deps, "compile_missed", lambda m: compile_promises(merchant=m, units=deps.units, now=now))


def _heal(deps: Deps, scheduled: datetime) -> None:
    """Compute every projection again, once a night."""
    _for_each(deps, "rebuild_nightly", lambda m: rebuild_nightly(merchant=m, units=deps.units, now=scheduled))


def _alert(deps: Deps, _scheduled: datetime) -> None:
    """Tell owners of documents that expire, where this process writes to them."""
    units, letter, now = deps.units, deps.expiry_letter, deps.clock.now()
    if letter is not None:
        _for_each(deps, "alert_expiring", lambda m: alert_expiring(merchant=m, units=units, letter=letter, now=now))


def _alert_outages(deps: Deps, _scheduled: datetime) -> None:
    """Tell owners of shops that cannot be read, where this process writes to them."""
    units, letter, now = deps.units, deps.outage_letter, deps.clock.now()
    if letter is not None:
        due = deps.due_merchants.outages(now)
        _for_some(due, "alert_outages", lambda m: alert_outages(merchant=m, units=units, letter=letter, now=now))


def _resend(deps: Deps, scheduled: datetime) -> None:
    """Queue mail again whose job was lost."""
    _for_each(deps, "resend_unsent", lambda m: resend_unsent(merchant=m, units=deps.units, now=scheduled))


def _recheck(deps: Deps, scheduled: datetime) -> None:
    """Look at files of evidence again whose job was lost."""
    _for_each(deps, "recheck_evidence", lambda m: recheck_evidence(merchant=m, units=deps.units, now=scheduled))


def _sweep(deps: Deps, _scheduled: datetime) -> None:
    """Let go files of evidence that nobody claims any more."""
    units, files, limits, now = deps.units, deps.evidence.files, deps.evidence.limits, deps.clock.now()
    _for_each(
        deps, "sweep_evidence", lambda m: sweep_evidence(merchant=m, units=units, files=files, limits=limits, now=now)
    )


def _sweep_portal(deps: Deps, _scheduled: datetime) -> None:
    """Forget drafts of claims that nobody goes on with, and old counts."""
    units, now = deps.units, deps.clock.now()
    _for_each(deps, "sweep_portal", lambda m: sweep_portal(merchant=m, units=units, now=now))


def _open_withdrawals(deps: Deps, _scheduled: datetime) -> None:
    """Queue withdrawals whose job was lost."""
    units, now = deps.units, deps.clock.now()
    _for_each(deps, "open_withdrawals", lambda m: queue_unopened(merchant=m, units=units, now=now))


def _queue_refunds(deps: Deps, _scheduled: datetime) -> None:
    """Queue the refunds whose next attempt may begin, those of a lost job too."""
    now = deps.clock.now()
    due = deps.due_merchants.refunds(now)
    _for_some(due, "queue_due_refunds", lambda m: queue_due_refunds(merchant=m, units=deps.units, now=now))


def _wake_claims(deps: Deps, _scheduled: datetime) -> None:
    """Look at claims whose time has come."""
    now = deps.clock.now()
    due = deps.due_merchants.claims(now)
    _for_some(due, "wake_claims", lambda m: wake_claims(desk=desk_of(deps, m), now=now))


def _catch_up_refunds(deps: Deps, _scheduled: datetime) -> None:
    """Tell claims what they missed of their money."""
    units, now = deps.units, deps.clock.now()
    _for_each(deps, "catch_up_refunds", lambda m: catch_up_refunds(merchant=m, units=units, now=now))


def _resend_links(deps: Deps, _scheduled: datetime) -> None:
    """Queue wishes for a link again whose job was lost."""
    units, now = deps.units, deps.clock.now()
    _for_each(deps, "resend_links", lambda m: resend_links(merchant=m, units=units, now=now))


def _forget_failures(deps: Deps, _scheduled: datetime) -> None:
    """Forget effects that failed long ago and that somebody dismissed."""
    units, before = deps.units, deps.clock.now() - FAILURES_KEPT
    _for_each(deps, "forget_failures", lambda m: forget_failures(merchant=m, units=units, before=before))


def _prune(_deps: Deps, scheduled: datetime) -> None:
    """Forget finished jobs."""
    while Engine.prune(scheduled - _FINISHED_KEPT):
        pass


_JOBS: dict[str, tuple[str, Callable[[Deps, datetime], None]]] = {
    "drain_inbox": ("*/2 * * * * *", _drain),
    "poll_shops": ("*/20 * * * * *", _poll),
    "rebuild_outdated": ("30 */10 * * * *", _rebuild),
    "compile_promises": ("45 * * * * *", _compile_due),
    "compile_missed": ("50 */10 * * * *", _compile_missed),
    "rebuild_nightly": ("0 17 3 * * *", _heal),
    "alert_expiring": ("0 41 6 * * *", _alert),
    "alert_outages": ("35 * * * * *", _alert_outages),
    "resend_unsent": ("0 23 * * * *", _resend),
    "recheck_evidence": ("15 */10 * * * *", _recheck),
    "sweep_evidence": ("15 */5 * * * *", _sweep),
    "sweep_portal": ("0 37 * * * *", _sweep_portal),
    "open_withdrawals": ("25 */10 * * * *", _open_withdrawals),
    "queue_due_refunds": ("*/20 * * * * *", _queue_refunds),
    "wake_claims": ("10 * * * * *", _wake_claims),
    "catch_up_refunds": ("50 */10 * * * *", _catch_up_refunds),
    "resend_links": ("40 */10 * * * *", _resend_links),
    **GOODS_JOBS,
    **DATA_REQUEST_JOBS,
    **SHOP_JOBS,
    **RETENTION_JOBS,
    **TRACKING_JOBS,
    **CARRIER_JOBS,
    "forget_failures": ("0 51 4 * * *", _forget_failures),
    "prune_jobs": ("0 7 * * * *", _prune),
}
