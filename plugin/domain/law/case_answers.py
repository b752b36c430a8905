"""How an answer of the engines is written in a worked case: keys and formats by category."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from plugin.domain.law.answers import ClockState, LegalGuarantee, LegalWindow, RefundDeadline
from plugin.domain.law.counting import midnight_after

Value = str | int | bool | list[str] | None
Answer = Mapping[str, Value]


def iso(day: date | None) -> str | None:
    """A day as YYYY-MM-DD."""
    return None if day is None else day.isoformat()


def window_answer(window: LegalWindow, zone: ZoneInfo, *, with_nominal: bool) -> Answer:
    """A withdrawal period that runs, has not started, or does not exist."""
    if window.state is not ClockState.RUNNING:
        return without_period(window)
    nominal: Answer = {"nominal_last_day": iso(window.nominal_last_day)} if with_nominal else {}
    return {
        "state": window.state.value,
        "event_day": iso(window.event_day),
        **nominal,
        "last_day": iso(window.last_day),
        **expiry(window, zone),
    }


def not_informed_answer(window: LegalWindow, zone: ZoneInfo) -> Answer:
    """A period with what missing information did to it."""
    if window.state is not ClockState.RUNNING:
        return without_period(window)
    return {
        "state": window.state.value,
        "initial_last_day": iso(window.initial_last_day),
        "last_day": iso(window.last_day),
        "last_day_if_initial_not_rolled": iso(window.last_day_if_initial_not_rolled),
        **expiry(window, zone),
    }


def timely_answer(window: LegalWindow, zone: ZoneInfo, submitted_at: datetime) -> Answer:
    """Whether a statement was sent in time: before the exclusive instant; before the start always (CRD art. 11(2))."""
    timely = window.state is not ClockState.NO_STATUTORY_RIGHT
    if window.expires_at is not None:
        timely = submitted_at < window.expires_at
    return {"last_day": iso(window.last_day), "expires_at": _local_expiry(window, zone), "timely": timely}


def without_period(window: LegalWindow) -> Answer:
    """No period runs: either it has not started, and the shopper may withdraw all the same, or there is no right."""
    if window.state is ClockState.NOT_STARTED:
        return {"state": window.state.value, "last_day": None, "expires_at": None, "may_withdraw_now": True}
    return {"state": window.state.value, "last_day": None, "display": window.display}


def expiry(window: LegalWindow, zone: ZoneInfo) -> Answer:
    """The exclusive instant, local and UTC."""
    at = window.expires_at
    utc = None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"expires_at": _local_expiry(window, zone), "expires_at_utc": utc}


def _local_expiry(window: LegalWindow, zone: ZoneInfo) -> str | None:
    return None if window.last_day is None else midnight_after(window.last_day, zone).isoformat()


def guarantee_answer(guarantee: LegalGuarantee) -> Answer:
    """A guarantee with an end, or one without: then what a text may say instead."""
    if guarantee.total_months is None:
        return {
            "total_months": None,
            "last_day": None,
            "display": guarantee.display,
            "presumption_last_day": iso(guarantee.presumption_last_day),
        }
    return {
        "total_months": guarantee.total_months,
        "last_day": iso(guarantee.last_day),
        "last_day_rolled": iso(guarantee.last_day_rolled),
        "presumption_last_day": iso(guarantee.presumption_last_day),
    }


def refund_answer(deadline: RefundDeadline) -> Answer:
    """The refund clock; the key says 14 days whatever the country's number is."""
    return {
        "refund_14d_nominal": iso(deadline.nominal_day),
        "refund_14d_rolled": iso(deadline.rolled_day),
        "withhold_released_on": iso(deadline.withhold_released_on),
        "refund_latest": iso(deadline.latest),
        "return_sending_last_day": iso(deadline.return_sending_last_day),
    }
