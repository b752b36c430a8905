"""Who works for the merchant: listed, invited by a one-time link, removed. Owners only may change it."""

from http import HTTPStatus

from flask import Response, request, url_for

from plugin.domain.errors import Invalid
from plugin.domain.ids import StaffId
from plugin.domain.shop import Role
from plugin.usecases.invite_staff import invite_staff
from plugin.usecases.remove_staff import LastOwner, remove_staff
from plugin.web.admin import notices
from plugin.web.admin.auth import presence, require
from plugin.web.admin.pages import page, see, words
from plugin.web.deps import deps


def index() -> Response:
    """The staff."""
    return _render()


def _render(status: HTTPStatus = HTTPStatus.OK, **told: str | None) -> Response:
    """The staff; after a refusal with its reason beside the person (`kept`) or at the address (`email_error`)."""
    with deps().units.read(presence().merchant) as unit:
        members = sorted(unit.staff.all(), key=lambda member: (list(Role).index(member.role), member.email))
    roles = [(role.value, words().text(f"admin.role.{role}")) for role in Role]
    return page(
        "staff.html",
        status,
        members=members,
        role_choices=roles,
        typed_email=request.form.get("email", ""),
        typed_role=request.form.get("role", Role.AGENT.value),
        **told,
    )


def invite() -> Response:
    """Mail somebody a link that lets them in."""
    here, at = require(Role.OWNER), deps()
    role = _role()
    try:
        invite_staff(
            request.form.get("email", ""),
            role,
            here.member.language,
            merchant=here.merchant,
            units=at.units,
            ids=at.ids,
            secrets=at.secrets,
            now=at.clock.now(),
            letter=at.invitation,
        )
    except Invalid:
        return _render(HTTPStatus.UNPROCESSABLE_ENTITY, email_error=words().text("admin.staff.not_an_address"))
    notices.leave("admin.staff.invited")
    return see(url_for("admin.staff"))


def remove(member: str) -> Response:
    """Take somebody's access; at once, in every browser."""
    here = require(Role.OWNER)
    try:
        remove_staff(StaffId(member), merchant=here.merchant, units=deps().units, now=deps().clock.now())
    except LastOwner as refusal:
        return _render(HTTPStatus.CONFLICT, kept=member, kept_error=words().text(f"problem.{refusal.code}"))
    notices.leave("admin.staff.removed")
    return see(url_for("admin.staff"))


def _role() -> Role:
    try:
        return Role(request.form.get("role", ""))
    except ValueError as error:
        raise Invalid({"field": "role"}) from error
