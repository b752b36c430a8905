"""One order line's entitlements as a JSON object; `docs/entitlements-schema.json` is its contract."""

from datetime import UTC, datetime

from plugin.domain.entitlement import Clock, LineEntitlements
from plugin.domain.order import OrderLine
from plugin.i18n import Catalogue
from plugin.usecases.quote_entitlements import Quote
from plugin.wording.trace import trace_text

Row = dict[str, object]


def rows(quote: Quote, shop: str, as_of: datetime, words: Catalogue) -> list[Row]:
    """One row per line, in the order's order; every instant is ISO 8601 in UTC, every day an ISO date."""
    lines = {line.id: line for line in quote.stored.order.lines}
    return [
        _row(quote, lines[entitlements.line], entitlements, shop) | _told(entitlements, as_of, words)
        for entitlements in quote.lines
    ]


def _row(quote: Quote, line: OrderLine, entitlements: LineEntitlements, shop: str) -> Row:
    order = quote.stored.order
    return {
        "shop": shop,
        "platform": order.ref.platform,
        "order": order.number,
        "order_id": order.ref.external_id,
        "line": line.id,
        "title": line.title,
        "sku": line.sku,
        "quantity": line.quantity,
        "placed_at": instant_text(order.placed.at),
        "standing": order.standing,
        "platform_status": order.platform_status,
        "is_gone": quote.stored.is_gone,
        "country": order.place.country,
        "zone": entitlements.zone,
        "policy_version": entitlements.policy_version,
        "rulebook_version": entitlements.rulebook_version,
        "calendar_version": entitlements.calendar_version,
    }


def _told(entitlements: LineEntitlements, as_of: datetime, words: Catalogue) -> Row:
    clocks = {clock.right: _clock(clock, as_of, words) for clock in entitlements.clocks}
    return {"as_of": instant_text(as_of), "clocks": clocks}


def _clock(clock: Clock, as_of: datetime, words: Catalogue) -> Row:
    return {
        "state": clock.state(as_of),
        "absent": clock.absent,
        "is_statutory": clock.is_statutory,
        "starts_at": instant_text(clock.starts.at) if clock.starts else None,
        "starts_source": clock.starts.source if clock.starts else None,
        "event_day": _text(clock.event_day),
        "nominal_last_day": _text(clock.nominal_last_day),
        "last_day": _text(clock.last_day),
        "closes_at": instant_text(clock.closes_at) if clock.closes_at else None,
        "estimated_last_day": _text(clock.estimated_last_day),
        "presumption_last_day": _text(clock.presumption_last_day),
        "return_payer": clock.payer,
        "remedies": list(clock.remedies),
        "certainty": clock.certainty,
        "basis": [{"kind": basis.kind, "id": basis.id, "citation": basis.citation} for basis in clock.basis],
        "explanation": list(trace_text(clock, words)),
        "trace": [{"code": step.code, "facts": dict(step.facts)} for step in clock.trace],
    }


def instant_text(at: datetime) -> str:
    """ISO 8601 in UTC, with a Z."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _text(day: object) -> str | None:
    return None if day is None else str(day)
