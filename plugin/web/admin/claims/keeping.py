"""How long personal data is kept, class by class: for owners, who answer for it."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Response, request, url_for

from plugin.domain.errors import Invalid
from plugin.domain.retention import RULES, Kept, Retention
from plugin.domain.shop import Role
from plugin.usecases.save_retention import save_retention
from plugin.web.admin import notices
from plugin.web.admin.auth import require
from plugin.web.admin.claims.typed import Typed
from plugin.web.admin.pages import page, see, words
from plugin.web.deps import deps


def show() -> Response:
    """The days of each class, with what is usual and what may be chosen."""
    known = deps().retention.settings(require(Role.OWNER).merchant)
    return _render({kept: str(_set(known, kept) or "") for kept in Kept}, {})


def save() -> Response:
    """All of them; nothing when one field is wrong."""
    here, at, typed = require(Role.OWNER), deps(), Typed(request.form)
    days: dict[Kept, int | None] = {}
    wrong: dict[Kept, str] = {}
    for kept in Kept:
        try:
            days[kept] = _days(typed, kept)
        except Invalid:
            wrong[kept] = words().text("desk.keep.wrong", least=RULES[kept].least, most=RULES[kept].most)
    if wrong:
        return _render({kept: typed.text(kept.value) for kept in Kept}, wrong, HTTPStatus.UNPROCESSABLE_ENTITY)
    save_retention(days, by=here.member, merchant=here.merchant, records=at.retention, now=at.clock.now())
    notices.leave("desk.keep.saved")
    return see(url_for("admin.retention"))


def _days(typed: Typed, kept: Kept) -> int | None:
    """What was typed; None for nothing. Raises `Invalid` for what is no number, or out of bounds."""
    if typed.maybe(kept.value) is None:
        return None
    days = typed.whole(kept.value)
    Retention({}).setting(kept, days)
    return days


def _set(known: Retention, kept: Kept) -> int | None:
    return known.days_of(kept) if kept in known.days else None


def _render(typed: Mapping[Kept, str], wrong: Mapping[Kept, str], status: HTTPStatus = HTTPStatus.OK) -> Response:
    return page("retention.html", status, rules=RULES, typed=typed, wrong=wrong)
