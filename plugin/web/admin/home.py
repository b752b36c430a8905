"""Home: what is due, what is stuck, four figures, and what to do next on a new installation."""

from datetime import datetime, timedelta

from flask import Response

from plugin.domain.certificates import due as due_papers
from plugin.domain.disconnection import DisconnectionState
from plugin.domain.outage import outage
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.breaking import AccountState, CarrierFault, is_dead, state_of
from plugin.ports.claim_views import MANY, QueueView
from plugin.web.admin.auth import presence
from plugin.web.admin.pages import page, words
from plugin.web.admin.setup import setups
from plugin.web.deps import deps
from plugin.wording.aftersales.measures import elapsed

_PERIOD = timedelta(days=90)
"""Over which time it is told how fast refunds were."""
_MOST_ALERTS = 1_000


def show() -> Response:
    """The home page. The figures have no trend: nothing is kept of how they were yesterday."""
    merchant, now = presence().merchant, deps().clock.now()
    with deps().units.read(merchant) as unit:
        shops = unit.shops.all()
        away = {each.shop: found.kind for each in unit.connections.all() if (found := outage(each, now))}
        left = {each.shop for each in unit.disconnections.all() if each.state is DisconnectionState.LEFT}
        stuck = {each.shop for each in unit.postings.all() if each.is_stuck}
        silent = [_silent(each, now) for each in unit.carrier_accounts.all() if is_dead(each, now)]
        policy = unit.policies.in_force(now)
        expiring = due_papers(unit.certificates.all(), now.date())
        alerts = unit.alerts.waiting(_MOST_ALERTS)
        in_shops = setups(shops, unit)
        has_sender = bool(in_shops) and unit.senders.get() is not None
    figures = deps().views.figures(merchant, now)
    is_set_up = bool(shops and figures.orders and policy and (has_sender or not in_shops))
    return page(
        "home.html",
        figures=figures,
        claims=_claims(now),
        alerts=alerts,
        most_claims=MANY,
        most_alerts=_MOST_ALERTS,
        counted=_counted,
        pace=deps().views.refund_pace(merchant, now - _PERIOD),
        elapsed=elapsed,
        shops=shops,
        away=[(shop, away[shop.id].value) for shop in shops if shop.id in away],
        left=[shop for shop in shops if shop.id in left],
        stuck=[shop for shop in shops if shop.id in stuck],
        silent=silent,
        policy=policy,
        is_set_up=is_set_up,
        expiring=expiring,
        setups=in_shops,
        has_sender=has_sender,
    )


def _silent(account: CarrierAccount, now: datetime) -> tuple[str, str]:
    """A carrier that tells nothing: its name, and whether that mends itself."""
    kinds = carriers.kinds() if (carriers := deps().carriers) else {}
    name = kinds[account.kind].name if account.kind in kinds else account.kind
    waits = state_of(account, now) is AccountState.HALTED or account.breaker.fault == CarrierFault.NO_QUOTA
    return name, "halted" if waits else "silent"


def _counted(count: int, *, is_least: bool) -> str:
    """In words, where there may be more."""
    said = words()
    return said.text("desk.many", n=count) if is_least else said.number(count)


def _claims(now: datetime) -> list[tuple[str, QueueView, int]]:
    """What asks for somebody among the claims: its name, the view of the queue that shows it, how many up to `MANY`."""
    here = presence()
    counts = deps().views.claim_counts(here.merchant, here.member.id, now)
    shown = {
        "due": QueueView.TODAY,
        "overdue": QueueView.OVERDUE,
        "safety": QueueView.SAFETY,
        "unanswered": QueueView.UNANSWERED,
    }
    shown |= {"money": QueueView.MONEY}
    return [(name, view, counts.get(view, 0)) for name, view in shown.items()]
