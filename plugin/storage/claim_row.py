"""A claim as the flat rows it is listed by; nothing in them that its record does not tell."""

from datetime import UTC, datetime
from typing import Any

from plugin.domain.claim.attention import (
    answer_due_at,
    due_at,
    due_day_at,
    has_failed_refund,
    is_open,
    money_due_at,
    money_stuck_at,
)
from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.pace import pace_of
from plugin.domain.claim.status import status_of
from plugin.domain.claim.wakes import wakes_at

_NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def row_of(claim: Claim) -> dict[str, Any]:
    """The row in `claims`."""
    due, pace = due_at(claim), pace_of(claim)
    return {
        "id": claim.id,
        "shop_id": claim.shop,
        "order_id": claim.order,
        "number": claim.number,
        "track": claim.track.value,
        "status": status_of(claim).value,
        "tier": claim.tier.value,
        "country": claim.country,
        "zone": claim.zone,
        "language": claim.language,
        "assignee": claim.assignee,
        "is_open": is_open(claim),
        "needs_person": claim.needs_person,
        "waits_for_answer": claim.waits_for_answer,
        "timer": claim.timer.state.value,
        "answer_due_at": answer_due_at(claim),
        "due_order": due or _NEVER,
        "due_day_at": due_day_at(claim),
        "wakes_at": wakes_at(claim),
        "money_due_at": money_due_at(claim),
        "money_stuck_at": money_stuck_at(claim),
        "has_failed_refund": has_failed_refund(claim),
        "refunded_at": pace and pace.refunded_at,
        "survey": claim.survey.answer and claim.survey.answer.value,
        "refund_seconds": pace and round(pace.took.total_seconds()),
        "opened_at": claim.opened_at,
        "changed_at": claim.changed_at,
        "version": claim.version,
    }


def line_rows(claim: Claim) -> list[dict[str, Any]]:
    """The rows in `claim_lines`."""
    return [_line_row(claim, line) for line in claim.lines]


def _line_row(claim: Claim, line: ClaimLine) -> dict[str, Any]:
    return {
        "claim_id": claim.id,
        "no": line.no,
        "order_line": line.order_line,
        "quantity": line.quantity,
        "reason": line.reason,
        "fault": line.fault.value,
        "ground": line.judged.ground.value,
        "wanted": line.wanted.value,
        "decision": line.decision.value,
        "remedy": line.plan.remedy.value if line.plan else None,
        "remedy_state": line.remedy.value,
        "leg": line.leg.value,
        "inspection": line.inspection.value,
        "disposition": line.disposition.value,
        "price_minor": line.judged.price.minor,
        "currency": line.judged.price.currency,
    }
