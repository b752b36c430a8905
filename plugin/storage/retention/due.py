"""Which rows are due, class by class: older than their class, and needed by nobody any more."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Exists, Table, and_, exists, false, func, or_, true

from plugin.domain.evidence import EvidenceState
from plugin.domain.refund.intent import STOPPED, RefundState
from plugin.domain.retention import NOT_BEGUN, Kept, Retention
from plugin.storage.cipher import OVERHEAD
from plugin.storage.needed import is_held, is_needed
from plugin.storage.tables import (
    alerts,
    claim_entries,
    claims,
    data_requests,
    declarations,
    entitlements,
    evidence,
    goodwill_given,
    join_codes,
    labels,
    mails,
    orders,
    parked,
    personal_data_views,
    platform_staff,
    projections,
    refund_intents,
    sessions,
    shipments,
    sign_in_links,
    staff,
)

Condition = ColumnElement[bool]
_GONE: Final = (EvidenceState.DROPPED.value, EvidenceState.GONE.value)
_UNDER_WAY: Final = (RefundState.INTENT.value, RefundState.SENT.value, RefundState.NEEDS_SHOPPER_DATA.value)


def orders_due(retention: Retention, now: datetime) -> Condition:
    """Nothing of the order is open, running, under way or held, nor is anything about it to be kept for longer.

    Whoever asked for all that is kept about them is owed it first.
    """
    before, whole = retention.before(Kept.ORDERS, now), orders.c
    runs = and_(
        entitlements.c.absent.is_(None),
        or_(
            entitlements.c.closes_at >= before,
            and_(entitlements.c.closes_at.is_(None), entitlements.c.starts_at.is_not(None)),
            and_(entitlements.c.closes_at.is_(None), whole.placed_at >= now - NOT_BEGUN),
        ),
    )
    claimed = or_(claims.c.is_open, claims.c.changed_at >= retention.before(Kept.CLAIMS, now))
    declared = declarations.c.received_at >= retention.before(Kept.DECLARATIONS, now)
    parcels = retention.before(Kept.PARCELS, now)
    return and_(
        whole.personal.is_not(None),
        whole.placed_at < before,
        _about(projections, true()),  # what is not computed yet may be open
        ~_about(entitlements, runs),
        ~_about(claims, claimed),
        ~_about(declarations, declared),
        ~_about(refund_intents, _is_unpaid(retention, now)),
        ~_about(shipments, and_(shipments.c.told.is_not(None), shipments.c.created_at >= parcels)),
        ~_about(alerts, and_(alerts.c.address.is_not(None), alerts.c.raised_at >= parcels)),
        ~_is_asked_for(),
        ~is_held(orders.c.merchant_id, whole.id),
    )


def claims_due(retention: Retention, now: datetime) -> Condition:
    """Closed long ago, with anything left that was written or handed in."""
    of_it = claim_entries.c.merchant_id == claims.c.merchant_id, claim_entries.c.claim_id == claims.c.id
    has_words = exists().where(*of_it, claim_entries.c.words.is_not(None))
    filed = evidence.c.merchant_id == claims.c.merchant_id, evidence.c.claim_id == claims.c.id
    has_files = exists().where(*filed, evidence.c.state.not_in(_GONE))
    labelled = labels.c.merchant_id == claims.c.merchant_id, labels.c.claim_id == claims.c.id
    is_kept = or_(labels.c.detail.is_not(None), and_(labels.c.object.is_not(None), labels.c.is_dropped == false()))
    return and_(
        claims.c.is_open == false(),
        claims.c.changed_at < retention.before(Kept.CLAIMS, now),
        or_(has_words, has_files, exists().where(*labelled, is_kept)),
        ~is_held(claims.c.merchant_id, claims.c.order_id),
    )


def payees_due(retention: Retention, now: datetime) -> Condition:
    """The money arrived, or was stopped, long ago."""
    table = refund_intents.c
    is_over = or_(table.state == RefundState.SETTLED.value, table.code == STOPPED)
    is_old = table.changed_at < retention.before(Kept.PAYEES, now)
    return and_(table.payee.is_not(None), is_over, is_old, ~is_held(table.merchant_id, table.order_id))


def parcels_due(retention: Retention, now: datetime) -> Condition:
    """Followed long ago, and no claim about the order is open."""
    table = shipments.c
    is_old = table.created_at < retention.before(Kept.PARCELS, now)
    return and_(table.told.is_not(None), is_old, ~is_needed(shipments))


def addresses_due(retention: Retention, now: datetime) -> Condition:
    """Where parcels were to go instead, by an alert of long ago."""
    is_old = alerts.c.raised_at < retention.before(Kept.PARCELS, now)
    return and_(alerts.c.address.is_not(None), is_old, ~is_needed(alerts))


def declarations_due(retention: Retention, now: datetime) -> Condition:
    """Declared long ago, and no claim about the order is open."""
    table = declarations.c
    is_old = table.received_at < retention.before(Kept.DECLARATIONS, now)
    is_told = or_(*(column.is_not(None) for column in (table.words, table.reason, table.aside_reason, table.caller)))
    return and_(is_told, is_old, ~is_needed(declarations))


def plain_due(table: Table, retention: Retention, now: datetime) -> Condition:
    """Where age alone counts."""
    kept, is_due = _PLAIN[table.name]
    return is_due(retention.before(kept, now))


_PLAIN: Final[Mapping[str, tuple[Kept, Callable[[datetime], Condition]]]] = {
    "parked": (Kept.PARKED, lambda before: parked.c.parked_at < before),
    "mails": (Kept.MAIL, lambda before: and_(mails.c.content.is_not(None), mails.c.queued_at < before)),
    "sign_in_links": (Kept.SIGN_INS, lambda before: sign_in_links.c.expires_at < before),
    "join_codes": (Kept.SIGN_INS, lambda before: join_codes.c.expires_at < before),
    "sessions": (
        Kept.SIGN_INS,
        lambda before: or_(sessions.c.expires_at < before, sessions.c.revoked_at < before),
    ),
    "staff": (  # an address, sealed, is longer than none
        Kept.STAFF,
        lambda before: and_(staff.c.removed_at < before, func.length(staff.c.email) > OVERHEAD),
    ),
    "platform_staff": (Kept.STAFF, lambda before: _is_of_staff(staff.c.removed_at < before)),
    "goodwill_given": (Kept.STAFF, lambda before: goodwill_given.c.month < f"{before:%Y-%m}"),
    "personal_data_views": (Kept.ACCESS_LOG, lambda before: personal_data_views.c.at < before),
}


def _is_of_staff(condition: Condition) -> Exists:
    is_theirs = staff.c.merchant_id == platform_staff.c.merchant_id, staff.c.id == platform_staff.c.staff_id
    return exists().where(*is_theirs, condition)


def _about(table: Table, condition: Condition) -> Exists:
    return exists().where(table.c.merchant_id == orders.c.merchant_id, table.c.order_id == orders.c.id, condition)


def _is_asked_for() -> Exists:
    asked = data_requests.c
    unfound = and_(asked.packed_at.is_(None), asked.person_id.is_(None), asked.shop_id == orders.c.shop_id)
    is_theirs = or_(asked.person_id == orders.c.person_id, unfound)
    is_owed = and_(asked.handed_over_at.is_(None), ~asked.is_dropped)
    return exists().where(asked.merchant_id == orders.c.merchant_id, is_owed, is_theirs)


def _is_unpaid(retention: Retention, now: datetime) -> Condition:
    table = refund_intents.c
    is_failed = and_(table.state == RefundState.FAILED.value, or_(table.code.is_(None), table.code != STOPPED))
    has_payee = and_(table.payee.is_not(None), table.changed_at >= retention.before(Kept.PAYEES, now))
    return or_(table.state.in_(_UNDER_WAY), is_failed, has_payee)
