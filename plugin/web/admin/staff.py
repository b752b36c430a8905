"""Who works for the merchant: listed, invited by a one-time link, removed. Owners only may change it."""

from flask import Response, request, url_for

from plugin.domain.errors import Invalid
from plugin.domain.ids import StaffId
from plugin.domain.shop import Role
from plugin.usecases.invite_staff import invite_staff
from plugin.usecases.remove_staff import remove_staff
from plugin.web.admin.auth import presence, require
from plugin.web.admin.pages import page, see, words
from plugin.web.deps import deps


def index() -> Response:
    """The staff."""
    with deps().units.read(presence().merchant) as unit:
        members = unit.staff.all()
    return page("staff.html", members=members, role_choices=_roles(), notice=_notice())


def invite() -> Response:
    """Mail somebody a link that lets them in."""
    here, at = require(Role.OWNER), deps()
    invite_staff(
        request.form.get("email", ""),
        _role(),
        here.member.language,
        merchant=here.merchant,
        units=at.units,
        ids=at.ids,
        secrets=at.secrets,
        now=at.clock.now(),
        letter=at.letter,
    )
    return see(url_for("admin.staff", notice="invited"))


def remove(member: str) -> Response:
    """Take somebody's access; at once, in every browser."""
    here = require(Role.OWNER)
    remove_staff(StaffId(member), merchant=here.merchant, units=deps().units, now=deps().clock.now())
    return see(url_for("admin.staff", notice="removed"))


def _role() -> Role:
    try:
        return Role(request.form.get("role", ""))
    except ValueError as error:
        raise Invalid({"field": "role"}) from error


def _roles() -> list[tuple[str, str]]:
    return [(role.value, words().text(f"admin.role.{role}")) for role in Role]


def _notice() -> str | None:
    notice = request.args.get("notice")
    return words().text(f"admin.staff.{notice}") if notice in {"invited", "removed"} else None
